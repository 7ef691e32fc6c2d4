"""A Word file opened: its parts by name, their relationships, styles and properties. Nothing outside is fetched."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple, cast
from urllib.parse import unquote

from docx.opc.coreprops import CoreProperties
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml
from docx.oxml.styles import CT_Styles
from docx.styles.styles import Styles
from lxml import etree

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
PART_BYTES = 128 * 1024 * 1024


class Relationship(NamedTuple):
    """kind: the last word of its type (`header`, `image`); target: a part's name, or an outside address."""

    kind: str
    target: str
    is_external: bool


@dataclass
class WordFile:
    """An opened package. main: name of the document part; body: of the text; names: every entry."""

    archive: zipfile.ZipFile
    names: dict[str, str]
    main: str
    root: Element
    body: Element
    is_strict: bool = False
    parsed: dict[str, Element | None] = field(default_factory=dict)

    def part(self, name: str) -> Element | None:
        """The root of an XML part, None where it is missing or no XML."""
        if name not in self.parsed:
            self.parsed[name] = None
            with suppress(Exception):  # whatever a strange part raises: it is then not there
                self.parsed[name] = _parse(self.bytes_of(name))
        return self.parsed[name]

    def bytes_of(self, name: str) -> bytes:
        return _entry(self.archive, self.names[name.lower()])

    def has(self, name: str) -> bool:
        return name.lower() in self.names

    def relationships(self, name: str) -> dict[str, Relationship]:
        """Of a part, by id; `""` is the package."""
        folder, own = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", own + ".rels"))
        return {} if root is None else dict(_relationships(root, folder))

    def related(self, kind: str) -> list[str]:
        """Names of the parts of a kind that belong to the document."""
        return [r.target for r in self.relationships(self.main).values() if r.kind == kind and not r.is_external]

    def styles(self) -> dict[str, str]:
        """Style id -> name, as python-docx reads them."""
        for name in self.related("styles"):
            with suppress(Exception):  # broken styles: the ids alone must do
                return {s.style_id: s.name or "" for s in Styles(cast(CT_Styles, parse_xml(self.bytes_of(name))))}
        return {}

    def core(self) -> dict[str, str]:
        """Core properties: title, author, keywords, subject, comments, last_modified_by."""
        for rel in self.relationships("").values():
            if rel.kind == "core-properties":
                with suppress(Exception):  # broken properties are no properties
                    core = CoreProperties(cast(CT_CoreProperties, parse_xml(self.bytes_of(rel.target))))
                    fields = ("title", "author", "keywords", "subject", "comments", "last_modified_by", "language")
                    return {name: str(getattr(core, name) or "").replace("_x000d_", "\n") for name in fields}
        return {}

    def custom(self) -> dict[str, str]:
        """Custom properties by name, such as `Docnum`, `Docdest`."""
        root = next(
            (self.part(r.target) for r in self.relationships("").values() if r.kind == "custom-properties"), None
        )
        return (
            {}
            if root is None
            else {p.get("name", ""): "".join(map(str, p.itertext())).strip() for p in root.iter("{*}property")}
        )


def open_word(data: bytes) -> WordFile | None:
    """The opened file; None when it cannot be opened as one, whatever the reason. Never raises."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = {i.filename.replace("\\", "/").lstrip("/").lower(): i.filename for i in archive.infolist()}
        rels = _parse(_entry(archive, names["_rels/.rels"]))
        main = next(r.target for _, r in _relationships(rels, "") if r.kind == "officedocument")
        text = _entry(archive, names[main.lower()])
        root = _parse(text)
        body = root.find(f"{W}body")
    except Exception:  # a strange file may fail anywhere in two libraries; the gate has said what it is
        return None
    if body is None:
        return None
    return WordFile(archive, names, main, root, body, is_strict=any(strict in text for strict, _ in _STRICT))


def _parse(data: bytes) -> Element:
    """Entities stay unresolved, nothing is loaded; text nodes and depth have libxml2's limits."""
    for strict, plain in _STRICT:
        data = data.replace(strict, plain)
    return etree.fromstring(data, _PARSER)


def _entry(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        data = entry.read(PART_BYTES + 1)
    if len(data) > PART_BYTES:
        raise ValueError("part too large")
    return data


def _relationships(root: Element, folder: str) -> Iterator[tuple[str, Relationship]]:
    for rel in root.iter(_RELATIONSHIP):
        target, kind = rel.get("Target", ""), rel.get("Type", "").rstrip("/").rsplit("/", 1)[-1].lower()
        external = rel.get("TargetMode", "") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/" + folder, unquote(target).replace("\\", "/"))).lstrip("/")
        yield rel.get("Id", ""), Relationship(kind, target, external)
