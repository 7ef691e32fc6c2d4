"""Which versions and files of a document stand for it now. Pure over rows."""

import re
from collections.abc import Iterable, Sequence

from sgdocs.documents.models import File, Version

_REVISION = re.compile(r"[Rr](\d+)")


def revision_of(part: str) -> int | None:
    """Which revision a part is: 0 for the original (""), 2 for `R2`, None for an addendum or corrigendum."""
    found = _REVISION.fullmatch(part)
    return int(found[1]) if found else 0 if part == "" else None


def current_versions(versions: Iterable[Version]) -> list[Version]:
    """The newest posted revision first, then the posted addenda and corrigenda by their position."""
    posted = [version for version in versions if version.status == "posted"]
    whole = [version for version in posted if revision_of(version.part) is not None]
    parts = sorted((v for v in posted if revision_of(v.part) is None), key=lambda v: (v.position, v.id or 0))
    newest = max(whole, key=lambda v: (revision_of(v.part) or 0, v.position), default=None)
    return [newest, *parts] if newest else parts


def read_files(files: Iterable[File]) -> list[File]:
    """One file with text for each version and language: of a .docx and its .pdf the first."""
    found: dict[tuple[int, str], File] = {}
    for file in sorted(files, key=lambda each: (each.version_id, each.position, each.id or 0)):
        if file.text == "kept":
            found.setdefault((file.version_id, file.language or file.language_read), file)
    return list(found.values())


def chosen(files: Sequence[File], *, language: str = "", name: str = "") -> File | None:
    """The file asked for by name or language, else the first one with text, else the first."""
    if name:
        return next((file for file in files if file.name == name), None)
    fitting = [file for file in files if language and language in (file.language, file.language_read)] or list(files)
    return next((file for file in fitting if file.text == "kept"), fitting[0] if fitting else None)
