"""The sentences of the journal's verbs on events."""

from sgdocs.i18n import N_

SAYS = {
    "events.drafted": N_("Event drafted"),
    "events.edited": N_("Event changed"),
    "events.announced": N_("Event announced"),
    "events.cancelled": N_("Event cancelled"),
    "events.session-added": N_("Session of the event added"),
    "events.session-edited": N_("Session of the event changed"),
    "events.session-removed": N_("Session of the event taken out"),
    "events.talk-added": N_("Talk added"),
    "events.talk-edited": N_("Talk changed"),
    "events.talk-removed": N_("Talk taken out"),
    "events.registered": N_("Registered for the event"),
    "events.wishes-set": N_("Said what others may see at the event"),
    "events.left": N_("Place at the event given back"),
    "events.place-given": N_("Got a place at the event"),
    "events.asked": N_("Asked to meet"),
    "events.ask-accepted": N_("Agreed to meet"),
    "events.ask-declined": N_("Declined to meet"),
    "events.ask-withdrawn": N_("Wish to meet taken back"),
}
