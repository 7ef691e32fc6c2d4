"""RIS, as a standard. One tag a line; what could begin a new tag is kept on one line."""

from collections.abc import Iterator, Sequence

from sgdocs.base.text import one_line
from sgdocs.recommendations.exporting import citing
from sgdocs.recommendations.reading import Plain


def write(texts: Sequence[Plain], root: str) -> str:
    """Lines end with CR LF, as the format wants."""
    return "".join(f"{tag}  - {value}\r\n" for plain in texts for tag, value in _lines(plain, root))


def _lines(plain: Plain, root: str) -> Iterator[tuple[str, str]]:
    text = plain.text
    yield "TY", "STAND"
    yield "ID", citing.key(plain)
    yield "TI", one_line(citing.title(plain))
    yield "AU", one_line(citing.author(plain))
    yield "PB", citing.PUBLISHER
    yield "CY", citing.PLACE
    yield "SN", one_line(text.identifier)
    yield "M3", citing.type_name(plain)
    if text.approved:
        yield "PY", text.approved[:4]
        yield "DA", text.approved.replace("-", "/").ljust(len("YYYY/MM/DD"), "/")[:10] + "/"
    for number in plain.equivalents:
        yield "N1", one_line(number)
    if plain.summary:
        yield "AB", one_line(plain.summary)
    yield "UR", one_line(citing.address(plain, root))
    yield "ER", ""
