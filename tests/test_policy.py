"""The law, proved against the whole cast. A new permission without a row here fails."""

from dataclasses import replace

import pytest

from sgdocs import policy
from sgdocs.base.actor import Actor, Kind
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed
from sgdocs.policy import NOWHERE, PERMISSIONS, Permission, Scope
from tests.cast import Cast
from tests.make import Make

COLUMNS = ("anonymous", *Cast.NAMES, "operator", "clock")

# Where each of the cast holds a permission: everywhere (*), in SG13 (g), over what is their own (o), both (b), nowhere (.).
# "Own": their own person and entity.
TABLE = """
                         anonymous
                         | tsb
                         | | br
                         | | | admin
                         | | | | counsellor (of SG13)
                         | | | | | chair (of SG13)
                         | | | | | | wp_chair
                         | | | | | | | rapporteur
                         | | | | | | | | associate_rapporteur
                         | | | | | | | | | editor
                         | | | | | | | | | | delegate_state
                         | | | | | | | | | | | delegate_member
                         | | | | | | | | | | | | delegate_academia
                         | | | | | | | | | | | | | delegate_associate
                         | | | | | | | | | | | | | | focal_point
                         | | | | | | | | | | | | | | | guest
                         | | | | | | | | | | | | | | | | outsider
                         | | | | | | | | | | | | | | | | | operator
                         | | | | | | | | | | | | | | | | | | clock
service.administer       . . . * . . . . . . . . . . . . . * .
service.read-jobs        . * * * . . . . . . . . . . . . . * .
people.manage            . * * * . . . . . . . . . . . . . * .
people.confirm-account   . * * * . . . . . . . . . . o . . * .
people.invite            . * * * . . . . . . . . . . o . . * .
people.edit-own-account  . o o o o o o o o o o o o o o o o * .
people.forget            . * * * o o o o o o o o o o o o o * .
people.view-as           . * * * . . . . . . . . . . . . . . .
groups.manage            . * * * . . . . . . . . . . . . . * .
groups.appoint           . * * * g . . . . . . . . . . . . * .
recommendations.edit     . * * * g . . . . . . . . . . . . * *
recommendations.import   . * * * . . . . . . . . . . . . . * .
search.edit-vocabulary   . * * * . . . . . . . . . . . . . * *
meetings.convene         . * * * g g . . . . . . . . . . . * .
meetings.set-deadline    . * * * g . . . . . . . . . . . . * .
meetings.see-remote-link . * * * g g . . . . . . . . . . . * .
meetings.register        . * * * o o o o o o o o o o o o o * .
meetings.decide-registration . * * * g . . . . . . . . . o . . * .
meetings.edit-agenda     . * * * g g . . . . . . . . . . . * .
documents.allot          . * * * g g . . . . . . . . . . . * *
proceedings.keep         . * * * g g . . . . . . . . . . . * .
proceedings.complete-action . * * * o o o o o o o o o o o o o * .
documents.submit-contribution . * * * g g g g g g g g g g g . . * .
documents.submit-td      . * * * g g . . . . . . . . . . . * .
documents.take-part      . * * * g g g g g g g g g g g g . * .
documents.revise         . * * * b b o o o o o o o o o o o * .
documents.withdraw       . * * * b o o o o o o o o o o o o * .
documents.direct         . * * * g g . . . . . . . . . . . * .
documents.admit-late     . * * * . . . . . . . . . . . . . * .
documents.set-audience   . * * * g g . . . . . . . . . . . * .
documents.object-to-publication . * * * . g . . . . g . . . . . . * .
documents.manage         . * * * g . . . . . . . . . . . . * .
documents.stamp          . * * * b b o o o o o o o o o o o * *
documents.keep-text      . * * * b b o o o o o o o o o o o * *
documents.tidy           . * * * . . . . . . . . . . . . . * *
work.propose             . * * * g g g g g g g g g g g . . * .
work.edit                . * * * b b o o o o o o o o o o o * *
work.decide              . * * * g g . . . . . . . . . . . * .
work.support             . * * * . g g g g g g g g g g . . * .
work.import              . * * * . . . . . . . . . . . . . * .
approval.decide          . * * * g g . . . . . . . . . . . * .
approval.provide-text    . * * * b b o o o o o o o o o o o * .
approval.judge           . * * * . g . . . . . . . . . . . * .
approval.announce        . * * * . . . . . . . . . . . . . * *
approval.close-window    . * * * . . . . . . . . . . . . . * *
approval.hold-closing    . * * * . . . . . . . . . . . . . * .
approval.comment         . * * * . g g g g g g g g g g . . * .
approval.dispose-comment . * * * b b o o o o o o o o o o o * .
approval.reply           . * * * . g . . . . g . . . . . . * .
approval.take-position   . * * * g g g g g g g g g g g . . * .
approval.set-ruling      . * * * . . . . . . . . . . . . . * .
approval.post-paper      . * * * . . . . . . . . . . . . . * *
liaison.draft            . * * * g g . . . . . . . . . . . * .
liaison.approve          . * * * . g . . . . . . . . . . . * .
liaison.send             . * * * g . . . . . . . . . . . . * .
liaison.receive          . * * * g g . . . . . . . . . . . * .
liaison.allot            . * * * g g . . . . . . . . . . . * *
liaison.consider         . * * * g g . . . . . . . . . . . * .
liaison.confirm-arrival  . * * * . . . . . . . . . . . . . * .
liaison.receive-mail     . * * * . . . . . . . . . . . . . * *
liaison.import           . * * * . . . . . . . . . . . . . * .
liaison.manage-bodies    . * * * g . . . . . . . . . . . . * .
liaison.remind           . * * * . . . . . . . . . . . . . * *
workspace.keep-own       . o o o o o o o o o o o o o o o o . .
workspace.mind           . * * * . . . . . . . . . . . . . * *
lists.open               . * * * g . . . . . . . . . . . . * .
lists.manage             . * * * g g . . . . . . . . . . . * .
lists.join               . o o o o o o o o o o o o o o o o * .
discussions.write        . * * * g g g g g g g g g g g g . * .
discussions.edit         . o o o o o o o o o o o o o o o o . .
discussions.moderate     . * * * g g . . . . . . . . . . . * .
tasks.keep               . * * * b b o o o o o o o o o o o * .
events.manage            . * * * g g . . . . . . . . . . . * .
events.join              . o o o o o o o o o o o o o o o o * .
announcements.post       . * * * . . . . . . . . . . . . . * .
translation.ask          . * * * o o o o o o o o o o o o o * .
translation.translate    . * * * . . . . . . . . . . . . . * *
notices.follow           . o o o o o o o o o o o o o o o o * .
notices.tell             . * * * . . . . . . . . . . . . . * *
"""

# What a permission needs beside the role: its own session, which no token replaces.
FULL_SESSION = {
    Permission.ADMINISTER,
    Permission.MANAGE_PEOPLE,
    Permission.EDIT_OWN_ACCOUNT,
    Permission.FORGET_PERSON,
    Permission.VIEW_AS,
    Permission.SET_RULING,
}

pytestmark = pytest.mark.databases("sqlite")


def rows() -> dict[str, str]:
    """permission -> one letter for each column."""
    told = [line.split() for line in TABLE.splitlines() if line and not line.startswith(" ")]
    return {name: "".join(letters) for name, *letters in told}


@pytest.fixture
def actors(cast: Cast) -> dict[str, Actor]:
    played = {name: player.actor for name, player in cast.every().items()}
    return {"anonymous": Actor.anonymous(), **played, "operator": Actor.operator(), "clock": Actor.clock()}


def test_every_permission_has_its_rows_and_a_row_here() -> None:
    assert set(rows()) == {permission.value for permission in Permission}
    assert set(PERMISSIONS) == set(Permission)
    assert {len(letters) for letters in rows().values()} == {len(COLUMNS)}


def test_each_permission_is_held_by_those_and_nobody_else(actors: dict[str, Actor]) -> None:
    found = {
        permission.value: "".join(letter(actors[name], permission) for name in COLUMNS) for permission in Permission
    }

    assert found == rows()


def letter(actor: Actor, permission: Permission) -> str:
    """How far the actor holds the permission; fails on a mixture that the table has no letter for."""
    own = Scope(owner_id=actor.person_id, organisation_id=actor.organisation_id)
    held = tuple(policy.may(actor, permission, scope) for scope in (NOWHERE, Scope(group="T/SG13"), own))
    return {
        (True, True, True): "*",
        (False, True, False): "g",
        (False, False, True): "o",
        (False, True, True): "b",
        (False, False, False): ".",
    }[held]


def test_counsellor_holds_nothing_in_another_group(actors: dict[str, Actor]) -> None:
    elsewhere = [p for p in Permission if policy.may(actors["counsellor"], p, Scope(group="T/SG15"))]
    below = policy.may(actors["counsellor"], Permission.APPOINT, Scope(group="T/SG13/T25/Q2"))
    look_alike = policy.may(actors["counsellor"], Permission.APPOINT, Scope(group="T/SG131"))

    assert (elsewhere, below, look_alike) == ([], True, False)


def test_focal_point_holds_nothing_over_another_entity(cast: Cast) -> None:
    other = Scope(organisation_id=cast.university.id)

    assert [p for p in Permission if policy.may(cast.focal_point.actor, p, other)] == []


def test_nobody_is_the_owner_of_what_has_none(actors: dict[str, Actor]) -> None:
    nobodys = Scope(owner_id=None, organisation_id=None)

    assert not policy.may(actors["anonymous"], Permission.EDIT_OWN_ACCOUNT, nobodys)
    assert not policy.may(actors["outsider"], Permission.CONFIRM_ACCOUNT, nobodys)


@pytest.mark.parametrize("permission", Permission)
def test_token_to_read_permits_nothing(permission: Permission, cast: Cast) -> None:
    for player in (cast.admin, cast.tsb):
        own = Scope(owner_id=player.person.id)
        assert not policy.may(replace(player.actor, scopes=frozenset({"read"})), permission, own)


@pytest.mark.parametrize("permission", Permission)
def test_token_to_write_does_not_replace_a_session(permission: Permission, cast: Cast) -> None:
    player = cast.admin
    own = Scope(owner_id=player.person.id)
    by_token = replace(player.actor, scopes=frozenset({"read", "write"}))

    assert policy.may(player.actor, permission, own)
    assert policy.may(by_token, permission, own) is (permission not in FULL_SESSION)


def test_through_other_eyes_nothing_of_ones_own_is_held(cast: Cast) -> None:
    player = cast.delegate_member
    own = Scope(owner_id=player.person.id, organisation_id=player.person.organisation_id)
    viewed = replace(player.actor, is_viewed=True)
    lost = {p for p in Permission if policy.may(player.actor, p, own) and not policy.may(viewed, p, own)}

    assert lost == policy.OWN - {p for p in policy.OWN if not policy.may(player.actor, p, own)}
    assert len(lost) == 5
    assert policy.audiences(player.actor) - policy.audiences(viewed) == {
        f"person:{player.person.id}",
        f"org:{player.person.organisation_id}",
    }


def test_refusal_names_its_rule(cast: Cast) -> None:
    with pytest.raises(NotAllowed) as stranger:
        policy.require(Actor.anonymous(), Permission.MANAGE_GROUPS)
    with pytest.raises(NotAllowed) as known:
        policy.require(cast.chair.actor, Permission.MANAGE_GROUPS)

    assert (stranger.value.rule, known.value.rule) == (NOT_SIGNED_IN, NOT_PERMITTED)
    assert known.value.facts == {"permission": "groups.manage"}


# What each of the cast reads. Source: domain 1.7, 8.3.
#   public  T/SG13  T/SG15  T/SG13/T25/Q2  R/WP5D  secretariat
READS = """
anonymous             y . . . . .
tsb                   y y y y y y
br                    y y y y y y
admin                 y y y y y y
counsellor            y y y y y .
chair                 y y y y y .
wp_chair              y y y y . .
rapporteur            y y y y . .
associate_rapporteur  y y y y . .
editor                y y y y y .
delegate_state        y y y y y .
delegate_member       y y y y . .
delegate_academia     y y y y y .
delegate_associate    y y . y . .
focal_point           y y y y . .
guest                 y y . y . .
outsider              y . . . . .
operator              y y y y y y
clock                 y y y y y y
"""
LABELS = ("public", "T/SG13", "T/SG15", "T/SG13/T25/Q2", "R/WP5D", "secretariat")


def test_each_of_the_cast_reads_that_and_nothing_else(actors: dict[str, Actor]) -> None:
    told = {name: letters for name, *letters in (line.split() for line in READS.splitlines() if line)}

    found = {name: ["y" if policy.reads(actors[name], label) else "." for label in LABELS] for name in COLUMNS}

    assert found == told


def test_what_is_one_persons_or_entitys_is_theirs_alone(cast: Cast) -> None:
    mine, ours = f"person:{cast.chair.person.id}", f"org:{cast.chair.person.organisation_id}"

    assert policy.reads(cast.chair.actor, mine)
    assert policy.reads(cast.delegate_state.actor, ours)
    assert not policy.reads(cast.tsb.actor, mine)
    assert not policy.reads(cast.delegate_member.actor, ours)


def test_a_look_alike_path_is_not_read(cast: Cast, make: Make) -> None:
    make.group("T/SG1", title="")

    assert not policy.reads(cast.delegate_associate.actor, "T/SG131")
    assert not policy.reads(cast.delegate_associate.actor, "T/SG1")


def test_token_for_files_reads_no_data(cast: Cast) -> None:
    person = cast.delegate_member.person

    assert policy.audiences(cast.make.actor(person, scopes=["files:read"])) == {"public"}
    assert policy.audiences(cast.make.actor(person, scopes=["files:read", "read"])) >= {"T", "members"}
    assert policy.audiences(cast.make.actor(person, scopes=["write"])) >= {"T", "members"}


def test_guest_reads_a_group_and_is_no_member(cast: Cast) -> None:
    """Contact details are for members: domain 8.3."""
    assert "members" not in policy.audiences(cast.guest.actor)
    assert "T/SG13" in policy.audiences(cast.guest.actor)
    assert "members" in policy.audiences(cast.delegate_associate.actor)


def test_token_for_files_reads_at_doors_of_files_alone() -> None:
    held = Actor(
        Kind.PERSON, person_id=1, category="member-state", sectors=frozenset("T"), scopes=frozenset({"files:read"})
    )

    assert policy.audiences(held) == {"public"}
    assert policy.audiences(policy.for_files(held)) == policy.audiences(replace(held, scopes=None))
    assert not any(policy.may(policy.for_files(held), permission) for permission in Permission)


def test_door_of_files_gives_other_tokens_nothing_more() -> None:
    for scopes in (frozenset[str](), frozenset({"read"}), frozenset({"read", "write"})):
        held = Actor(Kind.PERSON, person_id=1, sectors=frozenset("T"), scopes=scopes)

        assert policy.for_files(held) == held
    assert policy.for_files(Actor.anonymous()) == Actor.anonymous()
