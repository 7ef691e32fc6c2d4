"""Personal tokens: shown once, hashed, limited in time and scope, ended with the account."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from sgdocs.base.errors import Invalid, NotAllowed, NotFound
from sgdocs.base.settings import Settings
from sgdocs.groups.queries import actor_for
from sgdocs.journal.models import Entry
from sgdocs.mail.models import Letter
from sgdocs.people import actions as people
from sgdocs.people.accounts import Token
from sgdocs.people.keys import hash_of
from sgdocs.people.queries import person_of_token, token_is_due, tokens_of
from sgdocs.people.rules import TokenScope
from sgdocs.people.schemas import TokenForm
from sgdocs.policy import Permission, Scope, may
from tests.cast import Cast
from tests.make import PASSWORD, Make

UNTIL = date(2026, 4, 1)


def form(*scopes: TokenScope, until: date = UNTIL) -> TokenForm:
    return TokenForm(name="A script", scopes=list(scopes or (TokenScope.READ,)), expires_on=until)


def test_token_is_shown_once_and_stored_hashed(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.editor.person)

    row, words = people.make_token(cast.editor.act, cast.editor.person, form(TokenScope.READ), settings)

    assert words.startswith("sgd_")
    assert row.hash == hash_of(words)
    assert words not in repr(row)
    assert row.hint == words[-4:]
    assert person_of_token(make.session, words, make.act.now) == (cast.editor.person, frozenset({"read"}))
    assert person_of_token(make.session, row.hash, make.act.now) is None
    assert person_of_token(make.session, words.removeprefix("sgd_"), make.act.now) is None


def test_token_is_good_until_the_end_of_its_day_in_geneva(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.editor.person)

    row, words = people.make_token(cast.editor.act, cast.editor.person, form(), settings)

    assert row.expires_at.isoformat() == "2026-04-01T21:59:59+00:00"
    assert person_of_token(make.session, words, row.expires_at - timedelta(seconds=1)) is not None
    assert person_of_token(make.session, words, row.expires_at) is None


@pytest.mark.parametrize("until", [date(2026, 3, 1), date(2027, 3, 3)])
def test_token_of_a_life_that_is_too_long_or_over_is_refused(
    cast: Cast, make: Make, settings: Settings, until: date
) -> None:
    make.account(cast.editor.person)

    with pytest.raises(Invalid) as refused:
        people.make_token(cast.editor.act, cast.editor.person, form(until=until), settings)

    assert refused.value.rule.id == "people.token-life"
    assert refused.value.field == "expires_on"


def test_nobody_makes_or_ends_the_token_of_another(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.editor.person)
    row, words = people.make_token(cast.editor.act, cast.editor.person, form(), settings)

    with pytest.raises(NotAllowed):
        people.make_token(cast.tsb.act, cast.editor.person, form(), settings)
    with pytest.raises(NotFound):
        people.end_token(cast.tsb.act, row.id or 0)

    assert person_of_token(make.session, words, make.act.now) is not None


def test_token_makes_no_token(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.editor.person)
    by_token = make.act_as(make.actor(cast.editor.person, scopes={"read", "write"}))

    with pytest.raises(NotAllowed):
        people.make_token(by_token, cast.editor.person, form(), settings)


def test_ended_token_is_worth_nothing_and_not_listed(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.editor.person)
    row, words = people.make_token(cast.editor.act, cast.editor.person, form(), settings)

    people.end_token(cast.editor.act, row.id or 0)

    assert person_of_token(make.session, words, make.act.now) is None
    assert tokens_of(make.session, cast.editor.person.id or 0) == []


def test_reading_token_writes_nothing(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.counsellor.person)
    reading, writing = (
        people.make_token(cast.counsellor.act, cast.counsellor.person, form(*scopes), settings)[1]
        for scopes in ((TokenScope.READ,), (TokenScope.READ, TokenScope.WRITE))
    )

    def allowed(words: str) -> bool:
        found = person_of_token(make.session, words, make.act.now)
        assert found is not None
        actor = actor_for(make.session, found[0], make.act.now, scopes=found[1])
        return may(actor, Permission.EDIT_RECOMMENDATION, Scope(group="T/SG13"))

    assert allowed(writing)
    assert not allowed(reading)


def test_last_use_is_noted_at_most_every_five_minutes(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.editor.person)
    row, words = people.make_token(cast.editor.act, cast.editor.person, form(), settings)
    now = make.act.now

    assert token_is_due(make.session, words, now)
    people.mark_token_used(make.session, words, now)
    soon = now + timedelta(minutes=4)
    assert not token_is_due(make.session, words, soon)
    people.mark_token_used(make.session, words, soon)

    make.session.refresh(row)
    assert row.used_at == now
    assert token_is_due(make.session, words, now + timedelta(minutes=6))


def test_there_are_at_most_fifty_tokens(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.editor.person)
    for _ in range(50):
        people.make_token(cast.editor.act, cast.editor.person, form(), settings)

    with pytest.raises(Invalid) as refused:
        people.make_token(cast.editor.act, cast.editor.person, form(), settings)

    assert refused.value.rule.id == "people.tokens-number"
    assert len(make.session.exec(select(Token)).all()) == 50


def verbs_on(make: Make, person_id: int | None) -> list[str]:
    """What the journal says of a person's tokens and password, in order."""
    told = select(Entry.verb).where(Entry.subject_kind == "person", Entry.subject_id == person_id)
    return [v for v in make.session.exec(told.order_by(col(Entry.id))) if "token" in v or "password" in v]


def two_tokens_each(cast: Cast, make: Make, settings: Settings) -> dict[str, list[str]]:
    """The words of two tokens of the editor, and of the rapporteur."""
    made: dict[str, list[str]] = {}
    for name in ("editor", "rapporteur"):
        player = getattr(cast, name)
        make.account(player.person)
        made[name] = [people.make_token(player.act, player.person, form(), settings)[1] for _ in range(2)]
    return made


def alive(make: Make, words: list[str]) -> list[bool]:
    return [person_of_token(make.session, each, make.act.now) is not None for each in words]


def test_reset_ends_every_token_of_the_person_alone(cast: Cast, make: Make, settings: Settings) -> None:
    made = two_tokens_each(cast, make, settings)
    people.ask_for_reset(make.act, cast.editor.person.email or "", settings)
    text = make.session.exec(select(Letter.text).where(Letter.kind == "people.reset")).one()

    people.use_link(make.act, text.split("/link/")[1].split()[0], "another-good-phrase")

    assert alive(make, made["editor"]) == [False, False]
    assert alive(make, made["rapporteur"]) == [True, True]
    ended = ["accounts.tokens-ended", "accounts.password-set"]
    assert verbs_on(make, cast.editor.person.id) == ["accounts.token-made", "accounts.token-made", *ended]
    assert "all your sessions and API tokens end" in text


def test_password_set_by_the_office_ends_tokens(cast: Cast, make: Make, settings: Settings) -> None:
    made = two_tokens_each(cast, make, settings)

    people.set_password(cast.tsb.act, cast.editor.person, "another-good-phrase")

    assert alive(make, made["editor"] + made["rapporteur"]) == [False, False, True, True]


def test_password_changed_by_the_owner_ends_no_token(cast: Cast, make: Make, settings: Settings) -> None:
    made = two_tokens_each(cast, make, settings)
    editor = cast.editor

    people.change_password(editor.act, editor.person, settings, current=PASSWORD, password="another-good-phrase")

    assert alive(make, made["editor"]) == [True, True]


@pytest.mark.parametrize("with_tokens", [False, True])
def test_sign_out_everywhere_ends_tokens_when_asked(
    cast: Cast, make: Make, settings: Settings, with_tokens: bool
) -> None:
    made = two_tokens_each(cast, make, settings)

    people.end_all_sessions(cast.editor.act, cast.editor.person, with_tokens=with_tokens)

    assert alive(make, made["editor"]) == [not with_tokens] * 2
    assert alive(make, made["rapporteur"]) == [True, True]
    assert ("accounts.tokens-ended" in verbs_on(make, cast.editor.person.id)) is with_tokens
