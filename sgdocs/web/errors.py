"""Refusals as answers: class to status once; a page for people, a fragment for htmx, problem+json for programs."""

import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import DataError, OperationalError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException

from sgdocs.base.errors import (
    FIELD,
    NOT_SIGNED_IN,
    Closed,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    TooMany,
)
from sgdocs.base.rulebook import rule
from sgdocs.web import urls
from sgdocs.web.caching import Outdated
from sgdocs.web.deps import ANONYMOUS, services_of, visitor_of
from sgdocs.web.fields import right_of
from sgdocs.web.render import language_of, page, wants_fragment
from sgdocs.web.security import SAFE_METHODS, harden, is_secure

NO_PAGE = rule("web.no-such-address", "There is nothing at {path}.")
NO_METHOD = rule("web.method", "{method} is not done at this address.", "RFC 9110, 15.5.6")
TOO_LARGE = rule("web.request-size", "The request is larger than {limit_mb} MB.", settings=("body_limit_mb",))
MALFORMED = rule("web.malformed", "The request cannot be read: {reason}.", "RFC 9110, 15.5.1")
OUT_OF_RANGE = rule("web.out-of-range", "A value in the request is larger than anything that is kept here.")
BUSY = rule("web.busy", "Too many are writing at this moment. Try again in a few seconds.")
UNEXPECTED = rule("web.unexpected", "Something went wrong here. It is noted under {reference}.")
PROBLEM = "application/problem+json"
TOLD = ("state", "unmet")
"""Facts that programs are told besides the sentence: the present state, the rules that stand against a step."""
log = logging.getLogger("sgdocs.web")


class TooLarge(Refused):
    """More bytes than a request may bring."""


class WrongMethod(Refused):
    """The address exists, the method does not."""


class Busy(Refused):
    """The database is locked for longer than we wait."""


class Unexpected(Refused):
    """A fault of ours."""


STATUS: Mapping[type[Refused], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Invalid: 422,
    Outdated: 412,
    Conflict: 409,
    Closed: 409,
    TooMany: 429,
    TooLarge: 413,
    WrongMethod: 405,
    Busy: 503,
    Unexpected: 500,
}


def install(app: FastAPI) -> None:
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _database)
    app.add_exception_handler(DataError, _out_of_range)
    app.add_exception_handler(OverflowError, _out_of_range)
    app.add_exception_handler(Exception, _unexpected)


def status_of(refused: Refused) -> int:
    return next(STATUS[kind] for kind in type(refused).__mro__ if kind in STATUS)


def answer(request: Request, refused: Refused, *, problems: Sequence[Mapping[str, str]] = ()) -> Response:
    """The answer to a refused request. problems: every field at fault, when there are several."""
    status = status_of(refused)
    if is_for_program(request):
        response: Response = _problem(request, refused, status, problems)
    elif refused.rule is NOT_SIGNED_IN and _may_sign_in(request):
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(urls.sign_in(back), 303)
    else:
        response = page(
            request, "errors/refused.html", fragment="refusal", status=status, code=status, refused=refused, problems=problems,
            says=language_of(request).refusal(refused), suggestions=refused.facts.get("suggestions", ()),
        )  # fmt: skip
    wait = refused.facts.get("retry_after_s")
    if wait is not None or isinstance(refused, Busy):
        response.headers["Retry-After"] = str(wait if wait is not None else 3)
    return response


def _may_sign_in(request: Request) -> bool:
    """A page that was asked for, by somebody who is not looking as nobody."""
    is_page = request.method in SAFE_METHODS and not wants_fragment(request)
    return is_page and visitor_of(request).view is None


def is_for_program(request: Request) -> bool:
    """Programs ask under /api, for `.json`, or accept JSON and no HTML."""
    told = request.headers.get("accept", "")
    path = request.url.path
    return (
        path.startswith("/api/") or path.endswith((".json", ".csv", ".xlsx")) or ("json" in told and "html" not in told)
    )


class _Problem(JSONResponse):
    """It may cite halves of pairs, which JSON can bring in and UTF-8 cannot take out: a question mark stands for each."""

    media_type = PROBLEM

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _problem(request: Request, refused: Refused, status: int, problems: Sequence[Mapping[str, str]]) -> Response:
    """RFC 9457, with the rule's id."""
    says = language_of(request).refusal(refused)
    body: dict[str, Any] = {
        "type": services_of(request).settings.public_url.rstrip("/") + urls.rule(refused.rule.id),
        "title": refused.rule.id,
        "status": status,
        "detail": says,
        "instance": request.url.path,
        "rule": refused.rule.id,
        "source": refused.rule.source,
    }
    if refused.field:
        body["field"] = refused.field
    if problems:
        body["errors"] = list(problems)
    if suggestions := refused.facts.get("suggestions"):
        body["suggestions"] = [list(each) for each in suggestions] if isinstance(suggestions, list | tuple) else []
    body |= {name: refused.facts[name] for name in TOLD if name in refused.facts}
    return _Problem(body, status)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return answer(request, error)


def _unreadable(request: Request, error: Exception) -> Response:
    """FastAPI could not read the address, the query or the body: name each field, its value and what is right."""
    assert isinstance(error, RequestValidationError)
    spoken = language_of(request)
    problems = [
        {
            "field": ".".join(str(part) for part in each["loc"][1:]) or str(each["loc"][0]),
            "value": _shown(each.get("input")),
            "right": right_of(each, spoken),
        }
        for each in error.errors()[:50]
    ]
    return answer(request, _invalid(problems[0]), problems=problems)


def _invalid(problem: Mapping[str, str]) -> Invalid:
    refused = Invalid(FIELD, field=problem["field"], value=problem["value"], right=problem["right"])
    refused.facts["field"] = problem["field"]
    return refused


def _shown(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 80 else text[:79] + "…"


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = answer(request, _of_status(request, error))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _of_status(request: Request, error: HTTPException) -> Refused:
    if error.status_code == 404:
        return NotFound(NO_PAGE, path=_shown(request.url.path))
    if error.status_code == 405:
        return WrongMethod(NO_METHOD, method=request.method)
    if error.status_code == 413:
        told = error.detail  # by the guard, which knows the limit of this sort of request
        return TooLarge(TOO_LARGE, limit_mb=told if told.isdigit() else services_of(request).settings.body_limit_mb)
    return Invalid(MALFORMED, reason=_shown(error.detail))


def _database(request: Request, error: Exception) -> Response:
    if "locked" in str(error) or "timeout" in str(error):
        log.warning("the database is busy: %s", error)
        return answer(request, Busy(BUSY))
    return _unexpected(request, error)


def _out_of_range(request: Request, error: Exception) -> Response:
    """A number or text that no column can hold; SQLite says it by OverflowError, PostgreSQL by DataError."""
    log.warning("out of range: %s", error)
    return answer(request, Invalid(OUT_OF_RANGE))


def _unexpected(request: Request, error: Exception) -> Response:
    """A fault of ours: a page with a number under which the log tells more."""
    reference = secrets.token_hex(4)
    log.error("%s %s failed, reference %s", request.method, request.url.path, reference, exc_info=error)
    _know_visitor(request)
    response = answer(request, Unexpected(UNEXPECTED, reference=reference))
    harden(MutableHeaders(raw=response.raw_headers), secure=is_secure(request, services_of(request).settings))
    return response


def _know_visitor(request: Request) -> None:
    """When even the look-up of the visitor fails, the page is drawn for an anonymous one."""
    try:
        visitor_of(request)
    except Exception:
        log.exception("the visitor could not be looked up")
        request.state.visitor = ANONYMOUS
