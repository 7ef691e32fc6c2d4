"""The table that a run prints, a line as soon as it is known."""

from collections.abc import Sequence

LINE = "{what:<58} {must:>12} {ours:>12}  {others}"


class Table:
    """ours and must in the same unit; others: name -> their figure, printed with the ratio ours/theirs."""

    def __init__(self) -> None:
        print("\n" + LINE.format(what="what", must="must", ours="ours", others="yardsticks (ours/theirs)"), flush=True)

    def head(self, words: str) -> None:
        print(f"\n{words}", flush=True)

    def line(
        self,
        what: str,
        ours: float,
        *,
        unit: str = "",
        must: float | None = None,
        others: dict[str, float] | None = None,
    ) -> None:
        told = [f"{name} {theirs:.4g} ({ours / theirs:.2f}×)" for name, theirs in (others or {}).items() if theirs]
        limit = f"{must:g} {unit}" if must is not None else ""
        print(LINE.format(what=what, must=limit, ours=f"{ours:.4g} {unit}", others=", ".join(told)), flush=True)

    def close(self) -> None:
        print(flush=True)


def percentile(times: Sequence[float], part: float) -> float:
    """The nearest rank."""
    ordered = sorted(times)
    return ordered[max(0, -(-int(part * 100) * len(ordered) // 100) - 1)] if ordered else 0.0
