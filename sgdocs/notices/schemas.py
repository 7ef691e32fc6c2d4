"""What comes in about notices, and what the API gives out."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from sgdocs.notices.topics import Often

Scope = Annotated[
    str, StringConstraints(pattern=r"^(all|announcements|series:[TRD]/[A-Z]{1,4}|[a-z]{2,10}:[0-9]{1,12})$")
]
TopicId = Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,30}$")]


class FollowForm(BaseModel):
    """topics: [] for all that come up for the thing."""

    topics: list[TopicId] = []


class SubscriptionForm(FollowForm):
    scope: Scope


class PreferenceForm(BaseModel):
    topic: TopicId
    often: Often


class ReadForm(BaseModel):
    """ids: of notices; [] for all that there are."""

    ids: list[int] = []


class WebhookForm(BaseModel):
    """scopes, topics: [] for everything that the owner may read."""

    url: Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=500)]
    scopes: list[Scope] = []
    topics: list[TopicId] = []


class NoticeOut(BaseModel):
    """url: of the thing; why: the reason in words; often: how it was mailed."""

    id: int
    at: datetime
    topic: str
    verb: str
    says: str
    label: str
    title: str
    url: str
    why: str
    often: str
    is_read: bool


class SubscriptionOut(BaseModel):
    """topics: [] for all that come up for the thing."""

    scope: str
    topics: list[str]
    label: str
    url: str
    is_muted: bool
    since: datetime


class WebhookOut(BaseModel):
    id: int
    url: str
    scopes: list[str]
    topics: list[str]
    created_at: datetime
    failed: int
    paused_until: datetime | None
    ended_at: datetime | None
    ended_reason: str
