"""A list at its own address as .json, .csv or .xlsx. No cell of any export starts a formula."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from fastapi.responses import Response
from pydantic import BaseModel

from sgdocs.base.cells import Cell, cell

__all__ = ["XLSX", "Cell", "Export", "cell", "export"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Export(StrEnum):
    """The endings that a list answers to; as a path parameter: `@pages.get("/rec.{form}")`."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def export(
    form: Export,
    name: str,
    rows: Iterable[Mapping[str, object] | BaseModel],
    columns: Mapping[str, str],
    *,
    total: int | None = None,
) -> Response:
    """The rows as a file `name`.

    columns: key of a row -> heading, in their order; .json gives every key of a row, the tables only these.
    total: rows there are, when these are a part of them. Lists and sets in a cell are joined by "; ".
    """
    told = [row.model_dump(mode="json") if isinstance(row, BaseModel) else dict(row) for row in rows]
    if form is Export.JSON:
        body = {"total": len(told) if total is None else total, "items": told}
        return Response(json.dumps(body, ensure_ascii=False, default=_plain), media_type="application/json")
    table = [[cell(row.get(key)) for key in columns] for row in told]
    headings = list(columns.values())
    content = _csv(headings, table) if form is Export.CSV else _xlsx(name, headings, table)
    kind = "text/csv; charset=utf-8" if form is Export.CSV else XLSX
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{_safe(name)}.{form}"'}
    )


def _csv(headings: list[str], table: list[list[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, by which spreadsheets know it."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(headings)
    writer.writerows(table)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _xlsx(name: str, headings: list[str], table: list[list[Cell]]) -> bytes:
    """The library is imported when a sheet is asked for: it takes its time."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or "list"
    sheet.append(headings)
    for heading in sheet[1]:
        heading.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for row in table:
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-") or "list"


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return str(value)
