"""Who is meant by a name on a statement: a group of ours, an outside body, or nobody that we know."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from sgdocs.base.text import one_line
from sgdocs.documents import bodies as counted
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.groups.rules import GroupKind
from sgdocs.liaison import bodies, filing
from sgdocs.liaison.bodies_models import Body

LONGEST: Final = 500
_BRACKETED: Final = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True)
class Whom:
    """name: label of the group, name of the body, else the words; question: when one Question of the group was named."""

    name: str
    group: Group | None = None
    body: Body | None = None
    question: Group | None = None

    @property
    def is_known(self) -> bool:
        return self.group is not None or self.body is not None

    def is_same(self, *, group_id: int | None, body_id: int | None, name: str) -> bool:
        """Whether a sender or addressee row is this one."""
        if self.is_known:
            mine = (self.group.id if self.group else None, self.body.id if self.body else None)
            return mine == (group_id, body_id)
        return group_id is None and body_id is None and name.casefold() == self.name.casefold()


def whom(session: Session, words: str, on: date) -> Whom:
    """Who is meant: a group by path, code or label (`T/SG13`, `ITU-T Study Group 11`, `WP 5A`, `Q6/13`), else a body by any
    of its names, else the words alone. on: day on which Questions are looked up."""
    said = one_line(words)[:LONGEST]
    bare = _BRACKETED.sub("", said)
    for each in dict.fromkeys((said, bare)):
        group = _group(session, each, on)
        if group is not None:
            return _of_group(session, group)
        body = bodies.find(session, each)
        if body is not None:
            return Whom(body.name, body=body)
    return Whom(said)


def _group(session: Session, words: str, on: date) -> Group | None:
    if "/" in words and (found := groups.find(session, words)):
        return found
    return next(iter(groups.resolve(session, words, on)), None)


def _of_group(session: Session, group: Group) -> Whom:
    """A Question is addressed through its study group: that is who files and answers."""
    if group.kind != GroupKind.QUESTION:
        return Whom(group.label, group)
    above = filing.counting(session, group)
    return Whom(above.label, above, question=group) if above.id != group.id else Whom(group.label, group)


def questions_named(session: Session, group: Group, words: Sequence[str], on: date) -> list[Group]:
    """The Questions of a group that are named (`Q6/13`, `6`, a path); none when all are meant (`QALL/13`).

    Invalid: a word names none.
    """
    body = counted.body_of_group(session, group, on)
    found = counted.questions(session, body, words)
    return [] if any(each.id == body.group.id for each in found) else found
