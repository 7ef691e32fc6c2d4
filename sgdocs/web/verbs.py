"""The sentence of each journal verb, as a history tells it."""

from collections.abc import Mapping

from sgdocs.i18n import N_

SAYS: Mapping[str, str] = {
    "accounts.invited": N_("Invited"),
    "accounts.link-sent": N_("Link sent by mail"),
    "accounts.opened": N_("Account opened"),
    "accounts.password-set": N_("Password set"),
    "accounts.session-ended": N_("Session ended"),
    "accounts.signed-in": N_("Signed in"),
    "accounts.signed-out-everywhere": N_("Signed out everywhere"),
    "mail.queued-again": N_("Letter queued again"),
    "organisations.added": N_("Organisation added"),
    "organisations.edited": N_("Organisation edited"),
    "people.added": N_("Person added"),
    "people.edited": N_("Person edited"),
    "people.left": N_("Left the organisation"),
    "search.word-entered": N_("Word of the search entered"),
    "search.word-removed": N_("Word of the search removed"),
}


def sentence_of(verb: str) -> str:
    """The message of a verb; an unknown one is read as its own words."""
    return SAYS.get(verb) or verb.split(".", 1)[-1].replace("-", " ").replace("_", " ").capitalize()
