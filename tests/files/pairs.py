"""Two revisions of a Recommendation, made from chance and known edits: what a comparison must find, and nothing else."""

import io
import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from docx import Document

SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "ki", "lo", "mu", "ne", "po", "ra", "si", "ta", "vu", "ze")
EDITS = ("words", "paragraph", "drop", "cell", "row", "move", "clause", "gone", "retitle", "definition", "swap")


@dataclass
class Clause:
    number: str
    title: str
    paragraphs: list[str]
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Pair:
    """old, new: .docx; changed …: numbers of clauses, in the newer text but for those that are gone."""

    seed: int
    old: bytes
    new: bytes
    changed: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    moved: int = 0
    definitions: int = 0


class Maker:
    """Chance with a seed: the same pair each time."""

    def __init__(self, seed: int, clauses: int = 9) -> None:
        self.dice = random.Random(seed)
        self.clauses = list(self._clauses(clauses))

    def word(self) -> str:
        return "".join(self.dice.choices(SYLLABLES, k=self.dice.randint(1, 4)))

    def sentence(self, words: int) -> str:
        return " ".join(self.word() for _ in range(words)).capitalize() + "."

    def _clauses(self, count: int) -> Iterator[Clause]:
        yield Clause("1", "Scope", [self.sentence(30) for _ in range(3)])
        yield Clause(
            "2",
            "References",
            [f"[ITU-T X.{n}] Recommendation ITU-T X.{n} (2020), {self.sentence(6)}" for n in range(3)],
        )
        yield Clause("3", "Definitions", [f"3.{n} {self.word()}: {self.sentence(12)}" for n in range(1, 5)])
        for number in range(4, 4 + count):
            yield Clause(str(number), self.sentence(3)[:-1], [self.sentence(20)])
            for below in range(1, 4):
                title = "General" if below == 1 else self.sentence(4)[:-1]
                texts = [self.sentence(self.dice.randint(12, 60)) for _ in range(self.dice.randint(2, 6))]
                rows = [[self.word() for _ in range(4)] for _ in range(6)] if below == 3 else []
                yield Clause(f"{number}.{below}", title, texts, rows)


def pair(seed: int) -> Pair:
    """Three or four edits, each in clauses of its own."""
    maker = Maker(seed)
    old = maker.clauses
    new = deepcopy(old)
    made = Pair(seed, b"", b"")
    free = [at for at, clause in enumerate(new) if "." in clause.number and not clause.number.endswith(".1")]
    maker.dice.shuffle(free)
    kinds = [EDITS[seed % len(EDITS)], *maker.dice.sample(EDITS, 3)]
    for kind in dict.fromkeys(kinds):
        _edit(kind, maker, new, free, made)
    made.old, made.new = file_of(old), file_of([clause for clause in new if clause.number not in made.gone])
    return made


def _edit(kind: str, maker: Maker, new: list[Clause], free: list[int], made: Pair) -> None:
    clause = new[free.pop()]
    if kind == "definition":
        made.changed.add("3")
        made.definitions += 1
        new[2].paragraphs.append(f"3.{len(new[2].paragraphs) + 1} {maker.word()}: {maker.sentence(9)}")
    elif kind == "gone":
        made.gone.add(clause.number)
    elif kind == "clause":
        number = f"{clause.number}bis"
        made.added.add(number)
        new.append(Clause(number, maker.sentence(5)[:-1], [maker.sentence(25)]))
    elif kind == "move":
        there = new[free.pop()]
        text = maker.sentence(maker.dice.randint(8, 40))
        clause.paragraphs.insert(1, text)
        made.changed |= {clause.number, there.number}
        made.moved += 1
        maker.clauses[new.index(there)].paragraphs.insert(1, text)
    else:
        made.changed.add(clause.number)
        _change(kind, maker, clause)


def _change(kind: str, maker: Maker, clause: Clause) -> None:
    if kind == "paragraph" or (kind in ("cell", "row") and not clause.rows):
        clause.paragraphs.insert(1, maker.sentence(20))
    elif kind == "drop":
        clause.paragraphs.pop()
    elif kind == "retitle":
        clause.title = f"{clause.title} {maker.word()} anew"
    elif kind == "cell":
        clause.rows[2][1] = "changed"
    elif kind == "row":
        clause.rows.insert(3, [maker.word() for _ in range(4)])
    elif kind == "swap":
        clause.paragraphs.append(clause.paragraphs.pop(0))
    else:
        words = clause.paragraphs[0].split()
        words[2:4] = ["something", "else"]
        clause.paragraphs[0] = " ".join(words)


def file_of(clauses: list[Clause]) -> bytes:
    document = Document()
    for clause in clauses:
        document.add_heading(f"{clause.number}\t{clause.title}", level=1 + clause.number.count("."))
        for text in clause.paragraphs:
            document.add_paragraph(text)
        if clause.rows:
            table = document.add_table(len(clause.rows), 4)
            for row, cells in zip(table.rows, clause.rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
