"""Lists of Questions as covers write them: `Q6/13`, `6, 7/13`, `ALL/13`, `N/A`. Source: domain 4.5."""

import re

_ALL = re.compile(r"\b(?:Q?ALL|TOUTES|TODAS|ВСЕ|所有|全部|الكل|جميع)\b|所有|全部|الكل|جميع", re.IGNORECASE)
_NOISE = re.compile(
    r"questions?|question\(s\)|cuesti[óo]n(?:es)?|вопрос(?:ы|ов|а)?|课题|المسأل[ةت]ان|المسألة|المسائل|ITU-[TR]|\bSG(?=\d)|\bSG\s(?=\d)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[,;،，、؛；&\n]|\s(?:and|et|y|e|и|و|或|和|及)\s|\sو(?=\d)", re.IGNORECASE)
_ONE = re.compile(r"^Q?\s*(ALL|\d{1,3}(?:-\d{1,2})?)(?:\s*/\s*(\d{1,2}[A-Z]?|TSAG))?$", re.IGNORECASE)


def read_questions(text: str, group: str = "") -> tuple[str, ...]:
    """The Questions as `6/13`; the group of one stands for those before it. group: of the cover, if none is written.

    Words that are no Question are left out; `N/A` gives ().
    """
    plain = _NOISE.sub(" ", _ALL.sub("ALL", text.replace("–", "-").replace("\u00a0", " ")))
    found: list[tuple[str, str]] = []
    for piece in _SPLIT.split(f" {plain} "):
        one = _ONE.match(piece.strip(" .()"))
        if one:
            found.extend((number, (one[2] or "").upper()) for number in _numbers(one[1].upper(), one[2] or group))
    return tuple(dict.fromkeys(_with_groups(found, group)))


def _numbers(number: str, group: str) -> list[str]:
    """`1-3` of an ITU-T group is three Questions, `241-3` a revision of an ITU-R one."""
    low, dash, high = number.partition("-")
    if dash and low != "ALL" and int(low) < int(high) <= 40 and group:
        return [str(n) for n in range(int(low), int(high) + 1)]
    return [number if number == "ALL" else number.lstrip("0") or number]


def _with_groups(found: list[tuple[str, str]], group: str) -> list[str]:
    """Each number with its own group, else that of the next one that has it, else that of the one before."""
    given, known = [g for _, g in found], [g for _, g in found if g]
    named = []
    for place, (number, own) in enumerate(found):
        later = next((g for g in given[place:] if g), known[-1] if known else group)
        if own or later:
            named.append(f"{number}/{own or later}")
    return named
