"""Do what was asked once, however often it is asked: the `Idempotency-Key` of a request, for doors that make things."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.journal import repeats
from sgdocs.journal.repeats import Answer
from sgdocs.web.deps import now_of, services_of, visitor_of

HEADER = "Idempotency-Key"
_KEY = re.compile(rf"[!-~]{{1,{repeats.LONGEST_KEY}}}")


def told_before(request: Request, fields: Mapping[str, Any]) -> Answer | None:
    """The answer to the same request, when it came before with its key; costs one query. Invalid for a key of another.

    fields: what the request says, a file by its digest.
    """
    key, person_id = _key_of(request), visitor_of(request).actor.person_id
    if key is None or person_id is None:
        return None
    with services_of(request).database.reading() as session:
        return repeats.known(session, person_id, key, _digest(request, fields))


def once(request: Request, fields: Mapping[str, Any], perform: Callable[[Act], Answer]) -> Answer:
    """What `perform` answers in a transaction of its own, or what it answered the first time this key came."""
    key, actor = _key_of(request), visitor_of(request).actor
    with services_of(request).database.writing() as session:
        act = Act(session, actor, now_of(request), site=services_of(request).settings.public_url)
        if key is None or actor.person_id is None:
            return perform(act)
        before = repeats.claim(session, actor.person_id, key, _digest(request, fields), act.now)
        if before is not None:
            return before
        answer = perform(act)
        repeats.keep(session, actor.person_id, key, answer)
        return answer


def _key_of(request: Request) -> str | None:
    """The key, or None; some clients put it in quotation marks, as the draft standard has it."""
    told = request.headers.get(HEADER)
    if told is None:
        return None
    key = told.strip().removeprefix('"').removesuffix('"')
    if not _KEY.fullmatch(key):
        invalid(HEADER, key[:40], f"Give 1 to {repeats.LONGEST_KEY} printable characters without spaces.")
    return key


def _digest(request: Request, fields: Mapping[str, Any]) -> str:
    return repeats.digest_of(request.method, request.url.path, fields)
