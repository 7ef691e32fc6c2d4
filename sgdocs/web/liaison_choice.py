"""The page of a number that several statements bear: which one is meant, the newest first."""

from fastapi import FastAPI, Request, Response

from sgdocs.liaison.queries import Several
from sgdocs.web import urls
from sgdocs.web.errors import answer, is_for_program
from sgdocs.web.render import page
from sgdocs.web.security import SAFE_METHODS


def install(app: FastAPI) -> None:
    app.add_exception_handler(Several, choose)


def choose(request: Request, error: Exception) -> Response:
    """300 with the choice, each leading to the same page of that statement; to programs and for deeds a refusal."""
    assert isinstance(error, Several)
    if request.method not in SAFE_METHODS or is_for_program(request):
        return answer(request, error)
    words = str(error.facts["words"])
    start = f"/liaison/{words}"
    tail = request.url.path.removeprefix(start) if request.url.path.startswith(f"{start}/") else ""
    choices = [(row, urls.statement(row.name) + tail) for row in error.found]
    return page(request, "liaison/choice.html", status=300, words=words, choices=choices)
