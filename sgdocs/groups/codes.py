"""What people write for a group, read into its parts. Pure. Source: domain 1.4, 2.6."""

import re
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
_SECTOR = re.compile(r"^ITU-?([TRD])\b[\s/:-]*", re.IGNORECASE)
_WORDS = (
    (re.compile(r"\bSTUDY\s+GROUP\b"), "SG"),
    (re.compile(r"\bWORKING\s+PARTY\b"), "WP"),
    (re.compile(r"\bQUESTION\b"), "Q"),
    (re.compile(r"\bFOCUS\s+GROUP\b"), "FG"),
    (re.compile(r"\bTASK\s+GROUP\b"), "TG"),
)
_A = re.ASCII
# Each form, the one Sector it belongs to ("" for any), how it is written in codes, and the parent's code.
_FORMS = (
    (re.compile(r"(?:SG|COM)[\s-]*0*(?P<n>\d{1,2})", _A), "", "SG{n}", ""),
    (re.compile(r"WP[\s-]*0*(?P<n>\d{1,2})\s*/\s*(?:SG)?\s*0*(?P<of>\d{1,2})", _A), "T", "WP{n}", "SG{of}"),
    (re.compile(r"(?:WP)?[\s-]*0*(?P<n>\d)\s?(?P<of>[A-Z])", _A), "R", "WP{n}{of}", ""),
    (re.compile(r"(?:Q\.?)?\s*0*(?P<n>\d{1,3})\s*/\s*(?:SG)?\s*0*(?P<of>\d{1,2})", _A), "T", "Q{n}", "SG{of}"),
    (re.compile(r"Q\.?\s*0*(?P<n>\d{1,3})\s*/\s*(?P<of>[A-Z]{4,5})", _A), "", "Q{n}", "{of}"),
    (re.compile(r"WP[\s-]*0*(?P<n>\d{1,2})\s*/\s*(?P<of>[A-Z]{4,5})", _A), "", "WP{n}", "{of}"),
)
_TASK = re.compile(r"(J?TG)[\s-]*(\d[\d\s/-]*)", _A)
_NOT_KEY = re.compile(r"[^a-z0-9]+")
LONGEST = 80


@dataclass(frozen=True)
class Spelling:
    """One way to read what was written. sector: None for any; parent: code of the study group a part belongs to."""

    code: str
    sector: str | None = None
    parent: str = ""


def read(text: str) -> Spelling | None:
    """A sloppy code read: `sg 15`, `Q6/13`, `wp1/13`, `5D`, `ITU-R SG 5`, `TSAG`.

    None for nothing, or for what is too long; what is no known form is read as a name (`fg-ai4h`).
    """
    bare = _SPACE.sub(" ", text.strip())[: LONGEST + 1]
    if not bare or len(bare) > LONGEST:
        return None
    said = _SECTOR.match(bare)
    sector = said.group(1).upper() if said else None
    bare = bare[said.end() :] if said else bare
    upper = bare.upper()
    for pattern, short in _WORDS:
        upper = pattern.sub(short, upper)
    found = _reading(upper.strip(), sector) or Spelling(bare, sector)
    return found if found.code else None


def _reading(upper: str, sector: str | None) -> Spelling | None:
    if found := _TASK.fullmatch(upper):
        return Spelling(found[1] + "-".join(re.findall(r"\d+", found[2])), sector)
    for pattern, only, code, parent in _FORMS:
        found = pattern.fullmatch(upper)
        if found and sector in (None, only or sector):
            parts = found.groupdict()
            return Spelling(code.format(**parts), only or sector, parent.format(**parts))
    return None


def key(name: str) -> str:
    """For comparison of names: letters and digits only, no case (`JCA-IoT and SC&C` → `jcaiotandscc`)."""
    return _NOT_KEY.sub("", name.casefold())
