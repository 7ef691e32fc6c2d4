"""A browser's EventSource, as far as the tests need one: it notes what comes, and when."""

import http.client
import json
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

PATIENCE_S = 20


class Listener:
    """events: (name, facts, when) in their order; status: of the answer; is_over: the answer has ended."""

    def __init__(self, address: str, path: str, headers: Mapping[str, str]) -> None:
        self.events: list[tuple[str, dict[str, Any], float]] = []
        self.last_id = ""
        self.is_over = False
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_S * 3)
        self._connection.request("GET", path, headers={"Accept": "text/event-stream", **headers})
        self._socket = self._connection.sock
        self.answer = self._connection.getresponse()
        self.status = self.answer.status
        self._thread = threading.Thread(target=self._read, daemon=True)
        if self.status == 200:
            self._thread.start()

    def __enter__(self) -> "Listener":
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()

    @property
    def numbers(self) -> list[int]:
        """Of the messages that came."""
        return [facts["number"] for name, facts, _ in self.events if name == "message"]

    def until(self, condition: Any) -> None:
        """Wait for it; AssertionError with what came when it does not happen."""
        end = time.monotonic() + PATIENCE_S
        while not condition(self):
            assert time.monotonic() < end, f"only {self.events}, over: {self.is_over}"
            time.sleep(0.01)

    def until_place(self) -> None:
        """Wait until the answer has said where it stands: whatever comes later comes live."""
        self.until(lambda it: it.last_id)

    def hang_up(self) -> None:
        try:
            self._socket.shutdown(2)
        except OSError:
            return
        finally:
            self._connection.close()

    def _read(self) -> None:
        name, data = "", ""
        try:
            while line := self.answer.readline():
                field, _, told = line.decode().rstrip("\n").partition(":")
                told = told.removeprefix(" ")
                if field == "event":
                    name = told
                elif field == "data":
                    data = told
                elif field == "id":
                    self.last_id = told
                elif line == b"\n" and data:
                    self.events.append((name, json.loads(data), time.monotonic()))
                    name = data = ""
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass
        self.is_over = True
