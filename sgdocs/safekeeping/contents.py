"""What a backup says of itself: `backup.json`, written last, so that a folder without it is no backup."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

FORMAT = 1
NAME = "backup.json"
CHUNK_BYTES = 1 << 20


class NoBackup(ValueError):
    """The folder holds no whole backup; the message says why."""


@dataclass(frozen=True)
class Contents:
    """made_at: ISO instant of the snapshot; tables_version: of the migrations; database: sqlite, postgresql.

    tables: rows by table; files: SHA-256 of each file of the database by its path in the folder; blobs: how many.
    """

    made_at: str
    version: str
    tables_version: str
    database: str
    tables: dict[str, int]
    files: dict[str, str]
    blobs: int
    blobs_bytes: int
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        aside = folder / f".{NAME}"
        with aside.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=1, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / NAME)

    @classmethod
    def read(cls, folder: Path) -> "Contents":
        """NoBackup when it is not there, of another format, or a file of the database is not as it was written."""
        try:
            told = json.loads((folder / NAME).read_text(encoding="utf-8"))
            if told.get("format") != FORMAT:
                raise NoBackup(f"{folder}: a backup of format {told.get('format')}; this version reads {FORMAT}")
            contents = cls(**told)
        except FileNotFoundError:
            raise NoBackup(f"{folder} holds no {NAME}: it is no backup, or one that was broken off") from None
        except (TypeError, ValueError, AttributeError) as error:
            raise NoBackup(f"{folder / NAME}: {error}") from error
        for name, digest in contents.files.items():
            if not (folder / name).is_file() or digest_of(folder / name) != digest:
                raise NoBackup(f"{folder / name} is not as it was written")
        return contents


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
