"""The page on which a liaison statement is written or entered: rows, choices, what was read, what will happen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from fastapi import Request, Response
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed
from sgdocs.groups.listing import GroupFilter
from sgdocs.groups.listing import listing as groups_listed
from sgdocs.groups.rules import GroupKind
from sgdocs.i18n import N_
from sgdocs.liaison.bodies_models import Body
from sgdocs.policy import Permission, Scope, may
from sgdocs.web import liaison_words, paper_words
from sgdocs.web.deps import now_of, services_of, visitor_of
from sgdocs.web.forms import Filled
from sgdocs.web.liaison_form import StatementFields, settle
from sgdocs.web.liaison_heirs import heirs_of, take_heir
from sgdocs.web.liaison_rows import FROM, TO, shown
from sgdocs.web.paper_form import LANGUAGES
from sgdocs.web.render import language_of, page
from sgdocs.web.submitting import ReadFile

TEMPLATE: Final = "liaison/form.html"
PARTIES: Final = (GroupKind.STUDY_GROUP, GroupKind.ADVISORY_GROUP, GroupKind.WORKING_PARTY, GroupKind.JCA)
MOST_PARTIES: Final = 400
FIELDS: Final = {**dict.fromkeys(StatementFields.model_fields), "file": None}
Done = TypeVar("Done")


@dataclass(frozen=True)
class Desk:
    """title, button, will: words to be translated; action: where the form goes; kind: draft, edit, receive, arrival;
    read: the file that the form was filled from; findings: what stands against sending it, or was noticed.
    """

    kind: str
    title: str
    button: str
    action: str
    back: str
    will: Sequence[str]
    crumbs: Sequence[tuple[str, str]] = ()
    id: str = ""
    kicker: str = ""
    takes_file: bool = False
    most_mb: int = 0
    read: ReadFile | None = None
    findings: Sequence[Mapping[str, Any]] = field(default=())
    hidden: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        """Whether a group of ours writes it."""
        return self.kind in ("draft", "edit")


def may_somewhere(act: Act, permission: Permission) -> bool:
    """Whether the actor holds the permission in any of the groups where they have a role; the form names the group."""
    places = {"", *(each.group for each in act.actor.appointments)}
    return any(may(act.actor, permission, Scope(place)) for place in places)


def require_somewhere(act: Act, permission: Permission) -> None:
    if not may_somewhere(act, permission):
        raise NotAllowed(NOT_PERMITTED if act.actor.is_known else NOT_SIGNED_IN, permission=permission.value)


def desk_page(
    request: Request,
    act: Act,
    desk: Desk,
    filled: Filled[Any],
    *,
    status: int = 200,
    template: str = TEMPLATE,
    **context: Any,
) -> Response:
    """The form as it is filled; to htmx its block alone. Three queries, for the names that are offered."""
    settle(filled, FIELDS)
    take_heir(filled)
    say = language_of(request).say
    more = filled.first("more")
    return page(
        request,
        template,
        fragment="form",
        status=status,
        it=desk,
        filled=filled,
        rows={side: shown(filled.raw, side, more=more == side) for side in (FROM, TO)},
        heirs=heirs_of(act, filled),
        parties=parties(act),
        purposes=[(each, say(word)) for each, word in reversed(list(liaison_words.PURPOSES.items()))],
        levels=[(each, say(word)) for each, word in liaison_words.LEVELS.items()],
        expectations=[("true", say(N_("yes"))), ("false", say(N_("no")))],
        spoken_in=[(code, say(word)) for code, word in LANGUAGES.items()],
        paper=paper_words,
        **context,
    )


def parties(act: Act) -> list[tuple[str, str]]:
    """Names that the fields “from” and “to” offer: groups of today of both Sectors, bodies that have not ended."""
    today: date = geneva_day(act.now)
    asked = GroupFilter(kinds=tuple(kind.value for kind in PARTIES))
    groups = groups_listed(act.session, asked, today, size=MOST_PARTIES).rows
    open_bodies = select(Body.name, Body.acronym).where(col(Body.ended_on).is_(None))
    bodies = act.session.exec(open_bodies.order_by(col(Body.sort_key)).limit(MOST_PARTIES)).all()
    return [(row.group.label, row.title) for row in groups] + [
        (acronym or name, name if acronym else "") for name, acronym in bodies
    ]


def in_writing(request: Request, do: Callable[[Act], Done]) -> Done:
    """One act in a transaction of its own, for doors that read files first, outside the lock."""
    services = services_of(request)
    with services.database.writing() as session:
        return do(Act(session, visitor_of(request).actor, now_of(request), site=services.settings.public_url))
