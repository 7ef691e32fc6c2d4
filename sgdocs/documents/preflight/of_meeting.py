"""Checks of the submission: deadline, membership, Questions, references. Source: domain 1.7, 4.3, 4.4."""

from collections.abc import Iterator

from sgdocs.documents.preflight.model import A1, DDP, CheckFacts, Seen, Severity, check_that
from sgdocs.i18n import N_

FORM, CLAUSE = N_("form"), N_("references")
MEMBERS = "ITU Convention Art. 19, Rec. ITU-T A.1 (09/2019) clause 3, domain 1.7"
MISSING = "documents.source-missing"
UNKNOWN = "documents.source-unknown"
OWN = "documents.own-source"


@check_that(
    "deadline.contribution",
    Severity.WARNING,
    N_("The contribution comes in time."),
    N_("It is held for the next meeting; the Director may admit one of extreme importance, and the meeting decides."),
    f"{A1} clause 3, domain T-C2, T-C3",
    place=FORM,
    may_be_overruled=False,
)
def _held(facts: CheckFacts) -> Iterator[Seen]:
    yield from _late(facts, is_late=bool(facts.gathering and facts.gathering.is_late and not facts.gathering.is_closed))


@check_that(
    "deadline.closed",
    Severity.ERROR,
    N_("The meeting still takes contributions."),
    N_("None is taken after this; submit it to the next meeting."),
    "Guidelines for the working methods of ITU-R (uncertain), WTSA Resolution 1 section 6.1, domain 4.3",
    place=FORM,
    may_be_overruled=False,
)
def _closed(facts: CheckFacts) -> Iterator[Seen]:
    yield from _late(facts, is_late=bool(facts.gathering and facts.gathering.is_closed))


@check_that(
    "deadline.temporary-document",
    Severity.WARNING,
    N_("The temporary document is there seven days before the meeting."),
    N_(
        "Say which of the exceptions it is: administrative, report of an event, proposal of a chair, compilation, asked for."
    ),
    f"{A1} clause 3, domain T-C5",
    place=FORM,
    may_be_overruled=False,
)
def _late_td(facts: CheckFacts) -> Iterator[Seen]:
    yield from _late(facts, is_late=bool(facts.gathering and facts.gathering.is_late_td))


@check_that(
    "deadline.revision",
    Severity.WARNING,
    N_("The revision comes before the deadline of contributions."),
    N_("It is taken, and marked late."),
    f"{A1} clause 3, domain DOC-1",
    place=FORM,
    may_be_overruled=False,
)
def _late_revision(facts: CheckFacts) -> Iterator[Seen]:
    yield from _late(facts, is_late=bool(facts.gathering and facts.gathering.is_late_revision))


def _late(facts: CheckFacts, *, is_late: bool) -> Iterator[Seen]:
    meeting = facts.gathering
    if meeting and is_late:
        due = f"{meeting.due_at:%Y-%m-%d %H:%M} UTC" if meeting.due_at else ""
        yield Seen(f"after the deadline of {meeting.code}", due, clause=meeting.deadline_clause)


@check_that(
    "deadline.meeting-over",
    Severity.ERROR,
    N_("The meeting still takes documents."),
    N_("Submit it to the next meeting."),
    f"{A1} clause 3, domain DOC-1",
    place=FORM,
    may_be_overruled=False,
)
def _over(facts: CheckFacts) -> Iterator[Seen]:
    if facts.gathering and facts.gathering.over:
        yield Seen(f"{facts.gathering.code}: {facts.gathering.over}", "a meeting that is not over")


@check_that(
    "membership.may-contribute",
    Severity.ERROR,
    N_("The source is a member that may contribute to this group."),
    N_("Choose a source with the right: a Member State, a Sector Member, an Associate of this group, Academia."),
    MEMBERS,
    place=N_("Source"),
    may_be_overruled=False,
)
def _may_contribute(facts: CheckFacts) -> Iterator[Seen]:
    if facts.membership and facts.membership.rule not in ("", MISSING, UNKNOWN, OWN):
        yield Seen(facts.membership.says, "a member that may contribute", clause=facts.membership.clause)


@check_that(
    "membership.known",
    Severity.ERROR,
    N_("The source is an organisation that is registered here."),
    N_("Choose the organisation from the list; the secretariat enters new ones."),
    MEMBERS,
    place=N_("Source"),
    may_be_overruled=False,
)
def _known(facts: CheckFacts) -> Iterator[Seen]:
    yield from _refused(facts, UNKNOWN, "a registered organisation")


@check_that(
    "membership.source",
    Severity.ERROR,
    N_("The form says who submits."),
    N_("Choose the member that submits."),
    MEMBERS,
    place=N_("Source"),
    may_be_overruled=False,
)
def _named(facts: CheckFacts) -> Iterator[Seen]:
    yield from _refused(facts, MISSING, "a member")


@check_that(
    "membership.own-entity",
    Severity.ERROR,
    N_("The entity of who submits is among the sources."),
    N_("Add your own entity, or let a delegate of the other one submit."),
    f"{A1} clause 3, domain 4.4",
    place=N_("Source"),
    may_be_overruled=False,
)
def _own(facts: CheckFacts) -> Iterator[Seen]:
    yield from _refused(facts, OWN, "your own entity among the sources")


def _refused(facts: CheckFacts, rule: str, expected: str) -> Iterator[Seen]:
    if facts.membership and facts.membership.rule == rule:
        yield Seen(facts.membership.says, expected, clause=facts.membership.clause)


@check_that(
    "question.known",
    Severity.ERROR,
    N_("Every Question exists in this study period."),
    N_("Choose Questions of the group that meets; numbers change with each period."),
    f"{DDP}; domain 1.5",
    place=N_("Question(s)"),
)
def _question_known(facts: CheckFacts) -> Iterator[Seen]:
    for question in facts.gathering.unknown if facts.gathering else ():
        yield Seen(question, f"a Question of {facts.gathering.group}" if facts.gathering else "")


@check_that(
    "question.of-group",
    Severity.WARNING,
    N_("Every Question is one of the group that meets."),
    N_("Choose a Question of this group, or submit it to the meeting of the other one."),
    f"{DDP}; domain 1.5",
    place=N_("Question(s)"),
)
def _question_of_group(facts: CheckFacts) -> Iterator[Seen]:
    for question in facts.gathering.foreign if facts.gathering else ():
        yield Seen(question, f"a Question of {facts.gathering.group}" if facts.gathering else "")


def _references(facts: CheckFacts, status: str, expected: str) -> Iterator[Seen]:
    for stale in facts.references:
        if stale.status == status:
            yield Seen(stale.words, stale.instead or expected, place=stale.place)


@check_that(
    "reference.superseded",
    Severity.WARNING,
    N_("No reference names an edition that was superseded."),
    N_("Name the edition in force, unless the old one is meant."),
    "Rec. ITU-T A.5, domain 2.4",
    place=CLAUSE,
)
def _superseded(facts: CheckFacts) -> Iterator[Seen]:
    yield from _references(facts, "superseded", "the edition in force")


@check_that(
    "reference.withdrawn",
    Severity.WARNING,
    N_("No reference names a text that was withdrawn."),
    N_("Name another text, or take the reference out."),
    "Rec. ITU-T A.5, domain 2.4",
    place=CLAUSE,
)
def _withdrawn(facts: CheckFacts) -> Iterator[Seen]:
    yield from _references(facts, "withdrawn", "a text in force")


@check_that(
    "reference.not-found",
    Severity.WARNING,
    N_("Every reference to a text of ITU leads to one."),
    N_("Look at number and date; a draft is cited by its document."),
    "domain 2.5",
    place=CLAUSE,
)
def _not_found(facts: CheckFacts) -> Iterator[Seen]:
    yield from _references(facts, "not-found", "a text that exists")


@check_that(
    "reference.amended",
    Severity.NOTE,
    N_("A reference with a date names the amendments in force too."),
    N_("Add the amendment, if it is meant."),
    "domain 2.4",
    place=CLAUSE,
)
def _amended(facts: CheckFacts) -> Iterator[Seen]:
    yield from _references(facts, "amended", "its amendments")
