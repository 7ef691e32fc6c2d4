"""What the forms of groups share: try a verb, word it, find the group of an address."""

from collections.abc import Callable
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.groups import queries
from sgdocs.groups.models import Group
from sgdocs.groups.rules import SECTORS
from sgdocs.web.forms import Filled
from sgdocs.web.render import language_of

Form = TypeVar("Form", bound=BaseModel)


def tried(filled: Filled[Form], act: Act, verb: Callable[[], object]) -> bool:
    """Do it; False, with what was written taken back and the refusal in the form, when it is refused."""
    try:
        with act.session.begin_nested():
            verb()
    except Refused as refused:
        filled.refused(refused)
        return False
    return True


def told(request: Request, words: str) -> str:
    return language_of(request).say(words)


def group_of(act: Act, path: str) -> Group:
    """The group of a form's address, which is always the canonical one."""
    sector = "" if path.split("/", maxsplit=1)[0] in SECTORS and "/" in path else "T/"
    return queries.by_path(act.session, sector + path)
