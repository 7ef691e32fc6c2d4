"""What comes in with liaison statements. Fields named as in domain 7.1; used by pages, API and import alike."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line
from sgdocs.documents.schemas import ContactForm
from sgdocs.liaison.rules import Level, Purpose

Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=500)]
Word = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, max_length=200)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=100_000)]
Names = Annotated[list[Word], Field(max_length=60)]


class Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class SenderForm(Form):
    """Who sends. name: a group by path or code (`T/SG13`, `WP 5A`), a body by any of its names, or words;
    working_party: `WP2/13`; questions: `Q6/13`."""

    name: Word
    working_party: Word = ""
    questions: Names = Field(default_factory=list)


class AddresseeForm(Form):
    """To whom, for what, until when. name: as of a sender; questions: of the addressed group, none means all of them;
    is_answer_expected: None for what the purpose says (`rules.expects_answer`); is_copy: cc, for information.
    """

    name: Word
    purpose: Purpose = Purpose.INFORMATION
    deadline: date | None = None
    is_copy: bool = False
    is_answer_expected: bool | None = None
    questions: Names = Field(default_factory=list)


class AboutForm(Form):
    """What a statement is about, as people write it: items by name or number, Recommendations (`G.709`), Questions
    (`Q2/13`), the meeting where it was prepared (its code)."""

    work_items: Names = Field(default_factory=list)
    recommendations: Names = Field(default_factory=list)
    questions: Names = Field(default_factory=list)
    meeting: Word = ""


class DraftForm(AboutForm):
    """A statement that a group of ours writes. senders: the first is the group whose number it gets; reply_to: names or
    numbers of what it answers; forwards: of what it passes on; title: the subject without marks; level: at which it will
    be agreed, None when it is not known yet; audience: "" for the group's own readers.
    """

    senders: list[SenderForm] = Field(default_factory=list, max_length=20)
    addressees: list[AddresseeForm] = Field(default_factory=list, max_length=60)
    title: Line = ""
    body: Prose = ""
    language: Word = "en"
    reply_to: Names = Field(default_factory=list)
    forwards: Names = Field(default_factory=list)
    contacts: list[ContactForm] = Field(default_factory=list, max_length=20)
    level: Level | None = None


class ReceiveForm(AboutForm):
    """A statement that came in. number: how the sender numbers it (`S4-240311`); is_reply: None for what the title and
    reply_to say; received_on: None for today; body: its text, "" for that of the file.
    """

    senders: list[SenderForm] = Field(default_factory=list, max_length=20)
    addressees: list[AddresseeForm] = Field(default_factory=list, max_length=60)
    title: Line = ""
    number: Word = ""
    dated_on: date | None = None
    received_on: date | None = None
    body: Prose = ""
    language: Word = "en"
    is_reply: bool | None = None
    reply_to: Names = Field(default_factory=list)
    contacts: list[ContactForm] = Field(default_factory=list, max_length=20)


class AllotForm(Form):
    """questions: of the addressed group (`Q6/13`); none means all of them."""

    questions: Names = Field(default_factory=list)


class ReasonForm(Form):
    reason: Line = ""


class NoteForm(Form):
    """meeting: where it was noted, "" for none; note: what was said."""

    meeting: Word = ""
    note: Line = ""


class ForwardForm(Form):
    """to: to whom it is passed on, with purpose and deadline; note: words that go with it."""

    to: list[AddresseeForm] = Field(default_factory=list, max_length=20)
    note: Line = ""


class AnswerForm(Form):
    """reply: name or number of the statement, sent or received, that answers."""

    reply: Word


class OwnerForm(Form):
    """person: slug or e-mail of who sees to the answer; "" for nobody."""

    person: Word = ""


class ExpectForm(Form):
    """Whether an answer is waited for, by hand, and until when."""

    is_expected: bool = True
    deadline: date | None = None
    reason: Line = ""


class AgreeForm(Form):
    """level: at which it was agreed; meeting: its code, "" for by correspondence; sender: position among the senders."""

    level: Level
    meeting: Word = ""
    sender: int = 0


class ApproveForm(Form):
    """sender: position of the sending group among the senders; note: how, and whom of the team it was spoken over with;
    version: of the text that was looked at, None for whatever stands there."""

    sender: int = 0
    note: Line = ""
    version: int | None = None


class PaperForm(Form):
    """A registered document that goes with it: by name or number (`SG13-TD12/GEN`). part: `R1`, "" for the newest."""

    document: Word
    part: Word = ""


class SendForm(Form):
    """version, digest: of the statement and of what goes out, as the preview showed them; digest "" compares nothing;
    accept: ids of the warnings that were read."""

    version: int
    digest: Word = ""
    accept: Names = Field(default_factory=list)


class AcknowledgeForm(Form):
    """name, words: as the other body signs and says; both may be empty."""

    name: Word = ""
    words: Line = ""
