"""Calendar files: what is written is read back the same, and foreign files show that the reading is no sham."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from sgdocs.meetings.calendar import Happening, calendar_of

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "samples" / "ics"
CHANGED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LINK = "https://remote.example/room-7?pwd=sesame"


def happening(**facts: object) -> Happening:
    usual: dict[str, object] = {
        "uid": "sitting.T25-SG13-261109.7",
        "title": "Opening plenary (T25-SG13-261109)",
        "starts": datetime(2026, 11, 9, 8, 30, tzinfo=UTC),
        "ends": datetime(2026, 11, 9, 11, 30, tzinfo=UTC),
        "changed_at": CHANGED,
        "zone": "Europe/Zurich",
        "sequence": 3,
    }
    return Happening(**(usual | facts))  # type: ignore[arg-type]


def read(content: bytes) -> list[Event]:
    """The events of a file, and nothing that is broken in it."""
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
    assert all(each.errors == [] for each in events)
    return events


def only(told: Happening) -> Event:
    (event,) = read(calendar_of("Test", [told]))
    return event


def test_sitting_is_written_in_the_time_of_its_place_with_the_rules_of_the_zone() -> None:
    content = calendar_of("Test", [happening(zone="Asia/Seoul")])
    (event,) = read(content)

    assert event.start.isoformat() == "2026-11-09T17:30:00+09:00"
    assert event.end - event.start == timedelta(hours=3)
    assert b"DTSTART;TZID=Asia/Seoul:20261109T173000" in content
    assert [str(zone["tzid"]) for zone in Calendar.from_ical(content).walk("VTIMEZONE")] == ["Asia/Seoul"]


@pytest.mark.parametrize(
    ("at", "local"),
    [
        (datetime(2026, 3, 28, 8, 0, tzinfo=UTC), "2026-03-28T09:00:00+01:00"),
        (datetime(2026, 3, 29, 7, 0, tzinfo=UTC), "2026-03-29T09:00:00+02:00"),
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), "2026-10-25T09:00:00+01:00"),
    ],
)
def test_zone_that_stands_in_the_file_gives_the_same_instant_across_summer_time(at: datetime, local: str) -> None:
    """By the VTIMEZONE of the file alone, without what the machine knows of the zone."""
    content = calendar_of("Test", [happening(starts=at, ends=at + timedelta(hours=1))]).replace(
        b"Europe/Zurich", b"Nowhere/Geneva"
    )

    (event,) = read(content)

    assert event.start.isoformat() == local
    assert event.start.astimezone(UTC) == at


def test_meeting_of_days_ends_with_the_day_after() -> None:
    content = calendar_of("Test", [happening(starts=date(2026, 11, 9), ends=date(2026, 11, 20))])
    (event,) = read(content)

    assert (event.start, event.end) == (date(2026, 11, 9), date(2026, 11, 21))
    assert str(event["transp"]) == "TRANSPARENT"
    assert b"VTIMEZONE" not in content


def test_identity_sequence_and_standing() -> None:
    event, cancelled, planned = (
        only(happening()),
        only(happening(is_cancelled=True, link=LINK)),
        only(happening(is_certain=False)),
    )

    assert str(event["uid"]) == "sitting.T25-SG13-261109.7@sgdocs"
    assert (event["sequence"], str(event["status"])) == (3, "CONFIRMED")
    assert event["dtstamp"].dt == event["last-modified"].dt == CHANGED
    assert (str(cancelled["status"]), str(planned["status"])) == ("CANCELLED", "TENTATIVE")
    assert LINK not in cancelled.to_ical().decode()


def test_link_is_a_conference_and_stands_in_the_text() -> None:
    event = only(happening(link=LINK, text="Bring headphones"))

    assert str(event["conference"]) == LINK
    assert str(event["description"]) == f"Bring headphones\n{LINK}"


HARD = (
    "Réunion, 会议; \\ “quotes” 🎉 עברית",
    "x" * 300,
    "é" * 120,
    "会" * 100,
    "one\ntwo; three, four",
    "BEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT",
)


@pytest.mark.parametrize("title", HARD)
def test_any_title_is_folded_in_utf8_and_read_back(title: str) -> None:
    content = calendar_of("Test", [happening(title=title, place=title, text=title)])

    (event,) = read(content)
    plain = title.replace("\r\n", "\n")
    assert [str(event[name]) for name in ("summary", "location", "description")] == [plain] * 3
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n", content)


def test_same_facts_give_the_same_file() -> None:
    told = [
        happening(),
        happening(uid="b", zone="Asia/Seoul"),
        happening(uid="c", starts=date(2026, 1, 1), ends=date(2026, 1, 1)),
    ]

    assert calendar_of("Test", told) == calendar_of("Test", told)


def test_empty_calendar_is_one() -> None:
    assert read(calendar_of("Nothing", [])) == []


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
@pytest.mark.parametrize("name", ["121-rtg-open-source.ics", "timezoned.ics", "skex-tue.ics", "dnssd.ics"])
def test_events_of_others_keep_their_hours_when_we_write_them(name: str) -> None:
    """What other programs wrote, told as happenings, comes back at the same instants under the same names."""
    theirs = [each for each in Calendar.from_ical((SAMPLES / name).read_bytes()).walk("VEVENT") if _is_whole(each)]
    told = [
        happening(uid=f"{n}", title=str(each["summary"]), starts=_utc(each["dtstart"].dt), ends=_utc(each["dtend"].dt))
        for n, each in enumerate(theirs)
    ]

    ours = read(calendar_of(name, told))

    assert theirs
    assert [(str(a["summary"]), _utc(a["dtstart"].dt)) for a in theirs] == [
        (str(b["summary"]), _utc(b.start)) for b in ours
    ]


def _is_whole(event: object) -> bool:
    return all(name in event for name in ("summary", "dtstart", "dtend"))  # type: ignore[operator]


def _utc(at: date | datetime) -> date | datetime:
    if not isinstance(at, datetime):
        return at
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
