"""What can be translated: documents, and the texts of Recommendations, work items, statements, agendas and messages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final
from urllib.parse import quote

from sqlmodel import SQLModel

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.discussions import queries as discussions
from sgdocs.discussions.models import Message
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document, File
from sgdocs.documents.rules import Status
from sgdocs.documents.texts import Text as DocumentText
from sgdocs.documents.texts import text_of
from sgdocs.liaison import queries as liaison
from sgdocs.meetings import agenda as agendas
from sgdocs.meetings import queries as meetings
from sgdocs.recommendations.audience import is_readable
from sgdocs.recommendations.models import Family
from sgdocs.recommendations.models import Text as Published
from sgdocs.recommendations.reading import summaries_of
from sgdocs.text.formats import MEDIA
from sgdocs.text.language import language_of
from sgdocs.translation.cutting import Passage
from sgdocs.translation.rules import LANGUAGES
from sgdocs.work_programme import queries as work
from sgdocs.work_programme.naming import handle


class Kind(StrEnum):
    """As in addresses: `/translation/work-item/12/fr`."""

    DOCUMENT = "document"
    RECOMMENDATION = "recommendation"
    WORK_ITEM = "work-item"
    STATEMENT = "statement"
    AGENDA = "agenda"
    MESSAGE = "message"


@dataclass(frozen=True)
class Subject:
    """row: to which the journal binds; address: of its page; audience: label of who reads it; file: a .docx, whose
    formatting is kept; stem: of the names of translated files. passages are read when they are asked for.
    """

    kind: Kind
    row: SQLModel
    id: int
    label: str
    address: str
    audience: str
    language: str
    read: Callable[[], Iterable[Passage]] = field(repr=False)
    group_id: int | None = None
    file: File | None = None
    stem: str = ""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(each for each in self.read() if each.words.strip())


def load(act: Act, kind: Kind, id: int) -> Subject:
    """The thing as it is now. NotFound when there is none, or the actor may not read it."""
    return LOADERS[kind](act, id)


def _document(act: Act, id: int) -> Subject:
    row = documents.by_id(act, id)
    if row.status != Status.POSTED:
        missing("document", row.name)
    shown = text_of(act, row, empty=True)
    file = shown.file
    is_word = file is not None and file.media_type == MEDIA["docx"]
    return Subject(
        Kind.DOCUMENT,
        row,
        id,
        row.label_now,
        _path("doc", row.name),
        row.audience,
        shown.language or "en",
        lambda: _of_document(row, text_of(act, row, file=file.name) if file else None),
        group_id=row.group_id,
        file=file if is_word else None,
        stem=file.name.rpartition(".")[0] if file else row.name,
    )


def _of_document(row: Document, text: DocumentText | None) -> Iterator[Passage]:
    if text is None or not text.units:
        return
    yield Passage(row.title, is_heading=True, level=1)
    for unit in text.units:
        place = Passage("", unit.anchor, unit.number, unit.level or 1)
        if unit.title:
            yield Passage(unit.title, place.anchor, place.number, place.level, is_heading=True)
        yield Passage(unit.text, place.anchor, place.number, place.level)


def _recommendation(act: Act, id: int) -> Subject:
    """A published text: its title and summary, from English where they are there in English."""
    row = act.session.get(Published, id)
    family = act.session.get(Family, row.family_id) if row else None
    if row is None or family is None or not all(is_readable(act, each.audience) for each in (row, family)):
        missing("Recommendation", id)
    summaries = summaries_of(act.session, row)
    titles = {"en": row.title, **row.titles}
    language = next((code for code in LANGUAGES if summaries.get(code)), "") or _first(titles)
    told = (("", titles.get(language, "")), ("", summaries.get(language, "")))
    return Subject(
        Kind.RECOMMENDATION, row, id, row.identifier, row.address, row.audience, language,
        lambda: _titled(told), stem=_stem(row.identifier),
    )  # fmt: skip


def _work_item(act: Act, id: int) -> Subject:
    row = work.by_id(act, id)
    titles = {"en": row.title, **row.titles}
    told = (("", row.title), ("", row.scope), ("", row.summary), ("", row.relations))
    return Subject(
        Kind.WORK_ITEM, row, id, row.acronym, _path("wi", handle(row)), row.audience, _first(titles),
        lambda: _titled(told), group_id=row.question_id or row.group_id, stem=_stem(row.acronym),
    )  # fmt: skip


def _statement(act: Act, id: int) -> Subject:
    row = liaison.by_id(act, id)
    return Subject(
        Kind.STATEMENT, row, id, row.label or row.name, _path("liaison", row.name), row.audience, row.language,
        lambda: _titled((("", row.title), ("", row.body))), group_id=row.group_id, stem=_stem(row.name),
    )  # fmt: skip


def _agenda(act: Act, id: int) -> Subject:
    row = meetings.by_id(act, id)

    def read() -> Iterator[Passage]:
        yield Passage(row.title, is_heading=True, level=1)
        for of_group in agendas.agendas(act.session, row):
            for line in of_group.rows:
                yield Passage(line.item.title, f"item-{line.item.id}", line.number, 2, is_heading=True)
                yield Passage(line.item.note, f"item-{line.item.id}", line.number, 2)

    return Subject(
        Kind.AGENDA, row, id, f"{row.code} agenda", _path("meeting", row.code, "agenda"), row.audience, "en", read,
        group_id=row.group_id, stem=f"{row.code}-agenda",
    )  # fmt: skip


def _message(act: Act, id: int) -> Subject:
    """A message of a discussion, as it was typed; who reads the thing it is about reads it."""
    row = act.session.get(Message, id)
    if row is None or row.hidden_at is not None:
        missing("message", id)
    thread = discussions.by_id(act, row.thread_id)
    about = discussions.about_thread(act, thread)
    label = f"{about.words} #{row.number}"
    return Subject(
        Kind.MESSAGE, row, id, label, f"/discussion/{thread.id}#m{row.number}", about.audience,
        language_of([row.markdown]) or "en", lambda: _titled((("", row.markdown),), is_titled=False),
        group_id=thread.group_id, stem=f"discussion-{thread.id}-{row.number}",
    )  # fmt: skip


def _titled(told: Iterable[tuple[str, str]], *, is_titled: bool = True) -> Iterator[Passage]:
    """The first as a heading, the others as text."""
    for place, (anchor, words) in enumerate(told):
        yield Passage(words, anchor, level=1, is_heading=is_titled and place == 0)


def _first(words: Mapping[str, str]) -> str:
    return next((code for code in LANGUAGES if words.get(code)), "en")


def _stem(label: str) -> str:
    return "".join(c if c.isalnum() or c in ".-_" else "-" for c in label).strip("-")[:100]


def _path(*parts: object) -> str:
    return "/" + "/".join(quote(str(part), safe="") for part in parts)


LOADERS: Final[Mapping[Kind, Callable[[Act, int], Subject]]] = {
    Kind.DOCUMENT: _document,
    Kind.RECOMMENDATION: _recommendation,
    Kind.WORK_ITEM: _work_item,
    Kind.STATEMENT: _statement,
    Kind.AGENDA: _agenda,
    Kind.MESSAGE: _message,
}
