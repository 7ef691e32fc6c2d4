"""What a step will do, computed once: the panel shows it, and the step carries out the very same.

Nothing is written here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sgdocs.approval import bound_texts, letters, naming, owing, rulings
from sgdocs.approval.bound_texts import Bound
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.gathering import Gathered, gather, newest_text
from sgdocs.approval.letters import Draft, Known
from sgdocs.approval.offers import meeting_in_session, unmet_of
from sgdocs.approval.owing import Debt
from sgdocs.approval.periods import closes_at
from sgdocs.approval.procedures.terms import Effect, Letter
from sgdocs.approval.schemas import StepForm
from sgdocs.approval.targets import BEFORE, Target, Thing, step_of, target_of
from sgdocs.approval.workflow import Outcome, State, Step, advance
from sgdocs.base.act import Act
from sgdocs.base.errors import Refusal
from sgdocs.documents import queries as documents
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting

BINDS = (Effect.BIND_TEXT, Effect.BIND_REVISED)
GATHERED_LATER = (Letter.AAP,)
"""Letters that go with the announcement of the day, one for all its texts."""


@dataclass(frozen=True)
class Change:
    """One thing of the record that changes. what: `state`, `work-item`, `text`, `edition`, `queue`, `meeting`, …"""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Preview:
    """What the step will do.

    unmet: all that stands against it; the rest is what would happen when nothing did. opens_on, closes_on: of the window
    that it opens; counts_on: the day an approval by silence will be dated; papers: kinds of announcements and papers that
    are made; letters: with recipients, subject and text; letters_later: kinds that go with the next announcement.
    """

    target: Target
    step: Step[ProcessFacts]
    outcome: Outcome
    state: State
    gathered: Gathered
    unmet: tuple[Refusal, ...]
    closes_at: datetime | None = None
    counts_on: date | None = None
    identifier: str = ""
    edition: str = ""
    letters: tuple[Draft, ...] = ()
    letters_later: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    debts: tuple[Debt, ...] = field(default=())

    @property
    def opens_on(self) -> date | None:
        return self.outcome.happened_on if self.outcome.closes_on else None

    @property
    def closes_on(self) -> date | None:
        return self.outcome.closes_on

    @property
    def text(self) -> Bound | None:
        """The version that the step binds to, or that is in hand."""
        return self.gathered.bound

    @property
    def meeting(self) -> Meeting | None:
        return self.gathered.meeting

    @property
    def version(self) -> int:
        """Of the process as it is seen; goes back in the form."""
        return self.target.process.version if self.target.process else 0


def preview(
    act: Act, thing: Thing | Target, step: str, form: StepForm | None = None, *, procedure: str = ""
) -> Preview:
    """What the step would do now. form: as far as it is filled. Costs about 30 queries, writes nothing."""
    target = target_of(act, thing, procedure)
    asked = form or StepForm()
    row = step_of(target, step)
    return planned(act, target, row, asked, meeting=meeting_for(act, target, row, asked))


def meeting_for(act: Act, target: Target, step: Step[ProcessFacts], form: StepForm) -> Meeting | None:
    """The meeting that the form names, else the one in session, where a meeting may decide."""
    if form.meeting:
        return meetings.by_code(act, form.meeting)
    return meeting_in_session(act, target) if step.in_meeting else None


def planned(
    act: Act,
    target: Target,
    step: Step[ProcessFacts],
    form: StepForm,
    *,
    meeting: Meeting | None,
    with_letters: bool = True,
) -> Preview:
    """The plan of a step by a person, or of one that the clock takes in a queue."""
    deciding = meetings.by_code(act, form.deciding) if form.deciding else None
    gathered = gather(act, target, meeting=meeting, deciding=deciding, text=_named_text(act, target, step, form))
    if form.summary:
        text = replace(gathered.facts.text, has_summary=True)
        gathered = replace(gathered, facts=replace(gathered.facts, text=text))
    if form.countries:
        gathered = replace(gathered, facts=replace(gathered.facts, region=region_of(form)))
    return plan_of(act, gathered, step, form, with_letters=with_letters)


def region_of(form: StepForm) -> tuple[str, ...]:
    """Countries by their codes, once each."""
    return tuple(dict.fromkeys(each.strip().upper() for each in form.countries.split(",") if each.strip()))


def _named_text(act: Act, target: Target, step: Step[ProcessFacts], form: StepForm) -> Bound | None:
    """The text that the form names, for a step that binds one; every other step is about the text in hand. Where there is
    none, as in a deletion, the form names the paper that proposes it.

    A step that takes in a revised text binds the newest revision where the form names none.
    """
    if not form.document and Effect.BIND_REVISED in step.effects:
        return newest_text(act.session, target)
    has_text = target.item is not None or (target.process is not None and target.process.document_id is not None)
    if not form.document or (has_text and not set(BINDS) & set(step.effects)):
        return None
    return bound_texts.bound(act.session, documents.by_name(act, form.document), form.part)


def plan_of(
    act: Act,
    gathered: Gathered,
    step: Step[ProcessFacts],
    form: StepForm,
    *,
    outcome: Outcome | None = None,
    with_letters: bool = True,
) -> Preview:
    """outcome: of the clock, which has asked the needs; None computes it and what is unmet."""
    target, facts = gathered.target, gathered.facts
    identifier = _identifier(act, target, form)
    unmet = () if outcome else unmet_of(act.session, step, gathered, identifier=identifier)
    leads_to = outcome or advance(target.procedure, target.state, step.id, facts, facts.today)
    state = target.procedure.states[leads_to.state]
    debts = owing.debts_of(target.procedure.id, state, leads_to, facts)
    plan = Preview(
        target,
        step,
        leads_to,
        state,
        gathered,
        unmet,
        closes_at=_closes_at(facts, leads_to),
        counts_on=_counts_on(target, leads_to, facts),
        identifier=identifier,
        edition=_edition(leads_to, identifier),
        letters_later=tuple(kind for kind in leads_to.letters if kind in GATHERED_LATER),
        papers=tuple(kind for kind in leads_to.letters if kind in PUBLISHED),
        debts=debts,
    )
    drafts = drafts_of(act, plan, form) if with_letters else ()
    return replace(plan, letters=drafts, changes=tuple(_changes(plan)))


PUBLISHED = (
    Letter.AAP,
    Letter.SG_DECISION,
    Letter.TAP_CONSULTATION,
    Letter.RESULT,
    Letter.DELETION,
    Letter.ADOPTION,
    Letter.CONSULTATION,
    Letter.PSAA,
    Letter.SUPPRESSION,
)
"""Kinds of letters that are published as announcements, in a series of their own."""


def drafts_of(
    act: Act, plan: Preview, form: StepForm, *, target: Target | None = None, known: Known | None = None
) -> tuple[Draft, ...]:
    """The letters that go out with the step, in the words of whoever takes it. target: with its process, once it began."""
    about = target or plan.target
    gathered = plan.gathered
    told = letters.told_of(
        act,
        about,
        plan.outcome,
        deciding=gathered.deciding,
        closed_on=gathered.facts.window_closes_on,
        due_on=next((debt.due_on for debt in plan.debts if debt.due_on), None),
        reason=form.reason,
        site=act.site,
    )
    kinds = [kind for kind in plan.outcome.letters if kind not in GATHERED_LATER]
    found = []
    for kind in kinds:
        words = form.letters.get(kind)
        draft = letters.draft(act, kind, about, told, by_meeting=bool(plan.step.in_meeting), known=known)
        found.append(draft.worded(words.subject, words.text) if words else draft)
    return tuple(found)


def _identifier(act: Act, target: Target, form: StepForm) -> str:
    if form.identifier:
        found = naming.checked(form.identifier, target.group.sector)
        return found if isinstance(found, str) else ""
    if target.process is not None and target.process.identifier:
        return target.process.identifier
    return naming.derived(act.session, target)


def _edition(outcome: Outcome, identifier: str) -> str:
    makes = Effect.BRING_INTO_FORCE in outcome.effects or Effect.RECORD_AGREED in outcome.effects
    return naming.edition(identifier, outcome.happened_on) if makes and identifier else ""


def _closes_at(facts: ProcessFacts, outcome: Outcome) -> datetime | None:
    if outcome.closes_on is None:
        return None
    zone, cutoff = rulings.clock(facts.rules, facts.today)
    return closes_at(outcome.closes_on, zone, cutoff)


def _counts_on(target: Target, outcome: Outcome, facts: ProcessFacts) -> date | None:
    """The day of an approval by silence, asked of the row of the clock that it would come by."""
    if outcome.closes_on is None:
        return None
    after = replace(facts, window_opens_on=outcome.happened_on, window_closes_on=outcome.closes_on)
    for step in target.procedure.steps:
        if step.on_expiry and outcome.state in step.start and Effect.BRING_INTO_FORCE in step.effects:
            return step.dated(after, outcome.closes_on) if step.dated else outcome.closes_on
    return None


def _changes(plan: Preview) -> Sequence[Change]:
    """The record before and after, in the words of the tables."""
    target, outcome, gathered = plan.target, plan.outcome, plan.gathered
    states = target.procedure.states
    before = states[target.state].title if target.state != BEFORE else ""
    found = [Change("state", before, plan.state.title)]
    for effect in outcome.effects:
        found += _changed_by(effect, plan)
    if gathered.deciding is not None and Effect.SET_DECIDING in outcome.effects:
        found.append(Change("meeting", "", gathered.deciding.code))
    return found


def _changed_by(effect: str, plan: Preview) -> list[Change]:
    target, text = plan.target, plan.gathered.bound
    kind, _, value = effect.partition(":")
    found: list[Change] = []
    if effect in BINDS and text is not None:
        found.append(Change("text", "", f"{text.label} · {text.sha256[:12]}"))
    elif kind == "item" and target.item is not None:
        found.append(Change("work-item", target.item.status, value))
    elif kind == "queue":
        found.append(Change("queue", target.process.queued_for if target.process else "", value))
    elif kind == "begin":
        found.append(Change("process", "", value.replace(":", " → ")))
    elif effect == Effect.WITHDRAW_TEXT:
        found.append(Change("withdrawn", target.label, ""))
    elif effect in (Effect.BRING_INTO_FORCE, Effect.RECORD_AGREED):
        found += _ending(plan)
    return found


def _ending(plan: Preview) -> list[Change]:
    item = plan.target.item
    is_agreed = Effect.RECORD_AGREED in plan.outcome.effects
    last = "agreed" if is_agreed else "approved"
    ended = [Change("work-item", item.status, last)] if item is not None else []
    return [*([Change("edition", "", plan.edition)] if plan.edition else []), *ended]
