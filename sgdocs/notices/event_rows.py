"""Who hears of events. Wishes to meet are between two people: their entries are for the one who is to hear. Pure."""

from typing import Final

from sgdocs.i18n import N_
from sgdocs.notices.row import AUTHORS, Row

TAKING_PART: Final = ("event-participants",)


def of_events() -> dict[str, Row]:
    return {
        "events.announced": Row("meetings", (N_("Event announced: {label}"),)),
        "events.edited": Row(
            "meetings", (N_("Event changed: {label}; from {starts_on} to {ends_on}"), N_("Event changed: {label}")),
            TAKING_PART,
        ),
        "events.cancelled": Row(
            "meetings", (N_("Event cancelled: {label}. {reason}"), N_("Event cancelled: {label}")), TAKING_PART, TAKING_PART
        ),
        "events.session-edited": Row("meetings", (N_("Programme changed: {label}"),), TAKING_PART),
        "events.session-removed": Row("meetings", (N_("Programme changed: {label}"),), TAKING_PART),
        "events.place-given": Row("mine", (N_("You have a place at {label}"),), AUTHORS),
        "events.asked": Row("mine", (N_("Somebody who takes part in {label} asks to meet you"),), AUTHORS),
        "events.ask-accepted": Row("mine", (N_("Your wish to meet at {label} is accepted"),), AUTHORS),
        "events.ask-declined": Row("mine", (N_("Your wish to meet at {label} is declined"),), AUTHORS),
    }  # fmt: skip
