"""Propose an item, or enter one that was decided. Source: WI-1 to WI-4."""

from typing import Any

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, NotFound, Refusal, invalid, refuse
from sgdocs.groups.rules import GroupKind
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, Scope
from sgdocs.recommendations import queries as recommendations
from sgdocs.recommendations.models import Family
from sgdocs.work_programme import completeness, rules, timing
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.actions._parts import add_base, add_editors, add_supporters, countries_of
from sgdocs.work_programme.actions._places import Place, document_named, named_group, place_of, require_decided
from sgdocs.work_programme.completeness import Proposal
from sgdocs.work_programme.models import ItemPaper, WorkItem
from sgdocs.work_programme.naming import keep_names
from sgdocs.work_programme.practice import USUAL, Practice
from sgdocs.work_programme.rules import ItemProcess, ItemStatus, PaperRole
from sgdocs.work_programme.schemas import EquivalentForm, ItemForm

PLAIN = (
    "title", "titles", "kind", "version", "version_part", "stage", "liaison_to", "scope", "summary", "relations", "comment",
)  # fmt: skip


def propose(act: Act, form: ItemForm, *, practice: Practice = USUAL) -> WorkItem:
    """A new item that waits to be confirmed by its study group or working party.

    Invalid: the form is not complete, or a field will not do. Conflict: the name is taken, or a warning (too few
    supporters, no base text) is not confirmed by `accept`.
    """
    place = place_of(act, form.group, form.question)
    policy.require(act.actor, Permission.PROPOSE_ITEM, Scope(place.path))
    item = _create(act, form, place, ItemStatus.PENDING, practice)
    _writing.add_step(act, item, "", item.status, on=item.status_on, meeting=None)
    _told(act, "work.proposed", item, place, form)
    return item


def enter(
    act: Act, form: ItemForm, meeting: Meeting | None, *, reason: str = "", practice: Practice = USUAL
) -> WorkItem:
    """A new item that a study group or working party decided at its meeting, registered at once."""
    place = place_of(act, form.group, form.question)
    policy.require(act.actor, Permission.DECIDE_ITEM, Scope(place.path))
    require_decided(act, place.group, meeting)
    item = _create(act, form, place, ItemStatus.UNDER_STUDY, practice)
    item.registered_meeting_id = meeting.id if meeting else None
    item.status_on = _writing.day_of(act, meeting)
    _writing.keep(act, item)
    _writing.add_step(act, item, "", item.status, on=item.status_on, meeting=meeting, reason=reason)
    _told(act, "work.registered", item, place, form, meeting=meeting.code if meeting else "", reason=reason)
    return item


def warnings(act: Act, form: ItemForm, *, practice: Practice = USUAL) -> tuple[Refusal, ...]:
    """What speaks against the proposal; `accept` in the form confirms all of it."""
    place = place_of(act, form.group, form.question)
    return completeness.warnings_of(_proposal(act, form, place), practice)


def _proposal(act: Act, form: ItemForm, place: Place) -> Proposal:
    process = form.process or _usual(place, form)
    told = form.model_dump(include={"acronym", "title", "timing", "scope", "summary", "relations", "base"})
    return Proposal(
        sector=place.group.sector,
        kind=form.kind,
        version=form.version,
        question=place.question.label if place.question else "",
        editors=tuple(each.name or each.person for each in form.editors if each.role != "contact"),
        process=process,
        supporters=tuple(countries_of(act, [each for each in form.supporters if each.support == "work"])),
        **told,
    )


def _usual(place: Place, form: ItemForm) -> ItemProcess:
    """Of a text that has one way only it need not be said."""
    ways = rules.processes_for(place.group.sector, form.kind)
    return ways[0] if len(ways) == 1 else ItemProcess.NONE


def _create(act: Act, form: ItemForm, place: Place, status: ItemStatus, practice: Practice) -> WorkItem:
    proposal = _proposal(act, form, place)
    refuse(completeness.why_not_propose(proposal), Invalid)
    refuse(rules.why_not_process(place.group.sector, form.kind, proposal.process), Invalid)
    refuse(rules.why_not_name(form.acronym), Invalid)
    warned = () if form.accept else completeness.warnings_of(proposal, practice)
    refuse(warned[0] if warned else None, Conflict)
    item = _row(act, form, place, status, proposal.process)
    item.number = _writing.next_number(act)
    _writing.require_free(act, item.sector, item.acronym)
    _writing.keep(act, item)
    keep_names(act.session, item)
    add_editors(act, item, form.editors)
    add_supporters(act, item, form.supporters)
    add_base(act, item, form.base)
    _add_origin(act, item)
    return item


def _row(act: Act, form: ItemForm, place: Place, status: ItemStatus, process: str) -> WorkItem:
    """Everything but the number, which is taken last, so that the counter is held for a moment only."""
    when = timing.read(form.timing) or invalid("timing", form.timing, timing.RIGHT)
    family = family_named(act, form.text)
    origin = _origin(act, form)
    deliverable = document_named(act, form.origin_document) if form.origin_document else None
    return WorkItem(
        number=0,
        sector=place.group.sector,
        acronym=form.acronym,
        acronym_key=rules.name_key(form.acronym),
        sort_key=rules.name_order(form.acronym),
        group_id=place.group.id or 0,
        question_id=place.question.id if place.question else None,
        period_id=place.period.id if place.period else None,
        process=process,
        status=status,
        status_on=_writing.day_of(act, None),
        timing=when.words,
        timing_on=when.last_on,
        priority=form.priority or when.priority,
        family_id=family.id if family else None,
        text_id=family.current_id if family else None,
        equivalents=equivalents_of(form.equivalents),
        origin_group_id=origin,
        origin_document_id=deliverable.id if deliverable else None,
        proposed_by=act.actor.person_id,
        registered_at=act.now,
        changed_at=act.now,
        **form.model_dump(mode="json", include=set(PLAIN)),
    )


def equivalents_of(given: list[EquivalentForm]) -> list[dict[str, str]]:
    return [each.model_dump() for each in given if each.number]


def family_named(act: Act, words: str) -> Family | None:
    """The Recommendation that is changed, by any of its numbers; None for none."""
    try:
        return recommendations.named(act, words) if words else None
    except NotFound:
        invalid("text", words, "The number of a Recommendation that is here, such as G.709.")


def _origin(act: Act, form: ItemForm) -> int | None:
    """The focus group whose deliverable it was. Source: Rec. ITU-T A.7."""
    if not form.origin:
        return None
    group = named_group(act, "origin", form.origin)
    if group.kind != GroupKind.FOCUS_GROUP:
        raise Invalid(rules.NOT_GROUP, field="origin", label=group.label)
    return group.id


def _add_origin(act: Act, item: WorkItem) -> None:
    if item.origin_document_id is not None:
        row = ItemPaper(
            work_item_id=item.id or 0,
            document_id=item.origin_document_id,
            role=PaperRole.OTHER,
            about="origin",
            by_hand=True,
            added_at=act.now,
        )
        act.session.add(row)
        act.session.flush()


def _told(act: Act, verb: str, item: WorkItem, place: Place, form: ItemForm, **facts: Any) -> None:
    editors = [each.name or each.person for each in form.editors]
    told: dict[str, Any] = {
        "title": item.title,
        "question": place.question.label if place.question else "",
        "process": item.process,
        "supporters": [each.name for each in form.supporters],
    }
    _writing.note(act, verb, item, personal={"editors": editors} if editors else None, **told, **facts)
