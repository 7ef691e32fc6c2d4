"""What a family's row says, worked out from its texts: title, standing, current edition. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from sgdocs.recommendations.rules import LANGUAGES, Kind, spaced
from sgdocs.recommendations.standing import TextFacts, current, line_of

Row = Mapping[str, Any]


def facts_of(row: Row) -> TextFacts:
    """The facts that the rules need, of a row of `recommendation_text`."""
    return TextFacts(
        id=row["id"],
        kind=row["kind"],
        status=row["status"],
        approved=row["approved"],
        withdrawn=row["withdrawn"],
        apart=row["apart"],
        part=row["part"],
        identifier=row["identifier"],
        sort_key=row["sort_key"],
        edition=row["edition"],
        revision=row["revision"],
        modifies=row["modifies_id"],
        superseded_by=row["superseded_by_id"],
        base_year=row["base_year"],
    )


def derived(rows: Sequence[Row], facts: Sequence[TextFacts]) -> dict[str, Any]:
    """The columns of the family that follow from its texts; rows and facts in the same order, not empty.

    The edition shown is the one in force, else the newest; its title may be missing (old texts), then the newest
    title of the line stands in.
    """
    by_id = {row["id"]: row for row in rows}
    standing = current(facts)
    line = line_of(facts) or sorted(facts, key=lambda t: t.sort_key)
    latest = by_id[line[-1].id]
    shown = by_id[standing.id] if standing else latest
    titled = next((row for row in (shown, *(by_id[t.id] for t in reversed(line))) if row["title"]), shown)
    used = {language for row in rows for language in row["languages"].split()}
    group = shown["study_group"] or latest["study_group"]
    return {
        "kind": shown["kind"] if line_of(facts) else Kind.RECOMMENDATION.value,
        "number": "/".join(shown["numbers"]),
        "numbers": list(shown["numbers"]),
        "title": titled["title"],
        "titles": titled["titles"],
        "standing": shown["status"],
        "study_group": group or next((row["study_group"] for row in reversed(rows) if row["study_group"]), ""),
        "languages": spaced([language for language in LANGUAGES if language in used]),
        "year": latest["year"],
        "approved": shown["approved"],
        "texts": len(rows),
        "current_id": standing.id if standing else None,
        "latest_id": latest["id"],
    }
