"""Change what the record of an item says. Source: domain 3.1."""

from collections.abc import Callable
from typing import Any, Final

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, invalid, refuse
from sgdocs.policy import Permission
from sgdocs.work_programme import rules, timing
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.actions._parts import add_editors
from sgdocs.work_programme.actions.proposing import equivalents_of, family_named
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.naming import keep_names
from sgdocs.work_programme.queries import editors_of
from sgdocs.work_programme.schemas import EditForm

PLAIN: Final = (
    "title", "titles", "version", "version_part", "stage", "priority", "liaison_to", "scope", "summary", "relations",
    "comment",
)  # fmt: skip
NEEDED: Final = ("acronym", "title")


def edit(act: Act, item: WorkItem, form: EditForm) -> WorkItem:
    """Write what the form gives; what is None stays. The journal keeps what stood before. An item that has ended is
    corrected by the secretariat alone. Conflict: the new name is that of another item at work.
    """
    _writing.permit(act, item)
    if not policy.may(act.actor, Permission.IMPORT_ITEMS):
        _writing.require_standing(item)
    before = _told(act, item)
    for name in NEEDED:
        if getattr(form, name) == "":
            invalid(name, "", "Not empty.")
    for name, value in form.model_dump(mode="json", include=set(PLAIN), exclude_none=True).items():
        setattr(item, name, value)
    for change in (_rename, _classify, _time, _relate, _equal, _edited):
        change(act, item, form)
    _writing.keep(act, item)
    _record(act, item, before)
    return item


Change = Callable[[Act, WorkItem, EditForm], None]


def _rename(act: Act, item: WorkItem, form: EditForm) -> None:
    """The name before stays findable for ever."""
    name = form.acronym
    if name is None or name == item.acronym:
        return
    refuse(rules.why_not_name(name), Invalid)
    _writing.require_free(act, item.sector, name, own=item)
    key = rules.name_key(name)
    kept = [each for each in item.former_names if rules.name_key(each) != key]
    item.former_names = kept if item.acronym_key == key else [item.acronym, *kept]
    item.acronym, item.acronym_key, item.sort_key = name, key, rules.name_order(name)
    keep_names(act.session, item)


def _classify(act: Act, item: WorkItem, form: EditForm) -> None:
    """Another kind of text, under a process that fits it; only while nobody consented."""
    if form.kind is None or form.kind == item.kind:
        return
    refuse(rules.why_not_change_process(item.status, name=item.acronym), Invalid)
    ways = rules.processes_for(item.sector, form.kind)
    item.kind = form.kind.value
    item.process = item.process if item.process in ways else ways[0].value


def _time(act: Act, item: WorkItem, form: EditForm) -> None:
    if form.timing is None:
        return
    when = timing.read(form.timing) or invalid("timing", form.timing, timing.RIGHT)
    item.timing, item.timing_on = when.words, when.last_on
    if form.priority is None and when.priority:
        item.priority = when.priority.value


def _relate(act: Act, item: WorkItem, form: EditForm) -> None:
    """Another text that is changed: its edition in force is the one that is amended."""
    if form.text is None:
        return
    family = family_named(act, form.text)
    item.family_id = family.id if family else None
    item.text_id = family.current_id if family else None


def _equal(act: Act, item: WorkItem, form: EditForm) -> None:
    if form.equivalents is not None:
        item.equivalents = equivalents_of(form.equivalents)


def _edited(act: Act, item: WorkItem, form: EditForm) -> None:
    if form.editors is not None:
        add_editors(act, item, form.editors)


def _told(act: Act, item: WorkItem) -> dict[str, Any]:
    """What a change is measured against."""
    own = {name: getattr(item, name) for name in (*PLAIN, "acronym", "kind", "process", "timing", "equivalents")}
    return {**own, "text": item.family_id, "editors": [row.name for row in editors_of(act.session, item)]}


def _record(act: Act, item: WorkItem, before: dict[str, Any]) -> None:
    """Nothing is noted when nothing changed. Names of people stand apart."""
    now = _told(act, item)
    changed = {name: {"was": before[name], "now": now[name]} for name in now if now[name] != before[name]}
    people = changed.pop("editors", None)
    if changed or people:
        _writing.note(act, "work.edited", item, personal={"editors": people} if people else None, changed=changed)
