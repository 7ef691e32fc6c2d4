"""The parts of an Office or OpenDocument file: found by their relationships, parsed without entities, network or huge trees."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


@dataclass(frozen=True)
class Part:
    """id: of the relationship; kind: last word of its type (`header`, `slide`); name: of the member."""

    id: str
    kind: str
    name: str


class Parts:
    """An opened package. Raises zipfile.BadZipFile, KeyError, lxml errors as its methods say."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.casefold(): name for name in self.archive.namelist()}

    def main(self, default: str) -> str:
        """The name of the main part."""
        return next((part.name for part in self.of("") if part.kind == "officeDocument"), default)

    def of(self, name: str) -> Iterator[Part]:
        """What a part points to within the package; "" asks for the package itself."""
        folder, _, last = name.rpartition("/")
        root = self.root(posixpath.join(folder, "_rels", f"{last}.rels"))
        for one in root.iter(RELATIONSHIPS) if root is not None else ():
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                yield Part(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target)

    def root(self, name: str) -> "etree._Element | None":
        """The parsed part, or None when there is none. Raises etree.XMLSyntaxError."""
        if not self.has(name):
            return None
        with self.open(name) as part:
            return etree.parse(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)).getroot()

    def has(self, name: str) -> bool:
        return name.casefold() in self._names

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(self._names[name.casefold()])


def value(element: "etree._Element", name: str) -> str:
    """An attribute, whatever its namespace; "" without it."""
    for key, found in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return ""


def natural(name: str) -> list[int | str]:
    """Sorts `slide10` after `slide2`."""
    return [int(word) if word.isdigit() else word for word in re.split(r"(\d+)", name)]
