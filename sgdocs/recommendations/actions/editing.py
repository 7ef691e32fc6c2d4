"""Add a text, correct one. What people correct, imports leave alone."""

from datetime import datetime

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, DOUBLE, FIELD, Conflict, Invalid
from sgdocs.recommendations.actions.writing import bind, checked, permit, planned, raw_of, set_columns, written
from sgdocs.recommendations.models import Text
from sgdocs.recommendations.queries import Found
from sgdocs.recommendations.schemas import TextForm


def add(act: Act, form: TextForm) -> Text:
    """Add a text with all that is known of it; its family comes into being with its first text.

    Conflict when it exists, or when it would break an invariant; Invalid when a field is wrong.
    """
    record = checked(raw_of(form, form.identifier))
    permit(act, record.place.sector, form.study_group)
    plan = planned(act, record)
    slot = plan.touched[0]
    if not slot.new:
        raise Conflict(DOUBLE, what="Text", name=slot.row["identifier"])
    slot.row["catalogue_id"] = ""
    bind(act, plan)
    return written(act, plan, slot, "recommendations.added", identifier=slot.row["identifier"], reason=form.reason)


def correct(act: Act, found: Found, form: TextForm, *, seen: datetime | None = None) -> Text:
    """Correct a stored text; the fields that change are kept from imports, old and new values stand in the history.

    seen: `changed_at` as the editor saw it; Conflict when it has changed since. The identifier stays: a wrong
    number is withdrawn and added anew.
    """
    family, text = found.family, _of(found)
    permit(act, family.sector, text.study_group)
    if seen is not None and text.changed_at != seen:
        raise Conflict(CHANGED)
    record = checked(raw_of(form, text.catalogue_id or text.identifier))
    permit(act, family.sector, form.study_group)
    plan = planned(act, record)
    slot = next((s for s in plan.touched if s.row.get("id") == text.id), None)
    if slot is None or plan.row["key"] != family.key:
        right = "The identifier of a text cannot be corrected; withdraw it and add the right one."
        raise Invalid(FIELD, field="identifier", **{"value": form.identifier, "right": right})
    bind(act, plan)
    fields = sorted({*slot.row["corrected"], *slot.changes})
    if slot.changes:
        set_columns(slot, corrected=fields)
        slot.changes.pop("corrected", None)
    return written(act, plan, slot, "recommendations.corrected", identifier=text.identifier, reason=form.reason)


def _of(found: Found) -> Text:
    if found.text is None:
        raise ValueError("a text is needed, not only a family")
    return found.text
