"""What some of the cast follow, so that the demonstration has notices to show."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.groups.queries import actor_for, find
from sgdocs.notices import following
from sgdocs.notices.models import Subscription
from sgdocs.people.queries import by_email
from sgdocs.seed.cast import DOMAIN

FOLLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "tsb": ("T/SG15",),
    "chair": ("T/SG15",),
    "delegate-member": ("T/SG15", "R/WP5D"),
    "delegate-state": ("T/SG15", "T/SG13"),
}
"""Key of the cast -> paths of groups."""


def load(act: Act) -> None:
    """Each follows their groups; who follows anything already is left alone."""
    for key, paths in FOLLOWED.items():
        person = by_email(act.session, f"{key}@{DOMAIN}")
        if (
            person is None
            or act.session.exec(select(Subscription.id).where(Subscription.person_id == person.id)).first()
        ):
            continue
        own = replace(act, actor=actor_for(act.session, person, act.now))
        for path in paths:
            group = find(act.session, path)
            if group is not None:
                following.follow(own, person, f"group:{group.id}")
