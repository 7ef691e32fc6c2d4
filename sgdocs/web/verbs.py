"""The sentence of each journal verb, as a history tells it."""

from collections.abc import Mapping

from sgdocs.i18n import N_

SAYS: Mapping[str, str] = {
    "accounts.confirmed": N_("Account confirmed"),
    "accounts.guest-admitted": N_("Guest admitted"),
    "accounts.guest-ended": N_("Guest pass ended"),
    "accounts.invited": N_("Invited"),
    "accounts.link-sent": N_("Link sent by mail"),
    "accounts.opened": N_("Account opened"),
    "accounts.openid-bound": N_("Sign-in by OpenID bound"),
    "accounts.openid-unbound": N_("Sign-in by OpenID unbound"),
    "accounts.password-set": N_("Password set"),
    "accounts.recovery-codes-made": N_("Recovery codes made"),
    "accounts.refused": N_("Account refused"),
    "accounts.requested": N_("Account requested"),
    "accounts.second-factor-begun": N_("Second factor begun"),
    "accounts.second-factor-passed": N_("Second factor passed"),
    "accounts.second-factor-removed": N_("Second factor removed"),
    "accounts.second-factor-reset": N_("Second factor reset"),
    "accounts.second-factor-set": N_("Second factor set"),
    "accounts.session-ended": N_("Session ended"),
    "accounts.signed-in": N_("Signed in"),
    "accounts.signed-out-everywhere": N_("Signed out everywhere"),
    "accounts.token-ended": N_("Token ended"),
    "accounts.token-made": N_("Token made"),
    "accounts.tokens-ended": N_("All tokens ended"),
    "groups.allocated": N_("Allocated to a working party"),
    "groups.appointed": N_("Appointed"),
    "groups.appointment-ended": N_("Appointment ended"),
    "groups.continued": N_("Continued from an earlier Question"),
    "groups.discontinued": N_("Discontinued"),
    "groups.established": N_("Established"),
    "groups.moved": N_("Moved under another group"),
    "groups.period-added": N_("Study period added"),
    "groups.renamed": N_("Renamed"),
    "groups.succeeded": N_("Succeeded by another group"),
    "groups.succession-received": N_("Took over the work of another group"),
    "groups.terms-recorded": N_("Title and mandate recorded"),
    "journal.delivery-woken": N_("Delivery tried again"),
    "journal.personal-facts-removed": N_("Personal facts removed"),
    "mail.queued-again": N_("Letter queued again"),
    "organisations.added": N_("Organisation added"),
    "organisations.edited": N_("Organisation edited"),
    "organisations.joined": N_("Membership begun"),
    "organisations.membership-ended": N_("Membership ended"),
    "people.added": N_("Person added"),
    "people.edited": N_("Person edited"),
    "people.left": N_("Left the organisation"),
    "recommendations.added": N_("Added"),
    "recommendations.corrected": N_("Corrected"),
    "recommendations.imported": N_("Imported"),
    "recommendations.in-force": N_("Brought into force"),
    "recommendations.patent-declared": N_("Patent declared"),
    "recommendations.withdrawn": N_("Withdrawn"),
    "search.word-entered": N_("Word of the search entered"),
    "search.word-removed": N_("Word of the search removed"),
}


def sentence_of(verb: str) -> str:
    """The message of a verb; an unknown one is read as its own words."""
    return SAYS.get(verb) or verb.split(".", 1)[-1].replace("-", " ").replace("_", " ").capitalize()
