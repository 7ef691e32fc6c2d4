"""A report from records and from what people wrote: sections of paragraphs, lists and tables. Pure. English, as filed.

What people write is kept apart and stands after what the records say, so that composing again loses nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from sgdocs.meetings.agenda_rules import ItemKind as K
from sgdocs.proceedings import liaison_rows
from sgdocs.proceedings.blocks import Block, Bullets, Grid, Para
from sgdocs.proceedings.liaison_rows import LiaisonFacts
from sgdocs.proceedings.rules import ENGLISH
from sgdocs.proceedings.skeletons import SKELETONS, Part, Skeleton
from sgdocs.proceedings.work_blocks import items, texts
from sgdocs.proceedings.work_rows import WorkFacts

__all__ = [
    "Block",
    "Bullets",
    "Composed",
    "Facts",
    "Grid",
    "Paper",
    "Para",
    "blocks_of",
    "compose",
    "outcome_words",
    "span",
]


@dataclass(frozen=True)
class Composed:
    """One section. blocks: from the records; written: by people; hint: what people write there."""

    id: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    written: str
    hint: str

    @property
    def written_blocks(self) -> tuple[Block, ...]:
        return blocks_of(self.written)


@dataclass(frozen=True)
class Paper:
    """A document as the report tells of it. kinds: of the items it stands under; outcome: in English, ""."""

    label: str
    title: str
    source: str
    kind: str
    item: str = ""
    item_kinds: tuple[str, ...] = ()
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything the records say about the work of one group at one meeting."""

    group: str
    meeting: str
    code: str
    place: str
    starts_on: date
    ends_on: date
    leaders: tuple[tuple[str, str], ...] = ()
    participants: tuple[tuple[str, str, str], ...] = ()
    agenda: tuple[tuple[str, str], ...] = ()
    papers: tuple[Paper, ...] = ()
    decisions: tuple[tuple[int, str, str, str], ...] = ()
    actions: tuple[tuple[int, str, str, str, str], ...] = ()
    coming: tuple[tuple[str, str, str], ...] = ()
    interim: tuple[tuple[str, str, str], ...] = ()
    summaries: tuple[tuple[str, str], ...] = field(default=())
    work: WorkFacts = field(default_factory=WorkFacts)
    liaison: LiaisonFacts = field(default_factory=LiaisonFacts)


def compose(facts: Facts, skeleton: Skeleton, written: Mapping[str, str]) -> list[Composed]:
    """Every section of the skeleton; then, as written, sections that the skeleton no longer has."""
    known = SKELETONS[skeleton]
    sections = [
        Composed(each.id, each.number, each.title, tuple(PARTS[each.part](facts)), written.get(each.id, ""), each.hint)
        for each in known
    ]
    kept = [id for id, text in written.items() if text and id not in {each.id for each in known}]
    return [*sections, *(Composed(id, "", id.replace("-", " ").capitalize(), (), written[id], "") for id in kept)]


_BULLET: Final = re.compile(r"^\s*[-*•]\s+")


def blocks_of(text: str) -> tuple[Block, ...]:
    """What was written, as blocks: an empty line parts paragraphs, lines that begin with a hyphen are a list."""
    found: list[Block] = []
    for piece in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in piece.splitlines() if line.strip()]
        bullets = [_BULLET.sub("", line) for line in lines if _BULLET.match(line)]
        if lines and len(bullets) == len(lines):
            found.append(Bullets(tuple(bullets)))
        elif lines:
            found.append(Para("\n".join(lines)))
    return tuple(found)


def span(starts_on: date, ends_on: date) -> str:
    """`2-6 March 2026`, `29 June - 3 July 2026`."""
    last = f"{ends_on.day} {ends_on:%B %Y}"
    if starts_on == ends_on:
        return last
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        return f"{starts_on.day}-{last}"
    return f"{starts_on.day} {starts_on:%B}{'' if starts_on.year == ends_on.year else f' {starts_on.year}'} - {last}"


def _nothing(facts: Facts) -> Iterable[Block]:
    return ()


def _meeting(facts: Facts) -> Iterable[Block]:
    where = f" in {facts.place}" if facts.place else ""
    yield Para(
        f"{facts.group} met during “{facts.meeting}” ({facts.code}){where}, {span(facts.starts_on, facts.ends_on)}."
    )
    if facts.leaders:
        yield Para("Led by " + "; ".join(f"{name} ({_plain(role)})" for name, role in facts.leaders) + ".")
    if facts.participants:
        count = len(facts.participants)
        yield Para(
            f"{count} participants had registered (Annex B)."
            if count > 1
            else "1 participant had registered (Annex B)."
        )


def _plain(role: str) -> str:
    """`chair` for `sg chair`: the report is of one group and says which."""
    return role.removeprefix("sg ").removeprefix("wp ")


def _attendance(facts: Facts) -> Iterable[Block]:
    if facts.participants:
        yield Bullets(tuple(f"{name}, {entity}" if entity else name for name, entity, _ in facts.participants))
    else:
        yield Para("No participant is registered.")


def _agenda(facts: Facts) -> Iterable[Block]:
    if facts.agenda:
        yield Grid(("Item", "Title"), facts.agenda)


def _counts(facts: Facts) -> Iterable[Block]:
    kinds: dict[str, int] = {}
    for paper in facts.papers:
        kinds[paper.kind] = kinds.get(paper.kind, 0) + 1
    told = ", ".join(f"{count} {_plural(kind, count)}" for kind, count in kinds.items())
    yield Para(f"The documents are listed in Annex A: {told}." if told else "No documents were allotted.")


def _plural(kind: str, count: int) -> str:
    word = {"rapporteur-group-document": "document"}.get(kind, kind.replace("-", " "))
    return word if count == 1 else f"{word}s"


def _of_items(*kinds: K) -> Callable[[Facts], Iterable[Block]]:
    """The documents under items of these kinds, with what became of them."""

    def told(facts: Facts) -> Iterable[Block]:
        rows = [paper for paper in facts.papers if set(paper.item_kinds) & set(kinds)]
        if rows:
            yield Grid(("Document", "Source", "Title", "Result"), tuple(_row(paper) for paper in rows))

    return told


def _row(paper: Paper) -> tuple[str, str, str, str]:
    result = f"{paper.outcome}. {paper.note}".strip(". ") if paper.note else paper.outcome
    return paper.label, paper.source, paper.title, result


def _incoming(facts: Facts) -> Iterable[Block]:
    """The statements of the register; then documents of such items that are in no register."""
    yield from liaison_rows.incoming(facts.liaison)
    named = facts.liaison.documents
    rest = [p for p in facts.papers if K.INCOMING in p.item_kinds and p.label not in named]
    yield from _of_items(K.INCOMING)(replace(facts, papers=tuple(rest)))


def _outgoing(facts: Facts) -> Iterable[Block]:
    yield from liaison_rows.outgoing(facts.liaison)
    yield from _of_items(K.OUTGOING)(facts)


def _interim(facts: Facts) -> Iterable[Block]:
    if facts.interim:
        yield Grid(("Meeting", "Date", "Place"), facts.interim)
    yield from _of_items(K.INTERIM_REPORT)(facts)


def _texts(facts: Facts) -> Iterable[Block]:
    """What the meeting decided on texts, then the documents under such items."""
    yield from texts(facts.work)
    yield from _of_items(K.APPROVAL, K.DETERMINATION, K.CONSENT, K.AGREEMENT)(facts)


def _decisions(facts: Facts) -> Iterable[Block]:
    if facts.decisions:
        rows = tuple((str(number), kind.capitalize(), text, label) for number, kind, text, label in facts.decisions)
        yield Grid(("No.", "Kind", "Decision", "Document"), rows)


def _actions(facts: Facts) -> Iterable[Block]:
    if facts.actions:
        rows = tuple((str(number), text, owner, due, state) for number, text, owner, due, state in facts.actions)
        yield Grid(("No.", "Action", "Who", "By", "State"), rows)


def _work(facts: Facts) -> Iterable[Block]:
    """New, deleted and candidate items, then what somebody is to do."""
    yield from items(facts.work)
    yield from _actions(facts)


def _future(facts: Facts) -> Iterable[Block]:
    if facts.coming:
        yield Grid(("Meeting", "Date", "Place"), facts.coming)


def _summaries(facts: Facts) -> Iterable[Block]:
    for label, text in facts.summaries:
        yield Para(label)
        yield from blocks_of(text)


def _documents(facts: Facts) -> Iterable[Block]:
    if facts.papers:
        rows = tuple((p.label, p.source, p.title, p.item, p.outcome) for p in facts.papers)
        yield Grid(("Document", "Source", "Title", "Item", "Result"), rows)


def _participants(facts: Facts) -> Iterable[Block]:
    if facts.participants:
        yield Grid(("Name", "Entity", "Role"), facts.participants)


PARTS: Final[Mapping[Part, Callable[[Facts], Iterable[Block]]]] = {
    Part.NOTHING: _nothing,
    Part.MEETING: _meeting,
    Part.ATTENDANCE: _attendance,
    Part.AGENDA: _agenda,
    Part.COUNTS: _counts,
    Part.SUMMARIES: _summaries,
    Part.INTERIM: _interim,
    Part.CONTRIBUTIONS: _of_items(K.CONTRIBUTIONS, K.DOCUMENTS, K.QUESTION),
    Part.NEW_WORK: _of_items(K.NEW_WORK),
    Part.INCOMING: _incoming,
    Part.OTHERS: _of_items(
        K.OTHER, K.REPORTS, K.WP_REPORTS, K.RG_REPORTS, K.JCA_REPORTS, K.FG_REPORTS, K.IPR, K.PROMOTION
    ),
    Part.TEXTS: _texts,
    Part.OUTGOING: _outgoing,
    Part.DECISIONS: _decisions,
    Part.ACTIONS: _actions,
    Part.WORK: _work,
    Part.FUTURE: _future,
    Part.DOCUMENTS: _documents,
    Part.PARTICIPANTS: _participants,
}


def outcome_words(outcome: str, other: str) -> str:
    """`Merged into TD45/GEN`."""
    return f"{ENGLISH.get(outcome, outcome)} {other}".strip()
