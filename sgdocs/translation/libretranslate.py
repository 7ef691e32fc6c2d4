"""LibreTranslate by its documented API: /languages, /translate, /translate_file. Source: LibreTranslate, API reference."""

import json
import secrets
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, BinaryIO, Final, TypeVar
from urllib.parse import quote, urlsplit

from sgdocs.translation.calling import CHUNK_BYTES, PORTS, Asked, Service
from sgdocs.translation.port import ELSEWHERE, NO_PAIR, NOT_UNDERSTOOD, TOO_MUCH, Languages, TranslatorFailed
from sgdocs.translation.rules import LANGUAGES

T = TypeVar("T")
KEPT_S: Final = 600
"""What it translates into what is asked again after so long."""
MOST_JSON: Final = 1_000_000
GROWS: Final = 12
"""A translation has at most so many times the bytes of its text: Russian in UTF-8, as escapes in JSON."""
FILE_SHARE: Final = 5
SPELLINGS: Final[Mapping[str, tuple[str, ...]]] = {"zh": ("zh", "zh-Hans")}
MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class LibreTranslate:
    """url: of the service; key: of its API, "" where it needs none; seconds: for one answer."""

    file_endings: frozenset[str] = frozenset({"docx"})

    def __init__(self, url: str, key: str = "", *, seconds: float = 60, most_bytes: int = 20_000_000) -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.query or parts.fragment:
            raise ValueError("it needs an address https://host/path without name, password and query")
        self.service = Service(url)
        self.key, self.seconds, self.most_bytes = key, seconds, most_bytes
        self._known: tuple[float, Languages, Mapping[str, str]] | None = None

    @property
    def host(self) -> str:
        return self.service.host

    def languages(self) -> Languages:
        return self._pairs()[0]

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        words = {"q": list(texts), "format": "html"} | self._pair(source, target)
        body = json.dumps(words).encode()
        told = self._json("/translate", body, {"Content-Type": "application/json"}, 10_000 + GROWS * len(body))
        return self._texts(told, len(texts))

    def translate_file(self, stream: BinaryIO, name: str, source: str, target: str) -> BinaryIO:
        boundary = secrets.token_hex(16)
        before, after = _around(boundary, name, self._pair(source, target))
        length = _length(stream)
        if length > self.most_bytes:
            raise TranslatorFailed(TOO_MUCH, is_final=True, host=self.host, most=self.most_bytes)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(before) + length + len(after)),
        }
        asked = Asked("POST", "/translate_file", _pieces(before, stream, after), headers)
        answer = BytesIO()
        seconds = self.seconds * FILE_SHARE
        self.service.fetch(asked, answer, seconds=seconds, most_bytes=MOST_JSON)
        path = self._same_place(self._member(self._read(answer), "translatedFileUrl", str))
        return self._download(path, seconds)

    def _download(self, path: str, seconds: float) -> BinaryIO:
        kept = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
        try:
            self.service.fetch(Asked("GET", path, at_root=True), kept, seconds=seconds, most_bytes=self.most_bytes)
        except BaseException:
            kept.close()
            raise
        kept.seek(0)
        return kept

    def _same_place(self, url: str) -> str:
        """The path of the file, which is fetched from the service itself: it may not point anywhere else.

        Behind a proxy it calls itself http:// where it is https://: the host decides.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise TranslatorFailed(NOT_UNDERSTOOD, host=self.host, why="translatedFileUrl") from error
        is_here = not parts.netloc and not parts.scheme and parts.path.startswith("/")
        is_own = parts.hostname == self.host and parts.scheme in PORTS and not parts.username
        ports = {self.service.port, *([] if self.service.parts.port else PORTS.values())}
        if not is_here and not (is_own and (port or PORTS[parts.scheme]) in ports):
            raise TranslatorFailed(ELSEWHERE, is_final=True, host=self.host, where=url[:200])
        path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
        return f"{path}?{quote(parts.query, safe='=&%-._~')}" if parts.query else path

    def _pair(self, source: str, target: str) -> dict[str, str]:
        """The fields of a request, in the spellings of the service. NO_PAIR when it does not know them."""
        known, spelt = self._pairs()
        if target not in known.get(source, frozenset()):
            raise TranslatorFailed(NO_PAIR, is_final=True, host=self.host, source=source, target=target)
        fields = {"source": spelt[source], "target": spelt[target]}
        return fields | ({"api_key": self.key} if self.key else {})

    def _pairs(self) -> tuple[Languages, Mapping[str, str]]:
        """What is known of it, asked again when that is old."""
        if self._known is None or time.monotonic() - self._known[0] > KEPT_S:
            told = self._json("/languages", None, {}, MOST_JSON)
            rows = told if isinstance(told, list) else []
            offered = {
                row["code"]: {each for each in row["targets"] if isinstance(each, str)}
                for row in rows
                if isinstance(row, dict) and isinstance(row.get("code"), str) and isinstance(row.get("targets"), list)
            }
            if not offered:
                raise TranslatorFailed(NOT_UNDERSTOOD, host=self.host, why="languages")
            spelt = {code: s for code in LANGUAGES for s in reversed(SPELLINGS.get(code, (code,))) if s in offered}
            pairs = {
                code: frozenset(other for other, word in spelt.items() if word in offered[spelling] and other != code)
                for code, spelling in spelt.items()
            }
            self._known = (time.monotonic(), pairs, spelt)
        return self._known[1], self._known[2]

    def _json(self, path: str, body: bytes | None, headers: Mapping[str, str], most_bytes: int) -> Any:
        answer = BytesIO()
        asked = Asked("POST" if body is not None else "GET", path, body, headers)
        self.service.fetch(asked, answer, seconds=self.seconds, most_bytes=min(most_bytes, self.most_bytes))
        return self._read(answer)

    def _read(self, answer: BytesIO) -> Any:
        try:
            return json.loads(answer.getvalue().decode())
        except (ValueError, RecursionError) as error:
            raise TranslatorFailed(NOT_UNDERSTOOD, host=self.host, why="no JSON") from error

    def _texts(self, told: Any, wanted: int) -> list[str]:
        texts = self._member(told, "translatedText", list)
        if len(texts) != wanted or not all(isinstance(each, str) for each in texts):
            raise TranslatorFailed(NOT_UNDERSTOOD, host=self.host, why=f"{len(texts)} texts for {wanted}")
        return list(texts)

    def _member(self, told: Any, name: str, kind: type[T]) -> T:
        found = told.get(name) if isinstance(told, dict) else None
        if not isinstance(found, kind):
            raise TranslatorFailed(NOT_UNDERSTOOD, host=self.host, why=f"no {name}")
        return found


def _around(boundary: str, name: str, fields: Mapping[str, str]) -> tuple[bytes, bytes]:
    """What stands before and after the file in a form of several parts. Source: RFC 7578."""
    told = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    )
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "-" for c in name)[-100:]
    told += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{plain}"\r\n'
    return f"{told}Content-Type: {MEDIA}\r\n\r\n".encode(), f"\r\n--{boundary}--\r\n".encode()


def _length(stream: BinaryIO) -> int:
    stream.seek(0, 2)
    length = stream.tell()
    stream.seek(0)
    return length


def _pieces(before: bytes, stream: BinaryIO, after: bytes) -> Iterator[bytes]:
    yield before
    while piece := stream.read(CHUNK_BYTES):
        yield piece
    yield after
