"""What comes in with comments and replies."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from sgdocs.approval.comment_rules import Disposal, Kind, Position
from sgdocs.base.text import clean, one_line

Word = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, max_length=200)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=20_000)]
Said = Annotated[str, AfterValidator(clean), StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


def _utc(at: datetime | None) -> datetime | None:
    """A naive instant is UTC."""
    return at if at is None or at.tzinfo is not None else at.replace(tzinfo=UTC)


Instant = Annotated[datetime | None, AfterValidator(_utc)]


class CommentForm(BaseModel):
    """One comment. clause, element: where (`7.2`, `Table 3`); proposed: the change; entity, received_at: of what came by
    another way, for the secretariat alone; seen: version that a change was made from, None for whatever stands.
    """

    model_config = ConfigDict(extra="ignore")

    kind: Kind
    clause: Word = ""
    element: Word = ""
    text: Said
    proposed: Prose = ""
    opposes: bool = False
    entity: Word = ""
    received_at: Instant = None
    seen: int | None = None


class DisposalForm(BaseModel):
    """disposition: None takes it back; seen: version of the comment that was judged."""

    model_config = ConfigDict(extra="ignore")

    disposition: Disposal | None = None
    reason: Prose = ""
    seen: int | None = None


class ClassForm(BaseModel):
    """The kind is contested. Source: domain AAP-7."""

    kind: Kind
    reason: Prose = ""


class ReplyForm(BaseModel):
    """entity, received_at: of what came by another way, for the secretariat alone."""

    model_config = ConfigDict(extra="ignore")

    position: Position
    reason: Prose = ""
    entity: Word = ""
    received_at: Instant = None
