"""Bring a text into force, take one out of force. Source: domain 2.4, INV-2 and INV-5."""

from sgdocs.base.act import Act
from sgdocs.base.errors import DOUBLE, Conflict, Refusal, refuse
from sgdocs.base.rulebook import rule
from sgdocs.recommendations.actions.writing import (
    bind,
    checked,
    facts_before,
    permit,
    planned,
    set_columns,
    written,
)
from sgdocs.recommendations.importing.plan import FamilyPlan
from sgdocs.recommendations.models import Text
from sgdocs.recommendations.queries import Found
from sgdocs.recommendations.rules import OUT_OF_FORCE, Status, why_not_date
from sgdocs.recommendations.schemas import NewText
from sgdocs.recommendations.standing import fate_of_parts, succession

NOT_IN_FORCE = rule("recommendations.not-in-force", "{identifier} is out of force already.", "sgdocs domain 2.4")
APPROVED_ON = rule(
    "recommendations.approval-day", "A text comes into force on the day of its approval; give that day.", "domain INV-5"
)
WHY = rule("recommendations.withdrawal-reason", "Say why it is withdrawn; the reason is kept in the history.")


def bring_into_force(act: Act, new: NewText) -> Text:
    """A newly approved text: it is pre-published, and what it replaces is superseded, in this one transaction.

    A new edition supersedes the edition in force with its amendments, corrigenda and errata, from the approval day
    on; an amendment hangs on the edition named. Conflict when the text exists or an invariant would break.
    """
    refuse(why_not_date(new.approved) or (None if len(new.approved) == 10 else Refusal(APPROVED_ON, field="approved")))
    raw = {
        "id": new.identifier,
        "title": new.title,
        "approved": new.approved,
        "status": Status.IN_FORCE if new.published else Status.PRE_PUBLISHED,
        "process": new.process or "",
        "study_group": new.study_group,
        "summary": new.summary,
        "former_names": new.former_names,
        "iso_iec": new.iso_iec,
        "languages": new.languages,
    }
    record = checked(raw)
    permit(act, record.place.sector, new.study_group)
    plan = planned(act, record)
    slot = plan.touched[0]
    if not slot.new:
        raise Conflict(DOUBLE, what="Text", name=slot.row["identifier"])
    slot.row["catalogue_id"] = ""
    replaced = _supersede(plan)
    bind(act, plan)
    return written(act, plan, slot, "recommendations.in-force", identifier=slot.row["identifier"], supersedes=replaced)


def _supersede(plan: FamilyPlan) -> list[str]:
    """Mark what the new text replaces; the names of it."""
    facts = facts_before(plan)
    new = next(slot for slot in plan.slots if slot.new)
    own = facts[plan.slots.index(new)]
    gone = {fact.id for fact in succession(facts, own)}
    slots = [slot for slot, fact in zip(plan.slots, facts, strict=True) if fact.id in gone]
    for slot in slots:
        set_columns(slot, status=Status.SUPERSEDED)
        if slot.row["kind"] == own.kind:
            slot.successor = new
    return [slot.row["identifier"] for slot in slots]


def withdraw(act: Act, found: Found, *, on: str, reason: str) -> Text:
    """Take a text out of force on a day, with the amendments, corrigenda and errata that hang on it (INV-2)."""
    text = found.text
    assert text is not None
    permit(act, found.family.sector, text.study_group)
    refuse(why_not_withdraw(text, on, reason))
    plan = planned(act, checked({"id": text.catalogue_id or text.identifier}))
    facts = facts_before(plan)
    own = next(fact for fact in facts if fact.id == text.id)
    gone = {own.id, *(fact.id for fact in fate_of_parts(facts, own))}
    for slot in plan.slots:
        if slot.row["id"] in gone:
            set_columns(slot, status=Status.WITHDRAWN, withdrawn=on)
            corrected = {*slot.row["corrected"], "status", "withdrawn"}
            slot.row["corrected"] = sorted(corrected)
    bind(act, plan)
    slot = next(slot for slot in plan.slots if slot.row["id"] == text.id)
    return written(act, plan, slot, "recommendations.withdrawn", identifier=text.identifier, reason=reason, on=on)


def note_editorial(act: Act, found: Found, note: str) -> Text:
    """Say of a text in force that it was corrected editorially; it keeps its number and date. Source: domain R-11, AAP-21."""
    text = found.text
    assert text is not None
    permit(act, found.family.sector, text.study_group)
    plan = planned(act, checked({"id": text.catalogue_id or text.identifier}))
    slot = next(slot for slot in plan.slots if slot.row["id"] == text.id)
    noted = "; ".join(each for each in (text.status_note, note) if each)
    set_columns(slot, status_note=noted, corrected=sorted({*slot.row["corrected"], "status_note"}))
    slot.changes.pop("corrected", None)
    return written(act, plan, slot, "recommendations.corrected", identifier=text.identifier, reason=note)


def why_not_withdraw(text: Text, on: str, reason: str) -> Refusal | None:
    """None when the text may be withdrawn on that day."""
    if text.status in OUT_OF_FORCE:
        return Refusal(NOT_IN_FORCE, {"identifier": text.identifier})
    if not reason.strip():
        return Refusal(WHY, field="reason")
    return why_not_date(on)
