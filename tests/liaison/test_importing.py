"""A register that was kept elsewhere: entered as it is, once; references resolved or named; bad rows named."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import NotAllowed
from sgdocs.documents.importing.tables import Unreadable
from sgdocs.liaison import queries
from sgdocs.liaison.bodies import find as body_named
from sgdocs.liaison.importing.rows import Wrong, family_of, read_row
from sgdocs.liaison.importing.run import Import, Outcome, import_statements
from sgdocs.liaison.models import Addressee, AddresseeQuestion, Relation, Statement
from sgdocs.liaison.rules import Origin, State, Status
from tests.cast import Cast
from tests.documents.papers import paper
from tests.liaison.registers import register
from tests.make import Make, all_rows
from tests.support.databases import Clock

ROW = {
    "register": "R",
    "direction": "in",
    "number": "S2-1",
    "from": ["3GPP SA2"],
    "to": ["ITU-T SG13"],
    "title": "LS on x",
}
Importing = Callable[..., Outcome]


@pytest.fixture
def importing(database: Database, clock: Clock, tmp_path: Path, make: Make) -> Importing:
    """Import rows, after what the test made is committed."""

    def run(*rows: dict[str, Any], actor: Actor | None = None) -> Outcome:
        make.session.commit()
        path = tmp_path / "register.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return import_statements(Import(database, actor or Actor.operator(), lambda: clock.now), path)

    return run


def held(make: Make) -> list[Statement]:
    make.session.expire_all()
    return list(make.session.exec(select(Statement).order_by(col(Statement.id))))


def act_of(make: Make) -> Act:
    return make.act_as(Actor.operator())


def test_row_becomes_a_statement_as_it_is_told(importing: Importing, make: Make, cast: Cast) -> None:
    cast.summon("sg13", "q2")
    row = ROW | {
        "title": "LS/i/r on slices (reply to SG13-LS4) [from 3GPP SA2]",
        "date": "2026-02-01",
        "deadline": "2026-05-01",
        "purpose": "for action",
        "cc": ["IETF"],
        "questions": ["Q2/13", "Q99/13"],
        "attachments": ["https://files.example/S2-1.zip"],
        "events": [{"date": "2026-02-03", "event": "receipt acknowledged"}],
        "note": "postponed",
    }

    outcome = importing(row)

    [statement] = held(make)
    first, copy = queries.addressees_of(make.session, statement)
    assert (outcome.imported, outcome.told["references"]) == (1, 1)
    assert (statement.title, statement.label, statement.status, statement.origin) == (
        "slices",
        "S2-1",
        Status.RECEIVED,
        Origin.OUTSIDE,
    )
    assert (statement.dated_on, statement.is_reply, statement.in_reply_words) == (date(2026, 2, 1), True, "SG13-LS4")
    assert (first.group_id, first.purpose, first.deadline, first.is_answer_expected, first.state, first.audience) == (
        cast.sg13.id,
        "action",
        date(2026, 5, 1),
        True,
        State.RECEIVED,
        "T/SG13",
    )
    assert (copy.name, copy.is_copy, copy.purpose, copy.deadline) == ("IETF", True, "information", None)
    assert [(note["words"], note["says"]) for note in statement.notes] == [
        ("2026-02-03", "receipt acknowledged"),
        ("", "postponed"),
    ]
    assert [p.name for p in queries.papers_of(make.session, statement)] == ["https://files.example/S2-1.zip"]
    assert [q.group_id for q in all_rows(make.session, AddresseeQuestion)] == [cast.q2.id]
    assert queries.find(act_of(make), "s2 1") == statement


def test_second_run_enters_nothing_and_keeps_what_was_written_here(
    importing: Importing, make: Make, cast: Cast
) -> None:
    cast.summon("sg13")
    answer = ROW | {"number": "S2-2", "in_reply_to": "S2-1", "from": ["ETSI"]}
    importing(ROW, answer)
    held(make)[0].title = "Corrected here"

    again = importing(ROW, answer)

    assert (again.imported, again.unchanged, again.references, again.resolved) == (0, 2, 1, 1)
    assert [each.title for each in held(make)] == ["Corrected here", "x"]
    assert len(all_rows(make.session, Relation)) == 1


def test_answer_is_resolved_whichever_row_comes_first(importing: Importing, make: Make, cast: Cast) -> None:
    cast.summon("sg13")
    asked = ROW | {"number": "file742", "ref": "COM 16 – LS 124 – E", "from": ["ITU-T SG13"], "to": ["IETF codec"]}
    answer = ROW | {"number": None, "from": ["IETF codec"], "in_reply_to": "COM16-LS124-E"}

    outcome = importing(answer | {"purpose": "for action"}, asked | {"purpose": "for action"})

    first, second = held(make)
    assert outcome.told == {"imported": 2, "references": 1, "resolved": 1, "outside": 0, "rejected": 0}
    assert [r.other_id for r in queries.relations_of(make.session, first)] == [second.id]
    row = queries.addressees_of(make.session, second)[0]
    assert (second.label, row.state, row.answered_by_id) == ("COM 16 – LS 124 – E", State.REPLIED, first.id)


def test_same_number_of_two_registers_is_that_of_the_own(importing: Importing, make: Make) -> None:
    other = ROW | {"register": "S", "number": "562", "from": ["IEEE"]}
    own = ROW | {"number": "562"}
    answer = ROW | {"number": "7", "in_reply_to": "562"}

    importing(other, own, answer)

    rows = held(make)
    assert [r.other_id for r in queries.relations_of(make.session, rows[2])] == [rows[1].id]


def test_reference_that_leads_nowhere_is_outside_or_broken_and_named(importing: Importing, make: Make) -> None:
    rows = (
        ROW | {"number": "S2-1", "in_reply_to": "SG17-LS160"},
        ROW | {"number": "S2-2", "in_reply_to": "S2-99"},
        ROW | {"number": "S2-3", "in_reply_to": "S2-3"},
    )

    outcome = importing(*rows)

    assert outcome.told == {"imported": 3, "references": 3, "resolved": 0, "outside": 1, "rejected": 2}
    assert [(each["line"], each["value"]) for each in outcome.report] == [
        (2, "S2-99"),
        (3, "S2-3"),
        (1, "SG17-LS160"),
    ]
    first, second, third = (queries.relations_of(make.session, each) for each in held(make))
    assert [(r.other_id, r.is_outside) for r in (*first, *second, *third)] == [
        (None, True),
        (None, False),
        (None, False),
    ]


def test_circle_of_answers_is_broken_where_it_closes(importing: Importing, make: Make) -> None:
    rows = [ROW | {"number": f"S2-{n}", "in_reply_to": f"S2-{(n + 1) % 3}"} for n in range(3)]

    outcome = importing(*rows)

    assert (outcome.resolved, len(outcome.rejects)) == (2, 1)


def test_register_of_a_group_links_the_document_that_is_here(importing: Importing, make: Make, cast: Cast) -> None:
    td = paper(make, name="T25-SG13-TD3-GEN", label="TD3/GEN", group="T/SG13")

    importing(ROW | {"number": "T25-SG13-250408-TD-GEN-0003", "meeting": "T25-SG13-250408"})

    [statement] = held(make)
    [row] = all_rows(make.session, Addressee)
    assert (statement.name, statement.document_id, statement.dated_on) == (td.name, td.id, date(2025, 4, 8))
    assert (row.document_id, row.state) == (td.id, State.POSTED)


def test_unknown_outside_names_become_bodies_and_unknown_groups_do_not(importing: Importing, make: Make) -> None:
    importing(
        ROW | {"from": ["3GPP SA WG4"], "to": ["ITU-T SG99", "SC&C"]}, ROW | {"number": "S2-2", "from": ["3GPP SA4"]}
    )

    first, second = held(make)
    senders = [queries.senders_of(make.session, each)[0] for each in (first, second)]
    assert senders[0].body_id is not None
    assert senders[0].body_id == senders[1].body_id
    assert [(a.name, a.group_id, a.body_id is None) for a in queries.addressees_of(make.session, first)] == [
        ("ITU-T SG99", None, True),
        ("SC&C", None, False),
    ]
    assert body_named(make.session, "3GPP SA4") is not None


def test_readers_of_what_comes_from_and_goes_to_outside_are_members(
    importing: Importing, make: Make, cast: Cast
) -> None:
    cast.summon("delegate_state", "guest", "outsider")

    importing(ROW | {"to": ["IETF"]})

    [statement] = held(make)
    found = [queries.find(getattr(cast, name).act, statement.name) for name in ("delegate_state", "guest", "outsider")]
    assert found == [statement, None, None]


def test_nobody_but_the_secretariat_imports(importing: Importing, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        importing(ROW, actor=cast.chair.actor)


WRONG = {
    "from": ROW | {"from": []},
    "to": ROW | {"to": None},
    "title": {"from": ["A"], "to": ["B"]},
    "purpose": ROW | {"purpose": "for fun"},
    "date": ROW | {"date": "yesterday"},
    "deadline": ROW | {"date": "2026-02-02", "deadline": "2026-02-01"},
    "number": ROW | {"number": {"a": 1}},
    "cc": ROW | {"cc": [["x"]]},
}


@pytest.mark.parametrize("field", WRONG)
def test_row_that_says_something_wrong_is_rejected_with_its_field(field: str) -> None:
    with pytest.raises(Wrong) as caught:
        read_row(1, WRONG[field])

    assert caught.value.field == field


def test_bad_rows_reject_themselves_alone(importing: Importing, make: Make) -> None:
    outcome = importing(ROW, ROW | {"number": "S2-2", "from": []}, ROW)

    assert (outcome.imported, [(each.line, each.field) for each in outcome.rejects]) == (
        1,
        [(2, "from"), (3, "number")],
    )


def test_line_that_is_no_json_is_named(database: Database, clock: Clock, tmp_path: Path, make: Make) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("{\n[1]\n" + json.dumps(ROW), encoding="utf-8")

    outcome = import_statements(Import(database, Actor.operator(), lambda: clock.now), path)

    assert (outcome.imported, [each.line for each in outcome.rejects]) == (1, [1, 2])
    with pytest.raises(Unreadable):
        import_statements(Import(database, Actor.operator(), lambda: clock.now), tmp_path / "none.jsonl")


def test_csv_says_the_same(database: Database, clock: Clock, tmp_path: Path, make: Make) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "register,number,from,to,title,purpose,in_reply_to\nR,S2-1,3GPP SA2,IETF;ETSI,LS on x,for information,\n"
        "R,S2-2,IETF,3GPP SA2,Reply LS on x,,S2-1\n",
        encoding="utf-8",
    )

    outcome = import_statements(Import(database, Actor.operator(), lambda: clock.now), path)

    assert outcome.told == {"imported": 2, "references": 1, "resolved": 1, "outside": 0, "rejected": 0}
    assert [a.name for a in queries.addressees_of(make.session, held(make)[0])] == ["IETF", "ETSI"]


def test_markup_and_nul_in_a_row_are_words(importing: Importing, make: Make) -> None:
    importing(ROW | {"title": "<script>x</script>\x00\r\ny", "body": "a\x00b"})

    [statement] = held(make)
    assert (statement.title, statement.body) == ("<script>x</script> y", "ab")


def test_generated_register_names_each_broken_reference(importing: Importing, make: Make) -> None:
    generated = register(300)

    outcome = importing(*generated.rows)

    assert outcome.told == {
        "imported": 300,
        "references": generated.references,
        "resolved": generated.references - len(generated.broken),
        "outside": 0,
        "rejected": len(generated.broken),
    }
    assert {each.value for each in outcome.rejects} == generated.broken


@pytest.mark.parametrize(
    ("number", "family"),
    [("COM 16 – LS 124 – E", "SG16-LS#"), ("S5-186491", "S5-#"), ("562", "#"), ("SC 29 N 10775", "SC 29 N #")],
)
def test_numbers_of_one_series_are_of_one_family(number: str, family: str) -> None:
    assert family_of(number) == family
