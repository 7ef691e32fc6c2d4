"""A statement that came in without a file, typed into the form: the file that is filed for it. Pure."""

from typing import Final

from sgdocs.documents.schemas import ContactForm
from sgdocs.liaison import letter_docx
from sgdocs.liaison.letter_words import StatementWords, To
from sgdocs.liaison.naming import read_title, write_title
from sgdocs.liaison.schemas import AddresseeForm, ReceiveForm
from sgdocs.text.model import Contact

NAME: Final = "liaison-statement.docx"


def written(form: ReceiveForm) -> bytes | None:
    """The form on the liaison template, as a .docx; None when it has neither a title nor a text."""
    subject = read_title(form.title).subject
    if not subject or not form.body.strip():
        return None
    is_reply = form.is_reply or bool(form.reply_to) or read_title(form.title).is_reply
    words = StatementWords(
        sector="T",
        number=form.number,
        title=write_title(subject, is_reply=is_reply, reply_to=form.reply_to),
        subject=subject,
        body=form.body,
        dated_on=form.dated_on,
        questions=tuple(question for sender in form.senders for question in sender.questions),
        source=", ".join(sender.name for sender in form.senders),
        senders=tuple(sender.name for sender in form.senders),
        is_reply=is_reply,
        to=tuple(_to(each) for each in form.addressees),
        answers=tuple(form.reply_to),
        contacts=tuple(_contact(each) for each in form.contacts),
        language=form.language,
    )
    return letter_docx.write(words)


def _to(each: AddresseeForm) -> To:
    return To(each.name, each.purpose, each.deadline, each.is_copy, tuple(each.questions))


def _contact(each: ContactForm) -> Contact:
    return Contact(**each.model_dump())
