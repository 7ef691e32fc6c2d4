"""The form of a work item on a page: lists as lines of text, read into what the actions take."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from sgdocs.base.act import Act
from sgdocs.i18n import Language
from sgdocs.web import urls
from sgdocs.web.fields import right_of
from sgdocs.web.forms import Filled
from sgdocs.web.work_frame import family_of
from sgdocs.work_programme import queries
from sgdocs.work_programme.form_reading import editors_of
from sgdocs.work_programme.form_words import FormWords, kind_of
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import EditorRole, ItemKind, ItemProcess, ItemVersion, Priority, Stage
from sgdocs.work_programme.schemas import EditForm, ItemForm

Lines = Annotated[str, StringConstraints(max_length=20_000)]
_COUNTRY = re.compile(r"\s*\((?P<country>[^()]{1,60})\)\s*$")
_ROLE = re.compile(r"\s*\((?P<role>co-editor|editor|contact)\)\s*$", re.I)
_PAGE = re.compile(r",?\s*/person/([\w-]+)")
_RELATION = re.compile(r"\s*\((?P<relation>common|twin|technically-aligned)\)\s*$", re.I)
PLAIN = (
    "group", "question", "acronym", "title", "kind", "version", "version_part", "text", "process", "stage", "timing",
    "priority", "scope", "summary", "relations", "comment", "base", "origin", "origin_document", "accept",
)  # fmt: skip
EDITED = (
    "acronym", "title", "kind", "version", "version_part", "text", "stage", "timing", "priority", "scope", "summary",
    "relations", "comment",
)  # fmt: skip


class ItemFields(BaseModel):
    """editors: a person to a line, `Name, entity, e-mail (co-editor)`; supporters: an entity to a line,
    `Name (country)`; equivalents: a number to a line, `ISO/IEC 1234 (common)`; liaison_to: names, commas between.

    meeting, reason: an officer enters an item that a meeting decided; seen_at: the change that was the last one when
    the form was opened.
    """

    group: str = ""
    question: str = ""
    acronym: str = ""
    title: str = ""
    kind: ItemKind = ItemKind.RECOMMENDATION
    version: ItemVersion = ItemVersion.NEW
    version_part: str = ""
    text: str = ""
    process: ItemProcess = ItemProcess.NONE
    stage: Stage = Stage.NONE
    timing: str = ""
    priority: Priority = Priority.NONE
    liaison_to: Lines = ""
    equivalents: Lines = ""
    scope: str = ""
    summary: str = ""
    relations: str = ""
    comment: str = ""
    base: str = ""
    editors: Lines = ""
    supporters: Lines = ""
    origin: str = ""
    origin_document: str = ""
    accept: bool = False
    meeting: str = Field("", max_length=100)
    reason: str = Field("", max_length=500)
    seen_at: str = Field("", max_length=40)

    def new(self) -> ItemForm:
        """What `propose` takes. ValidationError for a field that is too long."""
        told: dict[str, Any] = {name: getattr(self, name) for name in PLAIN}
        lists = {"editors": editors(self.editors), "supporters": supporters(self.supporters)}
        return ItemForm.model_validate({**told, **lists, **self._lists()})

    def edit(self) -> EditForm:
        """What `edit` takes: the page has every field, so one that was emptied is emptied."""
        told: dict[str, Any] = {name: getattr(self, name) for name in EDITED}
        return EditForm.model_validate({**told, "editors": editors(self.editors), **self._lists()})

    def _lists(self) -> dict[str, Any]:
        names = [part.strip() for part in re.split(r"[,;\n]", self.liaison_to) if part.strip()]
        return {"liaison_to": names, "equivalents": equivalents(self.equivalents)}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def editors(text: str) -> list[dict[str, str]]:
    """A person to a line; without a role in brackets it is an editor. `/person/ada-edit` names one we know."""
    found = []
    for line in _lines(text):
        role = _ROLE.search(line)
        bare = line[: role.start()] if role else line
        page = _PAGE.search(bare)
        for each in editors_of(_PAGE.sub("", bare)):
            told = {"name": each.name, "entity": each.entity, "email": each.email, "person": page[1] if page else ""}
            found.append({**told, "role": role["role"].lower() if role else EditorRole.EDITOR.value})
    return found


def supporters(text: str) -> list[dict[str, str]]:
    found = []
    for line in _lines(text):
        country = _COUNTRY.search(line)
        name = line[: country.start()].strip() if country else line
        found.append({"name": name, "country": country["country"].strip() if country else ""})
    return found


def equivalents(text: str) -> list[dict[str, str]]:
    found = []
    for line in _lines(text):
        relation = _RELATION.search(line)
        number = line[: relation.start()].strip() if relation else line
        found.append({"number": number, "relation": relation["relation"].lower() if relation else ""})
    return found


def shaped(spoken: Language, filled: Filled[ItemFields], make: str) -> Any:
    """`new` or `edit` of the form, or None with the errors at the fields of the page."""
    try:
        return getattr(filled.value, make)()
    except ValidationError as error:
        for each in error.errors():
            filled.errors[str(each["loc"][0]) if each["loc"] else ""] = right_of(each, spoken)
        return None


def start_of(words: FormWords) -> dict[str, str]:
    """What a form in Word says, as the fields of the page."""
    kind = kind_of(words.what)
    return {
        "question": f"Q{words.question}" if words.question else "",
        "acronym": words.name,
        "title": words.title,
        "kind": (kind or (ItemKind.RECOMMENDATION if words.sheet == "a1" else ItemKind.OTHER)).value,
        "base": words.base_text,
        "timing": words.timing,
        "process": words.process,
        "editors": "\n".join(", ".join(filter(None, (e.name, e.entity, e.email))) for e in words.editors),
        "scope": words.scope,
        "summary": words.summary,
        "relations": words.relations,
        "liaison_to": ", ".join(words.liaisons),
        "supporters": "\n".join(words.supporters),
    }


def fields_of(act: Act, item: WorkItem) -> Mapping[str, object]:
    """What an item says, as the fields of the page."""
    rows = queries.editors_of(act.session, item)
    told = {name: getattr(item, name) for name in EDITED if name != "text"}
    return {
        **told,
        "text": _text(act, item),
        "liaison_to": ", ".join(item.liaison_to),
        "equivalents": "\n".join(_with(each["number"], each.get("relation", "")) for each in item.equivalents),
        "editors": "\n".join(_editor(row) for row in rows),
        "seen_at": item.changed_at.isoformat(),
    }


def _text(act: Act, item: WorkItem) -> str:
    family = family_of(act, item)
    return family.number if family else ""


def _editor(row: queries.EditorRow) -> str:
    reach = row.editor.email or (row.person.email or urls.person(row.person.slug) if row.person else "")
    words = ", ".join(filter(None, (row.name, row.entity, reach)))
    return words if row.editor.role == EditorRole.EDITOR else _with(words, row.editor.role)


def _with(words: str, bracket: str) -> str:
    return f"{words} ({bracket})" if bracket else words
