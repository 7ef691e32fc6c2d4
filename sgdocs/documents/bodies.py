"""Which body counts the documents of a meeting, and how its numbers are written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from sgdocs.base.errors import Invalid, Refusal, invalid, missing, refuse
from sgdocs.documents import numbering, rules
from sgdocs.documents.numbering import Place, SeriesForm, Words
from sgdocs.documents.rules import DocumentKind
from sgdocs.documents.timing import Due, Occasion
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.groups.rules import PARTS, GroupKind
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting

_QUESTION = re.compile(r"(?:Q(?:uestion)?\.? ?)?(?P<n>\d{1,3})(?:/(?P<of>[A-Z0-9]+))?", re.IGNORECASE)
_ALL = re.compile(r"Q?ALL(?:/[A-Z0-9]+)?", re.IGNORECASE)
_NONE = ("", "N/A", "NA", "-")


@dataclass(frozen=True)
class Body:
    """group: whose numbers they are (the study group, for its working parties); meets: the group that meets."""

    place: Place
    group: Group
    meets: Group
    period: StudyPeriod | None
    meeting: Meeting | None

    def words(self, stream: str) -> Words:
        meeting = self.meeting
        return Words(
            period=self.period.code if self.period else "",
            group=self.group.code,
            code=self.meets.label,
            meeting=meeting.code if meeting else "",
            year=f"{meeting.starts_on:%y}" if meeting else "",
            stream=stream,
        )

    @property
    def code(self) -> str:
        """What people call it in a refusal."""
        return self.meeting.code if self.meeting and self.place is Place.MEETING else self.group.label

    def form(self, kind: DocumentKind, stream: str) -> tuple[SeriesForm, str]:
        """How the kind is numbered here, and its series (`GEN` when none was named). Invalid: there is none."""
        found = numbering.form_of(self.place, kind, stream)
        if found is None:
            right = ", ".join(numbering.kinds_of(self.place))
            raise Invalid(rules.KIND, field="kind", code=self.code, right=right)
        chosen = stream or found.streams[0]
        if chosen not in found.streams:
            facts = {"stream": stream, "code": self.group.code, "right": ", ".join(found.streams)}
            refuse(Refusal(rules.STREAM, facts, field="stream"), Invalid)
        return found, chosen

    @property
    def usual(self) -> DocumentKind:
        return numbering.kinds_of(self.place)[0]


def body_of(session: Session, meeting: Meeting) -> Body:
    """Who counts the documents of a meeting. Costs up to three queries by key."""
    meets, period = _meets(session, meeting)
    place = numbering.place_of(meeting.sector, meets.kind, meeting.kind)
    group = meets if place is Place.MEETING else _counting(session, meets)
    return Body(place, group, meets, period, meeting)


def body_of_group(session: Session, group: Group, on: date) -> Body:
    """Who counts what a group issues outside meetings: letters, circulars, liaison statements."""
    counting = _counting(session, group)
    place = numbering.place_of(group.sector, counting.kind)
    return Body(place, counting, group, groups.period_on(session, group.sector, on), None)


def bureau(session: Session, group: Group, on: date) -> Body:
    """The Bureau of a Sector, which counts its circulars. group: of which the circular tells."""
    place = Place.RADIO_BUREAU if group.sector == "R" else Place.BUREAU
    return Body(place, group, group, groups.period_on(session, group.sector, on), None)


def _counting(session: Session, group: Group) -> Group:
    """In ITU-T a part (WP1/15, Q2/15) has the numbers of its study group; in ITU-R WP 5D has its own."""
    while group.sector == "T" and group.kind in PARTS and group.parent_id is not None:
        group = groups.by_id(session, group.parent_id)
    return group


def _meets(session: Session, meeting: Meeting) -> tuple[Group, StudyPeriod | None]:
    """The group that meets and the study period, in one query when the meeting names its period."""
    of_meeting = col(StudyPeriod.id) == meeting.period_id
    found = select(Group, StudyPeriod).join(StudyPeriod, of_meeting, isouter=True).where(Group.id == meeting.group_id)
    group, period = session.exec(found).first() or missing("group", meeting.group_id)
    return group, period or groups.period_on(session, meeting.sector, meeting.starts_on)


def occasion_of(meeting: Meeting) -> Occasion:
    """The facts of a meeting on which times depend."""
    m = meeting
    return Occasion(m.code, m.sector, m.kind, m.status, m.starts_on, m.ends_on, m.zone)


def due_of(session: Session, meeting: Meeting | None, rule: str) -> Due | None:
    """A deadline of the meeting as it stands, one set by hand in place of the computed one."""
    if meeting is None:
        return None
    found = meetings.deadline(session, meeting, rule)
    return Due(found.rule, found.due_at, found.clause) if found else None


def questions_of(session: Session, body: Body, words: Sequence[str]) -> tuple[list[Group], list[str]]:
    """The Questions that words name (`Q2/15`, `2`, `ALL/15`, a path), and the words that name none.

    `ALL` is the group itself. Numbers are those of the body's study period. Costs one query, and one for each
    Question of another group.
    """
    given = [word.strip() for word in words if word.strip().upper() not in _NONE]
    own = _own_questions(session, body) if given else {}
    found: dict[int, Group] = {}
    unknown = []
    for word in given:
        group = body.group if _ALL.fullmatch(word) else _question(session, body, own, word)
        if group is None:
            unknown.append(word)
        else:
            found.setdefault(group.id or 0, group)
    return list(found.values()), unknown


def questions(session: Session, body: Body, words: Sequence[str]) -> list[Group]:
    """As `questions_of`; Invalid when a word names no Question."""
    found, unknown = questions_of(session, body, words)
    if unknown:
        invalid("questions", unknown[0], f"A Question of {body.group.label}, such as Q2/{body.group.code[2:]}.")
    return found


def _own_questions(session: Session, body: Body) -> dict[str, Group]:
    """Code -> Question (or working party) of the study group above the body, in its period."""
    top = body.group
    while top.kind in PARTS and top.parent_id is not None:
        top = groups.by_id(session, top.parent_id)
    kinds = (GroupKind.QUESTION, GroupKind.WORKING_PARTY, GroupKind.RAPPORTEUR_GROUP)
    found = select(Group).where(Group.parent_id == top.id, col(Group.kind).in_(kinds))
    if body.period is not None:
        found = found.where((col(Group.period_id) == body.period.id) | col(Group.period_id).is_(None))
    return {group.code: group for group in session.exec(found)}


def _question(session: Session, body: Body, own: dict[str, Group], word: str) -> Group | None:
    read = _QUESTION.fullmatch(word)
    if read:
        mine = own.get(f"Q{int(read['n'])}")
        if mine is not None and (read["of"] is None or mine.label.upper().endswith("/" + read["of"].upper())):
            return mine
        if read["of"] is None:
            return None
    by_path = next((group for group in own.values() if group.path.lower() == word.lower()), None)
    if by_path is not None or word in own:
        return by_path or own[word]
    on = body.meeting.starts_on if body.meeting else body.period.starts_on if body.period else None
    resolved = groups.resolve(session, word, on) if on else []
    found = next(iter(resolved), None) or groups.find(session, word)
    return found if found is not None and found.kind in PARTS else None
