"""The words of reminders, in the reader's language. Pure."""

from collections.abc import Mapping
from typing import Final

from sgdocs.i18n import N_

SUBJECT: Final = N_("Texts under approval: {count} things to do")
TEXT: Final = N_("Dear {name},\n\nthis waits for you:\n\n{lines}")
REASON: Final = N_("You get this because the rules of approval ask it of you, as editor, officer or focal point.")
LINES: Final[Mapping[str, str]] = {
    "soon": N_("{name}, {title}: {what}, by {due_on}. {link}"),
    "today": N_("{name}, {title}: {what}, today. {link}"),
    "late": N_("{name}, {title}: {what} was due on {due_on}. {link}"),
}
KINDS: Final[Mapping[str, str]] = {
    "edited-text": N_("edited text"),
    "request": N_("request to announce"),
    "judgement": N_("judgement"),
    "disposition": N_("dispositions of the comments"),
    "reply": N_("reply"),
    "post-paper": N_("paper to post"),
    "sg-decision": N_("decision of the study group"),
    "result": N_("circular with the result"),
}
