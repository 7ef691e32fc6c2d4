"""What was kept of a work item goes on to the Recommendation that it became, for those who may read it, once."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select

from sgdocs.journal.models import Entry
from sgdocs.recommendations.models import Family, Text
from sgdocs.work_programme import actions as work_programme
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import ItemStatus
from sgdocs.workspace import actions, becoming, queries
from sgdocs.workspace.models import Kept
from sgdocs.workspace.rules import Stance
from sgdocs.workspace.schemas import KeepForm
from tests.cast import Cast
from tests.documents.papers import paper
from tests.make import Make
from tests.work_programme.base_item import based
from tests.work_programme.items import registered

pytestmark = pytest.mark.databases("sqlite", "postgres")
Work = Callable[[], None]


@pytest.fixture
def item(make: Make, cast: Cast) -> WorkItem:
    """Y.slice, consented, with a base text."""
    row = registered(cast)
    based(make, row, paper(make, 90))
    work_programme.set_status(cast.chair.act, row, ItemStatus.CONSENTED)
    return row


def recommendation(make: Make, audience: str = "public") -> Text:
    shared = {"kind": "recommendation", "audience": audience, "changed_at": make.act.now}
    family = make.add(
        Family(key="T/Y.3199", space="rec", sector="T", series="Y", number="Y.3199", address="/rec/T/Y.3199", sort_key="1", **shared)
    )  # fmt: skip
    text = make.add(
        Text(family_id=family.id, identifier="ITU-T Y.3199 (03/2026)", numbers=["Y.3199"], address="/rec/T/Y.3199/2026-03", sort_key="1", **shared)
    )  # fmt: skip
    family.latest_id = text.id
    make.add(family)
    return text  # type: ignore[no-any-return]


def become(cast: Cast, make: Make, item: WorkItem, text: Text, work: Work) -> int:
    """Id of the Recommendation."""
    work_programme.complete(cast.tsb.act, item, text, date(2026, 3, 1))
    make.session.commit()
    work()
    make.session.expire_all()
    return text.family_id


def test_stance_and_note_go_on_marked_as_written_on_the_base_text(
    cast: Cast, make: Make, item: WorkItem, work: Work
) -> None:
    me = cast.delegate_member
    form = KeepForm(stance=Stance.OBJECT, note="clause 7 is too strict", is_favourite=True, is_shared=True)
    actions.keep(me.act, "item", item.id or 0, form)
    family = become(cast, make, item, recommendation(make), work)

    (shown,) = [row for row in queries.listing(me.act).rows if row.kept.kind == "family"]

    row = shown.kept
    assert (row.thing_id, row.stance, row.note, row.is_favourite, row.is_shared, row.carried_from) == (
        family, "object", "clause 7 is too strict", True, True, item.acronym,
    )  # fmt: skip
    assert shown.moved is not None
    assert shown.moved.until_label == "ITU-T Y.3199 (03/2026)"
    assert queries.kept(me.act, "item", item.id or 0) is not None, "the record of the item stays"
    others = make.session.exec(select(Kept.person_id).where(Kept.kind == "family")).all()
    assert others == [me.person.id]


def test_what_was_said_of_the_recommendation_stays(cast: Cast, make: Make, item: WorkItem, work: Work) -> None:
    """A favourite that says nothing takes the stance; told twice, nothing that was said since is lost."""
    text = recommendation(make)
    said, silent = cast.delegate_member, cast.delegate_state
    for player in (said, silent):
        actions.keep(player.act, "item", item.id or 0, KeepForm(stance=Stance.OBJECT, note="of the draft"))
    actions.keep(said.act, "family", text.family_id, KeepForm(stance=Stance.SUPPORT))
    actions.keep(silent.act, "family", text.family_id, KeepForm(is_favourite=True))
    family = become(cast, make, item, text, work)

    held = [queries.kept(player.act, "family", family) for player in (said, silent)]
    assert [(row.stance, row.note, row.is_favourite) for row in held if row] == [
        ("support", "", False),
        ("object", "of the draft", True),
    ]
    actions.keep(silent.act, "family", family, KeepForm(stance=Stance.DONE))
    becoming.carry(make.session, make.session.exec(select(Entry).where(Entry.verb == becoming.VERB)).one())
    row = queries.kept(silent.act, "family", family)
    assert row is not None
    assert (row.stance, row.note) == ("done", "")


def test_nothing_goes_to_what_its_owner_may_not_read(cast: Cast, make: Make, item: WorkItem, work: Work) -> None:
    actions.keep(cast.delegate_member.act, "item", item.id or 0, KeepForm(stance=Stance.WATCH))
    actions.keep(cast.tsb.act, "item", item.id or 0, KeepForm(stance=Stance.WATCH))
    become(cast, make, item, recommendation(make, "secretariat"), work)

    held = make.session.exec(select(Kept.person_id).where(Kept.kind == "family")).all()

    assert list(held) == [cast.tsb.person.id]
