"""Names, lists, gaps, old stock: what is found, by whom, and what it costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.documents import actions, queries
from sgdocs.documents.gaps import Why, series_by_key, series_for
from sgdocs.documents.models import Document, NumberSeries
from sgdocs.documents.queries import DocumentFilter
from sgdocs.documents.rules import DocumentKind as K
from sgdocs.documents.schemas import OldDocument
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting
from tests.cast import Cast
from tests.documents.desk import (
    LAST_SECOND,
    at,
    form,
    meeting,
    radio,
    reservation,
    revision,
    rgm,
    submitted,
    upload,
)
from tests.make import Make

LATE = LAST_SECOND + timedelta(seconds=1)
OLD_DAY = datetime(2025, 4, 1, 9, 0, tzinfo=UTC)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that run inside."""
    said: list[str] = []

    def note(*args: object) -> None:
        said.append(str(args[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    yield said
    event.remove(database.engine, "before_cursor_execute", note)


# Names


def test_name_is_found_whatever_its_case(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = submitted(act, meeting(make))

    assert queries.by_name(act, "t25-sg13-c1") == document
    assert queries.by_name(act, "T25-SG13-C1\x00") == document
    for wrong in ("T25-SG13-C2", "", "T25-SG13-C_", "%"):
        with pytest.raises(NotFound):
            queries.by_name(act, wrong)


@pytest.mark.parametrize(
    "written", ["SG13-C1", "sg13-c1", "COM 13-C 1", "T25-SG13-C-0001!!MSW-E", "T25-SG13-C1", "C 1"]
)
def test_short_and_old_names_lead_to_the_document(cast: Cast, make: Make, written: str) -> None:
    act = cast.delegate_member.act
    document = submitted(act, meeting(make))

    assert queries.alike(act, written) == [document]


def test_short_name_means_the_present_period_first(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    old = submitted(act, meeting(make, "T22-SG13-260601", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 5)))
    new = submitted(act, meeting(make))

    assert [d.name for d in queries.alike(act, "SG13-C1")] == [new.name, old.name]
    assert queries.alike(act, "T22-SG13-C-0001") == [old]


@pytest.mark.parametrize("empty", ["", " ", "\x00", " \t\x07 "])
def test_no_name_means_no_document(cast: Cast, make: Make, empty: str) -> None:
    submitted(cast.delegate_member.act, meeting(make))

    assert queries.alike(cast.tsb.act, empty) == []


def test_deleted_document_is_its_owners_and_the_secretariats(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = actions.reserve(act, meeting(make), reservation())
    actions.delete(act, document)
    document.audience = "public"
    act.session.flush()

    for reader in (act, cast.tsb.act):
        assert queries.by_name(reader, document.name, deleted=True) == document
    for other in (cast.delegate_state.act, cast.outsider.act):
        with pytest.raises(NotFound):
            queries.by_name(other, document.name, deleted=True)


def test_short_names_of_itu_r_and_of_streams(cast: Cast, make: Make) -> None:
    sg13, wp5d = meeting(make), radio(make)
    gen = submitted(cast.tsb.act, sg13, kind=K.TEMPORARY)
    plen = submitted(cast.tsb.act, sg13, kind=K.TEMPORARY, stream="PLEN")
    temp = submitted(cast.br.act, wp5d, kind=K.TEMPORARY)
    five = submitted(cast.delegate_state.act, wp5d)

    act = cast.tsb.act
    assert queries.alike(act, "TD1/GEN") == [gen]
    assert queries.alike(act, "TD 1 (P)") == [plen]
    assert queries.alike(act, "5D/TEMP/1(Rev.2)-E") == [temp]
    assert queries.alike(act, "5d/1") == [five]
    assert queries.alike(act, "5D/1-E") == [five]


def test_name_of_what_one_may_not_read_leads_nowhere(cast: Cast, make: Make) -> None:
    submitted(cast.delegate_member.act, meeting(make))

    assert queries.alike(make.act_as(Actor.anonymous()), "SG13-C1") == []
    for nonsense in ("", "%", "SG13", "'; DROP TABLE document", "C 99999999999999999999"):
        assert queries.alike(cast.tsb.act, nonsense) == []


# Lists


def test_list_of_a_meeting_is_in_the_order_of_numbers_with_what_delegates_know(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    cast.summon("q2")
    contributions = [submitted(act, sg13, questions=["Q2/13"], purpose="Proposal") for _ in range(10)]
    submitted(cast.tsb.act, sg13, kind=K.TEMPORARY, stream="WP1")
    submitted(cast.tsb.act, sg13, kind=K.TEMPORARY, stream="GEN")
    actions.revise(act, contributions[0], revision(), [upload(language="fr")])

    rows = queries.for_meeting(cast.delegate_state.act, sg13)

    assert [r.label for r in rows] == [*(f"SG13-C{n}" for n in range(1, 11)), "TD1/GEN", "TD1/1"]
    first = rows[0]
    assert (first.questions, first.languages, first.revision) == (("Q2/13",), ("en", "fr"), 1)
    assert (first.source, first.purpose, first.kind) == ("Imaginary Networks", "Proposal", K.CONTRIBUTION)


def test_list_is_filtered(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    cast.summon("q2")
    one = submitted(cast.delegate_member.act, sg13, title="Slices of networks", questions=["2/13"])
    two = submitted(cast.delegate_state.act, sg13, title="Ändere 100% der Uhr")
    td = submitted(at(cast.tsb.act, datetime(2026, 4, 8, tzinfo=UTC)), sg13, kind=K.TEMPORARY, stream="PLEN")

    def found(**facts: object) -> list[str]:
        wanted = DocumentFilter(**facts)  # type: ignore[arg-type]
        return [r.label for r in queries.for_meeting(cast.tsb.act, sg13, wanted)]

    assert found(kind=K.CONTRIBUTION) == [one.label, two.label]
    assert found(stream="PLEN") == found(is_late=True) == [td.label]
    assert found(question="Q2/13") == found(question="T/SG13/T25/Q2") == [one.label]
    assert found(source_id=cast.state.id) == found(q="100%") == [two.label]
    assert found(q="networks slices") == found(q="C1") == [one.label]
    assert found(q="Ändere der") == [two.label]
    assert found(q="_") == found(q="100_") == found(language="fr") == []
    assert found(language="en") == [one.label, two.label, td.label]
    assert found(since=datetime(2026, 4, 1, tzinfo=UTC)) == [td.label]


def test_pages_of_all_documents_follow_each_other(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    sg13, sg15 = meeting(make), meeting(make, "T25-SG15-260413", group="T/SG15")
    for place in (sg13, sg15, sg13, sg13):
        submitted(act, place)
    hidden = submitted(at(cast.delegate_state.act, LATE), sg13)

    page = queries.found(act, DocumentFilter(), number=2, size=3)
    first, total = queries.found_after(act, DocumentFilter(), after=None, limit=2)
    rest, _ = queries.found_after(act, DocumentFilter(), after=(first[-1].sort_key, first[-1].id), limit=9)

    assert ([r.label for r in page.rows], page.total) == (["SG15-C1"], 4)
    assert total == 4
    assert [r.label for r in (*first, *rest)] == ["SG13-C1", "SG13-C2", "SG13-C3", "SG15-C1"]
    assert hidden.label not in [r.label for r in (*first, *rest)]


def test_own_documents_in_every_state(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    submitted(act, sg13)
    actions.reserve(act, sg13, reservation())
    submitted(at(act, LATE), sg13)
    submitted(cast.delegate_state.act, sg13)
    actions.delete(act, actions.reserve(act, sg13, reservation()))

    assert [(r.number, r.status) for r in queries.mine(act)] == [(3, "held"), (2, "reserved"), (1, "posted")]
    assert queries.mine(make.act_as(Actor.anonymous())) == []


def thousand(make: Make, sg13: Meeting) -> None:
    """A thousand documents of a meeting, each to a Question."""
    series = NumberSeries(key="T25-SG13-C", sector="T", kind="contribution", group_id=sg13.group_id, pattern="{n}")
    make.add(series)
    facts: dict[str, Any] = {
        "sector": "T",
        "kind": "contribution",
        "stream": "",
        "series_id": series.id,
        "meeting_id": sg13.id,
        "group_id": sg13.group_id,
        "source": "Imaginary Networks",
        "status": "posted",
        "audience": "T/SG13",
    }
    rows = [
        Document(number=n, name=f"T25-SG13-C{n}", label=f"SG13-C{n}", sort_key=f"{n:06d}", title=f"Title {n}", **facts)
        for n in range(1, 1001)
    ]
    table = Document.__table__  # type: ignore[attr-defined]
    make.session.execute(insert(table), [row.model_dump(exclude={"id"}) for row in rows])


def test_a_thousand_documents_cost_few_queries_and_little_time(database: Database, cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    act = cast.delegate_state.act
    thousand(make, sg13)

    with counted(database) as said:
        started = perf_counter()
        rows = queries.for_meeting(act, sg13)
        took_s = perf_counter() - started

    assert (len(rows), len(said) <= 7) == (1000, True), said
    assert took_s < 1.0  # about 30 ms; the bound is for a machine that does other things


def test_list_of_all_costs_few_queries(database: Database, cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    act = cast.delegate_state.act
    thousand(make, sg13)

    with counted(database) as said:
        queries.found(act, DocumentFilter(q="title"), size=200)

    assert len(said) <= 7


# Gaps


def test_gap_report_says_why_a_number_is_not_there(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    limits_clock = at(make.act_as(Actor.clock()), act.now + timedelta(days=14))
    actions.reserve(act, sg13, reservation())
    actions.expire_reservations(limits_clock)
    submitted(act, sg13)
    actions.withdraw(act, submitted(act, sg13), "Twice")
    actions.delete(act, actions.reserve(act, sg13, reservation()))
    actions.reserve(act, sg13, reservation())
    submitted(at(act, LATE), sg13)
    submitted(act, sg13, upload(is_quarantined=True))
    series = series_by_key(cast.delegate_state.act, "T25-SG13-C")

    found = queries.gaps(cast.delegate_state.act, series)

    assert [(g.number, g.why) for g in found] == [
        (1, Why.EXPIRED),
        (3, Why.WITHDRAWN),
        (4, Why.DELETED),
        (5, Why.RESERVED),
        (6, Why.HELD),
        (7, Why.QUARANTINE),
    ]
    assert (found[1].reason, found[3].until) == ("Twice", act.now + timedelta(days=14))
    assert {g.owner for g in found} == {""}
    assert {g.owner for g in queries.gaps(cast.chair.act, series)} == {"Selim Courier"}
    assert not [g for g in found if "A proposal" in str(g)]


def test_gap_report_is_for_those_who_read_the_groups_papers(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    submitted(cast.delegate_member.act, sg13)

    with pytest.raises(NotFound):
        series_by_key(cast.outsider.act, "T25-SG13-C")
    assert series_for(cast.outsider.act, meeting=sg13) == []
    assert [s.key for s in series_for(cast.delegate_state.act, meeting=sg13)] == ["T25-SG13-C"]
    assert [s.key for s in series_for(cast.delegate_state.act, group=cast.sg13)] == ["T25-SG13-C"]
    with pytest.raises(NotFound):
        series_by_key(cast.tsb.act, "T25-SG13-X")


# Old stock


def old(number: int, **facts: object) -> OldDocument:
    usual: dict[str, object] = {"title": f"Old {number}", "received_at": OLD_DAY, "posted_at": OLD_DAY}
    return OldDocument(K.CONTRIBUTION, number, **(usual | facts))  # type: ignore[arg-type]


def test_old_document_has_its_old_number_and_dates(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.tsb.act
    cast.summon("q2", "company", "state")

    document = actions.enter_old(
        act,
        sg13,
        old(
            190,
            revision=2,
            source="Imaginary Networks, Administration of Fictavia, Somebody",
            questions=["Q2/13", "Q99/13"],
            old_number="T25-SG13-C-0190",
        ),
        [upload()],
    )

    seen = cast.delegate_state.act
    assert (document.name, document.status, document.revision) == ("T25-SG13-C190", "posted", 2)
    assert (document.posted_at, document.owner_id, document.audience) == (OLD_DAY, None, "T/SG13")
    assert document.source == "Imaginary Networks, Administration of Fictavia, Somebody"
    assert {o.name for o in queries.sources_of(act.session, document)} == {cast.company.name, cast.state.name}
    assert [q.label for q in queries.questions_of(act.session, document)] == ["Q2/13"]
    assert [(v.part, v.submitted_at) for v in queries.versions_of(act.session, document)] == [("R2", OLD_DAY)]
    assert [f.name for f in queries.current_files(seen, document)] == ["T25-SG13-C190R2-E.docx"]
    assert not document.is_incomplete
    assert queries.alike(seen, "T25-SG13-C-0190") == [document]
    assert submitted(cast.delegate_member.act, sg13).number == 191


def test_series_goes_on_after_the_highest_old_number(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.tsb.act
    shelf = actions.open_shelf(act, sg13)

    for number in (7, 50, 12):
        actions.enter_old(act, sg13, old(number), shelf=shelf)

    assert submitted(cast.delegate_member.act, sg13).number == 51
    [first, *_] = queries.gaps(act, series_by_key(act, "T25-SG13-C"))
    assert (first.number, first.why) == (1, Why.UNKNOWN)


def test_row_without_title_or_file_is_incomplete_until_it_has_both(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.tsb.act

    document = actions.enter_old(act, sg13, old(5, title=""))
    assert document.is_incomplete
    actions.enter_old(act, sg13, old(5, title="", posted_at=None), [upload()])
    assert document.is_incomplete
    actions.enter_old(act, sg13, old(5, title="At last"))

    assert (document.is_incomplete, document.title) == (False, "At last")
    assert len(queries.files_of(act, document)) == 1
    with pytest.raises(Conflict) as caught:
        actions.enter_old(act, sg13, old(5, title="Another"), [upload()])
    assert caught.value.rule.id == "documents.already"
    assert document.title == "At last"


def test_older_revision_comes_after_the_newer(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.tsb.act
    actions.enter_old(act, sg13, old(5, revision=3), [upload()])

    document = actions.enter_old(act, sg13, old(5, revision=1), [upload()])

    assert document.revision == 3
    assert [v.part for v in queries.versions_of(act.session, document)] == ["R3", "R1"]


def test_old_number_of_today_is_not_taken_again(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    submitted(cast.delegate_member.act, sg13)

    with pytest.raises(Conflict):
        actions.enter_old(cast.tsb.act, sg13, old(1), [upload()])


@pytest.mark.parametrize("player", ["delegate_member", "chair", "rapporteur", "outsider"])
def test_only_the_secretariat_enters_old_documents(cast: Cast, make: Make, player: str) -> None:
    sg13 = meeting(make)

    with pytest.raises(NotAllowed):
        actions.enter_old(getattr(cast, player).act, sg13, old(1))


@pytest.mark.parametrize("number", [0, -3])
def test_old_number_is_a_number(cast: Cast, make: Make, number: int) -> None:
    with pytest.raises(Invalid):
        actions.enter_old(cast.tsb.act, meeting(make), old(number))


def test_withdrawn_td_and_rgm_documents_come_in_too(cast: Cast, make: Make) -> None:
    act = cast.tsb.act
    sg13, held = meeting(make), rgm(make)
    td = OldDocument(K.TEMPORARY, 45, "WP1", title="Gone", is_withdrawn=True)
    doc = OldDocument(K.RGM, 3, title="Paper")

    found = [actions.enter_old(act, sg13, td), actions.enter_old(act, held, doc, [upload()])]

    assert [(d.name, d.label, d.status) for d in found] == [
        ("T25-SG13-TD45-WP1", "TD45/1", "withdrawn"),
        (f"{held.code}-DOC3", "Q2/13-DOC3", "posted"),
    ]


def test_many_old_documents_are_entered_with_few_statements_each(database: Database, cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.tsb.act
    cast.summon("q2", "company")
    shelf = actions.open_shelf(act, sg13)
    facts = {"source": "Imaginary Networks", "questions": ["Q2/13"]}
    actions.enter_old(act, sg13, old(1, **facts), [upload()], shelf=shelf)

    with counted(database) as said:
        for number in range(2, 22):
            actions.enter_old(act, sg13, old(number, **facts), [upload()], shelf=shelf)

    assert len(said) / 20 <= 16
    assert len(act.session.exec(select(Entry).where(Entry.verb == "documents.entered")).all()) == 21


def test_version_in_quarantine_is_not_found_by_others(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = submitted(act, meeting(make))
    actions.revise(act, document, revision(), [upload(is_quarantined=True)])

    assert queries.version(act, document, "r1").part == "R1"
    with pytest.raises(NotFound):
        queries.version(cast.delegate_state.act, document, "R1")
    with pytest.raises(NotFound):
        queries.file_named(cast.delegate_state.act, document, "T25-SG13-C1R1-E.docx")
    assert queries.file_named(cast.delegate_state.act, document, "t25-sg13-c1-e.docx").name == "T25-SG13-C1-E.docx"


def test_token_for_files_alone_sees_no_draft(cast: Cast, make: Make) -> None:
    sg13, person = meeting(make), cast.delegate_member.person
    document = actions.reserve(cast.delegate_member.act, sg13, reservation())
    limited = Act(make.session, make.actor(person, scopes=["files:read"]), make.act.now)

    with pytest.raises(NotFound):
        queries.by_name(limited, document.name)
    assert not queries.sees_drafts(limited, document)


def test_form_without_title_is_no_submission() -> None:
    with pytest.raises(ValueError, match="title"):
        form(title=" ")
