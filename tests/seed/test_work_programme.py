"""The work programme of the demonstration: items in several states, entered once."""

from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.recommendations.models import Family
from sgdocs.seed import cast, meetings, structure, work_programme
from sgdocs.work_programme import queries
from sgdocs.work_programme.listing import ItemFilter
from tests.make import Make

HELD = ("sg15-before", "sg15-now", "sg13-before", "wp5d-before")


def family(make: Make, number: str) -> None:
    make.add(
        Family(
            key=f"T/{number}",
            space="rec",
            sector="T",
            kind="recommendation",
            series="G",
            number=number,
            address=f"/rec/T/{number}",
            sort_key=number,
            changed_at=make.act.now,
        )
    )


def test_items_stand_in_several_states_and_are_entered_once(make: Make) -> None:
    act = make.act
    structure.load(act)
    cast.load(act)
    held: dict[str, Meeting] = {key: row for key, row in meetings.load(act).items() if key in HELD}

    for number in ("G.664", "G.709", "G.9804.1"):
        family(make, number)

    first, again = work_programme.load(act, held), work_programme.load(act, held)

    assert (first, again) == (16, 0)
    assert queries.counts(act, ItemFilter()) == {
        "under-study": 13,
        "pending-confirmation": 1,
        "deleted": 1,
        "merged": 1,
    }
    assert [each.row.acronym for each in queries.stale(act)] == ["G.coex-plan", "G.ml-otn"]
    found = queries.by_handle(act, "G.sleep")
    place = act.session.get_one(Group, found.question_id)
    assert (found.acronym, place.label) == ("G.onu-sleep", "Q2/15")
