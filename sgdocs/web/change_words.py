"""The words for accepted changes, collisions and checks: English, to be translated by `_()` where they are shown."""

from collections.abc import Mapping

from sgdocs.i18n import N_
from sgdocs.text.comparison import Run
from sgdocs.text.word_marks import marked

CHANGES: Mapping[str, str] = {"replaces": N_("Replaces"), "adds": N_("Adds"), "removes": N_("Takes out")}
CLASHES: Mapping[str, tuple[str, str]] = {
    "sentence": (N_("Collision: one sentence, different words"), "stopped"),
    "clause": (N_("Collision: different clauses under one number"), "stopped"),
    "place": (N_("Collision: different words at one place"), "needs"),
    "agreed": (N_("All say the same"), "force"),
    "": ("", "past"),
}
STATES: Mapping[str, tuple[str, str]] = {
    "in": (N_("In the text"), "force"),
    "partly": (N_("In part"), "needs"),
    "otherwise": (N_("With other words"), "needs"),
    "missing": (N_("Not in the text"), "stopped"),
}
CHANGE_COLUMNS = {
    "number": "Number",
    "clause": "Clause",
    "change": "Change",
    "before": "Before",
    "after": "After",
    "document": "Document",
    "meeting": "Meeting",
    "note": "Note",
    "accepted_at": "Accepted",
    "undone_at": "Undone",
    "undone_reason": "Reason",
}
WISH_COLUMNS = {
    "clause": "Clause",
    "title": "Title",
    "before": "Base text",
    "after": "Proposed",
    "change": "Change",
    "document": "Document",
    "source": "Source",
    "clash": "Collision",
    "together": "All together",
}
FINDING_COLUMNS = {
    "finding": "Finding",
    "clause": "Clause",
    "number": "Accepted change",
    "before": "Before",
    "after": "After",
    "found": "The draft says",
}


def runs(before: str, after: str) -> tuple[Run, ...]:
    """The words of both, marked; tabs between the cells of a row become bars."""
    return marked(before.replace("\t", " | "), after.replace("\t", " | "))
