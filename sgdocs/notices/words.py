"""The words of notices, in the reader's language: what happened, why it is told, the letters. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from babel.dates import format_date

from sgdocs.approval import procedures
from sgdocs.base.text import one_line
from sgdocs.i18n import N_, Language
from sgdocs.journal.models import Entry
from sgdocs.notices.rows import STEPS, places_in, row_of
from sgdocs.notices.subjects import Subject

WHY: Final[Mapping[str, str]] = {
    "follows": N_("You get this because you follow {thing}."),
    "owner": N_("You get this because it is yours."),
    "chair": N_("You get this because you chair a group that it concerns."),
    "rapporteur": N_("You get this because you are rapporteur of the Question that it concerns."),
    "editors": N_("You get this because you edit the text that it concerns."),
    "counsellor": N_("You get this because you are counsellor of the group that it concerns."),
    "meeting-officers": N_("You get this because you lead a group that meets there."),
    "secretariat": N_("You get this because you are of the secretariat."),
    "approvers": N_("You get this because you can approve it for a group that sends it."),
    "sending-office": N_("You get this because you send the statements of the group."),
    "liaison-officers": N_("You get this because you are liaison officer there."),
    "mentioned": N_("You get this because the message names you."),
    "author": N_("You get this because you wrote the message."),
    "asker": N_("You get this because you asked for it."),
    "registered": N_("You get this because you take part in the meeting."),
    "event-participants": N_("You get this because you registered for the event."),
    "commenter": N_("You get this because you sent the comment."),
    "holder": N_("You get this because the next step is yours."),
    "appointed": N_("You get this because it is about your role."),
    "aap-focal-points": N_(
        "You get this because you are a focal point of your entity for AAP; by the rules this mail cannot be switched off."
    ),
    "tap-focal-points": N_("You get this because you are a focal point of your administration."),
}
FOLLOWS_OLDER: Final = N_(
    "You get this because you follow {thing}, which this document replaces; from now on you follow both."
)
STOP: Final = N_("To hear of it less often, or no more: {stop}")
SUMMARY_WHY: Final = N_(
    "You get this because you chose summaries of these topics, or left them as they are usual: {site}."
)
ALONE: Final = N_("Dear {name},\n\n{says}\n\n{url}")
SUMMARY_SUBJECTS: Final = (N_("One notice"), N_("{number} notices"))
SUMMARY: Final = N_("Dear {name},\n\nthis is what happened since the last summary.\n\n{lines}")
MORE: Final = N_("And {number} more: {url}")
FORMER: Final = N_("something that you followed")
DAYS: Final = ("deadline", "starts_on", "ends_on", "on", "due_on", "closes_on", "today")
LONGEST_SUBJECT: Final = 200


RULES: Final[Mapping[str, str]] = {
    "contribution": N_("contributions"),
    "temporary-document": N_("temporary documents"),
    "draft-recommendation": N_("draft Recommendations"),
}
"""What a deadline of a meeting is for."""


def says(tongue: Language, entry: Entry, facts: Mapping[str, object], subject: Subject) -> str:
    """What happened, in one sentence. facts: of the entry, as far as they may be told."""
    row = row_of(entry.verb)
    told = _facts(tongue, entry, facts, subject)
    for sentence in row.says if row is not None else ():
        if all(told.get(name) for name in places_in(sentence)):
            return one_line(tongue.sentence(sentence, told))
    return subject.label


def why(tongue: Language, reason: str, thing: str | None, *, is_older: bool = False) -> str:
    """Why it is told, in one sentence. thing: what is followed, None when its name may not be told any more; is_older: what
    is told of is a document that replaces it. Source: C39."""
    if is_older and thing is not None:
        return tongue.sentence(FOLLOWS_OLDER, {"thing": thing})
    return tongue.sentence(WHY[reason], {"thing": thing or FORMER})


def _facts(tongue: Language, entry: Entry, facts: Mapping[str, object], subject: Subject) -> dict[str, str]:
    told = {name: str(value) for name, value in facts.items() if isinstance(value, str | int) and value != ""}
    told |= {name: _word(value) for name, value in told.items() if name in ("outcome", "decision")}
    told |= {"rule": tongue.say(RULES.get(told.get("rule", ""), told.get("rule", "")))}
    told |= {"label": subject.label, "title": subject.title_in(tongue.code)}
    told |= {name: _day(tongue, told[name]) for name in DAYS if told.get(name)}
    first, _, step = entry.verb.partition(".")
    if first == STEPS:
        told |= {"step": _title_of(step), "state": _state_of(facts)}
    return told


def _title_of(id: str) -> str:
    return next((table.step(id).title for table in procedures.ALL.values() if table.has(id)), "")


def _state_of(facts: Mapping[str, object]) -> str:
    """The title of the state that a step led to."""
    table = procedures.ALL.get(str(facts.get("procedure", "")))
    state = table.states.get(str(facts.get("state", ""))) if table is not None else None
    return state.title if state is not None else ""


def _word(code: str) -> str:
    return code.replace("-", " ")


def _day(tongue: Language, given: str) -> str:
    try:
        return format_date(date.fromisoformat(given), "long", tongue.locale)
    except ValueError:
        return given
