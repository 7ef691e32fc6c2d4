"""Status, version and process as the public work programme writes them, out and in. Pure. Source: domain 3.1, 3.3."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sgdocs.text.days import read_days
from sgdocs.work_programme.rules import ItemKind, ItemProcess, ItemStatus, ItemVersion

S, V, P = ItemStatus, ItemVersion, ItemProcess
STATUSES: Final[Mapping[str, str]] = {
    S.PENDING: "Pending SG/WP confirmation",
    S.UNDER_STUDY: "Under study",
    S.CONSENTED: "Consented",
    S.DETERMINED: "Determined",
    S.ADOPTED: "Adopted",
    S.FORWARDED: "Deferred to WTSA",
    S.APPROVED: "Approved",
    S.AGREED: "Agreed",
    S.DELETED: "Deleted",
    S.MERGED: "Merged",
}
VERSIONS: Final[Mapping[str, str]] = {
    V.NEW: "New",
    V.REVISION: "Rev.",
    V.AMENDMENT: "Amd.",
    V.CORRIGENDUM: "Cor.",
    V.NONE: "-",
}
PROCESSES: Final[Mapping[str, str]] = {
    P.AAP: "AAP",
    P.TAP: "TAP",
    P.AGREEMENT: "Agreement",
    P.ADOPTION: "Adoption",
    P.NONE: "-",
}
ISSUED: Final = "[Issued from previous study period]"
_OTHER_WORDS: Final[Mapping[str, ItemStatus]] = {
    "pending": S.PENDING,
    "pending confirmation": S.PENDING,
    "in force": S.APPROVED,
    "deferred": S.FORWARDED,
    "forwarded to wtsa": S.FORWARDED,
    "forwarded to assembly": S.FORWARDED,
    "discontinued": S.DELETED,
    "8": S.PENDING,
    "1": S.UNDER_STUDY,
    "7": S.FORWARDED,
}
"""Ids 3 (consented / determined) and 2 (approved / agreed) say two things at once. Source: domain 3.3, U7."""
_DAY: Final = re.compile(r"\(?\b(?P<day>(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}[ ./-][A-Za-z]{3,9}[ ./-]\d{4})\)?\s*$")


def status_words(status: str, on: date | None, *, issued: bool = False) -> str:
    """`Determined 2025-04-17`; `Under study [Issued from previous study period]`. What is at work has no day."""
    has_day = on is not None and status not in (S.PENDING, S.UNDER_STUDY)
    parts = (STATUSES.get(status, status), str(on) if has_day else "", ISSUED if issued else "")
    return " ".join(part for part in parts if part)


def version_words(version: str, part: str) -> str:
    """`New`, `Rev.`, `Amd. 2`."""
    return f"{VERSIONS.get(version, version)} {part}".strip()


@dataclass(frozen=True)
class Stood:
    """A status as an export says it. on: the day, None when it says none; is_issued: from an earlier period."""

    status: ItemStatus
    on: date | None = None
    is_issued: bool = False


def read_status(text: str, process: str = "") -> Stood | None:
    """`Determined 2025-04-17`, `under-study`, `1`; None for what is no status. process: tells consented from determined."""
    bare = " ".join(text.split())
    is_issued = bare.lower().endswith(ISSUED.lower())
    bare = bare[: -len(ISSUED)].strip() if is_issued else bare
    found = _DAY.search(bare)
    on = read_days(found["day"].replace("/", " ")).ends_on if found else None
    if found and on is None:
        return None
    status = _status(bare[: found.start()].strip() if found else bare, process)
    return Stood(status, on, is_issued) if status else None


def _status(words: str, process: str) -> ItemStatus | None:
    plain = words.lower().strip()
    known = {
        **{text.lower(): S(status) for status, text in STATUSES.items()},
        **{s.value: s for s in S},
        **_OTHER_WORDS,
    }
    if plain in ("consented / determined", "consented/determined", "3"):
        return S.DETERMINED if process == P.TAP else S.CONSENTED
    if plain in ("approved / agreed", "approved/agreed", "2"):
        return S.AGREED if process == P.AGREEMENT else S.APPROVED
    return known.get(plain)


def read_version(text: str) -> tuple[ItemVersion, str] | None:
    """`New`, `Rev.`, `Amd. 2`, `-`: the version and the number of the amendment; None for what is none."""
    plain = " ".join(text.split()).lower()
    if plain in ("", "-", "–"):
        return V.NONE, ""
    found = re.fullmatch(r"(new|rev|revision|revised|amd|amendment|cor|corr|corrigendum)\.?\s*(\d{0,3})", plain)
    if found is None:
        return None
    begins = {"new": V.NEW, "rev": V.REVISION, "amd": V.AMENDMENT, "ame": V.AMENDMENT, "cor": V.CORRIGENDUM}
    return begins[found[1][:3]], found[2]


def read_process(text: str) -> ItemProcess | None:
    """`AAP`, `tap`, `Agreement`, `-`; None for what is none."""
    plain = text.strip().lower().strip("()–")
    return {**{word.lower(): P(each) for each, word in PROCESSES.items()}, "": P.NONE, "adoption": P.ADOPTION}.get(
        plain
    )


def read_kind(text: str) -> ItemKind | None:
    """`Recommendation`, `technical-report`, `Implementers' guide`; None for what is none."""
    plain = re.sub(r"[^a-z]+", "-", text.lower().replace("'", "").replace("’", "")).strip("-")
    return next((kind for kind in ItemKind if kind.value == plain), None)
