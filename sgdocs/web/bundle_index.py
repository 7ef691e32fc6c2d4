"""The pages that a bundle carries: an index that works from disk, a search beside it, checksums."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sgdocs.base.text import folded
from sgdocs.documents.packing import Packed
from sgdocs.i18n import Language
from sgdocs.web.manifests import entry
from sgdocs.web.places import TEMPLATES
from sgdocs.web.render import environment_of
from sgdocs.web.zipping import Page

LONGEST_ABSTRACT = 2000
ASSETS = ("look.css", "search.js")


@dataclass(frozen=True)
class Bundle:
    """name: of the archive and of the folder in it; title: for people; address: where its list stands."""

    name: str
    title: str
    address: str


@dataclass(frozen=True)
class Listed:
    """One document of the index. key: under which the search knows its row."""

    key: str
    first: Packed
    files: Sequence[Packed]


def pages_of(bundle: Bundle, documents: Sequence[Packed], spoken: Language, now: datetime) -> list[Page]:
    """`index.html` and what stands in `about/`."""
    listed = [Listed(f"r{n}", files[0], files) for n, files in enumerate(_by_document(documents), 1)]
    folders = [
        (folder, list(rows)) for folder, rows in groupby(listed, key=lambda row: row.first.path.rpartition("/")[0])
    ]
    template = environment_of(spoken.code).get_template("bundles/index.html")
    index = template.render(bundle=bundle, folders=folders, total=len(listed), language=spoken, now=now)
    return [
        Page("index.html", index.encode()),
        Page("about/words.js", f"window.bundleWords = {_as_script(_words(listed))};\n".encode()),
        Page("about/manifest.json", json.dumps([entry(f) for f in documents], ensure_ascii=False, indent=1).encode()),
        Page("SHA256SUMS", "".join(f"{file.sha256}  {file.path}\n" for file in documents).encode()),
        *(Page(f"about/{name}", (TEMPLATES / "bundles" / name).read_bytes()) for name in ASSETS),
    ]


def _by_document(files: Sequence[Packed]) -> list[list[Packed]]:
    """The files of each document, the newest revision first; folder by folder in the order of the list."""
    folders: dict[str, dict[str, list[Packed]]] = {}
    for file in files:
        folders.setdefault(file.path.rpartition("/")[0], {}).setdefault(file.document, []).append(file)
    return [
        sorted(found, key=lambda file: not file.is_current) for folder in folders.values() for found in folder.values()
    ]


def _words(listed: Sequence[Listed]) -> Mapping[str, str]:
    """What the search looks in, folded as it folds what is typed."""
    return {
        row.key: folded(
            " ".join(
                (
                    row.first.label,
                    row.first.document,
                    row.first.title,
                    row.first.source,
                    *row.first.questions,
                    row.first.keywords,
                    row.first.abstract[:LONGEST_ABSTRACT],
                )
            )
        )
        for row in listed
    }


def _as_script(value: object) -> str:
    """JSON that is also a script, wherever it is put: no letter ends an element or a line."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
