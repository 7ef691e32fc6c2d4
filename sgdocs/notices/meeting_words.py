"""The words of letters about meetings, in the reader's language. Pure."""

from collections.abc import Mapping

from sgdocs.i18n import N_

SUBJECTS: Mapping[str, str] = {
    "announced": N_("{code}: {title}"),
    "cancelled": N_("Cancelled: {code}"),
    "asked": N_("A registration waits for you: {code}"),
    "approved": N_("Your registration is approved: {code}"),
    "refused": N_("Your registration was not approved: {code}"),
}
TEXTS: Mapping[str, str] = {
    "announced": N_(
        "Dear {name},\n\n{group} meets from {starts_on} to {ends_on}. {title}\n\nPlace, deadlines and registration:"
        "\n\n{url}\n\nThe letter that convenes it:\n\n{url}/letter"
    ),
    "cancelled": N_("Dear {name},\n\nthe meeting {code} of {group} from {starts_on} is not held: {reason}\n\n{url}"),
    "asked": N_(
        "Dear {name},\n\n{asker} asks to take part in {code}, {title}. Approve or refuse it here:\n\n{url}/participants"
    ),
    "approved": N_(
        "Dear {name},\n\nyou take part in {code}, {title}, from {starts_on} to {ends_on}. Remote links, if there are "
        "any, stand at the top of its page when you are signed in:\n\n{url}\n\nYour calendar:\n\n{site}/my/calendars"
    ),
    "refused": N_("Dear {name},\n\nyour registration for {code}, {title}, was not approved: {reason}\n\n{url}"),
}
REASONS: Mapping[str, str] = {
    "announced": N_("You get this because you have a role in a group that meets there."),
    "cancelled": N_("You get this because you have a role in a group that was to meet there, or had registered."),
    "asked": N_("You get this because you confirm registrations, as focal point or for the secretariat."),
    "approved": N_("You get this because you asked to take part."),
    "refused": N_("You get this because you asked to take part."),
}
