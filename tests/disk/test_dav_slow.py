"""Clients of `/dav/` that take their time: they keep nobody else waiting."""

import asyncio
from collections.abc import Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from fastapi import FastAPI

from sgdocs.web.dav import mount

pytestmark = pytest.mark.databases("sqlite")
Message = MutableMapping[str, Any]
Answer = TypeVar("Answer")
PATIENCE_S = 10


def done(coroutine: Coroutine[Any, Any, Answer]) -> Answer:
    """In a thread of its own: the browser of another test may keep a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def scope(**headers: str) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "PROPFIND",
        "scheme": "https",
        "path": "/dav/",
        "raw_path": b"/dav/",
        "query_string": b"",
        "root_path": "",
        "headers": [
            (name.replace("_", "-").encode(), words.encode()) for name, words in {"depth": "0", **headers}.items()
        ],
        "client": ("192.0.2.7", 4711),
        "server": ("sgdocs.test", 443),
    }


async def nothing_comes() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


async def asked(app: FastAPI, came: list[Message], **headers: str) -> None:
    async def send(message: Message) -> None:
        came.append(message)

    async def ended() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    await app(scope(**headers), nothing_comes if headers else ended, send)


def test_bodies_that_do_not_come_keep_nobody_waiting(app: FastAPI) -> None:
    """Before anybody is asked for a token, so that it needs none."""

    async def run() -> int:
        waiting = [asyncio.ensure_future(asked(app, [], content_length="10")) for _ in range(mount.THREADS)]
        await asyncio.sleep(0.5)
        came: list[Message] = []
        try:
            await asyncio.wait_for(asked(app, came), PATIENCE_S)
        finally:
            for each in waiting:
                each.cancel()
        return int(came[0]["status"])

    assert done(run()) == 401


def test_body_that_does_not_come_is_not_waited_for(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mount, "BODY_S", 0.1)
    came: list[Message] = []

    async def run() -> None:
        await asyncio.wait_for(asked(app, came, content_length="10"), PATIENCE_S)

    done(run())

    assert came[0]["status"] == 408
