"""Replies of Member States and objections: who may, until when, versions that stay and the last one that counts."""

from datetime import UTC, date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from sgdocs.approval import comment_rules as rules
from sgdocs.approval.actions import replies
from sgdocs.approval.comment_schemas import ReplyForm
from sgdocs.approval.models import Obligation, Process, Reply
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed
from sgdocs.journal.models import Entry
from sgdocs.people.rules import Category
from tests.approval.windows import at, geneva, process, window
from tests.cast import Cast, Player
from tests.make import Make
from tests.proceedings.places import study_group_meeting

CLOSES = date(2026, 3, 29)


def answer(position: str = "approve", **facts: object) -> ReplyForm:
    return ReplyForm.model_validate({"position": position} | facts)


@pytest.fixture
def text(cast: Cast) -> Process:
    """A consultation of TAP that ends on the day summer time begins."""
    cast.summon("tsb", "chair", "rapporteur")
    row = process(cast, "tap", "consultation")
    window(cast, row, "consultation", closes=CLOSES)
    return row


def another_state(cast: Cast, name: str, country: str) -> Player:
    state = cast.make.organisation(Category.MEMBER_STATE, name=name, country=country)
    return cast._player(cast.make.person(f"Envoy {name}", organisation=state))


def standing(make: Make) -> list[tuple[int, str, int]]:
    found = select(Reply).where(col(Reply.is_last)).order_by(col(Reply.id))
    return [(row.organisation_id, row.position, row.version) for row in make.session.exec(found)]


def test_every_version_stays_and_the_last_counts(cast: Cast, text: Process, make: Make) -> None:
    for position in ("oppose", "approve", "abstain"):
        replies.reply(cast.delegate_state.act, text, answer(position))

    every = make.session.exec(select(Reply).order_by(col(Reply.version))).all()
    assert [(row.version, row.position, row.is_last) for row in every] == [
        (1, "oppose", False),
        (2, "approve", False),
        (3, "abstain", True),
    ]
    told = make.session.exec(select(Entry).where(Entry.verb == "approval.replied").order_by(col(Entry.id))).all()
    assert [(e.facts["was"], e.facts["position"], e.audience) for e in told] == [
        ("", "oppose", "T/SG13"),
        ("oppose", "approve", "T/SG13"),
        ("approve", "abstain", "T/SG13"),
    ]


def test_last_second_counts_on_the_day_summer_time_begins(cast: Cast, text: Process) -> None:
    who = cast.delegate_state.actor
    last = geneva(2026, 3, 29, 23, 59, 59)
    assert last.astimezone(UTC).hour == 21

    assert replies.reply(at(cast, who, last), text, answer()).version == 1
    with pytest.raises(Closed) as refused:
        replies.reply(at(cast, who, geneva(2026, 3, 30, 0, 0, 1)), text, answer("oppose"))
    assert refused.value.rule is rules.TOO_LATE
    with pytest.raises(Closed):
        replies.withdraw(at(cast, who, last + timedelta(seconds=1)), text)
    assert [position for _, position, _ in standing(cast.make)] == ["approve"]


def test_only_member_states_reply(cast: Cast, text: Process, make: Make) -> None:
    elsewhere = make.organisation(Category.MEMBER_STATE, name="State of Radio", member_of=("R",))
    of_radio = make.act_as(make.actor(make.person("Rita Wave", organisation=elsewhere)))
    for act in (
        cast.delegate_member.act,
        cast.focal_point.act,
        cast.delegate_academia.act,
        cast.delegate_associate.act,
        of_radio,
    ):
        with pytest.raises(NotAllowed) as refused:
            replies.reply(act, text, answer())
        assert refused.value.rule is rules.NO_STATE
    for player in (cast.guest, cast.outsider):
        with pytest.raises(NotAllowed):
            replies.reply(player.act, text, answer())
    with pytest.raises(NotAllowed) as refused:
        replies.reply(cast.tsb.act, text, answer(entity="Imaginary Networks"))
    assert refused.value.rule is rules.NO_STATE
    assert standing(make) == []


def test_last_call_takes_no_replies(cast: Cast) -> None:
    row = process(cast)
    window(cast, row)
    with pytest.raises(Closed) as refused:
        replies.reply(cast.delegate_state.act, row, answer())
    assert refused.value.rule is rules.NO_REPLY_WINDOW


def test_country_has_one_answer_whoever_of_it_sends(cast: Cast, text: Process, make: Make) -> None:
    ministry, regulator = another_state(cast, "Ministry", "FI"), another_state(cast, "Regulator", "FI")
    other = another_state(cast, "Elsewhere", "SE")

    replies.reply(ministry.act, text, answer())
    replies.reply(other.act, text, answer())
    replies.reply(regulator.act, text, answer("oppose"))

    assert [position for _, position, _ in standing(make)] == ["approve", "oppose"]
    countries = make.session.exec(select(Reply.country).where(col(Reply.is_last)).order_by(col(Reply.id))).all()
    assert list(countries) == ["SE", "FI"]


def test_withdrawn_reply_stays_and_counts_no_more(cast: Cast, text: Process, make: Make) -> None:
    with pytest.raises(Conflict) as none:
        replies.withdraw(cast.delegate_state.act, text)
    assert none.value.rule is rules.NO_REPLY
    replies.reply(cast.delegate_state.act, text, answer("oppose"))

    replies.withdraw(cast.delegate_state.act, text)
    assert (standing(make), len(make.session.exec(select(Reply)).all())) == ([], 1)
    assert replies.reply(cast.delegate_state.act, text, answer()).version == 2


def test_office_enters_a_reply_that_came_in_time_by_letter(cast: Cast, text: Process) -> None:
    cast.summon("state")
    form = answer("oppose", entity="Administration of Fictavia", received_at=geneva(2026, 3, 29, 18))

    row = replies.reply(at(cast, cast.tsb.actor, geneva(2026, 3, 30, 10)), text, form)
    assert (row.sent_at, row.organisation_id) == (geneva(2026, 3, 29, 18), cast.state.id)


def test_regional_consultation_is_of_its_region(cast: Cast) -> None:
    inside, outside = another_state(cast, "Inland", "KE"), another_state(cast, "Overseas", "SE")
    row = process(cast, "regional-tap", "consultation", notes=[{"kind": "region", "countries": "KE,TZ"}])
    window(cast, row, "consultation")

    assert replies.reply(inside.act, row, answer()).country == "KE"
    with pytest.raises(NotAllowed) as refused:
        replies.reply(outside.act, row, answer())
    assert refused.value.rule is rules.NOT_OF_REGION


def test_time_for_opposition_is_for_those_who_asked(cast: Cast, make: Make) -> None:
    asked, silent = another_state(cast, "Asking", "FI"), another_state(cast, "Silent", "SE")
    row = process(cast, "tap", "more-time")
    window(cast, row, "more-time")
    meeting_id = _meeting(cast)
    facts: dict[str, Any] = {
        "process_id": row.id,
        "meeting_id": meeting_id,
        "position": "more-time",
        "sent_at": make.act.now,
    }
    make.add(Reply(organisation_id=asked.person.organisation_id, country="FI", **facts))

    with pytest.raises(NotAllowed) as refused:
        replies.reply(silent.act, row, answer("oppose", reason="Numbering"))
    assert refused.value.rule is rules.NOT_ASKED
    with pytest.raises(Invalid) as approving:
        replies.reply(asked.act, row, answer("approve"))
    assert approving.value.rule is rules.OBJECT_ONLY
    assert replies.reply(asked.act, row, answer("oppose", reason="Numbering")).version == 1


def test_objection_gives_its_reasons(cast: Cast, make: Make) -> None:
    row = process(cast, "psaa", "objection", sector="R", group_id=make.group("R/SG5").id, question_id=None)
    window(cast, row, "objection")
    with pytest.raises(Invalid) as refused:
        replies.reply(cast.delegate_state.act, row, answer("oppose"))
    assert refused.value.rule is rules.WHY_OBJECT
    assert replies.reply(cast.delegate_state.act, row, answer("oppose", reason="Sharing is not shown")).is_last


def test_deletion_takes_objections_of_sector_members(cast: Cast) -> None:
    row = process(cast, "deletion", "objection")
    window(cast, row, "objection")

    assert replies.reply(cast.delegate_member.act, row, answer("oppose", reason="In use")).is_last
    with pytest.raises(NotAllowed) as refused:
        replies.reply(cast.delegate_academia.act, row, answer("oppose", reason="In use"))
    assert "Sector Members" in refused.value.message


def test_reply_fulfils_what_was_owed(cast: Cast, text: Process, make: Make) -> None:
    other = another_state(cast, "Elsewhere", "SE")
    facts: dict[str, Any] = {"process_id": text.id, "kind": "reply", "created_at": make.act.now}
    mine = make.add(Obligation(organisation_id=cast.state.id, **facts))
    theirs = make.add(Obligation(organisation_id=other.person.organisation_id, **facts))

    replies.reply(cast.delegate_state.act, text, answer())
    make.session.expire_all()
    assert (mine.done_at, theirs.done_at) == (make.act.now, None)


def _meeting(cast: Cast) -> int | None:
    return study_group_meeting(cast).id
