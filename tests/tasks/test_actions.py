"""Tasks are entered, moved, changed; one list with the action items of meetings; who sees what."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.groups.models import Group
from sgdocs.journal.models import Entry
from sgdocs.meetings.listing import reach_of
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings.actions import decisions
from sgdocs.proceedings.models import ActionItem
from sgdocs.proceedings.schemas import ActionForm
from sgdocs.tasks import actions, queries
from sgdocs.tasks.listed import TaskFilter
from sgdocs.tasks.models import Task
from sgdocs.tasks.rules import Due, State
from sgdocs.tasks.schemas import MoveForm, TaskForm
from tests.cast import Cast, Player
from tests.make import Make
from tests.proceedings.places import rapporteur_meeting

TODO, DOING, DONE, WITHDRAWN = State


@pytest.fixture
def question(make: Make, cast: Cast) -> Group:
    cast.summon("chair", "rapporteur", "delegate_member", "delegate_state", "tsb", "outsider", "guest")
    return cast.q2


@pytest.fixture
def task(cast: Cast, question: Group) -> Task:
    """Given by the rapporteur to a delegate."""
    form = TaskForm(text="Collect the measurements", owner=cast.delegate_member.person.email or "", due_on="2026-11-30")
    return actions.enter(cast.rapporteur.act, question, form)


def move(player: Player, task: Task, to: State, *, seen: State | None = None, reason: str = "") -> Task:
    return actions.move(player.act, task, MoveForm(to=to, seen=seen, reason=reason))


def shown(player: Player, group: Group, **asked: object) -> list[str]:
    act = player.act
    wanted = TaskFilter(group_ids=reach_of(act.session, group), **asked)  # type: ignore[arg-type]
    return [row.told.text for row in queries.listing(act, wanted).rows]


def test_tasks_are_numbered_in_their_group(task: Task, cast: Cast, question: Group) -> None:
    second = actions.enter(cast.chair.act, question, TaskForm(text="Again", owner="Editors of Y.slice"))

    assert (task.number, second.number, second.owner, second.owner_id) == (1, 2, "Editors of Y.slice", None)
    assert task.audience == "T/SG13"
    for player in (cast.delegate_state, cast.outsider, cast.delegate_member):
        with pytest.raises(NotAllowed):
            actions.enter(player.act, question, TaskForm(text="Mine"))


@pytest.mark.parametrize(
    ("owner", "rule"), [("nobody@example.test", "tasks.owner-unknown"), ("otto-fence", "tasks.not-a-reader")]
)
def test_a_task_is_for_readers_of_the_group(cast: Cast, question: Group, owner: str, rule: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.enter(cast.rapporteur.act, question, TaskForm(text="Yours", owner=owner))

    assert (refused.value.rule.id, refused.value.field) == (rule, "owner")


def test_a_task_comes_from_messages_of_this_site_alone(cast: Cast, question: Group) -> None:
    with pytest.raises(Invalid):
        actions.enter(cast.rapporteur.act, question, TaskForm(text="X", came_from="https://evil.example/discussion/1"))


def test_its_owner_moves_it_and_only_keepers_withdraw_it(task: Task, cast: Cast) -> None:
    move(cast.delegate_member, task, DOING)
    move(cast.delegate_member, task, DONE, seen=DOING)
    assert (task.state, task.done_at is not None, task.version) == ("done", True, 3)
    move(cast.delegate_member, task, TODO)
    with pytest.raises(NotAllowed) as refused:
        move(cast.delegate_member, task, WITHDRAWN, reason="too much")
    assert refused.value.rule.id == "tasks.for-keepers"
    with pytest.raises(NotAllowed):
        move(cast.delegate_state, task, DONE)
    with pytest.raises(Invalid):
        move(cast.rapporteur, task, WITHDRAWN)
    move(cast.rapporteur, task, WITHDRAWN, reason="Done by another group")
    assert (task.state, task.withdrawn_reason) == ("withdrawn", "Done by another group")
    with pytest.raises(NotAllowed):
        move(cast.delegate_member, task, TODO)
    with pytest.raises(Conflict):
        move(cast.rapporteur, task, DONE)


def test_a_move_from_an_old_page_is_refused(task: Task, cast: Cast) -> None:
    move(cast.rapporteur, task, DONE)
    with pytest.raises(Conflict):
        move(cast.delegate_member, task, DOING, seen=TODO)
    assert task.state == DONE


def test_an_owner_changes_words_and_gives_nothing_away(task: Task, cast: Cast) -> None:
    own = cast.delegate_member.person.slug
    actions.edit(cast.delegate_member.act, task, TaskForm(text="Collect them all", owner=own, version=1))
    assert (task.text, task.due_on, task.version) == ("Collect them all", None, 2)
    with pytest.raises(NotAllowed):
        actions.edit(cast.delegate_member.act, task, TaskForm(text="x", owner=cast.chair.person.slug))
    for address in (cast.outsider.person.email or "", "nobody@example.test"):
        with pytest.raises(NotAllowed):
            actions.edit(cast.delegate_member.act, task, TaskForm(text="x", owner=address))
    with pytest.raises(Conflict):
        actions.edit(cast.rapporteur.act, task, TaskForm(text="y", owner=own, version=1))
    actions.edit(cast.rapporteur.act, task, TaskForm(text="z", owner=cast.chair.person.slug))
    assert task.owner_id == cast.chair.person.id


def test_history_keeps_the_words_before(task: Task, cast: Cast, act: Act) -> None:
    actions.edit(cast.rapporteur.act, task, TaskForm(text="Other words", owner=cast.delegate_member.person.slug))
    entries = act.session.exec(select(Entry).where(Entry.subject_kind == "task").order_by("id")).all()

    assert [(each.verb, each.audience, each.facts.get("was")) for each in entries] == [
        ("tasks.entered", "T/SG13", None),
        ("tasks.edited", "T/SG13", "Collect the measurements"),
    ]


def meeting_with_action(cast: Cast, make: Make, question: Group) -> tuple[Meeting, ActionItem]:
    meeting = rapporteur_meeting(cast)
    form = ActionForm(text="Write to SG15", owner=cast.delegate_member.person.email or "", due_on="2026-11-20")
    return meeting, decisions.assign(cast.rapporteur.act, meeting, question, form)


def test_action_items_stand_on_the_same_board(task: Task, cast: Cast, make: Make, question: Group) -> None:
    meeting, item = meeting_with_action(cast, make, question)

    assert shown(cast.chair, cast.sg13) == ["Write to SG15", "Collect the measurements"], "the earliest due first"
    assert shown(cast.chair, question, meeting_id=meeting.id) == ["Write to SG15"]
    assert shown(cast.chair, question, words="measure") == ["Collect the measurements"]
    assert shown(cast.chair, question, owner_id=cast.delegate_member.person.id) == [
        "Write to SG15",
        "Collect the measurements",
    ]
    assert shown(cast.chair, question, nobodys=True) == []
    assert shown(cast.chair, cast.sg15) == []
    row = queries.row_of(cast.delegate_member.act, "action", item.id or 0)
    for to in (DOING, DONE, DOING, TODO, DONE):
        actions.move_action(cast.delegate_member.act, row, MoveForm(to=to))
        assert queries.state_of(item) is to
    with pytest.raises(Conflict):
        actions.move_action(cast.rapporteur.act, row, MoveForm(to=WITHDRAWN, reason="no"))
    with pytest.raises(NotAllowed):
        actions.move_action(cast.delegate_state.act, row, MoveForm(to=TODO))
    assert shown(cast.chair, question, states=(DONE,)) == ["Write to SG15"]
    assert [row.told.text for row in queries.board(cast.chair.act, TaskFilter())] == [
        "Collect the measurements",
        "Write to SG15",
    ]


def test_strangers_see_nothing_and_guests_what_is_their_groups(
    task: Task, cast: Cast, make: Make, question: Group
) -> None:
    _, item = meeting_with_action(cast, make, question)
    assert len(shown(cast.guest, question)) == 2
    assert shown(cast.outsider, question) == []
    with pytest.raises(NotFound):
        queries.by_number(cast.outsider.act, question, 1)
    with pytest.raises(NotFound):
        queries.row_of(cast.outsider.act, "action", item.id or 0)
    assert queries.owners(cast.outsider.act, [question.id or 0]) == []
    assert [each.id for each in queries.owners(cast.chair.act, [question.id or 0])] == [cast.delegate_member.person.id]


def test_what_is_mine_waits_for_me(task: Task, cast: Cast) -> None:
    assert [row.told.number for row in queries.own_tasks(cast.delegate_member.act)] == [1]
    assert queries.own_tasks(cast.chair.act) == []
    move(cast.delegate_member, task, DONE)
    assert queries.own_tasks(cast.delegate_member.act) == []


def test_days_are_asked_for(task: Task, cast: Cast, question: Group, act: Act) -> None:
    today = geneva_day(act.now)
    days = {"late": -1, "today": 0, "week": 7, "later": 8, "month": 31, "far": 32}
    for text, off in days.items():
        actions.enter(cast.chair.act, question, TaskForm(text=text, due_on=today + timedelta(days=off)))
    actions.enter(cast.chair.act, question, TaskForm(text="undated"))
    task.due_on = today + timedelta(days=300)

    assert shown(cast.chair, question, due=Due.OVERDUE) == ["late"]
    assert shown(cast.chair, question, due=Due.WEEK) == ["today", "week"]
    assert shown(cast.chair, question, due=Due.MONTH) == ["today", "week", "later", "month"]
    assert shown(cast.chair, question, due=Due.NONE) == ["undated"]


def test_owners_are_reminded_once_for_each_occasion(
    task: Task, cast: Cast, make: Make, question: Group, act: Act
) -> None:
    _, item = meeting_with_action(cast, make, question)
    today = geneva_day(act.now)
    task.due_on, item.due_on = today + timedelta(days=40), today - timedelta(days=1)
    act.session.flush()
    clockwork = make.act_as(act.actor)

    assert actions.remind(clockwork) == 1, "the action item is late"
    assert actions.remind(clockwork) == 0
    entry = act.session.exec(select(Entry).where(Entry.verb == "tasks.overdue")).one()
    assert (entry.subject_kind, entry.audience) == ("action_item", f"person:{cast.delegate_member.person.id}")
    clockwork.now += timedelta(days=36)
    assert actions.remind(clockwork) == 1, "the task is due in four days"
    assert act.session.exec(select(Entry.subject_id).where(Entry.verb == "tasks.due-near")).all() == [task.id]
    move(cast.delegate_member, task, DONE)
    clockwork.now += timedelta(days=30)
    assert actions.remind(clockwork) == 0


def test_a_day_is_a_day(task: Task) -> None:
    assert task.due_on == date(2026, 11, 30)


def test_of_two_changes_at_once_one_is_told_of_the_other(task: Task, cast: Cast, act: Act, database: Database) -> None:
    actor, id, version = cast.rapporteur.actor, task.id, task.version
    act.session.commit()

    def change(text: str) -> bool:
        with database.writing() as session:
            mine = Act(session, actor, act.now)
            row = session.get_one(Task, id)
            time.sleep(0.2)
            try:
                actions.edit(mine, row, TaskForm(text=text, version=version))
            except Conflict:
                session.rollback()
                return False
            time.sleep(0.2)
            return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(change, ("One", "Other"))) == [False, True]
