"""What an entry of the journal says, as one sentence with its particulars. Pure.

Each verb has sentences from the fullest to the barest; the first whose facts are all known is told.
"""

import re
from collections.abc import Mapping

from sgdocs.i18n import N_, Language
from sgdocs.web import liaison_sentences, work_sentences
from sgdocs.web.verbs import sentence_of

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "groups.appointed": (
        N_("Appointed {name} {role} of {group} from {starts_on} to {ends_on}"),
        N_("Appointed {name} {role} of {group} from {starts_on}"),
        N_("Appointed {name} {role} from {starts_on} to {ends_on}"),
        N_("Appointed {name} {role} from {starts_on}"),
        N_("Gave the role of {role} from {starts_on} to {ends_on}"),
        N_("Gave the role of {role} from {starts_on}"),
    ),
    "groups.appointment-ended": (
        N_("{name} is {role} of {group} until {ends_on}: {reason}"),
        N_("{name} is {role} of {group} until {ends_on}"),
        N_("{name} is {role} until {ends_on}: {reason}"),
        N_("{name} is {role} until {ends_on}"),
        N_("The role of {role} ends on {ends_on}: {reason}"),
        N_("The role of {role} ends on {ends_on}"),
    ),
    "groups.allocated": (N_("Allocated to {to}"),),
    "groups.continued": (N_("Continues {continues}"),),
    "groups.discontinued": (N_("Ends on {ends_on}: {reason}"), N_("Ends on {ends_on}")),
    "groups.established": (N_("Established as {label}, “{title}”"), N_("Established as {label}")),
    "groups.moved": (N_("Moved under {to}"),),
    "groups.period-added": (N_("Added the study period {title}"),),
    "groups.renamed": (
        N_("Named “{title}” for the period {period}; it was “{was}”"),
        N_("Named “{title}” for the period {period}"),
    ),
    "groups.succeeded": (N_("Its work passes to {by} on {on}"),),
    "groups.succession-received": (N_("Takes over the work of {of} on {on}"),),
    "groups.terms-recorded": (N_("Recorded its titles: {titles}"),),
    "meetings.cancelled": (N_("Cancelled: {reason}"),),
    "meetings.convened": (N_("Convened as {code}, from {starts_on} to {ends_on}"),),
    "meetings.deadline-lifted": (N_("The deadline follows its rule again: {deadline}"),),
    "meetings.deadline-set": (N_("Set the deadline to {on}: {deadline}. {reason}"),),
    "meetings.edited": (N_("Edited; it is held from {starts_on} to {ends_on}"),),
    "meetings.sitting-cancelled": (N_("Cancelled the sitting “{sitting}” of {on}"),),
    "meetings.sitting-edited": (N_("Changed the sitting “{sitting}” of {on}"),),
    "meetings.sitting-held": (N_("Added the sitting “{sitting}” on {on}"),),
    "organisations.added": (N_("Entered {name} as {category}"),),
    "organisations.edited": (N_("Changed {changed}"),),
    "organisations.joined": (
        N_("{organisation} takes part in {group} from {starts_on}"),
        N_("{organisation} is a member of ITU-{sector} from {starts_on}"),
        N_("{organisation} takes part in {group}"),
        N_("{organisation} is a member of ITU-{sector}"),
    ),
    "organisations.membership-ended": (
        N_("{organisation} takes part in {group} until {ends_on}"),
        N_("{organisation} is a member of ITU-{sector} until {ends_on}"),
        N_("The membership of ITU-{sector} ends on {ends_on}"),
    ),
    "people.edited": (N_("Changed {fields}"),),
    "people.left": (N_("Left {organisation}"),),
    **work_sentences.SENTENCES,
    **liaison_sentences.SENTENCES,
}
REASONS = (N_("the group ended"), N_("left the entity"))
PLENARY = N_("the plenary")
FIELDS: Mapping[str, str] = {
    "acronym": N_("the acronym"),
    "category": N_("the category"),
    "country": N_("the country"),
    "email": N_("the mail address"),
    "language": N_("the language"),
    "languages": N_("the working languages"),
    "name": N_("the name"),
    "organisation_id": N_("the organisation"),
    "phone": N_("the telephone"),
    "position": N_("the position"),
    "sort_name": N_("the name"),
    "url": N_("the site"),
}
_PLACE = re.compile(r"\{(\w+)\}")


def sentence(spoken: Language, verb: str, facts: Mapping[str, str]) -> str:
    """The entry in words. facts: those that are known, ready to be read in that language."""
    for says in SENTENCES.get(verb, ()):
        if all(facts.get(name) for name in _PLACE.findall(says)):
            return spoken.sentence(says, facts)
    return spoken.say(sentence_of(verb))
