"""One text, or many, as BibTeX, RIS, CSL-JSON, Relaton YAML, JSON, or rows for CSV and XLSX. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sgdocs.recommendations.exporting import bibtex, csl, relaton, ris
from sgdocs.recommendations.reading import Plain


@dataclass(frozen=True)
class Format:
    """ending: of the address; write: texts and the root of public addresses -> the file."""

    ending: str
    media_type: str
    write: Callable[[Sequence[Plain], str], str]


FORMATS: dict[str, Format] = {
    "bib": Format("bib", "application/x-bibtex; charset=utf-8", bibtex.write),
    "ris": Format("ris", "application/x-research-info-systems; charset=utf-8", ris.write),
    "csl.json": Format("csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8", csl.write),
    "relaton.yaml": Format("relaton.yaml", "application/yaml; charset=utf-8", relaton.write),
}
