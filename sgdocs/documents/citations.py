"""What a text names, looked up: Recommendations with what became of them, and documents. Few queries, any number."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sqlalchemy import or_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents import references as reading
from sgdocs.documents.listing import visible
from sgdocs.documents.models import Document
from sgdocs.documents.reference_rules import Judged, ReferenceStatus, is_dated, judge
from sgdocs.documents.references import Entry
from sgdocs.documents.rules import Status
from sgdocs.identifiers import PAPERS, Identifier, address, family_key, format
from sgdocs.recommendations import queries as recommendations
from sgdocs.recommendations.audience import readable
from sgdocs.recommendations.deriving import facts_of
from sgdocs.recommendations.models import Family, Name, Text
from sgdocs.recommendations.rules import fold
from sgdocs.recommendations.standing import TextFacts
from sgdocs.text.model import Unit

_PLACED = re.compile(r"(?P<period>[TRD]\d\d)-(?P<group>[A-Z0-9]+)-")
TOGETHER = 400
Value = TypeVar("Value")


@dataclass(frozen=True)
class Reference:
    """An entry of a references clause with what became of it.

    words: as written; number: as named there; identifier: canonical, "" for other bodies; superseded_by: what stands
    now, "" when nothing does; amended_by: changes in force that it does not name; clause: number and title of the
    clause it stands in; anchor: of that clause in the preview; address: of what is named, "" when it is not here.
    """

    words: str
    identifier: str
    status: ReferenceStatus
    superseded_by: str = ""
    is_dated: bool | None = None
    is_normative: bool | None = None
    clause: str = ""
    number: str = ""
    tag: str = ""
    anchor: str = ""
    address: str = ""
    amended_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What an identifier names here. Of a published text the family, the text when it is dated, and the judgement."""

    family: Family | None = None
    text: Text | None = None
    judged: Judged | None = None
    document: Document | None = None
    texts: dict[int, Text] = field(default_factory=dict)

    @property
    def address(self) -> str:
        if self.document is not None:
            return f"/doc/{self.document.name}"
        return self.text.address if self.text else self.family.address if self.family else ""


NOTHING = Known()


def references_of(act: Act, units: Sequence[Unit], *, near: str = "") -> list[Reference]:
    """Every reference of a text, in order, judged by what the actor may see today. near: name of the citing document.

    Costs up to five queries, whatever the number of entries; empty when the text has no references clause.
    """
    entries = reading.entries(units)
    known = look_up(act, [entry.identifier for entry in entries if entry.identifier], near=near)
    return [_reference(entry, units[entry.place], known.get(entry.identifier, NOTHING)) for entry in entries]


def look_up(act: Act, identifiers: Iterable[Identifier], *, near: str = "") -> dict[Identifier | None, Known]:
    """What each identifier names among what the actor may read; those that name nothing are left out."""
    wanted = list(dict.fromkeys(identifiers))
    papers = [identifier for identifier in wanted if identifier.kind in PAPERS]
    found: dict[Identifier | None, Known] = {}
    for identifier, document in _documents(act, papers, near).items():
        found[identifier] = Known(document=document)
    families = _families(act, [identifier for identifier in wanted if identifier.kind not in PAPERS])
    texts = _texts(act, {family.id or 0 for family in families.values()})
    for identifier, family in families.items():
        found[identifier] = _published(identifier, family, texts.get(family.id or 0, []))
    return found


def _published(identifier: Identifier, family: Family, texts: Sequence[Text]) -> Known:
    judged = judge([_facts(text) for text in texts], identifier)
    by_id = {text.id or 0: text for text in texts}
    dated = is_dated(identifier) or bool(identifier.parts)
    text = by_id.get(judged.text.id) if judged.text and dated else None
    return Known(family, text, judged, texts=by_id)


def _facts(text: Text) -> TextFacts:
    return facts_of(text.model_dump())


def _families(act: Act, identifiers: Sequence[Identifier]) -> dict[Identifier, Family]:
    """By their key; what has none by that key is looked for by its other numbers and former names."""
    keys = {identifier: family_key(identifier) for identifier in identifiers}
    by_key = {
        f.key: f for some in _pieces({key for key in keys.values() if key}) for f in recommendations.by_keys(act, some)
    }
    found = {identifier: by_key[key] for identifier, key in keys.items() if key in by_key}
    rest = {identifier: fold(_name(identifier)) for identifier in identifiers if identifier not in found}
    named = _by_names(act, {name for name in rest.values() if name})
    for identifier, name in rest.items():
        fitting = [family for family in named.get(name, ()) if identifier.sector in (None, family.sector)]
        if len(fitting) == 1:
            found[identifier] = fitting[0]
    return found


def _name(identifier: Identifier) -> str:
    return identifier.numbers[0] if identifier.numbers else identifier.code or ""


def _by_names(act: Act, names: set[str]) -> dict[str, list[Family]]:
    found: dict[str, dict[int, Family]] = {}
    for some in _pieces(names):
        rows = select(Name.folded, Family).join(Family, col(Family.id) == Name.family_id)
        for name, family in act.session.exec(
            rows.where(col(Name.folded).in_(some), readable(act, col(Family.audience)))
        ):
            found.setdefault(name, {})[family.id or 0] = family
    return {name: list(families.values()) for name, families in found.items()}


def _texts(act: Act, family_ids: set[int]) -> dict[int, list[Text]]:
    found: dict[int, list[Text]] = {}
    for some in _pieces(family_ids):
        rows = select(Text).where(col(Text.family_id).in_(some), readable(act, col(Text.audience)))
        for text in act.session.exec(rows.order_by(col(Text.sort_key))):
            found.setdefault(text.family_id, []).append(text)
    return found


def _documents(act: Act, papers: Sequence[Identifier], near: str) -> dict[Identifier, Document]:
    """Documents by their names; a short name is that of the citing document's group and period, else the newest."""
    names = {identifier: names_of(identifier, near) for identifier in papers}
    every = {name for several in names.values() for name in several}
    by_name: dict[str, Document] = {}
    for some in _pieces(every):
        wanted = or_(col(Document.name).in_(some), col(Document.label).in_(some))
        rows = select(Document).where(wanted, visible(act))
        for row in act.session.exec(rows.order_by(col(Document.posted_at), col(Document.id))):
            by_name[row.label] = row
        for row in list(by_name.values()):
            by_name[row.name] = row
    return {
        identifier: by_name[name]
        for identifier, several in names.items()
        if (name := next((each for each in several if each in by_name), None))
    }


def names_of(identifier: Identifier, near: str) -> list[str]:
    """Names that a document's identifier may mean, the likeliest first: with the period and group of `near`, then as written."""
    at = _PLACED.match(near)
    placed = identifier
    if at and identifier.group is None:
        placed = replace(identifier, group=at["group"], sector=at["period"][0])
    path = address(placed)
    if path is None:
        return [format(identifier)]
    name = path.split("/")[2]
    if _PLACED.match(name):
        return [name]
    bare = name.removeprefix("R-")
    named = [f"{at['period']}-{bare}"] if at else []
    return [*named, bare, format(identifier).removesuffix("-E")]


def _pieces(values: Iterable[Value]) -> Iterable[list[Value]]:
    every = sorted(values, key=str)
    return (every[start : start + TOGETHER] for start in range(0, len(every), TOGETHER))


def _reference(entry: Entry, unit: Unit, known: Known) -> Reference:
    judged = known.judged
    instead = known.texts.get(judged.instead.id) if judged and judged.instead else None
    return Reference(
        words=entry.words,
        identifier=format(entry.identifier) if entry.identifier else "",
        status=_status(entry, known),
        superseded_by=instead.identifier if instead else "",
        is_dated=entry.is_dated,
        is_normative=entry.is_normative,
        clause=f"{unit.number} {unit.title}".strip(),
        number=entry.number,
        tag=entry.tag,
        anchor=unit.anchor,
        address=known.address,
        amended_by=tuple(part.identifier for part in judged.since) if judged else (),
    )


def _status(entry: Entry, known: Known) -> ReferenceStatus:
    if entry.identifier is None:
        return ReferenceStatus.ELSEWHERE
    if known.document is not None:
        withdrawn = known.document.status == Status.WITHDRAWN
        return ReferenceStatus.WITHDRAWN if withdrawn else ReferenceStatus.CURRENT
    return known.judged.status if known.judged else ReferenceStatus.NOT_FOUND
