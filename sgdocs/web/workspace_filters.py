"""The filters of what I keep, the same on the page, in its files and over the API."""

from typing import Annotated

from fastapi import Depends, Query

from sgdocs.workspace.queries import KeptFilter

Word = Annotated[str, Query(max_length=20)]


def asked_for(
    *,
    q: Annotated[str, Query(max_length=200, description="words in number, title or note")] = "",
    kind: Annotated[Word, Query(description="document, family, item, statement, agenda")] = "",
    stance: Annotated[Word, Query(description="support, object, watch, done")] = "",
    only: Annotated[Word, Query(description="favourite, stale, shared, covered")] = "",
) -> KeptFilter:
    return KeptFilter(kind, stance, only, q)


Filtered = Annotated[KeptFilter, Depends(asked_for)]
