"""What a person keeps: favourite, note, stance; carried on with the text; shared with the delegation when they say so."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from sqlmodel import select

from sgdocs.base.errors import Conflict, NotAllowed, NotFound
from sgdocs.documents.actions.relating import relate
from sgdocs.documents.models import Document, File
from sgdocs.documents.rules import LineageKind
from sgdocs.i18n import language
from sgdocs.notices import following
from sgdocs.notices import queries as notices
from sgdocs.text.model import Unit
from sgdocs.workspace import actions, delegation, queries, tracking
from sgdocs.workspace.models import Kept, TrackedThing
from sgdocs.workspace.queries import KeptFilter
from sgdocs.workspace.rules import NO_DELEGATION, Stance
from sgdocs.workspace.schemas import KeepForm, ListForm
from sgdocs.workspace.since import since
from tests.cast import Cast
from tests.documents.papers import UNITS, again, paper
from tests.documents.papers import kept as keep_units
from tests.make import Make

CHANGED = (*UNITS[:3], Unit("6.2", "Timing requirements", "The wander stays below 3 ns.", 2, "c-6.2"), UNITS[4])
NEW = (*CHANGED, Unit("7", "Security", "All of it is sealed.", 1, "c-7"))


def kept(make: Make, document: Document, units: Sequence[Unit] = UNITS, part: str = "") -> File:
    """A file with its own digest: comparisons are kept by digests."""
    digest = hashlib.sha256(repr(units).encode()).hexdigest()
    return keep_units(make, document, units, part, sha256=digest)


def test_stance_holds_for_the_version_that_was_seen(cast: Cast, make: Make) -> None:
    document = paper(make)
    me = cast.delegate_member.act

    row = actions.keep(me, "document", document.id or 0, KeepForm(stance=Stance.SUPPORT, note=" as agreed\r\nin May "))

    assert row is not None
    assert (row.stance, row.note, row.mark) == ("support", "as agreed\nin May", "r0")
    (shown,) = queries.listing(me).rows
    assert (shown.kept.id, shown.moved) == (row.id, None)


def test_new_version_marks_the_stance_stale_with_the_clauses_that_changed(
    cast: Cast, make: Make, work: Callable[[], None]
) -> None:
    document = paper(make)
    kept(make, document)
    me = cast.delegate_member
    actions.keep(me.act, "document", document.id or 0, KeepForm(stance=Stance.OBJECT))
    kept(make, document, NEW, part="R1")
    make.session.commit()
    work()
    make.session.expire_all()

    (shown,) = queries.listing(me.act).rows

    assert shown.moved is not None
    assert (shown.kept.mark, shown.moved.until, shown.moved.is_compared) == ("r0", "R1", True)
    assert (shown.moved.changed, shown.moved.new, shown.moved.gone) == (("6.2",), ("7",), ())
    assert queries.listing(me.act, KeptFilter(only="stale")).total == 1

    actions.confirm(me.act, "document", document.id or 0)
    assert queries.listing(me.act).rows[0].moved is None
    assert queries.listing(me.act, KeptFilter(only="stale")).total == 0


def test_note_saved_from_an_older_page_stays_with_the_older_version(cast: Cast, make: Make) -> None:
    document = paper(make)
    kept(make, document)
    kept(make, document, NEW, part="R2")
    make.session.flush()
    me = cast.delegate_member.act

    row = actions.keep(me, "document", document.id or 0, KeepForm(note="on the old text", mark="R1"))
    assert row is not None
    assert row.mark == "R1"

    again = actions.keep(me, "document", document.id or 0, KeepForm(note="on what is to come", mark="R9"))
    assert again is not None
    assert again.mark == "R2"


def test_what_replaces_a_document_takes_its_stance_over(cast: Cast, make: Make, work: Callable[[], None]) -> None:
    older, newer = paper(make, 1), paper(make, 2)
    kept(make, older)
    kept(make, newer, CHANGED)
    me = cast.delegate_member
    actions.keep(me.act, "document", older.id or 0, KeepForm(stance=Stance.WATCH, note="mind 6.2", is_favourite=True))
    tracked = actions.make_list(me.act, ListForm(name="Timing"))
    actions.put_on(me.act, tracked.id or 0, "document", older.id or 0)
    relate(make.act, newer, older, LineageKind.REVISION_OF)
    make.session.commit()
    work()
    make.session.expire_all()

    row = queries.kept(me.act, "document", newer.id or 0)

    assert row is not None
    assert (row.stance, row.note, row.is_favourite, row.carried_from) == ("watch", "mind 6.2", True, "SG13-C1")
    assert row.mark_label == "SG13-C1 r0"
    assert row.changes["changed"] == ["6.2"]
    assert queries.kept(me.act, "document", older.id or 0) is not None
    carried = make.session.get_one(TrackedThing, (tracked.id, "document", newer.id))
    assert (carried.because, carried.is_out) == ("SG13-C1", False)


def test_stance_is_not_carried_to_what_its_owner_may_not_read(cast: Cast, make: Make, work: Callable[[], None]) -> None:
    older, newer = paper(make, 1), paper(make, 2, audience="secretariat")
    me = cast.delegate_member
    actions.keep(me.act, "document", older.id or 0, KeepForm(stance=Stance.WATCH))
    relate(make.act, newer, older, LineageKind.REVISION_OF)
    make.session.commit()
    work()

    held = make.session.exec(select(Kept.thing_id).where(Kept.person_id == me.person.id)).all()

    assert held == [older.id]


def test_empty_form_lets_go(cast: Cast, make: Make) -> None:
    document = paper(make)
    me = cast.delegate_member.act
    actions.star(me, "document", document.id or 0, is_favourite=True)
    assert queries.counts(me) == {"document": 1}

    actions.keep(me, "document", document.id or 0, KeepForm())

    assert queries.counts(me) == {}


def test_note_of_another_window_is_not_overwritten(cast: Cast, make: Make) -> None:
    document = paper(make)
    me = cast.delegate_member.act
    first = actions.keep(me, "document", document.id or 0, KeepForm(note="one"))
    assert first is not None
    was = first.changed_at.isoformat()
    me.now = me.now.replace(minute=5)
    actions.keep(me, "document", document.id or 0, KeepForm(note="two", was=was))

    with pytest.raises(Conflict) as refused:
        actions.keep(me, "document", document.id or 0, KeepForm(note="three", was=was))

    assert refused.value.rule.id == "base.changed-meanwhile"
    held = queries.kept(me, "document", document.id or 0)
    assert held is not None
    assert held.note == "two"


@pytest.mark.parametrize("stranger", ["tsb", "admin", "chair", "delegate_state", "focal_point", "guest", "outsider"])
def test_nobody_reads_what_another_keeps(cast: Cast, make: Make, stranger: str) -> None:
    document = paper(make)
    actions.keep(cast.delegate_member.act, "document", document.id or 0, KeepForm(note="canary", stance=Stance.OBJECT))
    tracked = actions.make_list(cast.delegate_member.act, ListForm(name="canary"))
    other = getattr(cast, stranger).act

    assert queries.listing(other).total == 0
    assert queries.kept(other, "document", document.id or 0) is None
    assert queries.kept_among(other, "document", [document.id]) == {}
    assert delegation.colleagues_of(other, "document", [document.id]) == {}
    with pytest.raises(NotFound):
        actions.rename_list(other, tracked.id or 0, ListForm(name="mine"))


def test_nobody_and_operators_have_no_workspace(cast: Cast, make: Make) -> None:
    document = paper(make)
    for act in (make.act, make.act_as(cast.outsider.actor.anonymous())):
        with pytest.raises(NotAllowed):
            actions.keep(act, "document", document.id or 0, KeepForm(is_favourite=True))
        with pytest.raises(NotAllowed):
            queries.listing(act)
        assert queries.kept_among(act, "document", [document.id]) == {}


def test_what_may_not_be_read_cannot_be_kept(cast: Cast, make: Make) -> None:
    document = paper(make, audience="secretariat")

    for kind in ("document", "family", "item", "statement", "agenda", "person"):
        with pytest.raises(NotFound):
            actions.keep(cast.outsider.act, kind, document.id or 0, KeepForm(is_favourite=True))


def test_delegation_sees_what_was_shared_and_nothing_else(cast: Cast, make: Make) -> None:
    first, second, third = (paper(make, n) for n in (1, 2, 3))
    me, colleague = cast.delegate_member, cast.rapporteur
    assert me.person.organisation_id == colleague.person.organisation_id
    actions.keep(me.act, "document", first.id or 0, KeepForm(stance=Stance.OBJECT, note="why", is_shared=True))
    actions.keep(me.act, "document", second.id or 0, KeepForm(stance=Stance.OBJECT, note="hush", covers=True))
    actions.keep(me.act, "document", third.id or 0, KeepForm(stance=Stance.OBJECT, note="hush"))

    told = delegation.colleagues_of(colleague.act, "document", [first.id, second.id, third.id])

    assert {id: [(c.name, c.stance, c.note, c.covers) for c in some] for id, some in told.items()} == {
        first.id: [(me.person.name, "object", "why", False)],
        second.id: [(me.person.name, "", "", True)],
    }
    assert delegation.colleagues_of(cast.delegate_state.act, "document", [first.id, second.id]) == {}


def test_who_changes_the_organisation_takes_nothing_along(cast: Cast, make: Make) -> None:
    document = paper(make)
    me = cast.delegate_member
    actions.keep(me.act, "document", document.id or 0, KeepForm(stance=Stance.OBJECT, note="why", is_shared=True))
    me.person.organisation_id = cast.state.id
    make.session.flush()

    assert delegation.colleagues_of(cast.rapporteur.act, "document", [document.id]) == {}
    assert delegation.colleagues_of(cast.delegate_state.act, "document", [document.id]) == {}


def test_who_has_no_organisation_shares_with_nobody(cast: Cast, make: Make) -> None:
    document = paper(make, audience="public")
    alone = make.person("Solo Walker")

    with pytest.raises(Conflict) as refused:
        actions.keep(make.act_as(make.actor(alone)), "document", document.id or 0, KeepForm(note="x", is_shared=True))

    assert refused.value.rule is NO_DELEGATION


def test_token_of_files_reads_nothing_kept(cast: Cast, make: Make) -> None:
    document = paper(make)
    me = cast.delegate_member
    actions.keep(me.act, "document", document.id or 0, KeepForm(note="canary"))
    files = make.act_as(make.actor(me.person, scopes=["files:read"]))
    reading = make.act_as(make.actor(me.person, scopes=["read"]))

    assert queries.kept_among(files, "document", [document.id]) == {}
    assert queries.listing(reading).total == 1
    with pytest.raises(NotAllowed):
        actions.star(reading, "document", document.id or 0, is_favourite=True)


def test_who_looks_through_other_eyes_sees_nothing_private(cast: Cast, make: Make) -> None:
    document = paper(make)
    me = cast.delegate_member
    actions.keep(me.act, "document", document.id or 0, KeepForm(note="canary", is_shared=True))
    for player in (me, cast.rapporteur):
        viewed = make.act_as(replace(player.actor, is_viewed=True))

        assert queries.kept_among(viewed, "document", [document.id]) == {}
        assert delegation.colleagues_of(viewed, "document", [document.id]) == {}
        assert since(viewed, "documents", "document", [document.id]) is None
        with pytest.raises(NotAllowed):
            queries.listing(viewed)
        with pytest.raises(NotAllowed):
            tracking.searches(viewed)


def test_who_follows_a_document_hears_of_what_replaces_it_and_why(
    cast: Cast, make: Make, work: Callable[[], None]
) -> None:
    """Source: C39."""
    older = paper(make, 1)
    me = cast.delegate_member
    following.follow(me.act, me.person, f"document:{older.id}")
    newer = paper(make, 2)
    relate(make.act, newer, older, LineageKind.REVISION_OF)
    again(make.act, newer, "documents.revised")
    make.session.commit()
    work()

    told = {each.label: each.why for each in notices.mine(me.act, language("en")).rows}

    says = "You get this because you follow SG13-C1, which this document replaces; from now on you follow both."
    assert told["SG13-C2"] == says
    assert told.get("SG13-C1", "You get this because you follow SG13-C1.") == "You get this because you follow SG13-C1."


def test_text_read_again_without_a_new_version_marks_nothing(cast: Cast, make: Make, work: Callable[[], None]) -> None:
    document = paper(make)
    kept(make, document)
    actions.keep(cast.delegate_member.act, "document", document.id or 0, KeepForm(stance=Stance.SUPPORT))
    again(make.act, document, "documents.read")
    make.session.commit()
    work()
    make.session.expire_all()

    assert queries.listing(cast.delegate_member.act).rows[0].moved is None
