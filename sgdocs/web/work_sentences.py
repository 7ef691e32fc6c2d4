"""What entries about work items say, as sentences with their particulars. Pure; used by `sentences` and `particulars`."""

from collections.abc import Mapping
from typing import Final

from babel.lists import format_list

from sgdocs.i18n import N_, Language
from sgdocs.journal.models import Entry
from sgdocs.web import work_words

SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    "work.base-set": (
        N_("The base text is {document}, set by {meeting}"),
        N_("The base text is {document}"),
        N_("The base text is “{words}”"),
    ),
    "work.carried-over": (N_("Goes on in {place} in the period {period}; it was in {was}"),),
    "work.change-accepted": (N_("{meeting} accepted what {paper} says on clause {clause}"),),
    "work.change-undone": (N_("What {paper} says on clause {clause} is accepted no more: {reason}"),),
    "work.completed": (N_("Completed as {identifier}"),),
    "work.dependency-added": (N_("Waits for {on}"),),
    "work.dependency-released": (N_("Waits no more for {on}"),),
    "work.discontinued": (N_("Discontinued by {meeting}: {reason}"), N_("Discontinued: {reason}")),
    "work.edited": (N_("Called {name} now; it was {former}"), N_("Changed {fields}")),
    "work.ipr-asked": (N_("Asked {meeting} for patents: {answer}"), N_("Asked {meeting} for patents")),
    "work.merged": (N_("Merged into {into} by {meeting}: {reason}"), N_("Merged into {into}: {reason}")),
    "work.moved": (
        N_("Moved from {was} to {place} by {meeting}: {reason}"),
        N_("Moved from {was} to {place}: {reason}"),
        N_("Moved from {was} to {place}"),
    ),
    "work.paper-added": (
        N_("{document} belongs to it ({role}), about {about}"),
        N_("{document} belongs to it ({role}): {because}"),
        N_("{document} belongs to it ({role})"),
    ),
    "work.paper-removed": (N_("{document} does not belong to it ({role})"),),
    "work.process-changed": (
        N_("Goes by {process} now, it was {was}; decided by {meeting}"),
        N_("Goes by {process} now, it was {was}"),
    ),
    "work.registered": (
        N_("Registered by {meeting}: {reason}"),
        N_("Registered by {meeting}"),
        N_("Registered: {reason}"),
    ),
    "work.status-changed": (
        N_("{status} by {meeting}; it was {was}"),
        N_("{status}; it was {was}"),
    ),
    "work.supported": (N_("{entity} {support}"),),
    "work.support-withdrawn": (N_("No more: {entity} {support}"),),
}
_NESTED: Final = ("paper", "base", "dependency")
_FIELDS: Final[Mapping[str, str]] = {
    **work_words.FIELDS,
    "kind": N_("Kind of text"),
    "version": N_("Version"),
    "version_part": N_("Version"),
    "stage": N_("Stage"),
    "priority": N_("Priority"),
    "liaison_to": N_("Liaisons"),
    "equivalents": N_("Same text elsewhere"),
    "comment": N_("Comment"),
    "text": N_("Recommendation that is changed"),
    "titles": N_("Title"),
}


def facts_of(spoken: Language, entry: Entry) -> dict[str, str]:
    """The facts of an entry about a work item as words; what is empty is left out."""
    given = entry.facts
    told = {key: value for key, value in given.items() if isinstance(value, str)}
    for name in _NESTED:
        inner = given.get(name)
        if isinstance(inner, Mapping):
            told |= {key: value for key, value in inner.items() if isinstance(value, str) and value}
    if "words" in told and "on" not in told:
        told["on"] = told["words"]
    _in_words(spoken, entry.verb, told)
    changed = given.get("changed")
    if isinstance(changed, Mapping):
        told |= _changed(spoken, changed)
    return {key: value for key, value in told.items() if value}


def _in_words(spoken: Language, verb: str, told: dict[str, str]) -> None:
    """Vocabulary and paths as people read them."""
    tables = {"role": work_words.ROLES, "support": work_words.SUPPORTS, "because": work_words.SIGNS}
    for name, words in tables.items():
        if told.get(name) in words:
            told[name] = spoken.say(words[told[name]])
    if verb == "work.process-changed":
        told |= {name: spoken.say(work_words.process(told.get(name, ""))) for name in ("process", "was")}
    elif verb in ("work.status-changed", "work.completed"):
        told |= {name: spoken.say(work_words.status(told.get(name, ""))[0]) for name in ("status", "was")}
    elif verb in ("work.moved", "work.carried-over"):
        told |= {name: _label(told.get(name, "")) for name in ("place", "was")}


def _changed(spoken: Language, changed: Mapping[str, object]) -> dict[str, str]:
    """`Title and Scope`; of a new name what it was before."""
    names = dict.fromkeys(spoken.say(_FIELDS[each]) for each in changed if each in _FIELDS)
    told = {"fields": format_list(list(names), locale=spoken.locale)} if names else {}
    renamed = changed.get("acronym")
    if isinstance(renamed, Mapping):
        told["former"] = str(renamed.get("was", ""))
    return told


def _label(path: str) -> str:
    """`Q2/13` of `T/SG13/T25/Q2`, `SG13` of `T/SG13`."""
    parts = path.split("/")
    if len(parts) < 3:
        return parts[-1]
    return f"{parts[-1]}/{parts[1].removeprefix('SG')}"
