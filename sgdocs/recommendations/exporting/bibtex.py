"""BibTeX, as `@techreport`. Text is escaped so that LaTeX prints it and does nothing else."""

from collections.abc import Iterator, Sequence

from sgdocs.base.text import one_line
from sgdocs.recommendations.exporting import citing
from sgdocs.recommendations.reading import Plain

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': "''",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def escape(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in one_line(text))


def write(texts: Sequence[Plain], root: str) -> str:
    return "\n".join(_entry(plain, root) for plain in texts)


def _entry(plain: Plain, root: str) -> str:
    lines = [f"@techreport{{{citing.key(plain)},"]
    lines += [f"  {name} = {value}," for name, value in _fields(plain, root)]
    return "\n".join([*lines, "}", ""])


def _fields(plain: Plain, root: str) -> Iterator[tuple[str, str]]:
    text = plain.text
    yield "title", f"{{{{{escape(citing.title(plain))}}}}}"
    yield "author", f"{{{{{escape(citing.author(plain))}}}}}"
    yield "institution", f"{{{escape(citing.PUBLISHER)}}}"
    yield "address", f"{{{citing.PLACE}}}"
    yield "type", f"{{{escape(citing.type_name(plain))}}}"
    yield "number", f"{{{escape(text.identifier)}}}"
    if text.approved:
        yield "year", f"{{{text.approved[:4]}}}"
    if len(text.approved) >= 7:
        yield "month", _MONTHS[int(text.approved[5:7]) - 1]
    if plain.equivalents:
        yield "note", f"{{{escape('; '.join(plain.equivalents))}}}"
    if plain.summary:
        yield "abstract", f"{{{escape(plain.summary)}}}"
    yield "url", f"{{{_url(citing.address(plain, root))}}}"


def _url(address: str) -> str:
    return "".join(sign if sign not in '{}\\"% ' else f"%{ord(sign):02X}" for sign in address)
