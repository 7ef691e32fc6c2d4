"""No test reaches beyond this machine."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest


class Reached(RuntimeError):
    """A test tried to reach another machine."""


def is_here(host: object) -> bool:
    """Whether a host is this machine: loopback addresses and the names that always mean them."""
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def network_off() -> Iterator[None]:
    """Connections and look-ups of names beyond loopback raise `Reached`."""
    patch = pytest.MonkeyPatch()
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(family: int, address: Any) -> None:
        if family in (socket.AF_INET, socket.AF_INET6) and not is_here(address[0]):
            raise Reached(f"a test reached for {address[0]}")

    def guarded(self: socket.socket, address: Any) -> None:
        refuse(self.family, address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        refuse(self.family, address)
        return connect_ex(self, address)

    def looked_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_here(host):
            raise Reached(f"a test looked up {host}")
        return look_up(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded)
    patch.setattr(socket.socket, "connect_ex", guarded_ex)
    patch.setattr(socket, "getaddrinfo", looked_up)
    yield
    patch.undo()
