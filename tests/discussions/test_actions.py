"""What is said, changed, hidden and closed in discussions, and who may do it. Source: domain 5.5, 8.3."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed, NotFound, Refused, TooMany
from sgdocs.discussions import actions, queries, rules
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Mention, Message, MessageText, Thread
from sgdocs.discussions.rules import Kind, Limits
from sgdocs.discussions.subjects import About, about
from sgdocs.documents.models import Clause
from sgdocs.journal.models import Entry
from sgdocs.people.models import Person
from sgdocs.policy import PUBLIC
from sgdocs.privacy.actions import forget
from sgdocs.privacy.queries import own_rows
from tests.cast import Cast, Player
from tests.documents import desk
from tests.documents.papers import file, paper
from tests.liaison.desk import body, received
from tests.make import Make
from tests.work_programme.items import registered


@pytest.fixture
def group(cast: Cast) -> About:
    cast.summon("chair", "rapporteur", "delegate_member", "delegate_associate", "tsb", "outsider", "guest", "sg13")
    return about(cast.tsb.act, Kind.GROUP, "T/SG13")


def said(player: Player, subject: About, text: str = "Words.", **facts: object) -> tuple[Thread, Message]:
    row = actions.say(player.act, subject, Wanted(text, **facts))  # type: ignore[arg-type]
    return player.act.session.get_one(Thread, row.thread_id), row


def entries(act: Act, first: str = "discussions.") -> list[str]:
    rows = act.session.exec(select(Entry).order_by(Entry.id)).all()  # type: ignore[arg-type]
    return [row.verb for row in rows if row.verb.startswith(first)]


def test_the_first_message_begins_the_one_thread_of_a_thing(group: About, cast: Cast) -> None:
    thread, first = said(cast.delegate_member, group, "**One** <script>alert(1)</script>")
    again, second = said(cast.rapporteur, group, "Two", answers=1)

    assert thread.id == again.id
    assert (first.number, second.number, again.count, again.subject) == (1, 2, 2, "ITU-T SG13")
    assert first.html == "<p><strong>One</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    assert entries(cast.tsb.act) == ["discussions.opened", "discussions.said", "discussions.said"]
    page = queries.spot(cast.tsb.act, thread)
    assert [(each.author, each.answers) for each in page.messages] == [
        (cast.delegate_member.person.name, None),
        (cast.rapporteur.person.name, (1, cast.delegate_member.person.name)),
    ]


def test_what_is_said_is_never_in_the_journal(group: About, cast: Cast) -> None:
    """A sealed entry could not be hidden any more."""
    thread, row = said(cast.delegate_member, group, "Marzipan")
    actions.edit(cast.delegate_member.act, thread, row, "Marzipan again")
    actions.hide(cast.chair.act, thread, row, "Off the subject")

    told = cast.tsb.act.session.exec(select(Entry).where(Entry.group_id == group.id)).all()
    assert not [each for each in told if "Marzipan" in str(each.facts)]


@pytest.mark.parametrize(
    ("who", "may_read", "may_write"),
    [
        ("chair", True, True),
        ("delegate_member", True, True),
        ("delegate_associate", True, True),
        ("tsb", True, True),
        ("outsider", False, False),
    ],
)
def test_a_group_is_talked_about_among_those_who_read_its_papers(
    group: About, cast: Cast, who: str, may_read: bool, may_write: bool
) -> None:
    thread, _ = said(cast.rapporteur, group)
    player: Player = getattr(cast, who)

    assert bool(queries.of_subject(player.act, group)) is may_read
    assert queries.may_write(player.act, group) is may_write
    if not may_write:
        with pytest.raises(NotAllowed):
            actions.say(player.act, group, Wanted("No"))
        with pytest.raises(NotFound):
            actions.write(player.act, thread, Wanted("No"))


def test_a_guest_of_one_meeting_talks_there_and_nowhere_else(group: About, cast: Cast, make: Make) -> None:
    meeting = desk.meeting(make, audience=PUBLIC)
    visitor = make.person("Vera Passing")
    make.guest_pass(visitor, f"meeting:{meeting.code}")
    vera = Player(visitor, make.actor(visitor), make)
    at, _ = said(cast.rapporteur, about(cast.tsb.act, Kind.MEETING, meeting.code))
    elsewhere, _ = said(cast.rapporteur, group)

    actions.write(vera.act, at, Wanted("Hello"))
    assert [row.id for row in queries.listing(vera.act).rows] == [at.id]
    with pytest.raises(NotFound):
        actions.write(vera.act, elsewhere, Wanted("Hello"))


def test_every_kind_of_thing_has_its_own_readers(cast: Cast, make: Make, act: Act) -> None:
    cast.summon("chair", "rapporteur", "delegate_member", "outsider", "tsb", "sg13", "q2")
    meeting = desk.meeting(make)
    document = paper(make, 7, meeting=meeting.code)
    kept = file(make, document)
    make.add(
        Clause(
            file_id=kept.id or 0, document_id=document.id or 0, position=0, number="6.2", title="Timing", anchor="c-6.2"
        )
    )
    body(make)
    item, statement = registered(cast), received(cast.tsb.act)
    subjects = [
        about(cast.tsb.act, Kind.MEETING, meeting.code),
        about(cast.tsb.act, Kind.DOCUMENT, document.name),
        about(cast.tsb.act, Kind.CLAUSE, document.name, "c-6.2"),
        about(cast.tsb.act, Kind.WORK_ITEM, str(item.number)),
        about(cast.tsb.act, Kind.STATEMENT, statement.name),
    ]
    threads = [said(cast.delegate_member, each)[0].id for each in subjects]

    assert len(set(threads)) == 5
    assert {row.id for row in queries.listing(cast.delegate_member.act).rows} == set(threads)
    assert queries.listing(cast.outsider.act).rows == []
    assert subjects[2].words == f"{document.label} 6.2 Timing"
    assert queries.at_clauses(cast.tsb.act, document.id or 0)["c-6.2"].count == 1
    assert {row.id for row in queries.of_meeting(cast.tsb.act, meeting.id or 0)} == set(threads[:3])
    with pytest.raises(NotFound):
        about(cast.tsb.act, Kind.CLAUSE, document.name, "c-9.9")


def test_a_thread_is_never_read_by_more_than_its_document(cast: Cast, make: Make) -> None:
    cast.summon("chair", "rapporteur", "delegate_associate", "tsb", "sg13")
    document = paper(make, 8)
    thread, _ = said(cast.rapporteur, about(cast.tsb.act, Kind.DOCUMENT, document.name))
    assert queries.by_id(cast.delegate_associate.act, thread.id or 0)

    document.audience = "secretariat"
    make.add(document)
    with pytest.raises(NotFound):
        queries.by_id(cast.delegate_associate.act, thread.id or 0)
    actions.write(cast.tsb.act, thread, Wanted("Narrower now"))
    assert thread.audience == "secretariat"

    document.audience = PUBLIC
    make.add(document)
    with pytest.raises(NotFound):
        queries.by_id(cast.outsider.act, thread.id or 0)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (" \n\0 ", "discussions.empty"),
        ("x" * 1_000_000, "discussions.too-long"),
        (" ".join(f"@somebody-{n}" for n in range(500)), "discussions.mentions"),
    ],
)
def test_a_message_that_is_too_much_is_refused_in_words(group: About, cast: Cast, text: str, rule: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.say(cast.delegate_member.act, group, Wanted(text))

    assert refused.value.rule.id == rule
    assert cast.tsb.act.session.exec(select(Message)).all() == []


def test_a_flood_is_stopped_and_goes_on_after_a_minute(group: About, cast: Cast) -> None:
    limits = Limits(per_minute=3)
    act = cast.delegate_member.act
    for n in range(3):
        actions.say(act, group, Wanted(f"{n}"), limits)
    with pytest.raises(TooMany) as refused:
        actions.say(act, group, Wanted("4"), limits)
    assert refused.value.facts["retry_after_s"] == 61
    actions.say(cast.rapporteur.act, group, Wanted("Somebody else"), limits)
    act.now += timedelta(seconds=61)
    assert actions.say(act, group, Wanted("5"), limits).number == 5


def test_changing_a_message_is_no_way_round_the_limits(group: About, cast: Cast) -> None:
    thread, row = said(cast.delegate_member, group, f"@{cast.chair.person.slug}")
    act, limits = cast.delegate_member.act, Limits(mentions=2, per_minute=3)
    actions.edit(act, thread, row, f"@{cast.rapporteur.person.slug}", limits)
    with pytest.raises(Invalid) as refused:
        actions.edit(act, thread, row, f"@{cast.tsb.person.slug}", limits)
    assert refused.value.rule.id == "discussions.mentions"
    actions.edit(act, thread, row, "Third text", limits)
    with pytest.raises(TooMany):
        actions.edit(act, thread, row, "Fourth text", limits)
    with pytest.raises(TooMany):
        actions.say(act, group, Wanted("New"), limits)
    act.now += timedelta(seconds=61)
    actions.edit(act, thread, row, "Fourth text", limits)


def test_who_is_named_is_known_once(group: About, cast: Cast) -> None:
    slug = cast.chair.person.slug
    thread, row = said(
        cast.delegate_member, group, f"@{slug.upper()} and @{slug}, not `@{slug}` nor a@{slug}.org @nobody-here"
    )
    named = cast.tsb.act.session.exec(select(Mention)).all()

    assert [(each.person_id, each.told) for each in named] == [(cast.chair.person.id, 1)]
    assert row.html.count(f'href="/person/{slug}"') == 2
    actions.edit(cast.delegate_member.act, thread, row, f"@{cast.rapporteur.person.slug}")
    told = {each.person_id: each.told for each in cast.tsb.act.session.exec(select(Mention))}
    assert told == {cast.chair.person.id: 1, cast.rapporteur.person.id: 2}


def test_an_edit_keeps_every_text_and_tells_of_a_faster_one(group: About, cast: Cast) -> None:
    thread, row = said(cast.delegate_member, group, "First")
    with pytest.raises(NotAllowed):
        actions.edit(cast.tsb.act, thread, row, "Not mine")
    actions.edit(cast.delegate_member.act, thread, row, "Second", texts=1)
    actions.edit(cast.delegate_member.act, thread, row, " Second ")
    with pytest.raises(Conflict):
        actions.edit(cast.delegate_member.act, thread, row, "Third", texts=1)

    assert [each.markdown for each in queries.texts_of(cast.outsider.act, thread, row)] == ["First", "Second"]
    assert cast.tsb.act.session.exec(select(MessageText)).all()[0].markdown == "First"


def test_who_loses_the_name_loses_it_in_mentions(group: About, cast: Cast, make: Make) -> None:
    cast.summon("admin")
    gone = make.person("Petra Leaving")
    slug = gone.slug
    thread, row = said(cast.delegate_member, group, f"Ask @{slug.upper()}, not @{slug}-else nor a@{slug}.org")
    actions.edit(cast.delegate_member.act, thread, row, f"@{slug} knows")
    forget(cast.tsb.act, gone)
    texts = [each.markdown for each in queries.texts_of(cast.chair.act, thread, row)]
    assert texts == [f"Ask @removed-{gone.id}, not @{slug}-else nor a@{slug}.org", f"@removed-{gone.id} knows"]
    (shown,) = queries.shown(cast.tsb.act.session, thread, [row])
    assert (slug in shown.html, f"@removed-{gone.id} knows" in shown.html) == (False, True)


def test_ones_own_data_has_every_text_that_one_saved(group: About, cast: Cast) -> None:
    thread, row = said(cast.delegate_member, group, "First words")
    said(cast.rapporteur, group, "Words of others")
    actions.edit(cast.delegate_member.act, thread, row, "Other words")
    told = dict(own_rows(cast.delegate_member.act, cast.delegate_member.person))
    assert [each["markdown"] for each in told["discussion_message_text"]] == ["First words", "Other words"]
    assert "Words of others" not in str(told)


def test_an_officer_hides_with_a_reason_and_the_author_sees_it(group: About, cast: Cast) -> None:
    thread, row = said(cast.delegate_member, group, "Rude")
    with pytest.raises(NotAllowed):
        actions.hide(cast.delegate_associate.act, thread, row, "I do not like it")
    with pytest.raises(Invalid):
        actions.hide(cast.chair.act, thread, row, "  ")
    actions.hide(cast.chair.act, thread, row, "Personal attack")

    (shown,) = queries.spot(cast.delegate_associate.act, thread).messages
    assert (shown.html, shown.is_hidden, shown.hidden_reason) == ("", True, "Personal attack")
    assert queries.texts_of(cast.delegate_associate.act, thread, row) == []
    assert [each.markdown for each in queries.texts_of(cast.delegate_member.act, thread, row)] == ["Rude"]
    assert thread.count == 0
    for attempt in (
        lambda: actions.edit(cast.delegate_member.act, thread, row, "Again"),
        lambda: actions.hide(cast.chair.act, thread, row, "Twice"),
    ):
        with pytest.raises(Conflict):
            attempt()
    actions.show(cast.chair.act, thread, row)
    assert (queries.spot(cast.tsb.act, thread).messages[0].html, thread.count) == ("<p>Rude</p>\n", 1)


def test_a_closed_thread_takes_no_words_until_it_is_open_again(group: About, cast: Cast) -> None:
    thread, row = said(cast.delegate_member, group)
    actions.close(cast.chair.act, thread, "Agreed at the meeting")
    for attempt in (
        lambda: actions.write(cast.delegate_member.act, thread, Wanted("More")),
        lambda: actions.edit(cast.delegate_member.act, thread, row, "Other"),
    ):
        with pytest.raises(Closed) as refused:
            attempt()
        assert refused.value.facts["reason"] == "Agreed at the meeting"
    actions.reopen(cast.chair.act, thread)
    assert actions.write(cast.delegate_member.act, thread, Wanted("More")).number == 2


def test_further_threads_have_a_title_and_are_for_groups_and_meetings(group: About, cast: Cast, make: Make) -> None:
    row = actions.open_named(cast.delegate_member.act, group, "Terminology")
    with pytest.raises(Conflict):
        actions.open_named(cast.rapporteur.act, group, "  terminology ")
    document = about(cast.tsb.act, Kind.DOCUMENT, paper(make, 9).name)
    refusals: list[tuple[Callable[[], object], str]] = [
        (lambda: actions.open_named(cast.rapporteur.act, group, " "), "discussions.no-title"),
        (lambda: actions.open_named(cast.rapporteur.act, document, "More"), "discussions.one-each"),
    ]
    for attempt, rule in refusals:
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.rule.id == rule
    assert [each.title for each in queries.of_subject(cast.tsb.act, group)] == [row.title]


def test_a_document_comes_along_when_all_readers_may_know_of_it(group: About, cast: Cast, make: Make) -> None:
    shared, narrow = paper(make, 10), paper(make, 11, audience="secretariat")
    thread, _ = said(cast.delegate_member, group, "See it", papers=(shared.label,))

    assert [each.label for each in queries.spot(cast.tsb.act, thread).messages[0].papers] == [shared.label]
    with pytest.raises(NotFound):
        actions.write(cast.delegate_member.act, thread, Wanted("Look", papers=(narrow.label,)))
    with pytest.raises(Invalid) as refused:
        actions.write(cast.tsb.act, thread, Wanted("Look", papers=(narrow.label,)))
    assert refused.value.rule is rules.NARROWER
    shared.audience = "secretariat"
    make.add(shared)
    assert queries.spot(cast.tsb.act, thread).messages[0].papers == ()


def test_a_long_thread_is_paged_without_loss(group: About, cast: Cast, act: Act) -> None:
    thread, _ = said(cast.delegate_member, group)
    act.session.add_all(
        Message(thread_id=thread.id or 0, number=n, person_id=cast.chair.person.id or 0, at=act.now, markdown="x")
        for n in range(2, 251)
    )
    thread.last = 250
    act.session.flush()

    seen, page = [], queries.spot(cast.tsb.act, thread)
    assert (page.messages[-1].number, page.later) == (250, None)
    while True:
        seen = [each.number for each in page.messages] + seen
        if page.earlier is None:
            break
        page = queries.spot(cast.tsb.act, thread, before=page.earlier)
    assert seen == list(range(1, 251))
    for number in (1, 60, 250):
        assert number in [each.number for each in queries.spot(cast.tsb.act, thread, around=number).messages]
    assert queries.spot(cast.tsb.act, thread, after=100).messages[0].number == 101


def test_suggestions_of_names_are_for_members(group: About, cast: Cast) -> None:
    name = cast.rapporteur.person.name.split()[0].lower()

    def found(player: Player) -> list[Person]:
        return queries.people_like(player.act, name)

    assert found(cast.delegate_member) == [cast.rapporteur.person]
    assert found(cast.outsider) == []
    assert queries.people_like(cast.delegate_member.act, "%") == []
