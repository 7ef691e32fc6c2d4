"""Addresses of lists, subjects as they go out, what a list takes."""

import pytest

from sgdocs.mailing_lists.rules import (
    EMPTY,
    LOOP,
    TOO_BIG,
    Coming,
    ListKind,
    MessageState,
    bare_subject,
    local_part,
    state_of,
    tagged,
    why_not_post,
)


@pytest.mark.parametrize(
    ("period", "codes", "kind", "address"),
    [
        ("T22", ("SG12", "Q6"), ListKind.GROUP, "t22sg12q6"),
        ("T25", ("SG17",), ListKind.GROUP, "t25sg17"),
        ("T25", ("SG15", "WP1"), ListKind.GROUP, "t25sg15wp1"),
        ("T25", ("SG15",), ListKind.MANAGEMENT, "t25sg15mgt"),
        ("R23", ("WP5D",), ListKind.GROUP, "r23wp5d"),
        ("T25", ("FG-AI4H",), ListKind.GROUP, "t25fgai4h"),
    ],
)
def test_addresses_are_written_by_the_pattern(
    period: str, codes: tuple[str, ...], kind: ListKind, address: str
) -> None:
    assert local_part(period, codes, kind) == address


@pytest.mark.parametrize(
    ("subject", "goes_out"),
    [
        ("Sleep modes", "[t25sg15q2] Sleep modes"),
        ("Re: Sleep modes", "Re: [t25sg15q2] Sleep modes"),
        ("[t25sg15q2] Re: Sleep modes", "Re: [t25sg15q2] Sleep modes"),
        ("Re: [t25sg15q2] RE: AW: Sleep modes", "Re: [t25sg15q2] Sleep modes"),
        ("Fwd: [x] Sleep modes", "[t25sg15q2] Sleep modes"),
    ],
)
def test_the_subject_bears_the_tag_once(subject: str, goes_out: str) -> None:
    assert tagged(subject, "t25sg15q2") == goes_out
    assert bare_subject(subject) == "Sleep modes"


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        (Coming("Subject", "text", 10), None),
        (Coming("Subject", "text", 10, is_automatic=True), LOOP),
        (Coming("Subject", "text", 30_000_000), TOO_BIG),
        (Coming("Subject", "text", 10_000_000), None),
        (Coming("Subject", "text", 10_000_001), TOO_BIG),
        (Coming(" ", "text", 10), EMPTY),
        (Coming("Subject", "\n", 10), EMPTY),
    ],
)
def test_what_a_list_does_not_take(message: Coming, rule: object) -> None:
    refusal = why_not_post(message, 10)
    assert (refusal.rule if refusal else None) is rule


@pytest.mark.parametrize(
    ("member", "sure", "state"),
    [
        (True, True, MessageState.POSTED),
        (True, False, MessageState.HELD),
        (False, True, MessageState.HELD),
        (False, False, MessageState.HELD),
    ],
)
def test_a_stranger_and_a_forged_sender_wait_for_an_officer(member: bool, sure: bool, state: MessageState) -> None:
    assert state_of(Coming("s", "t", 1, is_member=member, is_sure=sure)) is state
