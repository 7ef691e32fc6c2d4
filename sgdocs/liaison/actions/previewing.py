"""Everything that sending will make, computed once: `preview` shows it, `send` makes it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents import numbering
from sgdocs.documents.actions.coming import Coming, coming
from sgdocs.documents.numbering import Place
from sgdocs.documents.rules import DocumentKind
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.i18n import spoken
from sgdocs.liaison import bodies, filing, letter_docx, letter_texts, letter_words, queries, wording
from sgdocs.liaison.actions import _writing
from sgdocs.liaison.actions._found import found_in
from sgdocs.liaison.bodies_models import Body, BodyContact
from sgdocs.liaison.letter_words import StatementWords
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.practice import USUAL, Practice
from sgdocs.liaison.preview_rows import OutDocument, OutFile, OutLetter, Preview
from sgdocs.meetings.models import Meeting


def preview(act: Act, statement: Statement, *, practice: Practice = USUAL) -> Preview:
    """The document, letters, names, digests and findings that sending now makes. Writes nothing.

    By whoever may change the draft; `send` makes the very same, or refuses.
    """
    _writing.permit(act, statement)
    _writing.require_draft(statement)
    return prepared(act, statement, practice, hold=False)


@dataclass(frozen=True)
class Series:
    """As what a statement is numbered: LS of ITU-T, TEMP of ITU-R. meeting: of the group, whose document it is too."""

    group: Group
    kind: DocumentKind
    meeting: Meeting | None


@dataclass(frozen=True)
class _Going:
    """What goes out, to whom. reached: by id of the addressee, whom its letter goes to."""

    series: Series
    number: Coming
    words: StatementWords
    to: Sequence[Addressee]
    reached: dict[int | None, Sequence[BodyContact]]
    files: Sequence[OutFile]


def prepared(act: Act, statement: Statement, practice: Practice, *, hold: bool) -> Preview:
    """As `preview`. hold: the number is kept for this transaction, so that it may be printed."""
    series = series_of(act, statement)
    number = coming(act, series.kind, series.meeting, series.group, hold=hold)
    papers = queries.papers_of(act.session, statement)
    words = wording.words_of(act, statement, number=number.label, papers=tuple(paper.name for paper in papers))
    content = letter_docx.write(words)
    own = OutFile(f"{number.name}-E.docx", hashlib.sha256(content).hexdigest(), len(content), letter_docx.MEDIA)
    files = [own, *(OutFile(p.name, p.sha256, p.size_bytes, p.media_type, p.id) for p in papers)]
    to = queries.addressees_of(act.session, statement)
    reached = {each.id: _contacts(act, series.group, each) for each in to}
    going = _Going(series, number, words, to, reached, files)
    return Preview(
        version=statement.version,
        number=number.label,
        name=number.name,
        title=words.title,
        words=words,
        content=content,
        file=own,
        documents=list(_documents(act, going)),
        letters=list(_letters(act, going, practice)),
        findings=found_in(act, statement, reached, sum(file.size_bytes for file in files), practice),
    )


def series_of(act: Act, statement: Statement) -> Series:
    """Whose number it gets. What has no series of its own (a JCA) takes that of the group above it. Source: domain 7.1."""
    group = groups.by_id(act.session, statement.group_id or 0)
    while numbering.place_of(group.sector, group.kind) is Place.MEETING and group.parent_id is not None:
        group = groups.by_id(act.session, group.parent_id)
    is_radio = numbering.place_of(group.sector, group.kind) is Place.RADIO
    kind = DocumentKind.TEMPORARY if is_radio else DocumentKind.LIAISON
    return Series(group, kind, _meeting(act, statement, group))


def _meeting(act: Act, statement: Statement, group: Group) -> Meeting | None:
    """The group's own meeting of the present period, at which it was prepared; its outputs are listed there."""
    meeting = act.session.get(Meeting, statement.meeting_id) if statement.meeting_id else None
    period = groups.period_on(act.session, group.sector, geneva_day(act.now))
    if meeting is None or period is None or meeting.period_id != period.id:
        return None
    host = groups.by_id(act.session, meeting.group_id)
    place = numbering.place_of(meeting.sector, host.kind, meeting.kind)
    is_own = filing.counting(act.session, host).id == group.id
    return meeting if is_own and place not in (Place.MEETING, Place.ASSEMBLY, Place.RADIO_ASSEMBLY) else None


# What is made


def _documents(act: Act, going: _Going) -> Iterator[OutDocument]:
    """The sender's own, then one for each group that is addressed."""
    series, number = going.series, going.number
    yield OutDocument(
        series.group.label, series.kind, number.label, letter_words.list_title(going.words), going.files[:1]
    )
    for row in going.to:
        if row.group_id:
            yield _filed(act, going, row, row.group_id)


def _filed(act: Act, going: _Going, row: Addressee, group_id: int) -> OutDocument:
    """As the group will file it (`actions.filing.file_for`), under its own next number."""
    group, words = groups.by_id(act.session, group_id), going.words
    meeting = filing.next_meeting(act.session, group, geneva_day(act.now))
    whose, kind = filing.series_of(act.session, group, meeting)
    title = filing.title_at(whose.sector, words.subject, words.senders, words.answers, is_reply=words.is_reply)
    return OutDocument(whose.label, kind, "", title, going.files, row.id)


def _letters(act: Act, going: _Going, practice: Practice) -> Iterator[OutLetter]:
    """One for each contact of each body."""
    words = going.words
    reply_to = practice.reply_to or next((each.email for each in words.contacts if "@" in each.email), "")
    link = f"{act.site.rstrip('/')}/liaison/ack/" if act.site else ""
    names = [each.name for each in going.files]
    for who, row in zip(words.to, going.to, strict=True):
        for contact in going.reached[row.id]:
            tongue = spoken(contact.language)
            yield OutLetter(
                addressee_id=row.id or 0,
                body=row.name,
                to_name=contact.name,
                to_address=contact.email,
                subject=letter_texts.subject_of(words),
                text=letter_texts.letter_text(tongue, words, who, link=link, days_valid=practice.ack_days, files=names),
                reason=letter_texts.reason_of(tongue, words, who),
                reply_to=reply_to,
                files=going.files,
            )


def _contacts(act: Act, group: Group, row: Addressee) -> Sequence[BodyContact]:
    """Whom a letter to that addressee goes to; nobody for a group."""
    body = act.session.get(Body, row.body_id) if row.body_id else None
    if body is None or row.group_id is not None:
        return ()
    return bodies.contacts_for(act.session, body, group, geneva_day(act.now))
