"""The number of a process, the number a text will have, the name of the edition that its approval makes."""

import re
from datetime import date
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.approval import rules
from sgdocs.approval.models import Process
from sgdocs.approval.targets import Target
from sgdocs.base.errors import Refusal
from sgdocs.identifiers import Kind, parse
from sgdocs.recommendations.models import Family, Text
from sgdocs.work_programme.models import WorkItem

_REVISION = re.compile(r"-(\d+)$")
EXAMPLES: Final = {"T": "Y.3199", "R": "M.2160-1"}


def next_number(session: Session, procedure: str, year: int) -> str:
    """`aap/2026-031`: the one after the highest of the procedure and year. Two at once: the second meets a constraint."""
    head = f"{procedure}/{year}-"
    given = session.exec(select(col(Process.number)).where(col(Process.number).startswith(head, autoescape=True)))
    return f"{head}{max((int(number.removeprefix(head)) for number in given), default=0) + 1:03d}"


def name_of(target: Target) -> str:
    """As it is announced: the provisional name, or the number of what is changed or deleted."""
    if target.item is not None:
        return target.item.acronym
    return target.text.identifier if target.text else target.family.number if target.family else target.label


def derived(session: Session, target: Target) -> str:
    """The identifier but for its month, where the work item tells it: `ITU-T G.709/Y.1331`; "" where nobody gave one.

    A revision keeps the number (in ITU-R the next revision of it), an amendment or corrigendum names its edition.
    """
    item, sector = target.item, target.group.sector
    if item is None:
        return ""
    if item.version in rules.VERSIONS and target.text is not None:
        part = item.version_part or _next_part(session, target.text, item.version)
        return rules.change_of(target.text.identifier, item.version, part)
    if item.version == "revision" and target.family is not None:
        return _revised(session, target.family)
    return f"ITU-{sector} {item.identifier}" if item.identifier else _own_name(item, sector)


def _own_name(item: WorkItem, sector: str) -> str:
    """The acronym when it is a number already (`G.709.20`)."""
    found = parse(f"ITU-{sector} {item.acronym}")
    is_number = found is not None and found.kind is Kind.RECOMMENDATION and any(c.isdigit() for c in item.acronym)
    return f"ITU-{sector} {item.acronym}" if is_number else ""


def _revised(session: Session, family: Family) -> str:
    newest = session.get(Text, family.current_id or family.latest_id or 0)
    head = newest.identifier.rpartition(" (")[0] if newest else ""
    if not head:
        return f"ITU-{family.sector} {family.number}"
    if family.sector != "R":
        return head
    found = _REVISION.search(head)
    return f"{head[: found.start()]}-{int(found[1]) + 1}" if found else f"{head}-1"


def _next_part(session: Session, base: Text, version: str) -> str:
    parts = session.exec(select(col(Text.part)).where(Text.modifies_id == base.id, Text.kind == version))
    return str(max((int(part) for part in parts if part.isdigit()), default=0) + 1)


def checked(given: str, sector: str) -> str | Refusal:
    """The identifier that a person gives as a number: `Y.3199` is `ITU-T Y.3199`; a Refusal when it is none."""
    number = given.removeprefix(f"ITU-{sector} ").strip()
    found = parse(f"ITU-{sector} {number}")
    is_text = found is not None and found.kind in (Kind.RECOMMENDATION, Kind.SUPPLEMENT) and found.year is None
    if not is_text:
        facts = {"value": given, "example": EXAMPLES.get(sector, "Y.3199")}
        return Refusal(rules.BAD_NUMBER, facts, field="identifier")
    return f"ITU-{sector} {number}"


def whose(session: Session, identifier: str, target: Target) -> str:
    """Who has that number already: a Recommendation that is not the one revised, or another open process; "" for nobody."""
    own = target.process.id if target.process else None
    taken = select(col(Process.number)).where(
        Process.identifier == identifier, col(Process.is_open).is_(True), col(Process.id) != own
    )
    other = session.exec(taken).first()
    if other is not None:
        return other
    number = identifier.split(" ", 1)[1]
    family = session.exec(
        select(Family).where(Family.number == number, Family.sector == target.group.sector, Family.space == "rec")
    ).first()
    is_own = family is None or (target.family is not None and family.id == target.family.id)
    return "" if is_own or family is None else f"of {family.number}, {family.title}".rstrip(", ")


def edition(identifier: str, approved_on: date) -> str:
    return rules.edition_of(identifier, approved_on)
