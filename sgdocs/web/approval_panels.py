"""The panel before a step: what will happen, what stands against it, where to mend it. It words a `Preview`.

The list of conditions is that of the table, which the action asks again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sgdocs.approval.actions.planning import Change, Preview
from sgdocs.approval.gathering import Gathered
from sgdocs.approval.offers import needs_number
from sgdocs.approval.procedures import needs
from sgdocs.approval.procedures.terms import Effect
from sgdocs.approval.targets import Target
from sgdocs.approval.workflow import Need
from sgdocs.base.errors import Refusal
from sgdocs.i18n import N_, Language
from sgdocs.meetings.models import Meeting
from sgdocs.web import approval_words, urls, work_words

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Condition:
    """One line of the check list. title: what is wanted; says, facts: why it is not met, with the values used; mend: the
    page where it can be mended; is_warning: told, and no bar."""

    id: str
    title: str
    is_met: bool
    says: str = ""
    facts: Facts = field(default_factory=dict)
    rule: str = ""
    clause: str = ""
    mend: str = ""
    is_warning: bool = False


def conditions_of(preview: Preview) -> list[Condition]:
    """Those of the table in its order, then what holds for every procedure and is not met, then warnings."""
    step, gathered, target = preview.step, preview.gathered, preview.target
    told = [
        condition(need, need.why_not(gathered.facts), mend_address(need.mend, target, gathered)) for need in step.needs
    ]
    known = {each.rule for each in told}
    others = [
        Condition(
            no.rule.id, no.rule.says, False, no.rule.says, no.facts, no.rule.id, approval_words.clause(no.rule.source)
        )
        for no in preview.unmet
        if no.rule.id not in known
    ]
    warned = [(need, no) for need in step.warns if (no := need.why_not(gathered.facts)) is not None]
    return told + others + [condition(need, no, is_warning=True) for need, no in warned]


def condition(need: Need[Any], no: Refusal | None, mend: str = "", *, is_warning: bool = False) -> Condition:
    """One line of a check list. mend: where it would be mended."""
    rule = no.rule if no is not None else need.rule
    return Condition(
        need.id,
        need.title or need.id,
        no is None,
        rule.says if rule else "",
        no.facts if no else {},
        rule.id if rule else "",
        approval_words.clause(rule.source) if rule else "",
        mend if no is not None else "",
        is_warning,
    )


def mend_address(what: str, target: Target, gathered: Gathered, *, may_edit: bool = True) -> str:
    """The page where that can be mended; "" where there is none. may_edit: the reader may change the work item."""
    process, item, text = target.process, target.item, gathered.bound
    at = urls.approval(process.number) if process else ""
    meeting = gathered.meeting or gathered.deciding
    papers = urls.work_item(item, "texts") if item else at
    held = urls.meeting(meeting.code) if meeting else urls.group(target.group.path) + "/meetings"
    places = {
        "item": urls.work_item(item, *(["edit"] if may_edit else [])) if item else at,
        "text": urls.document(text.document.name) if text else papers,
        "references": urls.document(text.document.name, "references") if text else papers,
        "meeting": held,
        "agenda": f"{held}/agenda" if meeting else held,
        "comments": f"{at}/comments" if at else urls.work_item(item) if item else "",
        "replies": f"{at}/replies" if at else "",
        "clock": at,
    }
    return places.get(what, "")


CHANGES: Mapping[str, str] = {
    "work-item": N_("The work item goes from “{before}” to “{after}”."),
    "queue": N_("It waits for the next announcement, to go on as “{after}”."),
    "unqueue": N_("It leaves the list of what the next announcement takes along."),
    "process": N_("A further process begins: {after}."),
    "edition": N_("The edition {after} comes into force; what it supersedes ends, the old name stays findable."),
    "withdrawn": N_("{before} is withdrawn; its page stays."),
    "meeting": N_("The decision is set for {after}."),
}


def change_words(spoken: Language, change: Change, target: Target) -> str:
    """One change of the record as a sentence; "" for the state and the text, which have lines of their own."""
    what = "unqueue" if change.what == "queue" and not change.after else change.what
    says = CHANGES.get(what)
    if says is None:
        return ""
    if what == "queue":
        states = target.procedure.states
        change = Change(what, change.before, states[change.after].title if change.after in states else change.after)
    before, after = (spoken.say(work_words.STATUSES.get(each, (each,))[0]) for each in (change.before, change.after))
    return spoken.sentence(says, {"before": before.lower(), "after": after if what != "work-item" else after.lower()})


@dataclass(frozen=True)
class Panel:
    """What the template of a step shows. address: where the form goes; back: where "Leave it" leads; deciding: meetings to
    choose from."""

    preview: Preview
    address: str
    back: str
    conditions: Sequence[Condition]
    changes: Sequence[str]
    deciding: Sequence[Meeting] = ()

    @property
    def target(self) -> Target:
        return self.preview.target

    @property
    def title(self) -> str:
        return self.preview.step.title

    @property
    def from_title(self) -> str:
        states = self.target.procedure.states
        return states[self.target.state].title if self.target.state in states else ""

    @property
    def unmet(self) -> int:
        return len(self.preview.unmet)

    @property
    def days(self) -> int:
        opens, closes = self.preview.opens_on, self.preview.closes_on
        return (closes - opens).days + 1 if opens and closes else 0

    @property
    def asks_text(self) -> bool:
        """Whether the step binds to a text that may be named."""
        return bool({Effect.BIND_TEXT, Effect.BIND_REVISED} & set(self.preview.outcome.effects))

    @property
    def asks_paper(self) -> bool:
        """Whether a meeting decides on a published text by a paper on its agenda, which only the form can name."""
        return not self.asks_text and self.target.item is None and needs.lists_text in self.preview.step.needs

    @property
    def asks_summary(self) -> bool:
        return Effect.BIND_REVISED in self.preview.outcome.effects

    @property
    def asks_deciding(self) -> bool:
        return Effect.SET_DECIDING in self.preview.outcome.effects

    @property
    def asks_identifier(self) -> bool:
        """Whether approval will make an edition under a number that nobody has given, or that may still be changed."""
        return needs_number(self.target.procedure, self.preview.step)
