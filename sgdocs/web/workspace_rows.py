"""Rows of the workspace as files and the API give them out. For their owner alone."""

from typing import Final

from sgdocs.base.act import Act
from sgdocs.web import urls
from sgdocs.workspace.delegation import Colleague, Line
from sgdocs.workspace.hits import Hit
from sgdocs.workspace.models import SavedSearch
from sgdocs.workspace.queries import KeptRow
from sgdocs.workspace.schemas import ChangedOut, ColleagueOut, CoverOut, HitOut, KeptOut, SearchOut
from sgdocs.workspace.tracking import OnList, asked_by

COLUMNS: Final = {
    "kind": "Kind", "label": "Number", "title": "Title", "is_favourite": "Favourite", "stance": "Stance", "note": "Note",
    "since": "Written on", "is_stale": "Text went on", "covers": "I cover it", "is_shared": "Shared",
    "changed_at": "Changed (UTC)", "url": "Address",
}  # fmt: skip
HIT_COLUMNS: Final = {
    "label": "Number",
    "title": "Title",
    "kind": "Kind",
    "because": "Because",
    "is_new": "New",
    "url": "Address",
}
COVER_COLUMNS: Final = {
    "label": "Number",
    "title": "Title",
    "covering": "Covered by",
    "stances": "Stances",
    "url": "Address",
}


def kept_out(act: Act, row: KeptRow) -> KeptOut:
    held, thing = row.kept, row.thing
    return KeptOut(
        kind=held.kind,
        id=held.thing_id,
        label=thing.label if thing else None,
        title=thing.title if thing else None,
        url=at(act, thing.path) if thing else None,
        is_favourite=held.is_favourite,
        stance=held.stance,
        note=held.note,
        is_shared=held.is_shared,
        covers=held.covers,
        since=held.mark_label,
        is_stale=row.is_stale,
        changes=_changes(row),
        carried_from=held.carried_from,
        changed_at=held.changed_at,
    )


def _changes(row: KeptRow) -> ChangedOut | None:
    moved = row.moved
    if moved is None:
        return None
    return ChangedOut(
        until=moved.until_label,
        changed=list(moved.changed),
        new=list(moved.new),
        gone=list(moved.gone),
        is_compared=moved.is_compared,
    )


def cover_out(act: Act, line: Line) -> CoverOut:
    return CoverOut(
        kind="document",
        id=line.row.id,
        label=line.row.label,
        title=line.row.title,
        url=at(act, urls.document(line.row.name)),
        colleagues=[colleague_out(each) for each in line.colleagues],
    )


def colleague_out(each: Colleague) -> ColleagueOut:
    return ColleagueOut(name=each.name, slug=each.slug, covers=each.covers, stance=each.stance, note=each.note)


def cover_row(act: Act, line: Line) -> dict[str, object]:
    """For a table: names joined."""
    return cover_out(act, line).model_dump(mode="json") | {
        "covering": [each.name for each in line.covering],
        "stances": [f"{each.name}: {each.stance}" for each in line.colleagues if each.stance],
    }


def search_out(act: Act, row: SavedSearch) -> SearchOut:
    return SearchOut(
        id=row.id or 0,
        name=row.name,
        url=at(act, address_of(row)),
        often=row.often,
        list_id=row.list_id,
        known=len(row.seen),
        new=len(row.new),
        unknown=list(asked_by(row).unknown),
        problem=row.problem,
        checked_at=row.checked_at,
    )


def address_of(row: SavedSearch) -> str:
    """Of the list with its filters."""
    return f"{row.path}?{row.query}" if row.query else row.path


def hit_out(act: Act, hit: Hit, *, is_new: bool = False, because: str = "") -> HitOut:
    return HitOut(
        kind=hit.kind,
        key=hit.key,
        label=hit.label,
        title=hit.title,
        url=at(act, hit.path),
        because=because,
        is_new=is_new,
    )


def on_list_out(act: Act, row: OnList) -> HitOut:
    because = [
        *row.because,
        *(["by hand"] if row.by_hand else []),
        *([f"replaces {row.replaces}"] if row.replaces else []),
    ]
    return hit_out(act, row.hit, is_new=row.is_new, because="; ".join(because))


def at(act: Act, path: str) -> str:
    return act.site.rstrip("/") + path
