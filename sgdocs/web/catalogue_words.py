"""The words of the pages of Recommendations: English, translated by `_()` where they are shown."""

from sgdocs.i18n import N_

SPACES = {
    "rec": N_("Recommendations"),
    "report": N_("Reports"),
    "question": N_("Questions"),
    "resolution": N_("Resolutions"),
    "opinion": N_("Opinions"),
    "decision": N_("Decisions"),
    "handbook": N_("Handbooks"),
    "paper": N_("Technical papers and reports"),
    "draft": N_("Drafts"),
    "text": N_("Other texts"),
}
PROCESSES = {
    "aap": N_("alternative approval process"),
    "tap": N_("traditional approval process"),
    "agreement": N_("agreement"),
    "assembly": N_("approval by the assembly"),
    "adoption-and-approval": N_("adoption and approval"),
    "psaa": N_("simultaneous adoption and approval"),
}
RELATIONS = {
    "derived-from": (N_("Derived from"), N_("Source of")),
    "supplements": (N_("Supplements"), N_("Supplemented by")),
    "replaces": (N_("Replaces"), N_("Replaced by")),
    "became": (N_("Became"), N_("Draft of this text")),
    "same-text": (N_("Same text as"), N_("Same text as")),
    "see": (N_("See also"), N_("Referred to by")),
}
VERDICTS = {"yes": N_("Yes"), "no": N_("No"), "not-known": N_("Not known")}
REASONS = {
    "in-force": N_("It was in force."),
    "no-texts": N_("No edition of it is known."),
    "before-first": N_("Nothing was in force yet."),
    "withdrawn-by-then": N_("It had been withdrawn by then:"),
    "in-future": N_("This day has not come yet."),
    "date-missing": N_("The day of approval is not recorded of"),
    "date-not-exact": N_("The date is recorded too vaguely to tell that day, of"),
    "status-unknown": N_("The source does not say whether it was still in force:"),
    "withdrawal-not-dated": N_("It is out of force today, but the day of its withdrawal is not recorded:"),
    "successor-unknown": N_("It was superseded, but by what and when is not recorded:"),
    "two-in-force": N_("The source has two editions in force at once, the newest is"),
}
OPTIONS = {
    "1": N_("free of charge, with reciprocity"),
    "2": N_("reasonable terms, without discrimination"),
    "3": N_("unwilling to license"),
}
FIELDS = {
    "title": N_("Title"),
    "titles": N_("Titles"),
    "status": N_("Standing"),
    "status_note": N_("Note on the standing"),
    "approved": N_("Approved"),
    "approved_precision": N_("Precision of the date"),
    "withdrawn": N_("Withdrawn on"),
    "year": N_("Year"),
    "posted": N_("Posted"),
    "process": N_("Way of approval"),
    "study_group": N_("Study group"),
    "languages": N_("Languages"),
    "edition": N_("Edition"),
    "version": N_("Version"),
    "url": N_("Address of the text"),
    "handle": N_("Handle"),
    "kind": N_("Kind"),
    "modifies_id": N_("Hangs on"),
    "superseded_by_id": N_("Superseded by"),
    "numbers": N_("Numbers"),
    "identifier": N_("Number"),
}


def space(value: str) -> str:
    return SPACES.get(value, value)


def process(value: str) -> str:
    return PROCESSES.get(value, value)


def relation(kind: str, backwards: bool) -> str:
    """The word of a relation, read from this end or from the other."""
    forth, back = RELATIONS.get(kind, (kind, kind))
    return back if backwards else forth


def verdict(value: str) -> str:
    return VERDICTS[value]


def reason(value: str) -> str:
    return REASONS[value]


def patent_option(value: str) -> str:
    return OPTIONS.get(value, value)


def field(name: str) -> str:
    return FIELDS.get(name, name)
