"""What a number names: identifiers in any spelling, group codes, former names, numbers of other organisations.

Answered from the database, not from the index.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups import queries as groups
from sgdocs.groups.rights import audiences
from sgdocs.identifiers import Identifier, Reason, family_key, format, sloppy
from sgdocs.identifiers.model import CHANGES
from sgdocs.recommendations.models import Equivalent, Family, Name, Text
from sgdocs.recommendations.rules import fold
from sgdocs.search import records

LONGEST = 120
MOST = 12


@dataclass(frozen=True)
class Target:
    """A record that the words name. what: table; id: its row; address: of its page, or a group's path.

    why: exact, spelling, sector, misread, equivalent, former, number or group; text: of which text, "" of the family.
    """

    what: str
    id: int
    identifier: str
    title: str
    address: str
    why: str
    text_id: int | None = None

    @property
    def key(self) -> str:
        return f"{self.what}:{self.id}"


@dataclass(frozen=True)
class Resolution:
    """What was typed, how it was read, and what it names. certain: one target, so that one may go there at once."""

    typed: str
    readings: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()

    @property
    def certain(self) -> bool:
        return len(self.targets) == 1


def resolve(act: Act, typed: str, *, sector: str | None = None) -> Resolution:
    """The records that a number, code or name means, the likeliest first; none for ordinary words.

    Costs three to six small queries.
    """
    words = " ".join(typed.split())
    if not words or len(words) > LONGEST:
        return Resolution(typed)
    readable = audiences(act)
    suggestions = sloppy(words, sector=sector)
    found = [target for each in suggestions for target in _named(act.session, each.identifier, each.reason, readable)]
    found += _by_name(act.session, words, readable)
    found += _groups(act.session, words, geneva_day(act.now))
    unique = {(target.key, target.text_id): target for target in reversed(found)}
    ordered = [unique.pop((target.key, target.text_id)) for target in found if (target.key, target.text_id) in unique]
    return Resolution(typed, tuple(format(each.identifier) for each in suggestions), tuple(ordered[:MOST]))


def _named(session: Session, identifier: Identifier, reason: Reason, readable: Collection[str]) -> Iterable[Target]:
    if reason is Reason.EQUIVALENT:
        return _twins(session, identifier.iso or "", readable)
    key = family_key(identifier)
    if key is None:
        return ()
    family = session.exec(select(Family).where(Family.key == key, col(Family.audience).in_(readable))).first()
    if family is None:
        return _second_numbers(session, identifier, reason, readable)
    text = _text_of(session, family, identifier, readable)
    return (_target(family, reason.value, text),)


def _text_of(session: Session, family: Family, identifier: Identifier, readable: Collection[str]) -> Text | None:
    """The very text, when the words name an edition, an amendment or a part; None when they name the family."""
    if identifier.year is None and identifier.revision is None and not identifier.parts and not identifier.version:
        return None
    wanted = format(identifier)
    texts = select(Text).where(Text.family_id == family.id, col(Text.audience).in_(readable))
    found = session.exec(texts.order_by(col(Text.sort_key).desc())).all()
    exact = [text for text in found if text.identifier == wanted]
    return exact[0] if exact else next((text for text in found if _fits(text, identifier)), None)


def _fits(text: Text, identifier: Identifier) -> bool:
    """Whether a text is what a shorter name means: `(2019)`, `(V7)`, `Amd. 2`, `-6`."""
    if identifier.revision is not None:
        return text.revision == identifier.revision
    part = identifier.parts[-1] if identifier.parts and identifier.series is None else None
    if part is not None:
        return (
            text.kind == part.kind.value
            and part.label in (text.part, text.apart)
            and identifier.modified_year in (None, text.base_year)
            and (identifier.kind not in CHANGES or identifier.year in (None, text.year))
        )
    if identifier.version is not None:
        return text.version == identifier.version and text.modifies_id is None
    return text.modifies_id is None and not text.apart and _same_date(text, identifier)


def _same_date(text: Text, identifier: Identifier) -> bool:
    month = identifier.printed_month
    return text.approved.startswith(month) if month else text.year == identifier.year


def _second_numbers(
    session: Session, identifier: Identifier, reason: Reason, readable: Collection[str]
) -> Iterable[Target]:
    """Families whose second number it is: Y.1344 is G.8110."""
    for number in identifier.numbers:
        found = select(Family).join(Name, col(Name.family_id) == Family.id)
        found = found.where(
            Name.kind == "number",
            Name.folded == fold(number),
            Family.sector == identifier.sector,
            col(Family.audience).in_(readable),
        )
        for family in session.exec(found.limit(MOST)):
            yield _target(family, reason.value, _text_of(session, family, identifier, readable))


def _by_name(session: Session, words: str, readable: Collection[str]) -> Iterable[Target]:
    """Families that once had this very name: Y.SC-OpenData, H.26L."""
    found = select(Family).join(Name, col(Name.family_id) == Family.id)
    found = found.where(Name.folded == fold(words), Name.kind == "former", col(Family.audience).in_(readable))
    return [_target(family, "former") for family in session.exec(found.limit(MOST))]


def _twins(session: Session, number: str, readable: Collection[str]) -> Iterable[Target]:
    found = select(Family).join(Text, col(Text.family_id) == Family.id)
    found = found.join(Equivalent, col(Equivalent.text_id) == Text.id)
    found = found.where(Equivalent.folded == fold(number), col(Family.audience).in_(readable)).distinct()
    return [_target(family, "equivalent") for family in session.exec(found.limit(MOST))]


def _groups(session: Session, words: str, on: date) -> Iterable[Target]:
    for group in groups.resolve(session, words, on)[:MOST]:
        yield Target(records.GROUP, group.id or 0, group.label, "", group.path, "group")


def _target(family: Family, why: str, text: Text | None = None) -> Target:
    return Target(
        records.FAMILY,
        family.id or 0,
        text.identifier if text else family.number,
        (text.title if text else "") or family.title,
        text.address if text else family.address,
        why,
        text.id if text else None,
    )
