"""Tokens of the cast, as they make them on their own page."""

from datetime import date

from sgdocs.people.accounts import Account
from sgdocs.people.actions import make_token
from sgdocs.people.rules import TokenScope
from sgdocs.people.schemas import TokenForm
from sgdocs.wiring import Services
from tests.cast import Player


def token_of(services: Services, player: Player, *scopes: str) -> str:
    """A new token; the person gets an account if there is none. Commits what the test has made."""
    if player.make.session.get(Account, player.person.id) is None:
        player.make.account(player.person)
    form = TokenForm(name="disk", scopes=[TokenScope(each) for each in scopes], expires_on=date(2026, 12, 31))
    _, words = make_token(player.act, player.person, form, services.settings)
    player.make.session.commit()
    return words
