"""The table of who hears of what: every verb of the journal stands in it, or here among those that tell nobody on purpose."""

import pytest
from sqlmodel import SQLModel

from sgdocs.approval import procedures
from sgdocs.approval.models import Announcement
from sgdocs.base.clock import now
from sgdocs.i18n import language
from sgdocs.notices import subjects, words
from sgdocs.notices.places import _TABLES
from sgdocs.notices.roles import ROLES
from sgdocs.notices.rows import HEARD, places_in, row_of
from sgdocs.notices.topics import KINDS, TOPICS
from sgdocs.web import urls
from sgdocs.web.verbs import SAYS

OWN_BUSINESS = {
    verb
    for verb in SAYS
    if verb.startswith(("accounts.", "people.", "organisations.", "mail.", "lists.", "search.", "journal."))
    or (verb.startswith(("notices.", "webhooks.")) and verb not in ("notices.deadline-near", "webhooks.failed"))
}
"""Accounts and mailing lists have letters of their own; what a person wants to hear is that person's; the rest is for the office."""
IN_PREPARATION = {
    "actions.begun",
    "tasks.moved",
    "agenda.filled",
    "agenda.item-added",
    "agenda.item-deleted",
    "agenda.item-edited",
    "agenda.item-moved",
    "agenda.item-restored",
    "allocations.corrected",
    "allocations.made",
    "allocations.removed",
    "allocations.rule-ended",
    "allocations.rule-kept",
    "dispositions.removed",
    "documents.reserved",
    "groups.continued",
    "groups.period-added",
    "groups.terms-recorded",
    "meetings.convened",
    "meetings.opened",
    "reports.begun",
    "reports.written",
}
"""What is being made ready: an agenda in the making, a report not posted, a number without a document."""
BY_ANOTHER_ENTRY = {
    "approval.paper-posted",
    "approval.reminded",
    "documents.objected",
    "documents.objection-ended",
    "documents.joined-meeting",
    "documents.pointed",
    "documents.related",
    "documents.unrelated",
    "meetings.registration-approved",
    "meetings.registration-asked",
    "meetings.registration-cancelled",
    "meetings.registration-refused",
    "recommendations.corrected",
    "work.completed",
    "work.ipr-asked",
    "work.paper-removed",
    "work.status-changed",
}
"""A letter of its own, or the entry of the step, the edition or the document tells it."""
BY_MACHINES = {
    "documents.entered",
    "documents.pattern-set",
    "documents.read",
    "documents.stamped",
    "recommendations.imported",
    "work.imported",
}
OF_EVENTS = {
    "events.ask-withdrawn",
    "events.drafted",
    "events.left",
    "events.registered",
    "events.session-added",
    "events.talk-added",
    "events.talk-edited",
    "events.talk-removed",
    "events.wishes-set",
}
"""A draft is for those who make it; what a person says of themselves they know; a programme grows without a letter for each line."""
OF_LIAISON = {
    "liaison.answer-not-expected",
    "liaison.body-added",
    "liaison.body-edited",
    "liaison.body-qualified",
    "liaison.collaboration-ended",
    "liaison.collaboration-noted",
    "liaison.contact-added",
    "liaison.contact-bounced",
    "liaison.contact-edited",
    "liaison.drafted",
    "liaison.edited",
    "liaison.imported",
    "liaison.placed",
    "liaison.joined",
    "liaison.mail-confirmed",
    "liaison.mail-ignored",
    "liaison.mail-refused",
    "liaison.officer-appointed",
    "liaison.officer-ended",
    "liaison.paper-added",
    "liaison.paper-removed",
    "liaison.sent-again",
    "liaison.unassigned",
}
"""A draft is prepared where its people meet; what is known of a body stands on its page; filings tell of what came in."""
ANNOUNCED = {"announcements.posted", "announcements.edited", "announcements.ended"}
"""A notice of the service is told when it begins; the page shows what it says now."""
BY_THE_OFFICE = {"approval.holiday-added", "approval.holiday-dropped", "approval.ruling-dropped", "approval.ruling-set"}
"""Dated settings stand on their page; a process keeps those with which it began."""
OF_TALK = {
    "discussions.closed",
    "discussions.opened",
    "discussions.readers-changed",
    "discussions.reopened",
    "discussions.shown",
}
"""The messages tell it, and the head of the thread."""
OF_TRANSLATIONS = {"translations.asked", "translations.stopped"}
"""What goes to the service stands in the history of the thing; who asked sees its state."""
SILENT = (
    OF_TRANSLATIONS
    | OF_EVENTS
    | OF_TALK
    | OF_LIAISON
    | OWN_BUSINESS
    | IN_PREPARATION
    | BY_ANOTHER_ENTRY
    | BY_MACHINES
    | BY_THE_OFFICE
    | ANNOUNCED
)


def test_every_verb_tells_somebody_or_is_silent_on_purpose() -> None:
    heard = {verb for verb in SAYS if row_of(verb) is not None}

    assert set(SAYS) - heard - SILENT == set(), "give the verb a row in notices/row_tables.py, or a reason here"
    assert heard & SILENT == set()
    assert SILENT - set(SAYS) == set()


def test_every_row_is_of_a_verb_that_there_is() -> None:
    assert set(HEARD) - set(SAYS) == set()


@pytest.mark.parametrize("verb", sorted(HEARD))
def test_row_names_what_there_is(verb: str) -> None:
    row = HEARD[verb]

    assert row.topic in TOPICS
    assert set(row.roles) <= set(ROLES)
    assert set(row.always) <= set(row.roles)
    assert set(row.roles) <= set(words.WHY)
    assert all(places_in(says) for says in row.says)


def test_last_sentence_of_a_row_needs_nothing_that_may_be_missing() -> None:
    """Facts that an action leaves out when they are empty stand in a first sentence alone."""
    optional = {"reason", "due_on", "note", "part"}
    bare = {verb: row.says[-1] for verb, row in HEARD.items() if optional.intersection(places_in(row.says[-1]))}

    assert sorted(bare) == [
        "actions.withdrawn",
        "approval.closing-held",
        "decisions.withdrawn",
        "meetings.deadline-set",
        "notices.deadline-near",
        "tasks.due-near",
        "tasks.overdue",
        "webhooks.failed",
        "work.change-undone",
    ], "these acts refuse without a reason, or are about a day"


def test_every_step_of_every_procedure_tells_somebody() -> None:
    for procedure in procedures.ALL.values():
        for step in procedure.steps:
            row = row_of(f"approval.{step.id}")
            assert row is not None, step.id
            if step.closes is not None:
                assert row.topic == "last-calls", step.id


def test_openings_of_aap_are_never_held_back_from_focal_points() -> None:
    openings = {
        f"approval.{step.id}"
        for step in procedures.ALL["aap"].steps
        if step.closes is not None and "aap" in step.letters
    }

    assert openings
    assert {verb for verb in openings if "aap-focal-points" in row_of(verb).always} == openings  # type: ignore[union-attr]


def test_every_table_has_its_place_and_its_line() -> None:
    tables = {str(table.__tablename__) for table in _TABLES}

    assert tables == set(subjects._LOADERS)
    assert all(issubclass(table, SQLModel) for table in _TABLES)


def test_topics_of_things_are_topics() -> None:
    assert {topic for some in KINDS.values() for topic in some} <= set(TOPICS)
    assert set(TOPICS) - {topic for some in KINDS.values() for topic in some} == {
        "tasks",
        "mine",
        "service",
        "searches",
        "mentions",
    }


def test_words_of_notices_are_those_of_the_catalogue() -> None:
    tongue = language("en")

    assert all(tongue.say(says) == says for row in HEARD.values() for says in row.says)


@pytest.mark.parametrize(("sector", "kind"), [("T", "aap"), ("T", "deletion"), ("R", "psaa"), ("R", "aap")])
def test_announcement_is_told_with_the_address_of_its_page(sector: str, kind: str) -> None:
    at = now()
    row = Announcement(sector=sector, kind=kind, number=7, happened_on=at.date(), title="Seven", published_at=at)

    assert subjects.announcement_path(row) == urls.announcement(sector, kind, 7)
