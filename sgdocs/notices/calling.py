"""One call of a webhook: the name is looked up, each address checked, and the connection made to the checked address.

No redirect is followed, no proxy is asked, nothing but the status of the answer is read, and all of it ends in time.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from sgdocs.base.errors import word
from sgdocs.notices.hook_rules import HTTPS_PORT, PUBLIC, Address, is_public, why_not_url

Resolve = Callable[[str, int], list[str]]


def addresses_of(host: str, port: int) -> list[str]:
    """What a name stands for at this moment."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True)
class Answer:
    """status: of HTTP, None when there was none; error: in words, "" when all is well."""

    status: int | None
    error: str = ""

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300 and not self.error


@dataclass(frozen=True)
class Caller:
    """How calls are made. The fields are for tests: a service uses them as they are."""

    resolve: Resolve = addresses_of
    allows: Callable[[Address], bool] = is_public
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def call(self, url: str, body: bytes, headers: Mapping[str, str], *, seconds: float) -> Answer:
        """Post the body. Whatever goes wrong is told in the answer; it is over after so many seconds."""
        if why_not_url(url) is not None:
            return Answer(None, "the address is not right any more")
        try:
            return self._call(url, body, headers, seconds)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(None, f"{type(error).__name__}: {error}"[:300])

    def _call(self, url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> Answer:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or HTTPS_PORT
        address, why = self._checked(host, port)
        if address is None:
            return Answer(None, why)
        connection = Pinned(host, port, address, self.context, seconds)
        watch = threading.Timer(seconds, connection.cut)
        watch.daemon = True
        watch.start()
        try:
            path = parts.path or "/"
            connection.request("POST", f"{path}?{parts.query}" if parts.query else path, body, dict(headers))
            status = connection.getresponse().status
        finally:
            watch.cancel()
            connection.close()
        if connection.is_cut:
            raise TimeoutError("it took too long")
        is_elsewhere = 300 <= status < 400
        return Answer(
            status, "" if 200 <= status < 300 else "redirects are not followed" if is_elsewhere else "refused"
        )

    def _checked(self, host: str, port: int) -> tuple[str | None, str]:
        """The address to connect to; none when any of them is not public: a name may not point inside, even in part."""
        found = self.resolve(host, port)
        for each in found:
            if not self.allows(ip_address(each)):
                return None, word(PUBLIC.says, {"host": host, "address": each})
        return (found[0], "") if found else (None, f"{host} has no address")


class Pinned(http.client.HTTPSConnection):
    """A connection to one address that was checked, under the name that its certificate must bear."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds, context=context)
        self.address, self.tls, self.is_cut = address, context, False

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), self.timeout)
        secured = self.tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = secured
        if self.is_cut:
            raise TimeoutError("it took too long")
        secured.do_handshake()

    def cut(self) -> None:
        """End it from outside: one that trickles would never end by its own time-out."""
        self.is_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
