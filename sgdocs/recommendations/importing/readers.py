"""Files into raw records with their line: JSON Lines, CSV, a folder of Relaton YAML. Hostile content is expected."""

import csv
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sgdocs.recommendations.importing import relaton
from sgdocs.recommendations.importing.incoming import KNOWN, Raw, Rejected

LONGEST_LINE = 1_000_000  # bytes
BIGGEST_YAML = 256_000  # bytes
_LISTS = ("languages", "iso_iec", "former_names", "acronyms", "relations", "dual_numbers")
_DERIVED = ("part", "of_part", "sources", "sector")


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says why and what would be right."""


@dataclass(frozen=True, slots=True)
class Line:
    """A raw record, or what was wrong with it. number: line of the file, or position of the file in its folder."""

    number: int
    raw: Raw | None = None
    wrong: Rejected | None = None
    name: str = ""


def read_file(path: Path) -> Iterator[Line]:
    """The records of a file, by its name: `.jsonl`, `.jsonl.gz`, `.csv`, or a folder of `.yaml`."""
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise Unreadable(f"{path}: there is no such file or folder.")
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".jsonl", ".ndjson", ".json")):
        return _opened(path, _json_lines)
    if name.endswith(".csv"):
        return _opened(path, _rows)
    if name.endswith((".yaml", ".yml")):
        return iter([_yaml(path, 1)])
    raise Unreadable(f"{path.name}: give JSON Lines (.jsonl, .jsonl.gz), CSV (.csv) or a folder of Relaton YAML.")


def source_name(path: Path) -> str:
    """The name under which a source is remembered: that of its file, without what follows the first dot."""
    return path.resolve().name.split(".")[0] or "source"


def _opened(path: Path, read: Callable[[IO[bytes]], Iterator[Line]]) -> Iterator[Line]:
    try:
        with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as file:
            yield from read(file)  # type: ignore[arg-type]
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"{path.name}: {error}") from error


def _json_lines(file: IO[bytes]) -> Iterator[Line]:
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield Line(number, wrong=Rejected("line", "…", f"A record has at most {LONGEST_LINE} bytes."))
        elif line.strip():
            yield _json_line(line, number)


def _json_line(line: bytes, number: int) -> Line:
    try:
        raw = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return Line(number, wrong=Rejected("line", line[:80].decode("utf-8", "replace"), f"This is no JSON: {error}."))
    if not isinstance(raw, dict):
        return Line(number, wrong=Rejected("line", str(raw)[:80], "Every line must be an object in braces."))
    return Line(number, raw)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _rows(file: IO[bytes]) -> Iterator[Line]:
    """CSV in UTF-8 with a header of known column names, parted by comma, semicolon or tab."""
    lines = _decoded(file)
    header = next(lines, "")
    delimiter = max(",;\t", key=header.count)
    names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    _check_header(names)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Line(reader.line_num + 1, wrong=Rejected("row", "…", f"This is no CSV: {error}."))
            continue
        if any(cell.strip() for cell in cells):
            yield _row(names, cells, reader.line_num + 1)


def _decoded(file: IO[bytes]) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise Unreadable(f"line {number} is not UTF-8 ({error.reason}); save the file as UTF-8.") from error


def _check_header(names: list[str]) -> None:
    allowed = (KNOWN | {f"title_{x}" for x in ("fr", "es", "ru", "ar", "zh")}) - set(_DERIVED)
    unknown = [name for name in names if name not in allowed]
    if "id" not in names or unknown or len(set(names)) != len(names):
        wrong = f"unknown or repeated: {', '.join(unknown) or ', '.join(names)}"
        raise Unreadable(f"The header must have “id” and columns of {', '.join(sorted(allowed))}; {wrong[:300]}.")


def _row(names: list[str], cells: list[str], number: int) -> Line:
    if len(cells) != len(names):
        right = f"This row has {len(cells)} cells, the header {len(names)}."
        return Line(number, wrong=Rejected("row", ", ".join(cells)[:120], right))
    raw: dict[str, object] = {}
    titles = {}
    for name, cell in zip(names, cells, strict=True):
        text = cell.strip()
        if name.startswith("title_") and name != "title_suspect":
            titles[name.removeprefix("title_")] = text
        elif name in _LISTS:
            raw[name] = [part.strip() for part in text.split(";") if part.strip()]
        elif name == "prepublished":
            raw[name] = text.lower() in ("true", "yes", "1")
        elif name in ("base_year", "revision"):
            continue
        else:
            raw[name] = text or None
    if any(titles.values()):
        raw["titles"] = {language: title for language, title in titles.items() if title}
    return Line(number, raw)


def _folder(path: Path) -> Iterator[Line]:
    """Every `.yaml` below the folder, in the order of names; Relaton keeps one text in one file."""
    files = sorted(p for p in path.rglob("*") if p.suffix.lower() in (".yaml", ".yml") and p.is_file())
    if not files:
        raise Unreadable(f"{path}: there is no .yaml file in this folder.")
    root = path.resolve()
    for number, file in enumerate(files, 1):
        if not file.resolve().is_relative_to(root):
            yield Line(number, wrong=Rejected("file", file.name, "It points out of its folder."), name=file.name)
        elif not file.name.startswith(("index", ".")):
            yield _yaml(file, number)


def _yaml(file: Path, number: int) -> Line:
    try:
        if file.stat().st_size > BIGGEST_YAML:
            raise Rejected("file", file.name, f"A record has at most {BIGGEST_YAML} bytes.")
        return Line(number, relaton.raw_of(file.read_bytes()), name=file.name)
    except Rejected as wrong:
        return Line(number, wrong=wrong, name=file.name)
