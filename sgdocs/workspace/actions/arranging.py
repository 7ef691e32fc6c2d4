"""Order and hide the cards of one's own page. No entry: it is private."""

import re
from collections.abc import Sequence

from sqlmodel import col, delete

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.workspace.actions._own import own
from sgdocs.workspace.models import MyCard
from sgdocs.workspace.queries import arrangement

CARD = re.compile(r"[a-z]{2,20}", re.ASCII)
UP, DOWN, HIDE, SHOW = "up", "down", "hide", "show"
MOVES = (UP, DOWN, HIDE, SHOW)


def arrange(act: Act, cards: Sequence[str], card: str, move: str) -> list[MyCard]:
    """Move one of the cards, which stand in this order now. What stands at the end stays there; hidden ones keep their place."""
    person = own(act)
    if move not in MOVES:
        invalid("move", move[:20], ", ".join(MOVES) + ".")
    if card not in cards or not all(CARD.fullmatch(each) for each in cards):
        invalid("card", card[:20], ", ".join(cards) + ".")
    hidden = {each.card for each in arrangement(act) if each.is_hidden}
    hidden = hidden | {card} if move == HIDE else hidden - {card} if move == SHOW else hidden
    order = _moved(list(dict.fromkeys(cards)), card, move, hidden)
    act.session.exec(delete(MyCard).where(col(MyCard.person_id) == person))
    rows = [MyCard(person_id=person, card=each, position=n, is_hidden=each in hidden) for n, each in enumerate(order)]
    act.session.add_all(rows)
    return rows


def as_usual(act: Act) -> None:
    """Every card back in its usual place."""
    act.session.exec(delete(MyCard).where(col(MyCard.person_id) == own(act)))


def _moved(order: list[str], card: str, move: str, hidden: set[str]) -> list[str]:
    """Past the next card that is shown."""
    if move not in (UP, DOWN):
        return order
    step, at = (-1 if move == UP else 1), order.index(card)
    to = at + step
    while 0 <= to < len(order) and order[to] in hidden:
        to += step
    if 0 <= to < len(order):
        order.insert(to, order.pop(at))
    return order
