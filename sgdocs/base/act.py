"""One actor doing one thing at one moment in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from sgdocs.base.actor import Actor


@dataclass
class Act:
    """now: UTC, the only clock an action may read."""

    session: Session
    actor: Actor
    now: datetime
