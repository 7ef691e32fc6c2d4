"""Outside bodies: names, contacts, qualifications, officers; who may, what is refused, what is told to whom."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from sgdocs.groups.models import Appointment
from sgdocs.journal.models import Entry
from sgdocs.liaison import bodies, body_rules
from sgdocs.liaison.actions import bodies as actions
from sgdocs.liaison.actions import contacts
from sgdocs.liaison.bodies_models import Body, BodyName
from sgdocs.liaison.body_listing import BodyFilter, listing
from sgdocs.liaison.body_rules import QualificationKind
from sgdocs.liaison.body_schemas import (
    BodyForm,
    CollaborationForm,
    ContactForm,
    OfficerForm,
    QualificationForm,
)
from sgdocs.liaison.rules import BodyKind
from tests.cast import Cast
from tests.make import Make
from tests.work_programme.items import registered

DAY = date(2026, 3, 2)


def body(cast: Cast, name: str = "3GPP SA WG4", **facts: Any) -> Body:
    told: dict[str, Any] = {"name": name, "kind": BodyKind.SDO} | facts
    return actions.add_body(cast.tsb.act, BodyForm.model_validate(told))


def write_to(cast: Cast, row: Body, email: str, **facts: Any) -> None:
    contacts.add_contact(cast.tsb.act, row, ContactForm.model_validate({"email": email} | facts))


def addresses(cast: Cast, row: Body, *, on: date | None = None, group: bool = True) -> list[str]:
    found = bodies.contacts_for(cast.tsb.act.session, row, cast.sg13 if group else None, on)
    return [each.email for each in found]


@pytest.mark.parametrize(
    "words",
    ["3GPP SA4", "3gpp-sa4", "3GPP SA WG4", " sa4 ", "3gpp-sa-wg4", "3GPP SA4 (codecs)", "Codecs of 3GPP (3GPP SA4)"],
)
def test_body_is_found_in_any_spelling(cast: Cast, words: str) -> None:
    row = body(cast, names=["3GPP SA4", "SA4"])

    assert bodies.find(cast.tsb.act.session, words) == row


@pytest.mark.parametrize("words", ["", "()", "\x00", "3GPP", "SA WG5", "x" * 5000, "SA4)("])
def test_other_words_find_no_body(cast: Cast, words: str) -> None:
    body(cast, names=["3GPP SA4"])

    assert bodies.find(cast.tsb.act.session, words) is None


def test_name_of_another_body_is_refused(cast: Cast) -> None:
    body(cast, names=["SA4"])

    with pytest.raises(Conflict) as refused:
        body(cast, "S.A.4")
    assert refused.value.rule is body_rules.NAME_TAKEN
    assert refused.value.facts["other"] == "3GPP SA WG4"
    with pytest.raises(Invalid):
        body(cast, "—")


def test_renamed_body_is_found_by_its_old_name(cast: Cast) -> None:
    row = body(cast, "Broadband Forum", acronym="BBF")

    actions.edit_body(cast.tsb.act, row, BodyForm(name="BBF Worldwide", kind=BodyKind.CONSORTIUM, acronym="BBF"))

    assert bodies.find(cast.tsb.act.session, "broadband forum") == row
    assert (row.slug, row.name) == ("bbf", "BBF Worldwide")


def test_two_bodies_get_two_addresses(cast: Cast) -> None:
    assert [body(cast, "I.E.E.E. 1").slug, body(cast, "I E E E 1 of another", acronym="i e e e 1 b").slug] == [
        "i-e-e-e-1",
        "i-e-e-e-1-b",
    ]
    assert body(cast, "Other", acronym="", names=["o"]).slug == "other"


def test_body_cannot_stand_under_its_own_part(cast: Cast) -> None:
    top = body(cast, "3GPP")
    part = body(cast, "3GPP SA", parent="3GPP")
    group = body(cast, "3GPP SA4", parent="3GPP SA")

    with pytest.raises(Invalid) as refused:
        actions.edit_body(cast.tsb.act, top, BodyForm(name="3GPP", kind=BodyKind.SDO, parent="3GPP SA4"))
    assert refused.value.rule is body_rules.BODY_CIRCLE
    assert [each.name for each in bodies.above(cast.tsb.act.session, group)] == ["3GPP SA4", "3GPP SA", "3GPP"]
    assert sorted(bodies.family_of(cast.tsb.act.session, top)) == [top.id, part.id, group.id]


def test_last_successor_is_offered(cast: Cast) -> None:
    body(cast, "Third")
    second = body(cast, "Second", successor="Third", ended_on=DAY)
    first = body(cast, "First", successor="Second", ended_on=DAY)

    found = bodies.last_successor(cast.tsb.act.session, first)

    assert found is not None
    assert found.name == "Third"
    refusal = body_rules.why_not_address(first.name, first.ended_on, found.name, date(2026, 3, 3))
    assert refusal is not None
    assert refusal.facts["successor"] == "Third"
    assert body_rules.why_not_address(first.name, first.ended_on, found.name, DAY) is None
    with pytest.raises(Invalid):
        actions.edit_body(
            cast.tsb.act,
            bodies.by_slug(cast.tsb.act.session, "third"),
            BodyForm(name="Third", kind=BodyKind.SDO, successor="First"),
        )
    assert second.successor_id == found.id


# Whom to write to


def test_default_of_the_group_comes_first(cast: Cast) -> None:
    row = body(cast)
    write_to(cast, row, "office@example.org")
    write_to(cast, row, "all@example.org", is_default=True)
    assert addresses(cast, row) == ["all@example.org"]

    write_to(cast, row, "sg13@example.org", group="T/SG13")
    assert addresses(cast, row) == ["sg13@example.org"]
    assert addresses(cast, row, group=False) == ["all@example.org"]

    write_to(cast, row, "chair@example.org", group="T/SG13", is_default=True)
    assert addresses(cast, row) == ["chair@example.org"]


def test_part_without_contacts_is_written_to_at_the_whole(cast: Cast) -> None:
    top = body(cast, "3GPP")
    part = body(cast, "3GPP SA4", parent="3GPP")
    write_to(cast, top, "mcc@example.org")

    assert addresses(cast, part) == ["mcc@example.org"]
    assert addresses(cast, body(cast, "Alone")) == []


def test_contact_counts_from_its_first_to_its_last_day(cast: Cast) -> None:
    row = body(cast)
    write_to(cast, row, "a@example.org", since=DAY, until=DAY)

    assert addresses(cast, row, on=date(2026, 3, 1)) == []
    assert addresses(cast, row, on=DAY) == ["a@example.org"]
    assert addresses(cast, row, on=date(2026, 3, 3)) == []


def test_address_that_bounced_comes_last(cast: Cast) -> None:
    row = body(cast)
    write_to(cast, row, "old@example.org", is_default=True)
    contacts.mark_bounced(cast.tsb.act, bodies.contacts_of(cast.tsb.act.session, row)[0])
    assert addresses(cast, row) == ["old@example.org"]

    write_to(cast, row, "new@example.org")
    assert addresses(cast, row) == ["new@example.org"]


def test_corrected_address_has_not_bounced(cast: Cast) -> None:
    row = body(cast)
    write_to(cast, row, "old@example.org")
    (known,) = bodies.contacts_of(cast.tsb.act.session, row)
    contacts.mark_bounced(cast.tsb.act, known)

    contacts.edit_contact(cast.tsb.act, row, known, ContactForm(email="New@Example.org"))

    assert (known.email, known.bounced_at) == ("new@example.org", None)


@pytest.mark.parametrize("email", ["a@b", "a@b.org\nBcc: c@d.org", "two@a.org,b@c.org", ""])
def test_address_that_could_add_headers_is_refused(email: str) -> None:
    with pytest.raises(ValueError, match="email"):
        ContactForm.model_validate({"email": email})


# What it is qualified for, how we work together, who stands between us


def test_qualification_said_again_is_corrected(cast: Cast) -> None:
    row = body(cast)
    form = QualificationForm(kind=QualificationKind.A5, since=DAY, source="SG13 R1")
    actions.qualify(cast.tsb.act, row, form)
    actions.qualify(cast.tsb.act, row, form.model_copy(update={"until": date(2027, 1, 1)}))

    (found,) = bodies.qualifications_of(cast.tsb.act.session, row)
    assert (found.until, found.source) == (date(2027, 1, 1), "SG13 R1")
    with pytest.raises(Invalid) as refused:
        actions.qualify(cast.tsb.act, row, form.model_copy(update={"until": date(2025, 1, 1)}))
    assert refused.value.rule is body_rules.DAYS


def test_list_tells_qualifications_valid_today(cast: Cast) -> None:
    row = body(cast)
    for kind, until in (("a5", None), ("a4", date(2019, 12, 31)), ("a25", DAY)):
        facts = {"kind": kind, "since": date(2010, 1, 1), "until": until, "source": "TSAG"}
        actions.qualify(cast.tsb.act, row, QualificationForm.model_validate(facts))

    def kinds(on: date) -> list[str]:
        return list(listing(cast.tsb.act, BodyFilter(qualification="a5"), on).rows[0].qualifications)

    assert kinds(DAY) == ["a25", "a5"]
    assert kinds(date(2026, 3, 3)) == ["a5"]
    assert listing(cast.tsb.act, BodyFilter(qualification="a4"), DAY).rows == []


def test_list_leaves_out_what_ended(cast: Cast) -> None:
    body(cast, "Gone", ended_on=DAY)
    body(cast, "IEEE 802.3")
    body(cast, "IEEE 802.11")

    def names(on: date, **asked: Any) -> list[str]:
        return [row.body.name for row in listing(cast.outsider.act, BodyFilter(**asked), on).rows]

    assert names(DAY) == ["Gone", "IEEE 802.3", "IEEE 802.11"]
    assert names(date(2026, 3, 3), words="ieee 802") == ["IEEE 802.3", "IEEE 802.11"]
    assert names(date(2026, 3, 3), with_ended=True, words="gone") == ["Gone"]


def test_collaboration_on_a_hidden_item_is_not_told(cast: Cast) -> None:
    row = body(cast)
    item = registered(cast)
    item.audience = "T/SG13"
    cast.tsb.act.session.add(item)
    form = CollaborationForm.model_validate({"mode": "common-team", "item": str(item.number), "product": "common-text"})
    contacts.collaborate(cast.tsb.act, row, form)

    assert [each.item for each in bodies.collaborations_of(cast.chair.act, row)] == [item]
    assert bodies.collaborations_of(cast.outsider.act, row) == []
    (entry,) = _told(cast.tsb.act, "liaison.collaboration-noted")
    assert entry.audience == "T/SG13"


def test_officers_stand_between_two_sides(cast: Cast) -> None:
    row = body(cast)
    facts: dict[str, Any] = {"direction": "ours", "group": "T/SG13", "starts_on": DAY}
    ours = facts | {"body": "3GPP SA WG4", "person": cast.rapporteur.person.slug}
    contacts.appoint_officer(cast.tsb.act, OfficerForm.model_validate(ours))
    between = facts | {"direction": "theirs", "other_group": "T/SG15", "name": "Ada Elsewhere"}
    cast.summon("sg15")
    row2 = contacts.appoint_officer(cast.tsb.act, OfficerForm.model_validate(between))

    session = cast.tsb.act.session
    assert [each.name for each in bodies.envoys(session, body_ids=[row.id or 0])] == [cast.rapporteur.person.name]
    assert {each.name for each in bodies.envoys(session, group_id=cast.sg15.id)} == {"Ada Elsewhere"}
    assert bodies.is_officer(session, cast.rapporteur.person.id, cast.sg13.id or 0, DAY)
    contacts.end_officer(cast.tsb.act, row2.id or 0, date(2026, 4, 1))
    assert row2.ends_on == date(2026, 4, 1)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"body": "3GPP SA WG4", "other_group": "T/SG15"},
        {"other_group": "T/SG13"},
        {"body": "3GPP SA WG4", "name": ""},
    ],
)
def test_officer_without_a_side_or_a_name_is_refused(cast: Cast, facts: dict[str, str]) -> None:
    body(cast)
    cast.summon("sg13", "sg15")
    told = {"direction": "ours", "group": "T/SG13", "starts_on": DAY, "name": "Ada"} | facts

    with pytest.raises(Invalid):
        contacts.appoint_officer(cast.tsb.act, OfficerForm.model_validate(told))


# Who may


def test_secretariat_alone_enters_bodies(cast: Cast) -> None:
    form = BodyForm(name="IETF", kind=BodyKind.SDO)

    for player in (cast.chair, cast.counsellor, cast.delegate_state, cast.outsider):
        with pytest.raises(NotAllowed):
            actions.add_body(player.act, form)


def test_counsellor_enters_contacts_of_the_own_group(cast: Cast) -> None:
    row = body(cast)
    cast.summon("sg15")

    contacts.add_contact(cast.counsellor.act, row, ContactForm(email="a@example.org", group="T/SG13"))
    with pytest.raises(NotAllowed):
        contacts.add_contact(cast.counsellor.act, row, ContactForm(email="a@example.org"))
    with pytest.raises(NotAllowed):
        contacts.add_contact(cast.counsellor.act, row, ContactForm(email="a@example.org", group="T/SG15"))
    (known,) = bodies.contacts_of(cast.tsb.act.session, row)
    with pytest.raises(NotAllowed):
        contacts.edit_contact(cast.counsellor.act, row, known, ContactForm(email="b@example.org", group="T/SG15"))


def test_contact_of_another_body_is_not_found(cast: Cast) -> None:
    row, other = body(cast), body(cast, "Other")
    write_to(cast, row, "a@example.org")
    (known,) = bodies.contacts_of(cast.tsb.act.session, row)

    with pytest.raises(NotFound):
        contacts.contact(cast.tsb.act, other, known.id or 0)
    with pytest.raises(NotFound):
        contacts.contact(cast.tsb.act, other, 2**40)


def test_address_is_told_to_members_alone(cast: Cast) -> None:
    write_to(cast, body(cast), "a@example.org", name="Ada")

    (entry,) = _told(cast.tsb.act, "liaison.contact-added")

    assert entry.audience == "members"
    assert "example.org" not in str(entry.facts)


def test_one_of_two_who_take_the_same_name_at_once_is_refused(database: Database, make: Make, cast: Cast) -> None:
    actor = cast.tsb.actor
    make.session.commit()
    ready, said = Barrier(2), list[object]()

    def enter(name: str) -> None:
        try:
            with database.writing() as session:
                ready.wait(10)
                form = BodyForm(name=name, kind=BodyKind.SDO, names=["Shared"])
                actions.add_body(Act(session, actor, make.act.now), form)
            said.append("entered")
        except Refused as refused:
            said.append(refused.rule)

    threads = [Thread(target=enter, args=(name,)) for name in ("First", "Second")]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert sorted(map(str, said)) == sorted(map(str, ["entered", body_rules.NAME_TAKEN]))
    with database.reading() as session:
        assert len(session.exec(select(BodyName).where(BodyName.key == "shared")).all()) == 1


def _told(act: Act, verb: str) -> list[Entry]:
    return list(act.session.exec(select(Entry).where(Entry.verb == verb).order_by(col(Entry.id))))


def test_officers_of_bodies_give_no_right(cast: Cast) -> None:
    """A liaison officer of a body is no appointment: rights come from `groups.appointments` alone."""
    body(cast)
    before = len(cast.tsb.act.session.exec(select(Appointment)).all())
    facts = {"direction": "theirs", "group": "T/SG13", "body": "3GPP SA WG4", "starts_on": DAY}
    cast.summon("sg13")
    told = facts | {"person": cast.outsider.person.slug}

    contacts.appoint_officer(cast.tsb.act, OfficerForm.model_validate(told))

    assert len(cast.tsb.act.session.exec(select(Appointment)).all()) == before
