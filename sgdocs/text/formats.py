"""What a file is, by its content; what its name says it is."""

import codecs
import io
import re
import zipfile
from dataclasses import dataclass

import puremagic

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml."
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
MEDIA = {
    "docx": f"{WORD}document",
    "pptx": f"{SLIDES}presentation",
    "xlsx": f"{SHEETS}sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "pdf": "application/pdf",
    "html": "text/html",
    "txt": "text/plain",
    "zip": "application/zip",
}
NAMED = {
    "docx": "a Word document (.docx)",
    "doc": "an old Word document (.doc)",
    "pdf": "a PDF",
    "pptx": "a presentation (.pptx)",
    "xlsx": "a spreadsheet (.xlsx)",
    "odt": "an OpenDocument text (.odt)",
    "html": "a web page (HTML)",
    "txt": "plain text",
    "zip": "a zip archive",
}
EXTENSIONS = {
    **{one: frozenset({"docx"}) for one in ("docx", "docm", "dotx", "dotm")},
    **{one: frozenset({"pptx"}) for one in ("pptx", "pptm", "ppsx")},
    **{one: frozenset({"xlsx"}) for one in ("xlsx", "xlsm")},
    **{one: frozenset({"html"}) for one in ("html", "htm", "xhtml")},
    **{one: frozenset({"txt", "html"}) for one in ("txt", "md", "csv", "tsv", "xml", "json", "svg", "asn", "yang")},
    "doc": frozenset({"doc"}),
    "rtf": frozenset({"doc"}),
    "pdf": frozenset({"pdf"}),
    "odt": frozenset({"odt"}),
    "zip": frozenset({"zip"}),
}
"""Formats that a name may hold. A name that does not stand here promises nothing."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BEFORE_OLE = (b"\xdb\xa5", b"\x31\xbe\x00\x00", b"\xfe\x37\x00\x23")
"""Word for Windows 1 and 2, Word for DOS, Word 4 for Macintosh."""
ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"\xca\xfe\xba\xbe", b"#!/")
SNIFFED_BYTES = 4_096
_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?><!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MAIN = re.compile(rb"""ContentType\s*=\s*["'](application/vnd\.[^"']+?)(\.main)?\+xml["']""")
_MACROS = {
    "application/vnd.ms-word.document.macroEnabled": "docx",
    "application/vnd.ms-word.template.macroEnabledTemplate": "docx",
    "application/vnd.ms-powerpoint.presentation.macroEnabled": "pptx",
    "application/vnd.ms-excel.sheet.macroEnabled": "xlsx",
}
_OFFICE = {
    f"{WORD}document": "docx",
    f"{WORD}template": "docx",
    f"{SLIDES}presentation": "pptx",
    f"{SLIDES}slideshow": "pptx",
    f"{SHEETS}sheet": "xlsx",
    **_MACROS,
}


@dataclass(frozen=True)
class Found:
    """format: as in `Reading`, "" when none of them; says: in words."""

    format: str
    media_type: str
    says: str


_BEGINNINGS = (
    ((OLE, *BEFORE_OLE), Found("doc", MEDIA["doc"], NAMED["doc"])),
    ((b"{\\rtf",), Found("doc", "application/rtf", "a rich text file (.rtf)")),
    (PROGRAMS, Found("", "application/x-executable", "a program")),
)


def extension(name: str) -> str:
    """The last ending of a file name, in small letters; "" without one."""
    stem, dot, last = name.rpartition(".")
    return last.casefold() if dot and stem else ""


def found(data: bytes) -> Found:
    """What the content is. A zip that cannot be opened is still a zip; an empty file is nothing."""
    head = data[:SNIFFED_BYTES]
    if head.startswith(ZIPS):
        return _known(_zipped(data))
    if head.startswith(OLE) and not has_ole_name(data, "WordDocument"):
        return Found("", "application/x-ole-storage", "an old Office file")
    for beginnings, what in _BEGINNINGS:
        if head.startswith(beginnings):
            return what
    if b"%PDF-" in head[:1024]:
        return _known("pdf")
    return _text(head) or _other(head)


def has_ole_name(data: bytes, name: str) -> bool:
    """Whether an OLE file has a stream or folder of that name in its directory (entries of 128 bytes)."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = data.find(wanted, at + 1)
    return False


def _known(format: str) -> Found:
    return Found(format, MEDIA[format], NAMED[format])


def _zipped(data: bytes) -> str:
    """The format of a zip by its list of content types, or by the `mimetype` of OpenDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return _office(_begin(archive, "[Content_Types].xml"))
            if "mimetype" in names and _begin(archive, "mimetype").strip() == MEDIA["odt"].encode():
                return "odt"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "zip"
    return "zip"


def _office(types: bytes) -> str:
    """Which office format a list of content types declares; `zip` when none that we know."""
    for kind, main in _MAIN.findall(types):
        if main and kind.decode("latin-1") in _OFFICE:
            return _OFFICE[kind.decode("latin-1")]
    return "zip"


def _begin(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(1_000_000)


def _text(head: bytes) -> Found | None:
    """Text, when it decodes and holds next to no control characters."""
    words = decoded(head, is_whole=False)
    if words is None:
        return None
    return _known("html" if _PAGE.match(words) else "txt")


def _other(head: bytes) -> Found:
    try:
        media = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError, IndexError):
        media = ""
    return Found("", media or "application/octet-stream", f"of the kind {media}" if media else "of no known kind")


def decoded(data: bytes, *, is_whole: bool = True) -> str | None:
    """The text of bytes in UTF-8, UTF-16, UTF-32 with a mark, or Windows-1252; None when it is no text."""
    for mark, charset in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return codecs.getincrementaldecoder(charset)("replace").decode(data, is_whole)
    controls = sum(data.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32)))
    if not data or controls > len(data) // 500:
        return None
    try:
        return codecs.getincrementaldecoder("utf-8")("strict").decode(data, is_whole)
    except UnicodeDecodeError:
        return data.decode(_old_charset(data), "replace")


def _old_charset(data: bytes) -> str:
    """Windows-1251 when the high bytes are mostly Cyrillic letters side by side, else Windows-1252."""
    high = re.findall(rb"[\xc0-\xff]+", data)
    together = sum(len(run) for run in high if len(run) > 2)
    return "cp1251" if together * 2 > sum(map(len, high)) else "cp1252"
