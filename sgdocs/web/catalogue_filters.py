"""The filters of lists of Recommendations: the same names on pages, in exports and in the API."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from sgdocs.recommendations.listing import Asked
from sgdocs.recommendations.rules import LANGUAGES, Kind, Status
from sgdocs.web import urls
from sgdocs.web.forms import Blank

SectorName = Annotated[str, Query(pattern="^[TR]?$", description="T or R")]
Series = Annotated[str, Query(pattern="^[A-Z]{0,3}$", description="letters of the series")]
StatusName = Annotated[Status | None, Blank, Query(description="standing; in-force takes pre-published with it")]
KindName = Annotated[Kind | None, Blank, Query(description="families that have a text of this kind")]
GroupCode = Annotated[str, Query(pattern=r"^[A-Za-z0-9-]{0,12}$", description="SG15, TSAG …")]
Year = Annotated[
    Annotated[int, Field(ge=1800, le=2199)] | None, Blank, Query(description="approval of the newest edition")
]
LanguageCode = Annotated[str, Query(pattern="^(" + "|".join(("", *LANGUAGES)) + ")$")]
Words = Annotated[str, Query(max_length=200, description="words in number or title")]
SortKey = Annotated[str, Query(pattern=r"^(-?(number|approved|title))?$", description="a minus turns the order")]


class Filters:
    """What a query string asks of a list. query: the same again, for links."""

    def __init__(
        self,
        *,
        sector: SectorName = "",
        series: Series = "",
        status: StatusName = None,
        kind: KindName = None,
        group: GroupCode = "",
        year: Year = None,
        language: LanguageCode = "",
        q: Words = "",
        sort: SortKey = "",
    ) -> None:
        self.query: dict[str, object] = {
            "sector": sector, "series": series, "status": status and status.value, "kind": kind and kind.value,
            "group": group, "year": year, "language": language, "q": q, "sort": sort,
        }  # fmt: skip
        self.asked = Asked(
            sector=sector,
            series=series,
            status=status or "",
            kind=kind or "",
            group=group.upper(),
            year=year,
            language=language,
            words=q,
            sort=sort.removeprefix("-") or "number",
            descending=sort.startswith("-"),
        )

    def within(self, *, space: str = "", sector: str = "", series: str = "") -> Asked:
        """The filters inside a list that its address names."""
        return replace(
            self.asked,
            spaces=(space,) if space else (),
            sector=sector or self.asked.sector,
            series=series or self.asked.series,
        )

    def address(self, path: str, **changes: object) -> str:
        """The list with these filters, some changed."""
        return urls.with_query(path, **{**self.query, **changes})

    @property
    def chosen(self) -> dict[str, object]:
        """The filters that are set, without the order."""
        return {name: value for name, value in self.query.items() if value and name != "sort"}


Filtered = Annotated[Filters, Depends()]
