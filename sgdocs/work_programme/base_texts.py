"""Base texts of an item as clauses, the check of its next draft, and what contributions would change: read from the tables."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Final

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, NotFound
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.documents.texts import Text, text_of
from sgdocs.text.model import Unit
from sgdocs.work_programme import change_rules as rules
from sgdocs.work_programme import queries
from sgdocs.work_programme.baseline import Accepted, Check, check, is_in
from sgdocs.work_programme.clashes import Asked, Clause, Row, sentence_keys, side_by_side
from sgdocs.work_programme.edits import Edit, requests
from sgdocs.work_programme.models import AcceptedChange, ItemBase, WorkItem
from sgdocs.work_programme.rules import PaperRole

MOST_DOCUMENTS: Final = 60
KEPT_EDITS: Final = 400


@dataclass(frozen=True)
class BaseText:
    """A base text that the actor may read, with its clauses."""

    base: ItemBase
    document: Document
    units: Sequence[Unit]


def base_texts(act: Act, item: WorkItem) -> list[ItemBase]:
    """The newest first."""
    found = select(ItemBase).where(ItemBase.work_item_id == item.id, col(ItemBase.document_id).is_not(None))
    return list(act.session.exec(found.order_by(col(ItemBase.id).desc())))


def read_base(act: Act, base: ItemBase) -> BaseText | None:
    """None when the actor may not read the document, or when no text of it is kept."""
    try:
        document = documents.by_id(act, base.document_id or 0)
        text = text_of(act, document, part=base.part or "r0", language=document.language)
    except NotFound:
        return None
    return BaseText(base, document, text.units) if text.units else None


def current_base(act: Act, item: WorkItem) -> BaseText | None:
    """The base text that is worked on now."""
    newest = next(iter(base_texts(act, item)), None)
    return read_base(act, newest) if newest else None


def accepted_of(row: AcceptedChange) -> Accepted:
    return Accepted(row.number, row.clause, row.before, row.after)


# The check of a draft


@dataclass(frozen=True)
class Checked:
    """base: what the draft is compared with; changes: of the item, by number, as far as the actor may read them; the
    check tells of no others."""

    base: BaseText
    draft: Text
    check: Check
    changes: dict[int, AcceptedChange] = field(default_factory=dict)


def checked(act: Act, item: WorkItem, draft: str) -> Checked | None:
    """The draft (a document, `T25-SG13-TD45/r1` for a part) against the base text before it and the accepted changes.

    None when there is no base text to compare with. Conflict when the draft has no text, or is the first base text.
    """
    name, _, part = draft.removeprefix("/doc/").partition("/")
    document = documents.by_name(act, name)
    text = text_of(act, document, part=part or None, language=document.language)
    if not text.units:
        raise Conflict(rules.NO_TEXT, label=document.label)
    bases = base_texts(act, item)
    before = [row for row in bases if row.id is not None and not _is_text(row, text)]
    own = next((row for row in bases if _is_text(row, text)), None)
    if own is not None:
        before = [row for row in before if (row.id or 0) < (own.id or 0)]
        if not before:
            raise Conflict(rules.SAME_TEXT, label=document.label)
    base = read_base(act, before[0]) if before else None
    if base is None:
        return None
    rows = _due(act, item, base)
    found = check(base.units, text.units, [accepted_of(row) for row in rows])
    shown = {row.change.number: row.change for row in queries.changes_of(act, item)}
    fates = tuple(fate for fate in found.fates if fate.number in shown)
    return Checked(base, text, Check(fates, found.unaccepted), shown)


def _is_text(row: ItemBase, text: Text) -> bool:
    return row.document_id == text.document.id and row.part.upper() == text.part.upper()


def _due(act: Act, item: WorkItem, base: BaseText) -> list[AcceptedChange]:
    """Changes that must be in what follows the base: accepted for it, and earlier ones that never came into it.

    All of them, whoever may read where they come from: what was accepted is not called foreign to anybody.
    """
    found = select(AcceptedChange).where(
        AcceptedChange.work_item_id == item.id, col(AcceptedChange.undone_at).is_(None)
    )
    rows = act.session.exec(found.order_by(col(AcceptedChange.number))).all()
    own = [row for row in rows if row.base_id in (None, base.base.id)]
    earlier = [row for row in rows if row.base_id is not None and row.base_id < (base.base.id or 0)]
    return [*(row for row in earlier if not is_in(base.units, accepted_of(row))), *own]


def next_draft(act: Act, item: WorkItem) -> str:
    """Name of what is to be checked: the latest output after the base text, else the base text itself when it has one
    before it; "" when there is nothing."""
    bases = base_texts(act, item)
    if not bases:
        return ""
    outputs = [row.document for row in queries.papers_of(act, item, PaperRole.OUTPUT)]
    held = {row.document_id for row in bases}
    newer = next((each for each in outputs if each.id not in held and _after(each, bases[0].happened_on)), None)
    if newer is not None:
        return newer.name
    found = queries.papers_by_id(act, [bases[0].document_id]).get(bases[0].document_id or 0) if bases[1:] else None
    return f"{found.name}/{bases[0].part or 'r0'}" if found else ""


def _after(document: Document, day: date) -> bool:
    return document.posted_at is not None and geneva_day(document.posted_at) >= day


# Requests of contributions


@dataclass(frozen=True)
class Requests:
    """documents: by id, those that would change something first; silent: those that would change nothing of the text;
    unread: those without a text; older: how many came before the base text and are left out."""

    base: BaseText
    clauses: Sequence[Clause]
    documents: dict[int, Document]
    silent: Sequence[Document] = ()
    unread: Sequence[Document] = ()
    older: int = 0

    @property
    def clashes(self) -> int:
        return sum(clause.clashes for clause in self.clauses)

    def others(self, row: Row) -> str:
        """Labels of the documents of a row but the first, as a note names them."""
        ids = dict.fromkeys(wish.id for wish in row.wishes)
        return ", ".join(self.documents[id].label_now for id in list(ids)[1:])


def requested(act: Act, item: WorkItem, *, older: bool = False) -> Requests | None:
    """All that the contributions of the item would change in its base text, side by side; None without a base text.

    Those alone that came since it is the base text, unless older ones are asked for; the newest 60. What one document
    would change is kept for a while: the first time costs about 100 ms for a long one.
    """
    base = current_base(act, item)
    if base is None:
        return None
    all_papers = [
        row.document
        for row in queries.papers_of(act, item, PaperRole.CONTRIBUTION)
        if row.document.id != base.document.id and row.document.status == "posted"
    ]
    fresh = [each for each in all_papers if older or _after(each, base.base.happened_on)][:MOST_DOCUMENTS]
    asked: list[Asked] = []
    silent, unread = [], []
    for document in sorted(fresh, key=lambda each: (each.kind, each.sort_key)):
        made = _edits(act, base, document)
        if made is None:
            unread.append(document)
        elif made:
            asked.append(Asked(document.id or 0, made))
        else:
            silent.append(document)
    by_id = {each.id or 0: each for each in fresh}
    named = {each.id: by_id[each.id] for each in asked}
    clauses = side_by_side(base.units, asked, _earlier(act, item, base) if asked else ())
    return Requests(base, clauses, named, silent, unread, len(all_papers) - len(fresh))


def requests_of(act: Act, item: WorkItem, document: Document) -> tuple[BaseText | None, Sequence[Edit]]:
    """What one document would change in the base text."""
    base = current_base(act, item)
    return base, (_edits(act, base, document) or ()) if base else ()


def _edits(act: Act, base: BaseText, document: Document) -> Sequence[Edit] | None:
    """None when the document has no text."""
    text = text_of(act, document, language=document.language, empty=True)
    if text.file is None or text.file.text != "kept":
        return None
    key = (base.base.sha256, base.base.document_id or 0, text.file.sha256, text.file.id or 0)
    known = _EDITS.get(key)
    if known is None:
        known = tuple(requests(base.units, text_of(act, document, file=text.file.name).units))
        _EDITS.put(key, known)
    return known


def _earlier(act: Act, item: WorkItem, base: BaseText) -> set[str]:
    """Sentences of the base text before this one."""
    before = next((row for row in base_texts(act, item) if (row.id or 0) < (base.base.id or 0)), None)
    text = read_base(act, before) if before else None
    return sentence_keys(text.units) - sentence_keys(base.units) if text else set()


class _Kept:
    """The edits of the last documents that were looked at, by digests."""

    def __init__(self, most: int) -> None:
        self._held: OrderedDict[tuple[object, ...], Sequence[Edit]] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, key: tuple[object, ...]) -> Sequence[Edit] | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: tuple[object, ...], found: Sequence[Edit]) -> None:
        with self._lock:
            self._held[key] = found
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._held.clear()


_EDITS = _Kept(KEPT_EDITS)


def forget() -> None:
    """Drop what is kept, as a new process has nothing."""
    _EDITS.clear()
