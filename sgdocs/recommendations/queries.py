"""Find one family or text: by address, by identifier, by any of its names."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.identifiers import Identifier, family_key, parse
from sgdocs.recommendations.audience import is_readable, readable
from sgdocs.recommendations.models import Equivalent, Family, Name, Text
from sgdocs.recommendations.rules import NameKind, fold

WHAT = "Recommendation"


@dataclass(frozen=True)
class Found:
    """What an address or identifier names: the family, and the text when one of its texts is meant."""

    family: Family
    text: Text | None = None


def by_address(act: Act, address: str) -> Family:
    """The family at that address (`/rec/T/G.709`); NotFound when there is none or it is not for this actor."""
    family = act.session.exec(select(Family).where(Family.address == address)).first()
    if family is None or not is_readable(act, family.audience):
        missing(WHAT, address.rsplit("/", 1)[-1])
    return family


def text_at(act: Act, address: str) -> Found:
    """The text at that address (`/rec/T/G.709/2020-06/amd/1`) with its family; else NotFound. One query."""
    row = act.session.exec(
        select(Text, Family).join(Family, col(Family.id) == Text.family_id).where(Text.address == address)
    ).first()
    if row is None or not all(is_readable(act, each.audience) for each in row):
        missing(WHAT, address.split("/", 3)[-1])
    return Found(row[1], row[0])


def texts_of(session: Session, family: Family) -> list[Text]:
    """All texts of a family, the oldest first."""
    return list(session.exec(select(Text).where(Text.family_id == family.id).order_by(col(Text.sort_key))))


def readable_texts(act: Act, family: Family) -> list[Text]:
    """The texts of a family that the actor may read, the oldest first."""
    return [text for text in texts_of(act.session, family) if is_readable(act, text.audience)]


def by_identifier(act: Act, identifier: Identifier) -> Found | None:
    """The text that an identifier names, or the family when it has no date; None when nothing is known by it."""
    families = by_keys(act, [key for key in [family_key(identifier)] if key]) or by_number(act, identifier)
    if len(families) != 1:
        return None
    family = families[0]
    dated = identifier.year is not None or identifier.revision is not None or bool(identifier.parts)
    return Found(family, _text_of(act, family, identifier) if dated else None)


def by_keys(act: Act, keys: Sequence[str]) -> list[Family]:
    found = select(Family).where(col(Family.key).in_(keys), readable(act, col(Family.audience)))
    return list(act.session.exec(found.order_by(Family.sort_key)))


def by_number(act: Act, identifier: Identifier) -> list[Family]:
    """Families that bear the number as a second or a former one, in the same Sector."""
    numbers = identifier.numbers or ((identifier.code,) if identifier.code else ())
    found = by_names(act, list(numbers[:1]))
    return [f for f in found if identifier.sector in (None, f.sector)]


def by_names(act: Act, names: Sequence[str]) -> list[Family]:
    """Families known by one of these names: numbers, former names, acronyms; spelling folded."""
    named = select(Name.family_id).where(col(Name.folded).in_([fold(name) for name in names]))
    found = select(Family).where(col(Family.id).in_(named), readable(act, col(Family.audience)))
    return list(act.session.exec(found.order_by(Family.sort_key)))


def by_equivalent(act: Act, number: str) -> list[Family]:
    """Families with a text that is the twin of a foreign standard: `ISO/IEC 13818-1`."""
    twins = select(Text.family_id).join(Equivalent, col(Equivalent.text_id) == Text.id)
    wanted = twins.where(Equivalent.folded == fold(number), readable(act, col(Text.audience)))
    found = select(Family).where(col(Family.id).in_(wanted), readable(act, col(Family.audience)))
    return list(act.session.exec(found.order_by(Family.sort_key)))


def at_slug(act: Act, space: str, sector: str, slug: str) -> list[Family]:
    """Families that an address without a family of its own may mean: another number of it, other capitals."""
    number = slug.replace(".Sup", " Suppl. ") if ".Sup" in slug else slug
    named = select(Name.family_id).where(Name.kind == NameKind.NUMBER, Name.folded == fold(number))
    found = select(Family).where(
        col(Family.id).in_(named),
        Family.space == space,
        Family.sector == sector,
        readable(act, col(Family.audience)),
    )
    return list(act.session.exec(found.order_by(Family.sort_key)))


def beginning_with(act: Act, sector: str, start: str, *, most: int) -> list[Family]:
    """Families whose number goes on from there: `G.9804` begins `G.9804.1`."""
    found = select(Family).where(
        col(Family.number).startswith(f"{start}.", autoescape=True), readable(act, col(Family.audience))
    )
    if sector in ("T", "R"):
        found = found.where(Family.sector == sector)
    return list(act.session.exec(found.order_by(col(Family.sort_key)).limit(most)))


def named(act: Act, name: str) -> Family:
    """The one family that a person or a file means by a name; NotFound when none or several do."""
    identifier = parse(name)
    found = by_identifier(act, identifier) if identifier else None
    if found is not None:
        return found.family
    families = by_names(act, [name.removeprefix("ITU-T ").removeprefix("ITU-R ")])
    if len(families) != 1:
        missing(WHAT, name)
    return families[0]


def _text_of(act: Act, family: Family, identifier: Identifier) -> Text | None:
    """The text of the family that fits the parts and the date named, when only one does."""
    from_parts = [part.label for part in identifier.parts]
    rows = [
        text
        for text in readable_texts(act, family)
        if (identifier.revision is None or text.revision == identifier.revision)
        and (identifier.year is None or text.year == identifier.year)
        and (identifier.month is None or text.approved[5:7] in ("", f"{identifier.month:02d}"))
        and str(text.kind).replace("-", " ")
        == str(identifier.kind).replace("implementers' guide", "implementers guide")
        and (not from_parts or text.part == from_parts[-1])
        and (identifier.modified_year is None or not from_parts or text.base_year in (None, identifier.modified_year))
    ]
    return rows[0] if len(rows) == 1 else None
