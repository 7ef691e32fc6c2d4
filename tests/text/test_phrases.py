"""Phrases of real documents, where they are at hand: each is found, or is rightly absent, wherever in the file it stands."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from sgdocs.text.reading import read

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "samples"
_SPACES = re.compile(r"\s+")


def phrases() -> dict[str, list[tuple[str, str]]]:
    """File -> what is expected of each phrase; nothing where the samples are not."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    table = SAMPLES / "phrases.tsv"
    if table.exists():
        with table.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                found[row["file"]].append((row["expect"], _SPACES.sub(" ", row["phrase"])))
    return found


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
@pytest.mark.parametrize("file", phrases() or [""])
def test_phrases_are_read(file: str) -> None:
    reading = read((SAMPLES / file).read_bytes(), Path(file).name)

    text = _SPACES.sub(" ", " ".join(f"{unit.number} {unit.title} {unit.text}" for unit in reading.units))
    wrong = [(e, p) for e, p in phrases()[file] if (e == "present" and p not in text) or (e == "absent" and p in text)]
    assert wrong == []
