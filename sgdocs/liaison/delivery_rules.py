"""What stands against acknowledging, sending again and withdrawing. Pure. Source: domain 7.1, feature N18."""

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.liaison.rules import OUT

LINK_USED = rule("liaison.link-used", "This link has been used: {number} is acknowledged.", "feature N18")
LINK_OVER = rule(
    "liaison.link-over", "This link could be used until {until}.", "feature N18", settings=("liaison_ack_days",)
)
NOT_A_LETTER = rule(
    "liaison.not-a-letter", "It was filed as a document; there is no letter to send again.", "domain 7.1"
)
ACKNOWLEDGED = rule("liaison.acknowledged-already", "{to} has acknowledged it already.", "feature N18")
NOT_OUT = rule("liaison.not-out", "{label} is {status}; there is nothing to deliver.", "domain 7.1")


def why_not_again(label: str, status: str, way: str, *, to: str, is_acknowledged: bool) -> Refusal | None:
    """None when a letter may be sent once more, with a new link."""
    if status not in OUT:
        return Refusal(NOT_OUT, {"label": label, "status": status})
    if way != "letter":
        return Refusal(NOT_A_LETTER)
    return Refusal(ACKNOWLEDGED, {"to": to}) if is_acknowledged else None
