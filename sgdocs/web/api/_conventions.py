"""What every list of the API has: limit, cursor, total, fields, sort, ETag (design 5).

@api.get("/groups")
def groups(request: Request, act: Reading, asked: Paging) -> Response:
    rows, total = queries.listed(act, after=asked.after, limit=asked.limit + 1)
    return listing(request, asked, rows, total=total, item=GroupOut.of, cursor=lambda row: (row.sort_key, row.id))
"""

import base64
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from sgdocs.base.errors import invalid
from sgdocs.web.caching import with_etag

Row = TypeVar("Row")
Key = str | int | float | None
LARGEST_PAGE = 500
NAMES = frozenset({"limit", "cursor", "fields", "sort"})


@dataclass(frozen=True)
class Asked:
    """limit: rows wanted; after: keys of the last row seen, () at the start; fields: () for all; sort: name, descending."""

    limit: int
    after: tuple[Key, ...] = ()
    fields: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = False

    def require_sort(self, known: Collection[str], default: str) -> str:
        """The sort key asked for. Invalid when it is none of `known`."""
        if self.sort and self.sort not in known:
            invalid("sort", self.sort, f"{', '.join(sorted(known))}; a minus before it turns the order")
        return self.sort or default

    @property
    def skip(self) -> int:
        """Rows that were seen, of a list whose cursor is their number. Invalid for a cursor of another list."""
        skip = self.after[0] if self.after else 0
        if not isinstance(skip, int) or isinstance(skip, bool) or skip < 0:
            invalid("cursor", str(skip)[:80], "Take it from “next” of the page before.")
        return skip


def asked(
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="rows on this page")] = 50,
    cursor: Annotated[str, Query(max_length=2000, description="`next` of the page before")] = "",
    fields: Annotated[str, Query(max_length=500, description="names of fields, separated by commas")] = "",
    sort: Annotated[str, Query(max_length=40, description="name of a field; a minus before it turns the order")] = "",
) -> Asked:
    names = tuple(name.strip() for name in fields.split(",") if name.strip())
    return Asked(limit, _keys_of(cursor), names, sort.removeprefix("-"), sort.startswith("-"))


Paging = Annotated[Asked, Depends(asked)]


def cursor_of(keys: Sequence[Key]) -> str:
    """Opaque words for the place after a row with these keys."""
    return base64.urlsafe_b64encode(json.dumps(list(keys)).encode()).decode().rstrip("=")


def listing(
    request: Request,
    asked: Asked,
    rows: Sequence[Row],
    *,
    total: int,
    item: Callable[[Row], BaseModel | Mapping[str, Any]],
    cursor: Callable[[Row], Sequence[Key]],
) -> Response:
    """`{"items", "total", "next"}`. Give one row more than `limit`, so that it shows whether there is a next page."""
    page = rows[: asked.limit]
    following = cursor_of(cursor(page[-1])) if len(rows) > asked.limit and page else None
    items = [picked(_plain(item(row)), asked.fields) for row in page]
    response = JSONResponse({"items": items, "total": total, "next": following})
    if following:
        response.headers["Link"] = f'<{request.url.include_query_params(cursor=following)}>; rel="next"'
    return with_etag(request, response)


def one(request: Request, body: BaseModel | Mapping[str, Any], asked_fields: str = "") -> Response:
    """One thing, with its ETag."""
    names = tuple(name.strip() for name in asked_fields.split(",") if name.strip())
    return with_etag(request, JSONResponse(picked(_plain(body), names)))


def picked(item: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """Only these fields. Invalid for a field that the item does not have."""
    unknown = [name for name in fields if name not in item]
    if unknown:
        invalid("fields", unknown[0], f"Known are {', '.join(item)}.")
    return {name: item[name] for name in fields} if fields else item


def _plain(body: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
    return body.model_dump(mode="json") if isinstance(body, BaseModel) else dict(body)


def _keys_of(cursor: str) -> tuple[Key, ...]:
    if not cursor:
        return ()
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        keys = None
    if not isinstance(keys, list) or not all(isinstance(each, str | int | float | None) for each in keys):
        invalid("cursor", cursor[:80], "Take it from “next” of the page before.")
    return tuple(keys)
