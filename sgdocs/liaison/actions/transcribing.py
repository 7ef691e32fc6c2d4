"""The letter of a statement that was typed into the form, as a file: what is filed is always a document with a file."""

from collections.abc import Callable, Sequence
from typing import Final

from sgdocs.documents.schemas import Upload
from sgdocs.liaison import letter_docx
from sgdocs.liaison.actions._parties import Side
from sgdocs.liaison.letter_words import StatementWords, To, short_question
from sgdocs.liaison.naming import read_title
from sgdocs.liaison.rules import Purpose
from sgdocs.liaison.schemas import ReceiveForm
from sgdocs.storage.store import Blob
from sgdocs.text.model import Contact

NAME: Final = "letter.docx"
Put = Callable[[bytes], Blob]


def letter_of(form: ReceiveForm, senders: Sequence[Side], addressed: Sequence[Side], put: Put) -> Upload:
    """The form on the liaison template, kept as a blob. put: keeps the bytes."""
    title = read_title(form.title)
    sector = next((each.whom.group.sector for each in addressed if each.whom.group), "T")
    words = StatementWords(
        sector=sector,
        number=form.number,
        title=form.title,
        subject=title.subject or form.title,
        body=form.body,
        place_date=form.dated_on.isoformat() if form.dated_on else "",
        dated_on=form.dated_on,
        source=", ".join(each.whom.name for each in senders),
        senders=tuple(each.whom.name for each in senders),
        is_reply=title.is_reply or bool(form.reply_to),
        to=tuple(_to(each) for each in addressed),
        answers=tuple(form.reply_to) or title.reply_to,
        contacts=tuple(Contact(**each.model_dump()) for each in form.contacts),
        language=form.language or "en",
    )
    return Upload(
        blob=put(letter_docx.write(words)), given_name=NAME, media_type=letter_docx.MEDIA, format="docx", language="en"
    )


def _to(side: Side) -> To:
    form = side.form
    return To(
        name=side.whom.name,
        purpose=form.purpose if form else Purpose.INFORMATION,
        deadline=form.deadline if form else None,
        is_copy=bool(form and form.is_copy),
        questions=tuple(short_question(each.label) for each in side.questions),
    )
