"""A day of four roles, and of the Director: every single thing that waits for each on /my, and nothing else."""

from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.clock import geneva_day
from sgdocs.documents.models import Document
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Role
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import ItemStatus
from tests.cast import Cast, Player
from tests.documents.papers import file, paper
from tests.make import Make
from tests.people.browser import another, sign_in
from tests.support.databases import Clock
from tests.web.test_my_page import everything, waits
from tests.work_programme.base_item import item_row

Told = tuple[str, str, str]


@pytest.fixture
def day(make: Make, cast: Cast, clock: Clock) -> Meeting:
    """One thing of each kind; two proposals, of which one is another group's; a late contribution and one that the
    meeting refused."""
    players = "chair", "rapporteur", "tsb", "delegate_member", "delegate_state", "counsellor", "outsider"
    cast.summon("sg13", "sg15", "q2", *players)
    for name in players:
        make.account(getattr(cast, name).person)
    everything(cast, make, clock)
    item_row(make, cast.sg13, "Y.new", number=11, question=cast.q2, status=ItemStatus.PENDING)
    item_row(make, cast.sg15, "G.new", number=12, status=ItemStatus.PENDING)
    meeting = make.session.exec(select(Meeting)).one()
    held(make, meeting, 7, clock)
    held(make, meeting, 8, clock, admission="refused")
    make.session.commit()
    return meeting


def held(make: Make, meeting: Meeting, number: int, clock: Clock, **facts: str) -> Document:
    row = paper(
        make, number, meeting=meeting.code, status="held", audience="secretariat", late="contribution",
        posted_at=None, received_at=clock.now, **facts,
    )  # fmt: skip
    file(make, row)
    return row


def told(client: TestClient, player: Player) -> list[Told]:
    """Kind, identifier, address of each, in their order; each address opens for that person."""
    browser = another(client)
    sign_in(browser, player.person)
    return [row[:3] for row in waits(browser)]


MAIL = ("mail", "t25sg13q2x", "/mailing-list/t25sg13q2x")
JUDGED = ("comment", "Y.002", "/approval/aap/2026-002/comments/1")
REPLY = ("approval", "Y.003", "/approval/tap/2026-003/replies")
PROPOSAL = ("proposal", "Y.new", "/wi/11-Y.new")
REGISTRATIONS = ("registration", "T25-SG13-260312", "/meeting/T25-SG13-260312/participants")
LATE = ("admission", "SG13-C7", "/doc/T25-SG13-C7/admit")


@pytest.mark.parametrize(
    ("role", "right"),
    [
        ("delegate_member", [("comment", "Y.002", "/approval/aap/2026-002/comments/2")]),
        ("delegate_state", [REPLY]),
        (
            "rapporteur",
            [
                ("action", "Q2/13 1", "/meeting/T25-SG13-260312/actions"),
                ("liaison", "TD1/GEN", "/liaison/T25-SG13-TD1-GEN#to-0"),
                JUDGED,
                MAIL,
            ],
        ),
        (
            "chair",
            [
                ("approval", "Y.001", "/approval/aap/2026-001"),
                REPLY,
                JUDGED,
                MAIL,
                PROPOSAL,
                ("liaison", "draft-1", "/liaison/draft-1"),
            ],
        ),
        ("counsellor", [REGISTRATIONS, JUDGED, MAIL, PROPOSAL]),
        (
            "tsb",
            [
                REGISTRATIONS,
                LATE,
                ("arrival", "", "/office/arrivals"),
                MAIL,
                ("request", "", "/my/requests"),
            ],
        ),
        ("outsider", []),
    ],
)
def test_each_role_finds_each_thing_once(
    client: TestClient, cast: Cast, day: Meeting, role: str, right: list[Told]
) -> None:
    assert told(client, getattr(cast, role)) == right


def test_director_reads_what_is_held_admits_it_and_is_done(
    client: TestClient, cast: Cast, make: Make, day: Meeting, clock: Clock
) -> None:
    """The Director is no member of the secretariat here, and reads no other draft."""
    person = make.person("Dieter Circular", organisation=make.organisation("sector-member", name="Elsewhere"))
    make.account(person)
    make.appointment(person, Role.DIRECTOR)
    hidden = paper(make, 9, meeting=day.code, status="reserved", audience="secretariat", posted_at=None)
    make.session.commit()
    director = another(client)
    sign_in(director, person)

    assert [row[:4] for row in waits(director)] == [(*LATE, day.ends_on.isoformat())]
    assert "SG13-C7" in director.get("/doc/T25-SG13-C7").text
    assert director.get("/doc/" + hidden.name).status_code == 404
    assert director.post(LATE[2], data={"reason": "Lives depend on it"}, follow_redirects=False).status_code == 303

    assert waits(director) == []
    assert LATE not in told(client, cast.tsb)


def test_decided_over_and_read_only_wait_no_more(
    client: TestClient, cast: Cast, make: Make, day: Meeting, clock: Clock
) -> None:
    make.session.exec(select(WorkItem).where(WorkItem.number == 11)).one().status = ItemStatus.UNDER_STUDY
    clock.now += timedelta((day.ends_on - geneva_day(clock.now)).days + 1)
    make.session.commit()

    assert PROPOSAL not in told(client, cast.chair)
    assert {row[0] for row in told(client, cast.tsb)} == {"arrival", "mail", "request"}, "the meeting is over"
