"""As what a document comes to a meeting: kind and words of its title say which item takes it. Pure.

The words are those of ITU-T and ITU-R practice: titles of temporary documents (domain 4.1, 5.2 M-4, M-5, 5.3).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sgdocs.documents.allotment_facts import Paper, Table
from sgdocs.i18n import N_
from sgdocs.meetings.agenda_rules import ItemKind as K


class Reach(StrEnum):
    """In whose agenda: the group's own; the next above and the own (reports of Questions); the plenary's."""

    OWN = "own"
    ABOVE_AND_OWN = "above-and-own"
    PLENARY = "plenary"


@dataclass(frozen=True)
class Sorted:
    """kinds: of items that take it, the best first; words: what said so; reach: in whose agenda."""

    id: str
    kinds: tuple[K, ...]
    words: str = ""
    reach: Reach = Reach.OWN


@dataclass(frozen=True)
class Sort:
    """One row. find: the words that say so, None when they do not; of: kinds of document it looks at, () for all."""

    id: str
    says: str
    kinds: tuple[K, ...]
    find: Callable[[Paper, Table], str | None]
    of: tuple[str, ...] = ()
    reach: Reach = Reach.OWN

    def sort(self, paper: Paper, table: Table) -> Sorted | None:
        if self.of and paper.kind not in self.of:
            return None
        words = self.find(paper, table)
        return None if words is None else Sorted(self.id, self.kinds, words, self.reach)


TD, CONTRIBUTION, REPORT, LIAISON = "temporary-document", "contribution", "report", "liaison-statement"
RAPPORTEURS = "rapporteur-group-document"
HOUSE: Final = (TD, REPORT, "administrative-document", "information-document", RAPPORTEURS)
RADIO_PAPERS: Final = (TD, CONTRIBUTION, "temp")


def _title(pattern: str) -> Callable[[Paper, Table], str | None]:
    """Words of the title that match; case does not count."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def find(paper: Paper, table: Table) -> str | None:
        found = compiled.search(paper.title)
        return found.group().strip() if found else None

    return find


def _radio(pattern: str) -> Callable[[Paper, Table], str | None]:
    titled = _title(pattern)
    return lambda paper, table: titled(paper, table) if table.sector == "R" else None


def _is_kind(paper: Paper, table: Table) -> str | None:
    return ""


def _outgoing(paper: Paper, table: Table) -> str | None:
    """A draft of a liaison statement, or one whose title says to whom. What comes to ITU-R as a contribution has come in:
    `Liaison statement to Working Party 5D` of Working Party 5A (domain 7.2); what goes out there is a TEMP document.
    """
    found = _DRAFT_LS.search(paper.title)
    has_come_in = table.sector == "R" and paper.kind == CONTRIBUTION
    if found is None and not has_come_in and _LS.search(paper.title):
        found = _TO_SOMEBODY.search(paper.title)
    return found.group().strip() if found else None


def _incoming(paper: Paper, table: Table) -> str | None:
    found = _LS.search(paper.title)
    if found is None:
        return "" if paper.kind == LIAISON else None
    return found.group().strip()


_LS: Final = re.compile(
    r"^\W*(?:(?:incoming|reply)\s+)?(?:LS\b(?:/[a-z])*|liaison (?:statement|note|letter)s?\b|reply liaison)", re.I
)
_DRAFT_LS: Final = re.compile(
    r"\b(?:draft|proposed|outgoing)\s+(?:\w+\s+){0,2}?(?:LS\b|liaison)|\bLS/o\b|\breply to (?:the )?(?:LS|liaison)\b.*\bproposal",
    re.I,
)
_TO_SOMEBODY: Final = re.compile(r"\[\s*to\b[^\]]*\]|\bLS to\b|liaison (?:statement )?to\b", re.I)
_REPORT: Final = r"\b(?:report|minutes|summary|results)\b"

KEPT_SORT = Sort("kept-item", N_("the group keeps a correction for “{words}”"), (), lambda *_: None)
AS_OTHER = Sorted("other", (K.OTHER,))
SORTS: Final[tuple[Sort, ...]] = (
    Sort("outgoing-liaison", N_("a liaison statement to be sent: “{words}”"), (K.OUTGOING,), _outgoing),
    Sort("incoming-liaison", N_("an incoming liaison statement"), (K.INCOMING,), _incoming),
    Sort(
        "agenda",
        N_("an agenda: “{words}”"),
        (K.AGENDA,),
        _title(r"^(?:\W*(?:draft|proposed|revised))*\W*agenda\b"),
        HOUSE,
    ),
    Sort(
        "plan",
        N_("a plan of the meeting: “{words}”"),
        (K.PLAN,),
        _title(
            r"\b(?:time\s?-?\s?plan|time ?table|timetable|schedule of (?:the )?(?:meetings?|sessions)|(?:draft )?work plan (?:of|for) the)\b"
        ),
        HOUSE,
    ),
    Sort(
        "allocation",
        N_("on the documents of the meeting: “{words}”"),
        (K.ALLOCATION,),
        _title(
            r"\b(?:allocation of (?:contributions|documents)|documents? allocation|list of (?:all )?(?:documents|contributions|temporary documents|TDs))\b"
        ),
        HOUSE,
    ),
    Sort(
        "wp-report",
        N_("a report of a working party: “{words}”"),
        (K.WP_REPORTS,),
        _title(rf"{_REPORT}.*\b(?:WP\s?\d|working party)|^(?:WP\s?\d\S*|working party)\b.*{_REPORT}"),
        HOUSE,
        reach=Reach.PLENARY,
    ),
    Sort(
        "jca-report",
        N_("a report of a JCA: “{words}”"),
        (K.JCA_REPORTS,),
        _title(rf"{_REPORT}.*\bJCA\b|\bJCA\b.*{_REPORT}"),
        HOUSE,
    ),
    Sort(
        "fg-report",
        N_("a report of a focus group: “{words}”"),
        (K.FG_REPORTS,),
        _title(rf"{_REPORT}.*(?:\bFG\b|\bfocus group)|(?:\bFG\b|\bfocus group).*{_REPORT}"),
        HOUSE,
    ),
    Sort(
        "interim-report",
        N_("a report of interim work: “{words}”"),
        (K.INTERIM_REPORT,),
        _title(
            r"\b(?:interim|progress) (?:activit\w+ )?report|report\w*\b.*\b(?:interim|rapporteurs?(?:’|')?s? (?:group )?meeting|RGM|e-?meeting|correspondence|ad[- ]hoc|collaboration)"
        ),
        HOUSE,
    ),
    Sort(
        "regional-report",
        N_("a report of a regional group: “{words}”"),
        (K.RG_REPORTS,),
        _title(rf"{_REPORT}.*\bregional group|\bSG\d+RG-\w+.*{_REPORT}|{_REPORT}.*\bSG\d+RG-"),
        HOUSE,
    ),
    Sort(
        "question-report",
        N_("a report of a Question: “{words}”"),
        (K.REPORTS,),
        _title(
            rf"{_REPORT} (?:of|on|for|from) (?:the )?(?:meeting of |discussions? (?:of|in) )?(?:Q\s?\d|Questions?\b)|^Q\s?\d+\S* .*{_REPORT}"
        ),
        HOUSE,
        reach=Reach.ABOVE_AND_OWN,
    ),
    Sort(
        "consent",
        N_("for consent: “{words}”"),
        (K.CONSENT,),
        _title(r"\b(?:for|to be) (?:AAP )?consent(?:ed)?\b|\bA\.5 justification|\bA\.25 justification"),
    ),
    Sort(
        "determination",
        N_("for determination: “{words}”"),
        (K.DETERMINATION,),
        _title(r"\bfor (?:TAP )?determination\b|\bto be determined\b"),
    ),
    Sort(
        "approval",
        N_("for approval: “{words}”"),
        (K.APPROVAL,),
        _title(r"\bfor (?:TAP )?approval\b|\bdetermined (?:draft )?(?:new |revised )?recommendation"),
    ),
    Sort("agreement", N_("for agreement: “{words}”"), (K.AGREEMENT,), _title(r"\bfor agreement\b|\bto be agreed\b")),
    Sort(
        "new-work",
        N_("a new work item: “{words}”"),
        (K.NEW_WORK,),
        _title(
            r"\bnew work(?:ing)? items?\b|\bNWIs?\b|\bA\.1(?:3)? (?:justification|template|proposal)|\b(?:start|initiate|launch|establish)\w* (?:a |the )?(?:new )?(?:work|study) on\b"
        ),
    ),
    Sort(
        "ipr",
        N_("on patents: “{words}”"),
        (K.IPR,),
        _title(r"\bIPR\b|\bpatent|\bintellectual property rights?\b"),
        HOUSE,
    ),
    Sort(
        "appointments",
        N_("on appointments: “{words}”"),
        (K.APPOINTMENTS,),
        _title(
            r"\b(?:appointment|nomination|candidatures?|candidates?) (?:of|for|as)\b|\blist of (?:management|rapporteurs|officers)"
        ),
        (*HOUSE, CONTRIBUTION),
    ),
    Sort(
        "questions",
        N_("on the text of a Question: “{words}”"),
        (K.QUESTIONS,),
        _title(
            r"\b(?:new|revised|revision (?:of|to)|update of|merg\w+|deletion of)(?: the)?(?: text of| terms of reference of)?(?: draft)? (?:the )?Questions?\b"
        ),
    ),
    Sort(
        "work-programme",
        N_("on the work programme: “{words}”"),
        (K.WORK_PROGRAMME,),
        _title(r"\bwork programme|\baction plan\b|\bstatus of (?:the )?work items\b"),
        HOUSE,
    ),
    Sort(
        "future-meetings",
        N_("on future meetings: “{words}”"),
        (K.FUTURE_MEETINGS,),
        _title(
            r"\b(?:future|next|planned|upcoming) (?:rapporteur (?:group )?|RGM |SG\d* |WP\d* )?meetings?\b|\bcalendar of meetings"
        ),
        HOUSE,
    ),
    Sort(
        "promotion",
        N_("on promotion: “{words}”"),
        (K.PROMOTION,),
        _title(r"\bworkshop|\bpromotion\b|\bstandardi[sz]ation gap\b|\bBSG\b"),
        HOUSE,
    ),
    Sort(
        "radio-recommendation",
        N_("a draft Recommendation: “{words}”"),
        (K.APPROVAL,),
        _radio(r"(?<!preliminary )\bdraft (?:new|(?:editorial )?revision|modification)\b.*\brecommendation"),
        RADIO_PAPERS,
    ),
    Sort(
        "radio-report",
        N_("a draft Report: “{words}”"),
        (K.AGREEMENT,),
        _radio(r"(?<!preliminary )\bdraft (?:new|revision|modification)\b.*\b(?:report|handbook|opinion)"),
        RADIO_PAPERS,
    ),
    Sort(
        "chair-report",
        N_("a report of the chair: “{words}”"),
        (K.INTERIM_REPORT,),
        _radio(r"\bchair\w*(?:’|')?s? report|report\w* (?:of|on) the\b.*\bmeeting"),
        HOUSE,
    ),
    Sort("contribution", N_("a contribution"), (K.CONTRIBUTIONS,), _is_kind, (CONTRIBUTION, RAPPORTEURS)),
    Sort("other", N_("no word says what else it is"), (K.OTHER,), _is_kind),
)
SAYS: Final = {sort.id: sort.says for sort in (*SORTS, KEPT_SORT)}
