"""How a need is written down: what is wanted, the rule that says no, and the values it says no with. Pure."""

from collections.abc import Callable, Mapping

from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.workflow import Need
from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

Values = Mapping[str, object]
Wants = Need[ProcessFacts]
NONE: Values = {}


def need(
    id: str,
    title: str,
    says: str,
    source: str,
    against: Callable[[ProcessFacts], Values | None],
    *,
    mend: str = "",
    settings: tuple[str, ...] = (),
) -> Wants:
    """A need with its rule `procedures.ID`. against: None when it is met, else the values of the sentence."""
    written = rule(f"procedures.{id}", says, source, settings)

    def why_not(facts: ProcessFacts) -> Refusal | None:
        values = against(facts)
        return None if values is None else Refusal(written, values)

    return Need(id, why_not, title, written, mend)


def unless(holds: bool, **values: object) -> Values | None:
    """None when it holds, else the values."""
    return None if holds else values


def listed(words: tuple[str, ...]) -> str:
    """`A, B and 3 more`, for a sentence."""
    shown = ", ".join(words[:5])
    return f"{shown} and {len(words) - 5} more" if len(words) > 5 else shown
