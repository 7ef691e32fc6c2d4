"""Contributions to measure with: a cover, clauses of invented words, a picture to make them large."""

import io
import random
import zlib
from collections.abc import Callable
from struct import pack

from docx import Document
from docx.shared import Cm

from tests.files.covers import Paper, itu_t

STEMS = (
    "optic", "fibre", "packet", "timing", "slice", "jitter", "codec", "spectr", "relay", "signal", "frame", "switch",
    "carrier", "antenna", "metric", "tunnel", "label", "secur", "cipher", "latenc", "buffer", "modul", "access",
)  # fmt: skip
ENDS = ("al", "or", "ing", "ed", "ment", "ity", "ance", "er", "ion", "s")


def contribution(number: int, *, clauses: int = 40, size_bytes: int = 0, label: str = "") -> bytes:
    """A .docx of so many clauses; the word `marker(number, clause)` stands in each. size_bytes: at least so large.

    label: the number on the cover.
    """
    rng = random.Random(number)

    def fill(paper: Paper) -> None:
        for clause in range(1, clauses + 1):
            paper.doc.add_heading(f"{clause} {_words(rng, 4).capitalize()}", 1)
            for _ in range(2):
                paper.doc.add_paragraph(_words(rng, 45))
            paper.doc.add_paragraph(f"The word {marker(number, clause)} stands here alone.")
        if size_bytes:
            paper.doc.add_picture(io.BytesIO(_picture(rng, size_bytes)), width=Cm(8))

    return itu_t(
        f"bench-{number}-{clauses}-{label}", number=label or f"SG15-C{number}", title=title(number), change=fill
    )().data


def title(number: int) -> str:
    return f"Proposal {number} on {_words(random.Random(number), 5)}"


def marker(number: int, clause: int) -> str:
    """A word that stands in one clause of one document."""
    return f"zq{_letters(number)}q{_letters(clause)}"


def revised(data: bytes, change: Callable[[str], str]) -> bytes:
    """The same document with each paragraph changed by a function."""
    paper = Document(io.BytesIO(data))
    for paragraph in paper.paragraphs:
        if paragraph.runs and not paragraph.style.name.startswith("Heading"):
            paragraph.runs[0].text = change(paragraph.text)
            for run in paragraph.runs[1:]:
                run.text = ""
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _words(rng: random.Random, number: int) -> str:
    return " ".join(rng.choice(STEMS) + rng.choice(ENDS) for _ in range(number))


def _letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def _picture(rng: random.Random, size_bytes: int) -> bytes:
    """A grey PNG of noise, which no compression makes smaller."""
    side = int(size_bytes**0.5) + 1
    rows = b"".join(b"\0" + rng.randbytes(side) for _ in range(side))
    head = pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    )


def filler(place: str, number: int, clauses: int) -> list[str]:
    """The clauses of a document of which only the text is wanted."""
    rng = random.Random(f"{place} {number}")
    return [_words(rng, 60) for _ in range(clauses)]
