"""The filters of the directory, the same on the page, in its files and over the API."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any

from fastapi import Depends, Query

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.base.text import clean, folded
from sgdocs.groups import queries as groups
from sgdocs.groups.directory import RoleFilter, holding, shown_to
from sgdocs.meetings.listing import reach_of
from sgdocs.people.directory import Among, PeopleFilter
from sgdocs.people.queries import organisation_by_slug
from sgdocs.people.rules import Category
from sgdocs.policy import Role
from sgdocs.web import urls

ROLES = tuple(each.value for each in Role)
_RIGHT = {
    "role": ("|".join(ROLES), f"one of {', '.join(ROLES)}"),
    "category": ("|".join(Category), f"one of {', '.join(Category)}"),
    "country": ("[A-Z]{2}", "two letters, such as CH"),
    "language": ("[a-z]{2}", "two letters, such as en"),
}
"""What a value must look like, and how that is told."""
Words = Annotated[str, Query(max_length=200)]
Several = Annotated[list[str], Query(max_length=60)]


@dataclass(frozen=True)
class Wanted:
    """What the address asks for. Of several values of a filter one is enough; every filter must hold.

    unknown: names and values that mean nothing; a page leaves them out, so that a list that was mailed opens for ever.
    """

    q: str = ""
    group: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    interest: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "unknown"}

    def require_known(self) -> None:
        """Invalid for a value that means nothing: a program should learn of it."""
        for name, value in self.unknown:
            invalid(name, value, f"Give {_RIGHT[name][1]}.")

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters that are set, one value each."""
        told = [(name, value) for name, values in self.query.items() if name != "q" for value in values]
        return [("q", self.q), *told] if self.q else told

    def address(self, path: str = "/person", **changes: object) -> str:
        return urls.with_query(path, **{**self.query, **changes})

    def without(self, name: str, value: str) -> str:
        left: dict[str, Any] = {name: "" if name == "q" else [each for each in self.query[name] if each != value]}
        return self.address(**left)

    @property
    def files(self) -> str:
        return self.address("").removeprefix("?")

    def people(self, act: Act) -> PeopleFilter:
        """NotFound for an organisation that there is not. One query for each organisation."""
        entities = [organisation_by_slug(act, each).id or 0 for each in self.organisation]
        interests = tuple(folded(each) for each in self.interest)
        return PeopleFilter(self.q, self.category, self.country, tuple(entities), self.language, interests)

    def among(self, act: Act) -> Among:
        """Whom the reader may see, and who holds what is asked for. Up to four queries for each group."""
        ids = tuple(id for each in self.group for id in _reach(act, each)) if self.group else None
        return (*shown_to(act), *holding(act, RoleFilter(self.role, ids)))


def wanted(
    *,
    q: Annotated[Words, Query(description="words in name, position, organisation or interests")] = "",
    group: Annotated[Several, Query(description="SG13, Q2/13; its parts count too")] = [],  # noqa: B006
    role: Annotated[Several, Query(description="held now")] = [],  # noqa: B006
    category: Annotated[Several, Query(description="of the organisation")] = [],  # noqa: B006
    country: Annotated[Several, Query(description="two letters; several with commas")] = [],  # noqa: B006
    organisation: Annotated[Several, Query(description="the word of its address")] = [],  # noqa: B006
    language: Annotated[Several, Query(description="worked in: en, fr …")] = [],  # noqa: B006
    interest: Annotated[Several, Query(description="words of a field of interest")] = [],  # noqa: B006
) -> Wanted:
    told: dict[str, tuple[str, ...]] = {
        "group": _told(group),
        "role": _told(role),
        "category": _told(category),
        "country": tuple(each.upper() for each in _told(country)),
        "organisation": _told(organisation),
        "language": tuple(each.lower() for each in _told(language)),
        "interest": _told(interest),
    }
    unknown = [(name, each) for name in _RIGHT for each in told[name] if not _means(name, each)]
    kept = {name: tuple(each for each in values if (name, each) not in unknown) for name, values in told.items()}
    return Wanted(q=clean(q), unknown=tuple(unknown), **kept)


Asking = Annotated[Wanted, Depends(wanted)]


def _told(given: Sequence[str]) -> tuple[str, ...]:
    parts = [clean(part) for each in given for part in each.split(",")]
    return tuple(dict.fromkeys(part for part in parts if part))[:20]


def _means(name: str, value: str) -> bool:
    return re.fullmatch(_RIGHT[name][0], value) is not None


def _reach(act: Act, name: str) -> tuple[int, ...]:
    found = groups.find(act.session, name)
    found = found or next(iter(groups.resolve(act.session, name, geneva_day(act.now))), None)
    return reach_of(act.session, found) if found else invalid("group", name, "The address of a group, such as SG15.")
