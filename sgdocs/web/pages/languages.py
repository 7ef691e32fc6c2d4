"""The languages of the interface: how far each translation is, and what of it nobody has reviewed yet."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.errors import missing
from sgdocs.i18n import N_
from sgdocs.web import messages, reviewing, urls
from sgdocs.web.exports import Export, export
from sgdocs.web.render import page
from sgdocs.web.reviewing import LACKING, REVIEWED, STANDINGS, UNREVIEWED, Line

pages = APIRouter(prefix="/help/languages")
HOME: Final = "/help/languages"
STATES: Final = {
    LACKING: (N_("Not translated"), "stopped"),
    UNREVIEWED: (N_("Not reviewed"), "needs"),
    REVIEWED: (N_("Reviewed"), "force"),
}
COLUMNS: Final = {"english": "English", "plural": "English, plural", "told": "Translation", "state": "State"}
Words = Annotated[str, Query(max_length=200)]
ALL: Final = "all"
State = Annotated[str, Query(pattern=f"^(|{ALL}|{'|'.join(STANDINGS)})$")]
Number = Annotated[int, Query(alias="page", ge=1, le=10_000)]


@pages.get("")
def index(request: Request) -> Response:
    """Each language: how many messages, how many of them without a translation, or not reviewed."""
    return page(request, "help/languages.html", rows=[reviewing.standing(code) for code in messages.codes()])


@pages.get("/{code}.{form}")
def exported(code: str, form: Export, q: Words = "", state: State = ALL) -> Response:
    """The list as a file, for those who review: every message that the filters leave."""
    found = reviewing.found(_known(code), words=q, state=_one(state), size=1_000_000)
    return export(form, f"messages {code}", [_out(each) for each in found.rows], COLUMNS, total=found.total)


def _out(line: Line) -> dict[str, object]:
    plural = line.english[1] if len(line.english) > 1 else ""
    return {"english": line.english[0], "plural": plural, "told": list(line.told), "state": line.standing}


@pages.get("/{code}")
def show(request: Request, code: str, q: Words = "", state: State = UNREVIEWED, number: Number = 1) -> Response:
    """The messages of one language beside the English ones; those that are not reviewed unless others are asked for."""
    standing = reviewing.standing(_known(code))

    def address_of(n: int) -> str:
        return urls.with_query(urls.path("help", "languages", code), q=q, state=state, page=n if n > 1 else "")

    return page(
        request,
        "help/language.html",
        standing=standing,
        found=reviewing.found(code, words=q, state=_one(state), number=number),
        asked={"q": q, "state": state},
        states=STATES,
        address_of=address_of,
        parts=reviewing.parts,
    )


def _one(state: str) -> str:
    return "" if state == ALL else state


def _known(code: str) -> str:
    return code if code in messages.codes() else missing("Language", code)
