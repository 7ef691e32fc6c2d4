"""A server in the test that speaks the documented API of LibreTranslate, well or badly."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sgdocs.translation.memory import turned

CODES = ("en", "fr", "es", "ru", "ar", "zh-Hans", "de")


class Libre(ThreadingHTTPServer):
    """manner: how it behaves; asked: (path, fields) of each request; sent: bytes that it wrote of an endless answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.manner, self.key = "well", ""
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.files: dict[str, bytes] = {}
        self.sent = 0
        self.file_url = ""
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up is no error of the test."""


@contextmanager
def libre() -> Iterator[Libre]:
    server = Libre()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    server: Libre

    def do_GET(self) -> None:
        if self.path == "/languages":
            rows = [{"code": code, "name": code, "targets": list(CODES)} for code in CODES]
            self._told(rows)
        elif self.path.startswith("/download_file/") and self.path.rsplit("/", 1)[1] in self.server.files:
            self._file(self.server.files[self.path.rsplit("/", 1)[1]])
        else:
            self._told({"error": "Not found"}, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        fields = self._fields(body)
        self.server.asked.append((self.path, fields))
        if fields.get("api_key", "") != self.server.key:
            self._told({"error": "Invalid API key"}, 403)
        elif self.server.manner in BADLY:
            BADLY[self.server.manner](self)
        elif self.path == "/translate_file":
            self.server.files["made.docx"] = fields["file"]
            self._told({"translatedFileUrl": self.server.file_url or f"{self.server.url}/download_file/made.docx"})
        else:
            self._told({"translatedText": [turned(text) for text in fields["q"]]})

    def _fields(self, body: bytes) -> dict[str, Any]:
        kind = self.headers["Content-Type"]
        if kind == "application/json":
            return dict(json.loads(body))
        message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
        parts = {part.get_param("name", header="content-disposition"): part for part in message.iter_parts()}
        return {
            str(name): part.get_payload(decode=True) if name == "file" else str(part.get_content()).strip()
            for name, part in parts.items()
        }

    def _told(self, told: Any, status: int = 200) -> None:
        self._file(json.dumps(told).encode(), status)

    def _file(self, data: bytes, status: int = 200) -> None:
        if self.server.manner == "endless file" and self.command == "GET" and self.path != "/languages":
            endless(self)
            return
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def endless(handler: Handler) -> None:
    """Ten gigabytes, as fast as they are taken."""
    handler.send_response(200)
    handler.end_headers()
    piece = b'{"translatedText": ["' + b"x" * 65_500
    while handler.server.sent < 10_000_000_000 and not handler.server.closing.is_set():
        handler.wfile.write(piece)
        handler.server.sent += len(piece)


def hang(handler: Handler) -> None:
    handler.server.closing.wait(20)


def hang_at_the_second(handler: Handler) -> None:
    texts = [fields["q"] for path, fields in handler.server.asked if path == "/translate"]
    if len(texts) > 1:
        hang(handler)
    else:
        handler._told({"translatedText": [turned(text) for text in texts[-1]]})


def trickle(handler: Handler) -> None:
    """A byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    while not handler.server.closing.is_set():
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def die(handler: Handler) -> None:
    """Gone in the middle of an answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"translatedText": ["half')
    handler.wfile.flush()
    handler.connection.close()


def says(data: bytes, status: int = 200, **headers: str) -> Any:
    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


BADLY: dict[str, Any] = {
    "hangs": hang,
    "hangs at the second": hang_at_the_second,
    "trickles": trickle,
    "dies": die,
    "endless": endless,
    "no JSON": says(b"<html>welcome</html>"),
    "deep": says(b"[" * 9_000),
    "a list": says(b"[1, 2]"),
    "numbers": says(b'{"translatedText": [1]}'),
    "one text": says(b'{"translatedText": "one"}'),
    "too few": says(b'{"translatedText": []}'),
    "packed": says(b"\x1f\x8b", Content_Encoding="gzip"),
    "elsewhere": says(b"", 302, Location="http://192.0.2.1/translate"),
    "busy": says(b'{"error": "Slow down"}', 429),
    "broken": says(b'{"error": "Cannot translate text"}', 500),
    "refuses": says(b'{"error": "request (9) exceeds text limit (5)"}', 400),
}
