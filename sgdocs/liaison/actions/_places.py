"""The group, body, work item or person that somebody named in a form, or the refusal at its field."""

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.liaison import bodies
from sgdocs.liaison.bodies_models import Body


def group_named(act: Act, words: str, field: str) -> Group | None:
    """By path or label; None for no words."""
    if not words:
        return None
    found = groups.find(act.session, words) or next(iter(_resolved(act, words)), None)
    return found or invalid(field, words, "Give a group, such as T/SG13 or WP 5D.")


def _resolved(act: Act, words: str) -> list[Group]:
    return groups.resolve(act.session, words, geneva_day(act.now))


def body_named(act: Act, words: str, field: str) -> Body | None:
    """By any of its names; None for no words."""
    if not words:
        return None
    return bodies.find(act.session, words) or invalid(field, words, "Give a body that we know, such as IETF.")
