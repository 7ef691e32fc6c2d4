"""Which processes an actor may know of. Announcements are public, the texts and comments are not: domain 8.3."""

from sqlalchemy import ColumnElement
from sqlmodel import col

from sgdocs.approval.models import Process
from sgdocs.base.act import Act
from sgdocs.groups import queries as groups


def visible(act: Act) -> ColumnElement[bool]:
    """The condition on processes."""
    return col(Process.audience).in_(groups.audiences(act))
