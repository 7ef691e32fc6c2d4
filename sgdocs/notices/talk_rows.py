"""The verbs of discussions that tell somebody. Pure. What is said is never in the notice: it could be hidden later."""

from sgdocs.i18n import N_
from sgdocs.notices.row import Row

NAMED = "mentioned"
AUTHOR = "author"


def of_discussions() -> dict[str, Row]:
    new = (N_("New message on {label}, {title}"), N_("New message on {label}"))
    return {
        "discussions.said": Row("talk", new, (NAMED,)),
        "discussions.edited": Row("mentions", (N_("A message on {label} names you now"),), (NAMED,)),
        "discussions.hidden": Row(
            "mentions", (N_("Your message on {label} was hidden: {reason}"), N_("Hidden: {label}")), (AUTHOR,)
        ),
    }
