"""Lets readers in to `/dav/` and keeps everything else out, before the protocol is spoken."""

import io
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.exc import OperationalError
from wsgidav.error_printer import ErrorPrinter
from wsgidav.request_resolver import RequestResolver
from wsgidav.wsgidav_app import WsgiDAVApp

from sgdocs.web.dav import sign_in
from sgdocs.web.dav.mount import LONGEST_BODY, ROOT
from sgdocs.web.dav.provider import TREE, Provider
from sgdocs.web.dav.tree import Tree
from sgdocs.web.downloads import HARDENED
from sgdocs.web.security import DAY_S, HEADERS
from sgdocs.wiring import Services

ALLOWED = ("OPTIONS", "GET", "HEAD", "PROPFIND")
CHALLENGE = ("WWW-Authenticate", 'Basic realm="sgdocs", charset="UTF-8"')
FINITE = '<?xml version="1.0" encoding="utf-8"?><D:error xmlns:D="DAV:"><D:propfind-finite-depth/></D:error>'
Environ = dict[str, Any]
Start = Callable[..., Any]
log = logging.getLogger("sgdocs.web")


class Door:
    """A WSGI application: refuses what is not reading, asks who it is, then hands over to the protocol."""

    def __init__(self, services: Services, clock: Callable[[], datetime]) -> None:
        self.services = services
        self.clock = clock
        self.dav = WsgiDAVApp(
            {
                "provider_mapping": {"/": Provider()},
                "mount_path": ROOT,
                "middleware_stack": [ErrorPrinter, RequestResolver],
                "http_authenticator": {"accept_basic": False},
                "lock_storage": None,
                "property_manager": None,
                "logging": {"enable": False},
                "suppress_version_info": True,
                "verbose": 1,
            }
        )

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        start = _hardened(start, is_secure=self.services.settings.public_url.startswith("https://"))
        refused = _why_not(environ)
        if refused is None and not sign_in.is_private(environ["asgi.scope"], self.services):
            refused = "403 Forbidden", "Files are given out over HTTPS only.", ()
        if refused is not None:
            return _answer(start, *refused)
        try:
            return self._let_in(environ, start)
        except OperationalError:
            log.exception("a reader of files could not be let in")
            return _answer(start, "503 Service Unavailable", "Try again in a few seconds.", (("Retry-After", "3"),))

    def _let_in(self, environ: Environ, start: Start) -> Iterable[bytes]:
        now = self.clock()
        name, token = sign_in.credentials(environ.get("HTTP_AUTHORIZATION", ""))
        if not token:
            return _answer(start, "401 Unauthorized", "Sign in with a token for files as password.", (CHALLENGE,))
        keys = sign_in.keys_of(environ["asgi.scope"], name, self.services)
        if sign_in.is_locked_out(self.services, keys, now):
            wait = str(sign_in.WINDOW_S - int(now.timestamp()) % sign_in.WINDOW_S)
            return _answer(start, "429 Too Many Requests", "Too many failed attempts.", (("Retry-After", wait),))
        actor = sign_in.actor_of(self.services, token, now)
        if actor is None:
            sign_in.count_failure(self.services, keys, now)
            return _answer(start, "401 Unauthorized", "This is no token for files.", (CHALLENGE,))
        environ[TREE] = Tree(self.services, actor, now)
        environ["wsgidav.auth.user_name"] = actor.name
        environ["PATH_INFO"] = environ["PATH_INFO"] or "/"
        return self.dav(environ, start)  # type: ignore[no-any-return]


Refused = tuple[str, str, tuple[tuple[str, str], ...]]


def _why_not(environ: Environ) -> Refused | None:
    """Methods that write, folders without end, bodies that no reader sends."""
    method, depth = environ["REQUEST_METHOD"], environ.get("HTTP_DEPTH", "infinity").lower()
    told = environ.get("CONTENT_LENGTH") or "0"
    if method not in ALLOWED:
        return "405 Method Not Allowed", "These folders are for reading.", (("Allow", ", ".join(ALLOWED)),)
    if method == "PROPFIND" and depth == "infinity":
        return "403 Forbidden", FINITE, ()
    if not told.isdecimal() or int(told[:12]) > LONGEST_BODY or "HTTP_TRANSFER_ENCODING" in environ:
        return "413 Content Too Large", "Nothing is uploaded here.", (("Connection", "close"),)
    body = environ["wsgi.input"].read(int(told)) if int(told) else b""
    environ["wsgi.input"] = io.BytesIO(body)
    if b"<!" in body:
        return "400 Bad Request", "Declarations and comments are not read here.", ()
    return None


def _answer(start: Start, status: str, words: str, headers: tuple[tuple[str, str], ...]) -> Iterable[bytes]:
    kind = "application/xml" if words.startswith("<") else "text/plain"
    body = words.encode()
    start(status, [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(body))), *headers])
    return [body]


def _hardened(start: Start, *, is_secure: bool) -> Start:
    """With the headers that uploaded files bear: no browser runs them or guesses what they are."""
    added = {**HEADERS, "Content-Security-Policy": HARDENED}
    if is_secure:
        added["Strict-Transport-Security"] = f"max-age={365 * DAY_S}; includeSubDomains"

    def started(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        return start(status, [*headers, *added.items()], exc_info)

    return started
