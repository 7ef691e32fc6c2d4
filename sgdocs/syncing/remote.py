"""The server: its manifest, and its files one by one, gathered where they are found again after a kill."""

import hashlib
import json
import os
import re
import time
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx2

from sgdocs import __version__
from sgdocs.base.command import NotDone
from sgdocs.syncing import entries
from sgdocs.syncing.entries import Entry, Listing

TIMEOUT_S = 60
TRIES = 4
LONGEST_PAUSE_S = 30
MANIFEST_BYTES = 100_000_000
CHUNK_BYTES = 1 << 18
LONGEST_WORDS = 400
AGAIN = (429, 502, 503, 504)
_TAG = re.compile(r"[!-~]{1,200}")


class NotFetched(Exception):
    """One file did not come; the message says why."""


class Remote:
    """url: of the server; token: "" reads what is public. A token is sent over TLS or to this machine only."""

    def __init__(self, url: str, token: str, *, client: httpx2.Client | None = None) -> None:
        where = urlsplit(url)
        if where.scheme not in ("http", "https") or not where.hostname:
            raise NotDone(f"“{url}” is no address of a server; it begins with https://")
        if token and where.scheme != "https" and not _is_here(where.hostname):
            raise NotDone(f"the token would travel to {where.hostname} in the clear; use https://")
        self.url = url.rstrip("/")
        self.client = client or httpx2.Client(timeout=TIMEOUT_S, follow_redirects=False)
        self.headers = {"User-Agent": f"sgdocs/{__version__}", "Accept-Encoding": "identity"}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def __enter__(self) -> "Remote":
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def manifest(self, meeting: str, etag: str) -> tuple[str, Listing] | None:
        """The tag and the listing of the meeting; None when it is still as it was with that tag. One request."""
        headers = {**self.headers, "Accept": "application/json", "Accept-Encoding": "gzip"}
        if etag:
            headers["If-None-Match"] = etag
        try:
            answer = self._asked(f"/meeting/{quote(meeting, safe='')}/manifest.json", headers)
        except httpx2.TransportError as error:
            raise NotDone(f"{self.url} does not answer: {error}") from error
        if answer is None:
            return None
        status, tag, content = answer
        try:
            told = json.loads(content)
        except (ValueError, RecursionError):
            told = None
        if status != 200:
            raise NotDone(_words(told, status))
        try:
            return tag if _TAG.fullmatch(tag) else "", entries.read(told)
        except entries.Unreadable as error:
            raise NotDone(str(error)) from error

    def fetch(self, entry: Entry, part: Path) -> int:
        """Gather the content of an entry, from where it was broken off; bytes that came. NotFetched says why not."""
        for attempt in range(TRIES):
            try:
                came = self._gather(entry, part)
            except httpx2.TransportError as error:
                if attempt == TRIES - 1:
                    raise NotFetched(f"the line broke: {error}") from error
                time.sleep(min(2**attempt, LONGEST_PAUSE_S))
                continue
            if came is not None:
                return came
        raise NotFetched("what came is not what the manifest says")

    def _gather(self, entry: Entry, part: Path) -> int | None:
        """Bytes that came; None when they have not the digest that was told: then nothing is left of them."""
        begun = part.stat().st_size if part.exists() else 0
        if begun >= entry.size:
            part.unlink(missing_ok=True)
            begun = 0
        headers = {**self.headers, "Range": f"bytes={begun}-"} if begun else self.headers
        with self.client.stream("GET", self.url + entry.address, headers=headers) as answer:
            if answer.status_code in AGAIN:
                _wait(answer)
                raise httpx2.ReadError(f"the server is busy ({answer.status_code})")
            if answer.status_code not in (200, 206):
                raise NotFetched(f"the server answers {answer.status_code}")
            with part.open("ab" if answer.status_code == 206 and begun else "wb") as file:
                came = 0
                for chunk in answer.iter_bytes(CHUNK_BYTES):
                    came += len(chunk)
                    if file.tell() + len(chunk) > entry.size:
                        break
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        if part.stat().st_size == entry.size and _digest(part) == entry.sha256:
            return came
        part.unlink()
        return None

    def _asked(self, address: str, headers: dict[str, str]) -> tuple[int, str, bytes] | None:
        """Status, tag and content; None for what has not changed."""
        for attempt in range(TRIES):
            with self.client.stream("GET", self.url + address, headers=headers) as answer:
                if answer.status_code == 304:
                    return None
                if answer.status_code not in AGAIN or attempt == TRIES - 1:
                    return answer.status_code, answer.headers.get("etag", ""), _bounded(answer)
                _wait(answer)
        raise AssertionError(address)


def _bounded(answer: httpx2.Response) -> bytes:
    """What it says; NotDone where it says more than any manifest."""
    got = bytearray()
    for chunk in answer.iter_bytes(CHUNK_BYTES):
        got += chunk
        if len(got) > MANIFEST_BYTES:
            raise NotDone(f"the server's answer is too long: more than {MANIFEST_BYTES} bytes")
    return bytes(got)


def _wait(answer: httpx2.Response) -> None:
    told = answer.headers.get("retry-after", "1")
    time.sleep(min(int(told[:9]) if told.isdecimal() else 1, LONGEST_PAUSE_S))


def _digest(part: Path) -> str:
    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _words(told: object, status: int) -> str:
    """The server's own words for a refusal, as a terminal may show them."""
    if isinstance(told, dict) and told.get("detail"):
        return f"{entries.printable(told['detail'], LONGEST_WORDS)} [{entries.printable(told.get('rule', status), 80)}]"
    return f"the server answers {status}; is this its address?"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
