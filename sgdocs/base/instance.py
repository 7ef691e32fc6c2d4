"""What this database is: one row, written when it is created."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel

from sgdocs.base.db import instant_column


class Instance(SQLModel, table=True):
    """training: its clock may be moved, it may hold demonstration logins. seed: version of the demo data in it."""

    __tablename__ = "instance"

    id: int = Field(default=1, primary_key=True)
    training: bool = False
    created_at: datetime = Field(sa_column=instant_column())
    seed: str = ""


def instance_of(session: Session) -> Instance | None:
    """The row, or None in a database that was never upgraded."""
    return session.get(Instance, 1)
