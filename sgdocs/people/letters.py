"""The words of letters about accounts, in the reader's language. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from sgdocs.i18n import N_, spoken

SUBJECTS = {
    "invitation": N_("Your account for the study groups"),
    "reset": N_("A new password"),
    "unknown": N_("No account under this address"),
    "known": N_("You have an account already"),
    "refused": N_("Your request for an account"),
    "received": N_("Your request for an account"),
    "changed": N_("Your sign-in has changed"),
    "waiting": N_("A request for an account waits for you"),
}
TEXTS = {
    "invitation": N_(
        "Dear {name},\n\nan account is ready for you. Choose how you sign in:\n\n{url}\n\n"
        "The link works once and for {minutes} minutes. When it has run out, ask for a new password "
        "with this address at\n{site}/login/forgotten"
    ),
    "reset": N_(
        "Dear {name},\n\nsomebody, we hope you, asked for a new password. Choose it here:\n\n{url}\n\n"
        "The link works once and for {minutes} minutes. With the new password all your sessions and API tokens "
        "end; make new tokens after.\n\nIf it was not you, do nothing: everything stays as it is."
    ),
    "unknown": N_(
        "Good day,\n\nsomebody asked for a new password with this address, but there is no account under it. "
        "Perhaps yours has another address. To ask for an account:\n\n{site}/account/request\n\n"
        "If it was not you, do nothing."
    ),
    "known": N_(
        "Dear {name},\n\nsomebody asked for an account with this address. You have one. If you have forgotten "
        "the password:\n\n{site}/login/forgotten\n\nIf it was not you, do nothing."
    ),
    "refused": N_("Dear {name},\n\nyour request for an account was not confirmed.\n\n{reason}"),
    "received": N_(
        "Dear {name},\n\nyou asked for an account for {entity}. It waits until {entity} or the secretariat confirms "
        "it; then you get an invitation.\n\nIf it was not you, do nothing."
    ),
    "changed": N_(
        "Dear {name},\n\nthis has changed on your account: {what}.\n\nIf it was not you, choose a new password at "
        "once:\n\n{site}/login/forgotten"
    ),
    "waiting": N_(
        "Dear {name},\n\n{asker} ({email}) asks for an account for {entity}. Confirm or refuse it here:\n\n"
        "{site}/my/requests\n\nOnce somebody has decided, it is no longer listed there."
    ),
}
REASONS = {
    "invitation": N_("You get this because an account was made for this address."),
    "reset": N_("You get this because a new password was asked for with this address."),
    "unknown": N_("You get this because a new password was asked for with this address."),
    "known": N_("You get this because an account was asked for with this address."),
    "refused": N_("You get this because an account was asked for with this address."),
    "received": N_("You get this because an account was asked for with this address."),
    "changed": N_("You get this because it is about the safety of your account; it cannot be switched off."),
    "waiting": N_("You get this because you confirm accounts, as focal point or for the secretariat."),
}


@dataclass(frozen=True)
class Wording:
    """A letter in words. kind: as in the mail log."""

    kind: str
    subject: str
    text: str
    reason: str


def letter(kind: str, code: str, facts: Mapping[str, str]) -> Wording:
    """The letter of that kind in a language (English when we do not have it)."""
    tongue = spoken(code)
    return Wording(
        kind=f"people.{kind}",
        subject=tongue.sentence(SUBJECTS[kind], facts),
        text=tongue.sentence(TEXTS[kind], facts),
        reason=tongue.say(REASONS[kind]),
    )
