"""What comes in with the steps of a process."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line

Word = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, max_length=200)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=20_000)]
Digest = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]


class LetterForm(BaseModel):
    """What somebody wrote into a letter before it goes. Who gets it follows from the rules and is not asked."""

    subject: Word = ""
    text: Prose = ""


class StepForm(BaseModel):
    """A step as somebody takes it.

    meeting: code of the one in session that decides, "" where none does; deciding: code of the meeting that is to
    decide later; document, part: the text (`T25-SG13-TD45-WP1`, `R2`), "" for the one in hand; sha256: of the file that
    was seen, to which the step binds; identifier: the number the text will have; letters: kind -> words;
    summary: of the text, where it is given anew; countries: of a region (`KE,UG`), for a process that is regional;
    version: of the process as it was seen.
    """

    model_config = ConfigDict(extra="ignore")

    meeting: Word = ""
    deciding: Word = ""
    document: Word = ""
    part: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)] | None = None
    sha256: Digest = ""
    identifier: Word = ""
    reason: Prose = ""
    summary: Prose = ""
    countries: Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2}(\s*,\s*[A-Za-z]{2})*)?$")] = ""
    agenda_item: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None
    letters: dict[str, LetterForm] = Field(default_factory=dict, max_length=20)
    version: int | None = None


class HoldForm(BaseModel):
    """hours: after the end of the window; the day of approval never moves."""

    hours: int = 24
    reason: Prose = ""


class NumberForm(BaseModel):
    identifier: Word


class DecidingForm(BaseModel):
    """meeting: code of the meeting that will decide."""

    meeting: Word
    reason: Prose = ""


class TextForm(BaseModel):
    """The edited text, or that after the resolution of comments. sha256: of the file that was seen."""

    document: Word
    part: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)] | None = None
    sha256: Digest = ""
    summary: Prose = ""


class PositionForm(BaseModel):
    """position: approve, oppose, abstain, more-time, concern, reservation, policy-doubt; entity: for whom the chair or
    the secretariat enters it, "" for one's own."""

    model_config = ConfigDict(extra="ignore")

    position: Annotated[
        str, StringConstraints(pattern="^(approve|oppose|abstain|more-time|concern|reservation|policy-doubt)$")
    ]
    reason: Prose = ""
    entity: Word = ""
