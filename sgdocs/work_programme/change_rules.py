"""When a change of the base text can be entered as accepted. Pure. Source: domain 3.1, WI-7."""

from collections.abc import Iterable, Sequence

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.text.model import Unit
from sgdocs.work_programme.baseline import Accepted, keys_of
from sgdocs.work_programme.edits import clause_named, label, text_units
from sgdocs.work_programme.sentences import keys, sentences

NO_BASE = rule(
    "work.no-base-to-change",
    "{name} has no base text that could be read, so no change of it can be accepted. Set the base text first.",
    "domain 3.1",
)
OTHER_BASE = rule(
    "work.base-moved",
    "The base text of {name} is another one since you opened the page. Look at the clause in the new text.",
    "domain 3.1",
)
NOTHING = rule("work.change-nothing", "Say what is taken out, what is put in, or both; the two are the same.")
NO_CLAUSE = rule("work.change-clause", "The base text has no clause “{clause}”; its clauses are {right}.", "domain 3.1")
NOT_THERE = rule("work.change-words", "“{words}” does not stand in clause {clause} of the base text.", "domain 3.1")
TAKEN = rule(
    "work.change-taken",
    "Change {number} from {document} was accepted for the same sentence of clause {clause}. Undo that one first.",
    "domain 3.1",
)
UNDONE = rule("work.change-undone", "Change {number} was undone on {on}.")
UNDO_REASON = rule("work.change-reason", "Say why the change is undone; its number and words stay.")
NO_TEXT = rule("work.no-text-to-check", "{label} has no text that could be read, so it cannot be checked.")
SAME_TEXT = rule("work.draft-is-base", "{label} is the base text itself; choose the draft that came after it.")
SHOWN = 12


def why_not_accept(base: Sequence[Unit], change: Accepted, standing: Iterable[tuple[Accepted, str]]) -> Refusal | None:
    """None when the change can be entered: it says something, of sentences that stand in its clause, and contradicts no
    other that was accepted. standing: those, with the label of their document."""
    if keys(change.before) == keys(change.after) and sentences(change.before) == sentences(change.after):
        return Refusal(NOTHING, field="after")
    held = text_units(base)
    unit = clause_named(held, change.clause)
    if unit is None and change.before:
        right = ", ".join(label(each) for each in held[:SHOWN])
        return Refusal(NO_CLAUSE, {"clause": change.clause, "right": right}, field="clause")
    there = set(keys_of(unit)) if unit else set()
    for each in sentences(change.before):
        if not set(keys(each)) <= there:
            return Refusal(NOT_THERE, {"words": each[:120], "clause": change.clause}, field="before")
    return _taken(unit, held, change, standing)


def _taken(
    unit: Unit | None, base: Sequence[Unit], change: Accepted, standing: Iterable[tuple[Accepted, str]]
) -> Refusal | None:
    wanted = set(keys(change.before))
    for other, document in standing:
        is_here = unit is not None and clause_named(base, other.clause) is unit
        same = is_here and wanted & set(keys(other.before))
        again = change.clause == other.clause and not change.before and keys(change.after) == keys(other.after)
        if same or (again and not other.before):
            facts = {"number": other.number, "document": document, "clause": change.clause}
            return Refusal(TAKEN, facts, field="before")
    return None
