"""Files that want to hurt, all made here: `python -m tests.files.hostile FOLDER` writes them; nothing is copied from anybody."""

import io
import random
import stat
import struct
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="{part}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_LAUGHS = (f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
LAUGHS = f'<!DOCTYPE x [<!ENTITY a "ha ha ha ha">{"".join(_LAUGHS)}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
NESTED = 3_000


_HEAD = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>'
    "<w:r><w:t>{}</w:t></w:r></w:p>"
)
P_NUMBERED = _HEAD.format("Counted") + PARAGRAPH.format("words") + _HEAD.format("Counted too")


def numbered_parts() -> dict[str, bytes | str]:
    """The part that makes Word count the headings of P_NUMBERED, and what leads to it."""
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
    )
    relations = RELATIONS.format(part="numbering.xml").replace('/officeDocument"', '/numbering"')
    return {"word/numbering.xml": numbering, "word/_rels/document.xml.rels": relations}


@dataclass(frozen=True)
class Hostile:
    """name: as the person gives it; make: the content; expected: id of the problem, "" when the text is simply read."""

    name: str
    make: Callable[[], bytes]
    expected: tuple[str, ...]


def zipped(members: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(
    body: str = "", *, head: str = "", more: Mapping[str, bytes | str] | None = None, document: bytes | None = None
) -> bytes:
    """A .docx by hand. head: before the root element; document: the whole part instead."""
    words = body or PARAGRAPH.format("The text of an honest document with some words.")
    part = (
        document
        or f"<?xml version='1.0' encoding='UTF-8'?>{head}<w:document {W}><w:body>{words}</w:body></w:document>".encode()
    )
    return zipped(
        {
            "[Content_Types].xml": TYPES.format(part="word/document.xml", kind="wordprocessingml.document"),
            "_rels/.rels": RELATIONS.format(part="word/document.xml"),
            "word/document.xml": part,
            **(more or {}),
        }
    )


def sheet(rows: str) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return zipped(
        {
            "[Content_Types].xml": TYPES.format(part="xl/workbook.xml", kind="spreadsheetml.sheet"),
            "_rels/.rels": RELATIONS.format(part="xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook {space} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="One" sheetId="1" r:id="r9"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": RELATIONS.format(part="worksheets/sheet1.xml")
            .replace("officeDocument", "worksheet")
            .replace('"r1"', '"r9"')
            .replace("worksheet/2006", "officeDocument/2006"),
            "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>",
        }
    )


def open_document(content: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "text", "table")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}><office:body><office:text>{content}</office:text></office:body>"
            "</office:document-content>",
        }
    )


def ole(names: Iterable[str], *, beginning: bytes = b"") -> bytes:
    """An OLE envelope with these entries in its directory and `beginning` in its first sector."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))
    return header.ljust(512, b"\0") + beginning.ljust(512, b"\0") + entries.ljust(2048, b"\0")


def pdf(objects: Iterable[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    made, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    size = len(places) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d %s>>\n" % (size, table, size, trailer)
    return made + b"startxref\n%d\n%%%%EOF\n" % start


def page(content: bytes, *, filter: bytes = b"") -> bytes:
    """A PDF of one page with that content stream."""
    stream = b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), filter, content)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    shown = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", shown, stream, font])


def linked() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        member = zipfile.ZipInfo("paper.txt")
        member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    return file.getvalue()


def flagged_encrypted() -> bytes:
    """A zip whose list says that its member needs a password."""
    made = bytearray(zipped({"paper.txt": "words"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + place] |= 1
    return bytes(made)


def overlapping() -> bytes:
    """Two entries of the list that lead to the same content."""
    made = zipped({"aaaa.txt": "words " * 100})
    at = made.index(b"PK\x01\x02")
    end = made.index(b"PK\x05\x06")
    twice = made[at:end] * 2
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 2, 2, len(twice), at, 0)
    return made[:at] + twice + tail


def doubled(data: bytes) -> bytes:
    """The main part once more under the same name: each reader takes another of the two."""
    made = io.BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(made, "a") as archive:
        warnings.simplefilter("ignore", UserWarning)
        archive.writestr("word/document.xml", archive.read("word/document.xml").replace(b"</w:body>", b" </w:body>"))
    return made.getvalue()


@cache
def million_paragraphs() -> bytes:
    dice = random.Random(1)
    return word("".join(PARAGRAPH.format(f"{dice.randrange(10**12):x} {number}") for number in range(1_000_000)))


def nested_tables() -> bytes:
    inner = PARAGRAPH.format("The words in the middle")
    return word("<w:tbl><w:tr><w:tc>" * NESTED + inner + "<w:p/></w:tc></w:tr></w:tbl>" * NESTED)


def bomb(size: int) -> bytes:
    return zipped({"zeros.txt": bytes(size)})


def named(name: str) -> Callable[[], bytes]:
    return lambda: zipped({name: "words"})


def doctype(declaration: str, charset: str = "utf-8") -> Callable[[], bytes]:
    text = (
        f"<?xml version='1.0' encoding='{charset}'?>{declaration}<w:document {W}><w:body><w:p/></w:body></w:document>"
    )
    return lambda: word(document=text.encode(charset))


def deep_html() -> bytes:
    return b"<html><body>" + b"<table><tr><td>" * NESTED + b"<p>The words in the middle of it</p></body></html>"


def encrypted_pdf() -> bytes:
    locked = b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O<%s>/U<%s>>>" % (b"ab" * 32, b"cd" * 32)
    kids = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", locked]
    return pdf(kids, b"/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]")


def looping_pdf() -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000/Parent 2 0 R>>"])


def swelling_pdf() -> bytes:
    """A content stream of 2 GB in 2 MB."""
    squeeze = zlib.compressobj(9)
    block = bytes(1 << 20).replace(b"\0", b" ")
    made = b"".join(squeeze.compress(block) for _ in range(2_000)) + squeeze.flush()
    return page(made, filter=b"/Filter/FlateDecode")


TEXT = b"BT /F 12 Tf 50 700 Td (Honest words on a page of their own) Tj ET"
REFUSED_NAMES = ("../../etc/passwd.docx", "a\x00b.docx", "line\nbreak.docx", f"{'n' * 300}.docx", "..")
HOSTILE: tuple[Hostile, ...] = (
    Hostile("empty.docx", lambda: b"", ("file.empty",)),
    Hostile("large.docx", lambda: bytes(100_000_001), ("file.size",)),
    Hostile("page.docx", lambda: b"<html><body>Hello</body></html>", ("file.mismatch",)),
    Hostile("pdf.docx", lambda: page(TEXT), ("file.mismatch",)),
    Hostile("word.pdf", word, ("file.mismatch",)),
    Hostile("archive.docx", lambda: zipped({"a.txt": "words"}), ("file.mismatch",)),
    Hostile("program.docx", lambda: b"MZ" + bytes(500), ("file.program",)),
    Hostile("program.txt", lambda: b"\x7fELF" + bytes(500), ("file.program",)),
    Hostile("noise.docx", lambda: random.Random(3).randbytes(20_000), ("file.mismatch",)),
    Hostile("picture.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(300), ("file.mismatch",)),
    Hostile("password.docx", lambda: ole(("EncryptionInfo", "EncryptedPackage")), ("file.encrypted",)),
    Hostile("password.doc", lambda: ole(("WordDocument",), beginning=b"\xec\xa5" + bytes(9) + b"\x01"), ("file.encrypted",)),
    Hostile("password.zip", flagged_encrypted, ("zip.encrypted",)),
    Hostile("password.pdf", encrypted_pdf, ("file.encrypted",)),
    Hostile("macros.docm", lambda: word(more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), ("file.macros",)),
    Hostile("cut.docx", lambda: word()[:-90], ("file.truncated",)),
    Hostile("cut.pdf", lambda: page(TEXT)[:120], ("text.none", "file.damaged")),
    Hostile("cut.doc", lambda: ole(("WordDocument",))[:900], ("text.none", "file.mismatch")),
    Hostile("bent.docx", lambda: word().replace(b"PK\x01\x02", b"PK\x01\x03"), ("file.damaged", "file.truncated")),
    Hostile("ratio.docx", lambda: word(more={"word/media/a.png": bytes(30_000_000)}), ("zip.ratio",)),
    Hostile("ratio.zip", lambda: bomb(30_000_000), ("zip.ratio",)),
    Hostile("total.zip", lambda: zipped({f"{n}.txt": bytes(1_000_000) for n in range(320)}), ("zip.total",)),
    Hostile("members.zip", lambda: zipped({f"{n}.txt": b"" for n in range(5_001)}), ("zip.members",)),
    Hostile("inner-bomb.zip", lambda: zipped({"inner.zip": bomb(30_000_000)}), ("zip.ratio",)),
    Hostile("inner-word-bomb.zip", lambda: zipped({"a.docx": word(more={"x.bin": bytes(30_000_000)})}), ("zip.ratio",)),
    Hostile("thrice.zip", lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": "words"})})}), ("zip.nested",)),
    Hostile("overlap.zip", overlapping, ("zip.overlap",)),
    Hostile("double.docx", lambda: doubled(word()), ("zip.double",)),
    Hostile("link.zip", linked, ("zip.link",)),
    Hostile("up.zip", named("../../etc/cron.d/x"), ("zip.name",)),
    Hostile("root.zip", named("/etc/passwd"), ("zip.name",)),
    Hostile("drive.zip", named("C:\\windows\\x.txt"), ("zip.name",)),
    Hostile("back.zip", named("..\\..\\x.txt"), ("zip.name",)),
    Hostile("control.zip", named("a\x1b[2Jb.txt"), ("zip.name",)),
    Hostile("long.zip", named("n" * 300 + ".txt"), ("zip.name",)),
    Hostile("up.docx", lambda: word(more={"word/../../../tmp/x.xml": "<x/>"}), ("zip.name",)),
    Hostile("laughs.docx", doctype(LAUGHS), ("xml.doctype",)),
    Hostile("laughs-utf16.docx", doctype(LAUGHS, "utf-16"), ("xml.doctype",)),
    Hostile("laughs-styles.docx", lambda: word(more={"word/styles.xml": f"{LAUGHS}<x>&i;</x>"}), ("xml.doctype",)),
    Hostile("laughs-core.docx", lambda: word(more={"docProps/core.xml": f"<!-- a -->{LAUGHS}<x>&i;</x>"}), ("xml.doctype",)),
    Hostile("entity.docx", doctype(OUTSIDE), ("xml.doctype",)),
    Hostile("parameter.docx", doctype(PARAMETER), ("xml.doctype",)),
    Hostile("late-doctype.docx", doctype(f"<!-- {'x' * 70_000} -->{OUTSIDE}"), ("xml.doctype", "file.damaged")),
    Hostile("ebcdic.docx", doctype(OUTSIDE, "cp037"), ("file.damaged",)),
    Hostile("laughs.odt", lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": LAUGHS + "<x/>"}),
            ("xml.doctype",)),
    Hostile("million.docx", million_paragraphs, ("", "text.cut", "text.slow")),
    Hostile("tables.docx", nested_tables, ("text.nested",)),
    Hostile("tables.html", deep_html, ("", "text.none", "text.nested")),
    Hostile("sections.odt", lambda: open_document("<text:section>" * NESTED + "</text:section>" * NESTED), ("text.nested",)),
    Hostile("controls.docx", lambda: word("<w:sdt><w:sdtContent>" * 120 + PARAGRAPH.format("deep words")
                                          + "</w:sdtContent></w:sdt>" * 120), ("",)),
    Hostile("unclosed.docx", lambda: word("<w:p><w:r><w:t>words"), ("text.broken",)),
    Hostile("no-text.docx", lambda: word("<w:p/>"), ("text.none",)),
    Hostile("one-node.docx", lambda: word(PARAGRAPH.format("w " * 6_000_000), ), ("zip.ratio", "text.broken", "text.cut")),
    Hostile("cells.xlsx", lambda: sheet("".join(f'<row><c t="inlineStr"><is><t>cell {n}</t></is></c></row>' for n in range(400_000))),
            ("",)),
    Hostile("strings.xlsx", lambda: sheet('<row><c t="s"><v>99999999</v></c><c t="s"><v>x</v></c><c><v>7</v></c></row>'), ("",)),
    Hostile("loop.pdf", looping_pdf, ("text.none", "file.damaged")),
    Hostile("swelling.pdf", swelling_pdf, ("text.none", "text.killed", "text.memory", "text.slow")),
    Hostile("line.txt", lambda: b"word " * 2_000_000, ("text.cut",)),
    Hostile("numbers.txt", lambda: b"1." * 1_000_000 + b" x", ("", "text.cut")),
    Hostile("groups.rtf", lambda: b"{\\rtf1 " + b"{" * 1_000_000, ("text.none", "text.slow")),
    Hostile("garbage.doc", lambda: ole(("WordDocument",), beginning=b"\xec\xa5\xc1\x00" + bytes(200)), ("text.none", "text.old", "text.slow")),
)  # fmt: skip


def write(folder: Path) -> list[Path]:
    """All of them as files; those whose name no system takes under a plain one."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for one in HOSTILE:
        file = folder / one.name
        file.write_bytes(one.make())
        made.append(file)
    return made


if __name__ == "__main__":
    print(*write(Path(sys.argv[1])), sep="\n")
