"""A register that is generated: statements of groups to each other, answers, some of them to numbers that are not there."""

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

GROUPS = ("SG2", "SG5", "SG11", "SG13", "SG15", "SG17")
BODIES = ("3GPP SA2", "IETF", "ETSI NFV", "ISO/IEC JTC 1/SC 29")
FIRST = date(2025, 1, 10)


@dataclass(frozen=True)
class Generated:
    """broken: numbers to which an answer refers and which no row bears."""

    rows: list[dict[str, object]]
    references: int
    broken: frozenset[str]

    def write(self, path: Path) -> Path:
        path.write_text("\n".join(json.dumps(row) for row in self.rows), encoding="utf-8")
        return path


def register(size: int, *, broken_share: float = 0.03, seed: int = 4) -> Generated:
    """Every third row answers an earlier one; so many of the rows (a share of all) answer a number that is not there."""
    dice = random.Random(seed)
    rows: list[dict[str, object]] = []
    counted = dict.fromkeys(GROUPS, 0)
    broken: set[str] = set()
    wrong = set(dice.sample(range(1, size), round(size * broken_share)))
    for n in range(size):
        group = dice.choice(GROUPS)
        counted[group] += 1
        row: dict[str, object] = {
            "register": "generated",
            "direction": "out",
            "number": f"{group}-LS{counted[group]}",
            "date": (FIRST + timedelta(hours=3 * n)).isoformat(),
            "from": [f"ITU-T {group}"],
            "to": [f"ITU-T {g}" for g in dice.sample([g for g in GROUPS if g != group], 2)] + [dice.choice(BODIES)],
            "purpose": dice.choice(["for action", "for information", None]),
            "title": f"LS/o on subject {n % 97}",
            "body": f"Statement {n} speaks of subject {n % 97}.",
        }
        if n in wrong:
            row["in_reply_to"] = f"{dice.choice(GROUPS)}-LS{90_000 + n}"
            broken.add(str(row["in_reply_to"]))
        elif n % 3 == 2:
            row["in_reply_to"] = dice.choice(rows)["number"]
        rows.append(row)
    return Generated(rows, sum("in_reply_to" in row for row in rows), frozenset(broken))
