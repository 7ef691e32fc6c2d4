"""Add, correct, bring into force, withdraw, declare: what is written, bound and told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.journal.models import Entry
from sgdocs.recommendations import actions, queries
from sgdocs.recommendations import invariants as inv
from sgdocs.recommendations.models import Family, Flag, Name, Patent, Relation, Summary, Text
from sgdocs.recommendations.patents import import_patents
from sgdocs.recommendations.queries import Found
from sgdocs.recommendations.rules import Status
from sgdocs.recommendations.schemas import NewText, PatentForm, TextForm
from tests.cast import Cast
from tests.recommendations.catalogue import G709, bring, write

EDITION = "ITU-T G.709/Y.1331 (06/2020)"
AMENDMENT = "ITU-T G.709/Y.1331 (2020) Amd. 3 (03/2024)"


@pytest.fixture
def g709(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, G709))


def form(identifier: str, **more: Any) -> TextForm:
    return TextForm.model_validate({"identifier": identifier, "title": "A title", "status": "in-force", **more})


def found(act: Act, identifier: str) -> Found:
    act.session.expire_all()
    text = act.session.exec(select(Text).where(Text.identifier == identifier)).one()
    return Found(act.session.get_one(Family, text.family_id), text)


def last(act: Act) -> Entry:
    return act.session.exec(select(Entry).order_by(col(Entry.id).desc())).first()  # type: ignore[return-value]


def statuses(act: Act) -> dict[str, str]:
    return {text.identifier.split(" ", 1)[1]: text.status for text in act.session.exec(select(Text))}


def test_added_text_founds_its_family(act: Act) -> None:
    text = actions.add(act, form("ITU-T Y.4461 (01/2020)", approved="2020-01-13", former_names="Y.SC-OpenData; Y.OD",
                                 study_group="SG20", summary="In short.", relations="derived-from FG-DPM", process="aap"))  # fmt: skip

    assert (text.address, text.approved_precision, text.process) == ("/rec/T/Y.4461/2020-01", "day", "aap")
    family = queries.by_address(act, "/rec/T/Y.4461")
    assert (family.title, family.standing, family.current_id) == ("A title", "in-force", text.id)
    assert [f.number for f in queries.by_names(act, ["y sc-opendata"])] == ["Y.4461"]
    assert (last(act).verb, last(act).facts["added"], last(act).subject_id) == ("recommendations.added", [text.id], family.id)  # fmt: skip


def test_text_that_exists_is_refused(g709: None, act: Act) -> None:
    with pytest.raises(Conflict, match="already-there"):
        actions.add(act, form(EDITION))


@pytest.mark.parametrize(("field", "value"), [("identifier", "SG13-C1"), ("approved", "tomorrow"), ("languages", "de"), ("url", "ftp://x"), ("relations", "by me")])  # fmt: skip
def test_wrong_field_is_named(act: Act, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.add(act, form(**{"identifier": "ITU-T G.1 (2019)", field: value}))

    assert refused.value.field == field


def test_second_edition_in_force_is_refused_and_nothing_is_written(g709: None, act: Act) -> None:
    """INV-1 binds our own actions."""
    with pytest.raises(Conflict) as refused:
        actions.add(act, form("ITU-T G.709/Y.1331 (02/2026)", approved="2026-02-01"))

    assert refused.value.rule is inv.ONE_IN_FORCE
    assert len(act.session.exec(select(Text)).all()) == 6


def test_breach_that_was_imported_does_not_bind(database: Database, act: Act, tmp_path: Path) -> None:
    bring(database, write(tmp_path, [{"id": "ITU-T X.1280 (03/2024)", "status": "in-force"}, {"id": "ITU-T X.1280 (06/2025)", "status": "in-force"}]))  # fmt: skip

    text = actions.correct(act, found(act, "ITU-T X.1280 (03/2024)"), form("", title="Better"))

    assert text.title == "Better"


def test_correction_is_told_with_old_and_new(g709: None, act: Act) -> None:
    before = found(act, EDITION)
    values = {"approved": "2020-06-06", "edition": "6", "url": before.text and before.text.url, "study_group": "SG15"}

    text = actions.correct(act, before, form("", title="Interfaces", reason="Misspelt", **values))

    assert text.title == "Interfaces"
    entry = last(act)
    assert (entry.verb, entry.facts["reason"]) == ("recommendations.corrected", "Misspelt")
    assert entry.facts["changed"] == {
        str(text.id): {
            "title": [f"Title of {EDITION}", "Interfaces"],
            "titles": [{"en": f"Title of {EDITION}"}, {"en": "Interfaces"}],
        }
    }
    assert queries.by_address(act, "/rec/T/G.709").title == "Interfaces"


def test_corrected_fields_are_kept_from_imports(g709: None, database: Database, act: Act, tmp_path: Path) -> None:
    values = {"approved": "2020-06-06", "edition": "6", "study_group": "SG15"}
    actions.correct(act, found(act, EDITION), form("", title="Interfaces", **values))
    act.session.commit()

    bring(database, write(tmp_path, [{**r, "title": "Worse", "study_group": "SG2"} for r in G709]))

    text = found(act, EDITION).text
    assert text is not None
    assert (text.title, text.study_group) == ("Interfaces", "SG2")


def test_form_takes_away_what_it_no_longer_has(g709: None, act: Act) -> None:
    values = {"approved": "2020-06-06", "edition": "6", "study_group": "SG15", "title": f"Title of {EDITION}"}
    actions.correct(act, found(act, EDITION), form("", former_names="G.otn; G.x", relations="see G.872", summary="Short.", **values))  # fmt: skip

    actions.correct(act, found(act, EDITION), form("", former_names="G.x", **values))

    assert act.session.exec(select(Name.name).where(Name.kind == "former")).all() == ["G.x"]
    assert act.session.exec(select(Relation)).all() == []
    assert act.session.exec(select(Summary)).all() == []
    assert last(act).facts["names"] == [["G.otn", "G.x"], ["G.x"]]
    assert last(act).facts["relations"] == [["see G.872"], []]


def test_correction_of_what_changed_meanwhile_is_refused(g709: None, act: Act) -> None:
    seen = found(act, EDITION)
    assert seen.text is not None
    old = seen.text.changed_at
    act.now = act.now.replace(hour=12)
    actions.correct(act, seen, form("", title="First"))

    with pytest.raises(Conflict, match="changed-meanwhile"):
        actions.correct(act, found(act, EDITION), form("", title="Second"), seen=old)


def test_new_edition_comes_into_force_and_the_old_one_goes_with_its_parts(g709: None, act: Act) -> None:
    """INV-5, INV-2, in one transaction."""
    text = actions.bring_into_force(act, NewText(identifier="ITU-T G.709 (03/2026)", title="OTN", approved="2026-03-01", study_group="SG15"))  # fmt: skip

    assert statuses(act) == {
        "G.709/Y.1331 (02/2012)": "superseded",
        "G.709/Y.1331 (2012) Amd. 1 (10/2012)": "superseded",
        "G.709/Y.1331 (06/2016)": "superseded",
        "G.709/Y.1331 (06/2020)": "superseded",
        "G.709/Y.1331 (2020) Amd. 3 (03/2024)": "superseded",
        "G.709/Y.1331 (2020) Cor. 1 (01/2022)": "superseded",
        "G.709 (03/2026)": "pre-published",
    }
    old = found(act, EDITION).text
    assert old is not None
    assert old.superseded_by_id == text.id
    family = queries.by_address(act, "/rec/T/G.709")
    assert (family.number, family.current_id, family.standing) == ("G.709", text.id, "pre-published")
    assert [f.number for f in queries.by_names(act, ["Y.1331"])] == ["G.709"]
    assert (last(act).verb, len(last(act).facts["supersedes"])) == ("recommendations.in-force", 3)
    assert act.session.exec(select(Flag)).all() == []


def test_new_amendment_hangs_on_its_edition_and_replaces_nothing(g709: None, act: Act) -> None:
    text = actions.bring_into_force(act, NewText(identifier="ITU-T G.709/Y.1331 (2020) Amd. 4 (03/2026)", approved="2026-03-01"))  # fmt: skip

    assert text.address == "/rec/T/G.709/2020-06/amd/4"
    assert found(act, EDITION).text.status == Status.IN_FORCE  # type: ignore[union-attr]


@pytest.mark.parametrize("approved", ["", "2026-03", "soon"])
def test_coming_into_force_needs_a_day(act: Act, approved: str) -> None:
    with pytest.raises((Conflict, Invalid)):
        actions.bring_into_force(act, NewText(identifier="ITU-T G.1 (03/2026)", approved=approved))


def test_withdrawal_takes_the_parts_along(g709: None, act: Act) -> None:
    text = actions.withdraw(act, found(act, EDITION), on="2026-03-02", reason="Nobody builds it")

    assert (text.status, text.withdrawn) == ("withdrawn", "2026-03-02")
    assert statuses(act)["G.709/Y.1331 (2020) Amd. 3 (03/2024)"] == "withdrawn"
    assert statuses(act)["G.709/Y.1331 (2012) Amd. 1 (10/2012)"] == "superseded"
    assert (last(act).verb, last(act).facts["reason"], last(act).facts["on"]) == ("recommendations.withdrawn", "Nobody builds it", "2026-03-02")  # fmt: skip
    assert queries.by_address(act, "/rec/T/G.709").standing == "withdrawn"


def test_amendment_is_withdrawn_alone(g709: None, act: Act) -> None:
    actions.withdraw(act, found(act, AMENDMENT), on="2026-03-02", reason="Wrong")

    assert statuses(act)["G.709/Y.1331 (06/2020)"] == "in-force"


@pytest.mark.parametrize(
    ("identifier", "on", "reason", "rule"),
    [
        ("ITU-T G.709/Y.1331 (06/2016)", "2026-03-02", "x", "recommendations.not-in-force"),
        (EDITION, "2026-03-02", " ", "recommendations.withdrawal-reason"),
        (EDITION, "soon", "x", "recommendations.date"),
    ],
)
def test_withdrawal_is_refused(g709: None, act: Act, identifier: str, on: str, reason: str, rule: str) -> None:
    with pytest.raises(Conflict) as refused:
        actions.withdraw(act, found(act, identifier), on=on, reason=reason)

    assert refused.value.rule.id == rule


VERBS: dict[str, Callable[[Act], object]] = {
    "add": lambda act: actions.add(act, form("ITU-T G.1 (2019)")),
    "correct": lambda act: actions.correct(act, found(act, EDITION), form("")),
    "bring into force": lambda act: actions.bring_into_force(
        act, NewText(identifier="ITU-T G.1 (03/2026)", approved="2026-03-01")
    ),
    "withdraw": lambda act: actions.withdraw(act, found(act, EDITION), on="2026-03-02", reason="x"),
    "declare": lambda act: actions.declare_patent(act, "G.709", PatentForm(holder="x", option="1")),
}


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["delegate_member", "rapporteur", "chair", "outsider", "guest"])
def test_only_the_secretariat_edits(g709: None, cast: Cast, verb: str, who: str) -> None:
    with pytest.raises(NotAllowed):
        VERBS[verb](getattr(cast, who).act)

    assert VERBS[verb](cast.tsb.act) is not None


@pytest.mark.databases("sqlite")
def test_counsellor_edits_the_own_group_only(g709: None, cast: Cast) -> None:
    counsellor = cast.counsellor.act

    assert actions.add(counsellor, form("ITU-T Y.1 (2019)", study_group="SG13"))
    with pytest.raises(NotAllowed):
        actions.add(counsellor, form("ITU-T Y.2 (2019)", study_group="SG15"))
    with pytest.raises(NotAllowed):
        actions.correct(counsellor, found(counsellor, EDITION), form("", study_group="SG13"))


def test_patents_come_from_csv_once(g709: None, act: Act, tmp_path: Path) -> None:
    file = tmp_path / "patents.csv"
    file.write_text(
        "recommendation,holder,text,option,declared\n"
        "ITU-T G.709,=Holder,Frames,2,2021-03-04\n"
        "Y.1331,Other,,1,2019\n"
        "ITU-T Z.9999,Lost,,1,2019\n"
        "ITU-T G.709,Bad option,,4,\n"
        "ITU-T G.709,Bad date,,1,soon\n"
        "ITU-T G.709,,,1,\n"
    )

    added, known, rejects = import_patents(act, file)

    assert (added, known) == (2, 0)
    assert [(r.line, r.field) for r in rejects] == [
        (4, "recommendation"),
        (5, "option"),
        (6, "declared"),
        (7, "holder"),
    ]
    assert import_patents(act, file)[:2] == (0, 2)
    assert sorted((p.holder, p.option, p.declared) for p in act.session.exec(select(Patent))) == [("=Holder", "2", "2021-03-04"), ("Other", "1", "2019")]  # fmt: skip
    assert last(act).verb == "recommendations.patent-declared"


def test_unknown_recommendation_has_no_patents(act: Act) -> None:
    with pytest.raises(NotFound):
        actions.declare_patent(act, "ITU-T G.1", PatentForm(holder="x", option="1"))
