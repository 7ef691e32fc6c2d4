"""The terms of the field in six languages, as the secretariat edits them."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response, UploadFile
from pydantic import BaseModel, Field

from sgdocs import policy
from sgdocs.base.errors import Refused, missing
from sgdocs.policy import Permission
from sgdocs.search import glossaries, glossary_actions, glossary_table
from sgdocs.search.engine import LANGUAGES
from sgdocs.search.glossary import packaged
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import uploading
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/office/glossary")
HOME = "/office/glossary"
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
Key = Annotated[str, Form(max_length=200)]


class TermForm(BaseModel):
    """A term; its words in each language, one a line."""

    series: str = Field(max_length=4)
    en: str = Field(max_length=2000)
    fr: str = Field("", max_length=2000)
    es: str = Field("", max_length=2000)
    ru: str = Field("", max_length=2000)
    ar: str = Field("", max_length=2000)
    zh: str = Field("", max_length=2000)


@pages.get("")
def glossary(
    request: Request,
    act: Reading,
    word: Annotated[str, Query(max_length=200)] = "",
    term: Annotated[str, Query(max_length=200)] = "",
    number: PageNumber = 1,
) -> Response:
    """The glossary, with a form for a new term; `term` fills the form with a known one."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    given: dict[str, object] = {"series": "*"}
    if term:
        known = glossaries.line(act, term) or missing("term of the glossary", term)
        given = {code: "\n".join(forms) for code, forms in known.concept.forms.items()}
        given["series"] = known.concept.series
    return _glossary(request, act, blank(given), word=word, number=number)


@pages.post("")
def put(request: Request, act: Writing, filled: Filled[TermForm]) -> Response:
    _ = language_of(request).say
    if filled.ok:
        given = filled.value
        forms = {code: getattr(given, code).splitlines() for code in LANGUAGES}
        try:
            glossary_actions.put_concept(act, given.series, forms)
            return see(HOME, notice=_("The term is entered; searches know it from now on."))
        except Refused as refused:
            filled.refused(refused)
    return _glossary(request, act, filled, status=422)


@pages.post("/removal")
def remove(act: Writing, key: Key) -> Response:
    glossary_actions.remove_concept(act, key)
    return see(HOME)


@pages.post("/restoration")
def restore(act: Writing, key: Key) -> Response:
    glossary_actions.restore_concept(act, key)
    return see(HOME)


@pages.get(".tsv")
def table(act: Reading) -> Response:
    """The glossary as the table that can be brought again."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    told = glossary_table.written(glossaries.glossary(act.session))
    headers = {"Content-Disposition": 'attachment; filename="glossary.tsv"'}
    return Response(told, media_type="text/tab-separated-values; charset=utf-8", headers=headers)


@pages.post("/table", dependencies=[uploading()])
def put_table(request: Request, act: Writing, file: UploadFile) -> Response:
    """Many terms at once; every line that is not taken is told with its reason."""
    try:
        taken = glossary_table.put_table(act, file.file.read(glossary_table.MOST_BYTES + 1))
    except Refused as refused:
        return _glossary(request, act, blank({"series": "*"}), refused=refused, status=422)
    return _glossary(request, act, blank({"series": "*"}), taken=taken)


def _glossary(
    request: Request,
    act: Reading,
    filled: Filled[TermForm],
    *,
    word: str = "",
    number: int = 1,
    status: int = 200,
    taken: glossary_table.Taken | None = None,
    refused: Refused | None = None,
) -> Response:
    return page(
        request,
        "office/glossary.html",
        status=status,
        lines=glossaries.lines(act, word=word, number=number),
        filled=filled,
        word=word,
        packaged=packaged(),
        taken=taken,
        refused=refused,
        address=lambda n: urls.with_query(HOME, word=word, number=n),
    )
