"""Entries of the journal as sentences, in English and French."""

import re
from datetime import date

import pytest
from sqlmodel import col, select

from sgdocs.groups import actions
from sgdocs.groups.schemas import TermForm
from sgdocs.i18n import language
from sgdocs.journal.models import Entry
from sgdocs.people import actions as people
from sgdocs.people.schemas import OrganisationForm, ProfileForm
from sgdocs.web.particulars import facts_of, names_of
from sgdocs.web.sentences import SENTENCES, sentence
from sgdocs.web.verbs import SAYS
from tests.cast import Cast, Player
from tests.make import Make

DAY = date(2026, 3, 2)


def told(reader: Player, verb: str, *, code: str = "en") -> list[str]:
    """The entries of that verb as the reader sees them, in their order."""
    entries = reader.act.session.exec(select(Entry).where(Entry.verb == verb).order_by(col(Entry.id))).all()
    names, spoken = names_of(reader.act, entries), language(code)
    return [sentence(spoken, entry.verb, facts_of(spoken, entry, names)) for entry in entries]


def test_appointments_are_told(cast: Cast, make: Make) -> None:
    act = cast.tsb.act
    row = actions.appoint(act, cast.delegate_state.person, "rapporteur", cast.q2, starts_on=date(2025, 1, 1))
    actions.appoint(act, cast.delegate_member.person, "focal-point", starts_on=DAY, ends_on=date(2026, 12, 31))
    actions.end_appointment(act, row, last_on=date(2026, 12, 31), reason="Moved to {name} & <b>")

    assert told(cast.chair, "groups.appointed") == [
        "Appointed Dora Envoy rapporteur of Q2/13 from 1 Jan 2025",
        "Appointed Selim Courier focal point from 2 Mar 2026 to 31 Dec 2026",
    ]
    assert told(cast.chair, "groups.appointed", code="fr") == [
        "Dora Envoy devient rapporteur de Q2/13 à compter du 1 janv. 2025",
        "Selim Courier devient point de contact du 2 mars 2026 au 31 déc. 2026",
    ]
    (ended,) = told(cast.chair, "groups.appointment-ended")
    assert ended == "Dora Envoy is rapporteur of Q2/13 until 31 Dec 2026: Moved to {name} & <b>"


def test_delegates_are_named_to_members_alone(cast: Cast) -> None:
    actions.appoint(cast.tsb.act, cast.delegate_state.person, "delegate", cast.sg13, starts_on=DAY)

    assert told(cast.delegate_member, "groups.appointed") == [
        "Appointed Dora Envoy delegate of ITU-T SG13 from 2 Mar 2026"
    ]
    assert told(cast.outsider, "groups.appointed") == ["Gave the role of delegate from 2 Mar 2026"]


def test_end_of_a_group_and_its_work_are_told(cast: Cast, make: Make) -> None:
    cast.summon("chair")
    actions.merge(cast.tsb.act, [cast.sg13], cast.sg15, date(2027, 1, 1))

    assert told(cast.outsider, "groups.succeeded") == ["Its work passes to ITU-T SG15 on 1 Jan 2027"]
    assert told(cast.outsider, "groups.succession-received") == ["Takes over the work of ITU-T SG13 on 1 Jan 2027"]
    assert told(cast.outsider, "groups.discontinued") == ["Ends on 31 Dec 2026: work passed to ITU-T SG15"]
    assert told(cast.outsider, "groups.appointment-ended", code="fr") == [
        "Clara Gavel est président de ITU-T SG13 jusqu’au 31 déc. 2026 : le groupe a pris fin"
    ]


def test_titles_and_places_are_told(cast: Cast, make: Make) -> None:
    act = cast.tsb.act
    term = TermForm(period="T25", title="Newer services", source="minutes")
    actions.rename(act, cast.q2, term)
    actions.rename(act, make.group("T/SG13/T25/Q3", title=""), term)
    actions.allocate(act, cast.q2, None)
    actions.continue_question(act, cast.q2, make.group("T/SG13/T22/Q7"))

    assert told(cast.outsider, "groups.renamed") == [
        "Named “Newer services” for the period T25; it was “Services”",
        "Named “Newer services” for the period T25",
    ]
    assert told(cast.outsider, "groups.allocated") == ["Allocated to the plenary"]
    assert told(cast.outsider, "groups.allocated", code="fr") == ["Attribution à la plénière"]
    assert told(cast.outsider, "groups.continued") == ["Continues Q7/13"]


def test_what_changed_on_people_and_organisations_is_told(cast: Cast) -> None:
    act = cast.tsb.act
    entity = people.add_organisation(act, OrganisationForm(name="New Optics", category="associate"))
    form = OrganisationForm(name="New Optics", category="associate", country="CH", acronym="NO")
    people.edit_organisation(act, entity, form)
    actions.join_sector(act, entity, "T", cast.sg15)
    people.edit_profile(cast.editor.act, cast.editor.person, ProfileForm(name="Edwin B. Blotter", position="Editor"))
    actions.leave_organisation(act, cast.delegate_member.person)

    assert told(cast.tsb, "organisations.added") == ["Entered New Optics as associate"]
    assert told(cast.tsb, "organisations.edited") == ["Changed the acronym and the country"]
    assert told(cast.tsb, "organisations.joined") == ["New Optics takes part in ITU-T SG15 from 2 Mar 2026"]
    assert "the name" in told(cast.tsb, "people.edited")[0]
    assert told(cast.tsb, "people.left") == ["Left Imaginary Networks"]
    assert told(cast.tsb, "people.left", code="fr") == ["A quitté Imaginary Networks"]


@pytest.mark.parametrize("facts", [{}, {"role": "sg-chair"}, {"starts_on": "soon", "role": 7, "titles": []}])
def test_entry_of_another_shape_is_told_barely(cast: Cast, facts: dict[str, object]) -> None:
    entry = Entry(at=cast.make.act.now, actor_kind="clock", verb="groups.appointed", subject_kind="group", subject_id=1)
    entry.facts = facts
    spoken = language("en")

    said = sentence(spoken, entry.verb, facts_of(spoken, entry, names_of(cast.tsb.act, [entry])))

    assert said in ("Appointed", "Gave the role of 7 from soon")


def test_sentences_belong_to_verbs_and_fall_back_in_order() -> None:
    assert set(SENTENCES) - set(SAYS) == set()
    for told_fully, *others in SENTENCES.values():
        assert all(len(re.findall(r"\{", told_fully)) >= len(re.findall(r"\{", other)) for other in others)
