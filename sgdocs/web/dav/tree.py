"""What one reader finds below `/dav/`: meetings, their folders, their files. Asked anew for each request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import BinaryIO, TypeVar

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import NotFound
from sgdocs.documents import packing
from sgdocs.documents.packing import Packed
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.wiring import Services

Answer = TypeVar("Answer")
Folders = dict[str, dict[str, Packed]]


@dataclass
class Tree:
    """One request's view. Each question is a short reading session; what was asked is kept until the answer."""

    services: Services
    actor: Actor
    now: datetime

    @cached_property
    def codes(self) -> list[str]:
        """The meetings with something to read."""
        return [meeting.code for meeting in self._read(packing.meetings_with_files)]

    def folders(self, code: str) -> Folders:
        """Folder -> name -> file, of one meeting; empty when there is nothing that the reader may read."""
        if code not in self._folders:
            found: Folders = {}
            for file in self._read(lambda act: _files(act, code)):
                folder, _, name = file.path.rpartition("/")
                found.setdefault(folder, {})[name] = file
            self._folders[code] = found
        return self._folders[code]

    def file(self, code: str, path: str) -> Packed | None:
        """The file at a path of a meeting; costs less than all its folders."""
        return self._read(lambda act: _file(act, code, path))

    def content(self, file: Packed) -> BinaryIO:
        """The bytes; NoSuchBlob when the store has lost them."""
        return self.services.blobs.open(file.sha256)

    @cached_property
    def _folders(self) -> dict[str, Folders]:
        return {}

    def _read(self, ask: Callable[[Act], Answer]) -> Answer:
        with self.services.database.reading() as session:
            return ask(Act(session, self.actor, self.now))


def _files(act: Act, code: str) -> list[Packed]:
    meeting = _meeting(act, code)
    return packing.of_meeting(act, meeting) if meeting else []


def _file(act: Act, code: str, path: str) -> Packed | None:
    meeting = _meeting(act, code)
    return packing.of_path(act, meeting, path) if meeting else None


def _meeting(act: Act, code: str) -> Meeting | None:
    try:
        meeting = meetings.by_code(act, code)
    except NotFound:
        return None
    return meeting if meeting.code == code else None
