"""What comes in to enter accepted changes."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from sgdocs.base.text import clean
from sgdocs.work_programme.schemas import Form, Line, Word

Passage = Annotated[str, AfterValidator(clean), StringConstraints(max_length=50_000)]
Digest = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]


class ChangeForm(Form):
    """A change that a meeting accepted. document: by name; clause: number or title; before: sentences of the base that go,
    "" when something is added; after: what stands there then, "" when nothing; base: SHA-256 of the base text that was
    looked at, "" for the present one."""

    document: Annotated[Word, Field(min_length=1)]
    clause: Annotated[Word, Field(min_length=1)]
    before: Passage = ""
    after: Passage = ""
    meeting: Annotated[Word, Field(min_length=1)]
    note: Line = ""
    base: Digest = ""


class AllChangesForm(Form):
    """All that one document would change in the base text, or in one clause of it, is accepted."""

    document: Annotated[Word, Field(min_length=1)]
    clause: Word = ""
    meeting: Annotated[Word, Field(min_length=1)]
    base: Digest = ""


class UndoForm(Form):
    reason: Line = ""
