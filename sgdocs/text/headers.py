"""The number in the page header from page 2 on. Source: domain 4.5."""

import posixpath
from collections.abc import Iterator

from lxml import etree

from sgdocs.text.numbers import NUMBER_R, NUMBER_T
from sgdocs.text.page import shown
from sgdocs.text.template_words import is_open_number
from sgdocs.text.word_file import Element, W, WordFile
from sgdocs.text.writing import write

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_HEADER_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
_NEW = f"""<w:hdr xmlns:w="{W[1:-1]}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">- </w:t></w:r>\
<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> -</w:t></w:r></w:p></w:hdr>"""
CONTENT_TYPES = "[Content_Types].xml"


def number_headers(file: WordFile, number: str) -> dict[str, Element]:
    """Write the number into the headers of the first section, and wherever a header holds a number; changed parts by name."""
    first = next(file.root.iter(f"{W}sectPr"), None)
    own = _default_header(file, first)
    there = dict.fromkeys([*([own] if own else []), *file.related("header")])
    changed: dict[str, Element] = {} if own else _new_header(file, first, number)
    for name in there:
        root = file.part(name)
        if root is not None and _number(root, number, adds=name == own):
            changed[name] = root
    return changed


def _default_header(file: WordFile, section: Element | None) -> str | None:
    """The part that pages from 2 on show; it must be there."""
    for reference in section.iterfind(f"{W}headerReference") if section is not None else ():
        rel = file.relationships(file.main).get(reference.get(f"{R}id", ""))
        if reference.get(f"{W}type") == "default" and rel is not None and file.part(rel.target) is not None:
            return rel.target
    return None


def _number(root: Element, number: str, *, adds: bool) -> bool:
    """Replace the number a header shows; without one, add a line when that is wanted."""
    lines = list(root.iter(f"{W}p"))
    numbered = [line for line in lines if _is_number(shown(line)[0])]
    if numbered:
        wrote = [write(line, number) for line in numbered]
        return any(wrote)
    if not adds or any(number in shown(line)[0] for line in lines):
        return False
    line = root.makeelement(f"{W}p")
    if lines and (look := lines[-1].find(f"{W}pPr")) is not None:
        line.append(etree.fromstring(etree.tostring(look)))
    root.append(line)
    return write(line, number)


def _is_number(text: str) -> bool:
    plain = " ".join(text.split())
    return bool(0 < len(plain) < 50 and (NUMBER_T.match(plain) or NUMBER_R.match(plain) or is_open_number(plain)))


def _new_header(file: WordFile, section: Element | None, number: str) -> dict[str, Element]:
    """A header of our own for pages from 2 on, where the file has none."""
    if section is None:
        section = etree.SubElement(file.body, f"{W}sectPr")
    folder, own = posixpath.split(file.main)
    rels_name, name = posixpath.join(folder, "_rels", own + ".rels"), _free_name(file, folder)
    rels, types = file.part(rels_name), file.part(CONTENT_TYPES)
    header = etree.fromstring(_NEW)
    if rels is None or types is None or not _number(header, number, adds=True):
        return {}
    id = next(f"rIdHeader{n}" for n in range(1, 1000) if f"rIdHeader{n}" not in file.relationships(file.main))
    target = posixpath.basename(name)
    etree.SubElement(rels, f"{_RELATIONSHIPS}Relationship", Id=id, Type=_HEADER_RELATION, Target=target)
    etree.SubElement(types, f"{_TYPES}Override", PartName="/" + name, ContentType=_HEADER_TYPE)
    reference = section.makeelement(f"{W}headerReference", {f"{W}type": "default", f"{R}id": id})
    for old in section.findall(f"{W}headerReference"):
        if old.get(f"{W}type") == "default":
            section.remove(old)
    section.insert(0, reference)
    if section.find(f"{W}titlePg") is None:
        _insert_title_page(section)
    return {name: header, rels_name: rels, CONTENT_TYPES: types}


_AFTER_TITLE_PAGE = {
    f"{W}{n}" for n in ("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange")
}


def _insert_title_page(section: Element) -> None:
    """`titlePg` has its place in the order of the schema: the first page then has a header of its own, or none."""
    place = next((i for i, e in enumerate(section) if e.tag in _AFTER_TITLE_PAGE), len(section))
    section.insert(place, section.makeelement(f"{W}titlePg"))


def _free_name(file: WordFile, folder: str) -> str:
    names = (posixpath.join(folder, f"header{n}.xml") for n in _counting())
    return next(name for name in names if not file.has(name))


def _counting() -> Iterator[int]:
    yield from range(1, 100_000)
