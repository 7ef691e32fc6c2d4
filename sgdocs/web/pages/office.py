"""The secretariat's room: letters, jobs, the index, the words of the search."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from sgdocs import policy
from sgdocs.base.errors import Refused
from sgdocs.journal import actions as journal
from sgdocs.journal import outbox
from sgdocs.mail import actions as mail
from sgdocs.mail import queries as letters
from sgdocs.policy import Permission
from sgdocs.search import actions, vocabularies
from sgdocs.search.engine import IndexStatus, IndexUnavailable, SearchEngine
from sgdocs.search.rules import EntryKind
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Svc, Writing, now_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/office")
PageNumber = Annotated[int, Query(ge=1, le=100_000)]


class WordForm(BaseModel):
    """An entry of the vocabulary; forms: one a line."""

    kind: EntryKind
    word: str = Field(max_length=200)
    forms: str = Field(max_length=4000)


@pages.get("")
def office(request: Request, act: Reading, services: Svc) -> Response:
    """What runs and what waits."""
    policy.require(act.actor, Permission.READ_JOBS)
    index, why = _status(services.search)
    return page(
        request,
        "office/index.html",
        lag=outbox.lag_seconds(act.session, now_of(request)),
        waiting=outbox.waiting(act.session),
        parked=outbox.parked(act.session),
        index=index,
        why=why,
    )


@pages.post("/jobs/{id}/wake")
def wake(act: Writing, id: int) -> Response:
    journal.wake(act, [id])
    return see("/office")


@pages.get("/letters")
def mail_log(
    request: Request,
    act: Reading,
    state: str = "",
    to: Annotated[str, Query(max_length=200)] = "",
    number: PageNumber = 1,
) -> Response:
    found = letters.mail_log(act, state=state, to=to, number=number)
    return page(
        request,
        "office/letters.html",
        letters=found,
        state=state,
        to=to,
        address=lambda n: urls.with_query("/office/letters", state=state, to=to, number=n),
    )


@pages.get("/letters/{id}")
def letter(request: Request, act: Reading, id: int) -> Response:
    return page(request, "office/letter.html", letter=letters.letter(act, id))


@pages.post("/letters/{id}/again")
def send_again(request: Request, act: Writing, id: int) -> Response:
    _ = language_of(request).say
    mail.send_again(act, letters.letter(act, id))
    return see(f"/office/letters/{id}", notice=_("The letter is queued."))


@pages.get("/words")
def words(
    request: Request,
    act: Reading,
    kind: str = "",
    word: Annotated[str, Query(max_length=200)] = "",
    number: PageNumber = 1,
) -> Response:
    """The vocabulary, and a form for a new entry."""
    return _words(request, act, blank({"kind": EntryKind.ACRONYM}), kind=kind, word=word, number=number)


@pages.post("/words")
def put_word(request: Request, act: Writing, filled: Filled[WordForm]) -> Response:
    _ = language_of(request).say
    if filled.ok:
        given = filled.value
        try:
            actions.put_entry(act, given.kind, given.word, given.forms.splitlines())
            return see("/office/words", notice=_("The word is entered; searches know it from now on."))
        except Refused as refused:
            filled.refused(refused)
    return _words(request, act, filled, status=422)


@pages.post("/words/{id}/removal")
def remove_word(act: Writing, id: int) -> Response:
    actions.remove_entry(act, id)
    return see("/office/words")


def _words(
    request: Request,
    act: Reading,
    filled: Filled[WordForm],
    *,
    kind: str = "",
    word: str = "",
    number: int = 1,
    status: int = 200,
) -> Response:
    found = vocabularies.entries(act, kind=kind, word=word, number=number)
    return page(
        request,
        "office/words.html",
        status=status,
        entries=found,
        filled=filled,
        kind=kind,
        word=word,
        kinds=list(EntryKind),
        address=lambda n: urls.with_query("/office/words", kind=kind, word=word, number=n),
    )


def _status(engine: SearchEngine) -> tuple[IndexStatus | None, str]:
    try:
        return engine.status(), ""
    except IndexUnavailable as error:
        return None, str(error)
