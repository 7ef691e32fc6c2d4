"""What a step is about: a process, or a work item or a Recommendation before there is one; and who may act there."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.models import Process
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.terms import MEETING, By
from sgdocs.approval.workflow import Procedure, Step
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, Scope
from sgdocs.recommendations.models import Family, Text
from sgdocs.work_programme.models import ItemEditor, WorkItem

Thing = Process | WorkItem | Family | Text
BEFORE = ""


@dataclass(frozen=True)
class Target:
    """state: `""` before there is a process; text: the edition that is deleted or amended."""

    procedure: Procedure[ProcessFacts]
    group: Group
    state: str = BEFORE
    process: Process | None = None
    item: WorkItem | None = None
    family: Family | None = None
    text: Text | None = None
    question: Group | None = None

    @property
    def label(self) -> str:
        if self.process is not None:
            return self.process.number
        if self.item is not None:
            return self.item.acronym
        return self.text.identifier if self.text else self.family.number if self.family else ""


def procedure_named(name: str) -> Procedure[ProcessFacts]:
    return ALL[name] if name in ALL else missing("procedure", name)


def target_of(act: Act, thing: Thing | Target, procedure: str = "") -> Target:
    """procedure: for a thing that has no process yet; "" for the one chosen for the work item. Costs up to four queries."""
    if isinstance(thing, Target):
        return thing
    if isinstance(thing, Process):
        return _of_process(act.session, thing)
    if isinstance(thing, WorkItem):
        return _of_item(act.session, thing, procedure or thing.process)
    return _of_published(act.session, thing, procedure)


def procedures_for(thing: WorkItem | Family | Text) -> tuple[str, ...]:
    """Ids of the procedures that may begin for it, the usual one first; none for a work item without a process."""
    if isinstance(thing, WorkItem):
        also = {("R", "adoption"): ("psaa",), ("R", "agreement"): (), ("T", "tap"): ("regional-tap",)}
        first = "radio-text" if (thing.sector, thing.process) == ("R", "agreement") else thing.process
        return (first, *also.get((thing.sector, thing.process), ())) if first else ()
    sector = thing.sector if isinstance(thing, Family) else thing.identifier[4:5]
    return {"T": ("deletion", "erratum"), "R": ("suppression", "editorial")}.get(sector, ())


def _of_process(session: Session, process: Process) -> Target:
    return Target(
        procedure_named(process.procedure),
        _group(session, process.group_id),
        process.state,
        process,
        session.get(WorkItem, process.work_item_id) if process.work_item_id else None,
        session.get(Family, process.family_id) if process.family_id else None,
        session.get(Text, process.text_id) if process.text_id else None,
        session.get(Group, process.question_id) if process.question_id else None,
    )


def _of_item(session: Session, item: WorkItem, procedure: str) -> Target:
    return Target(
        procedure_named(procedure),
        _group(session, item.group_id),
        item=item,
        family=session.get(Family, item.family_id) if item.family_id else None,
        text=session.get(Text, item.text_id) if item.text_id else None,
        question=session.get(Group, item.question_id) if item.question_id else None,
    )


def _of_published(session: Session, thing: Family | Text, procedure: str) -> Target:
    """A text in force; its group is the study group that is in charge of it now."""
    text = thing if isinstance(thing, Text) else session.get(Text, thing.current_id) if thing.current_id else None
    family = session.get(Family, text.family_id) if text is not None else thing
    assert isinstance(family, Family), "foreign key"
    code = (text.study_group if text else "") or family.study_group
    found = select(Group).where(Group.path == f"{family.sector}/{code}")
    group = session.exec(found).first() or missing("study group", code or family.number)
    return Target(procedure_named(procedure), group, family=family, text=text)


def _group(session: Session, group_id: int) -> Group:
    return session.get(Group, group_id) or missing("group", group_id)


# Who may act


def roles_of(act: Act, target: Target, meeting: Meeting | None = None) -> frozenset[str]:
    """The roles of the tables that the actor has there. meeting: whose chair may enter what it decides.

    None for a token that may not write.
    """
    actor = act.actor
    if actor.scopes is not None and policy.WRITE_SCOPE not in actor.scopes:
        return frozenset()
    places = [Scope(target.group.path)]
    if meeting is not None:
        places.append(Scope(_group(act.session, meeting.group_id).path))
    place = Scope((target.question or target.group).path)
    held = {
        By.CHAIR: any(policy.is_chair(actor, each) for each in places),
        By.COUNSELLOR: any(policy.is_counsellor(actor, each) for each in places),
        By.SECRETARIAT: policy.is_secretariat(actor, place) or policy.is_operator(actor, place),
        By.EDITOR: policy.writes_for_group(actor, place) or _edits(act, target),
        By.MEMBERS: policy.is_member_there(actor, Scope(target.group.path)),
        By.CLOCK: policy.is_clock(actor, place),
    }
    return frozenset(role.value for role, has in held.items() if has)


def _edits(act: Act, target: Target) -> bool:
    if target.item is None or act.actor.person_id is None:
        return False
    held = select(ItemEditor.id).where(
        ItemEditor.work_item_id == target.item.id, ItemEditor.person_id == act.actor.person_id
    )
    return act.session.exec(held).first() is not None


PERMISSIONS = {
    By.CHAIR: Permission.JUDGE,
    By.COUNSELLOR: Permission.DECIDE_TEXT,
    By.SECRETARIAT: Permission.ANNOUNCE,
    By.EDITOR: Permission.PROVIDE_TEXT,
    By.MEMBERS: Permission.COMMENT,
    By.CLOCK: Permission.CLOSE_WINDOW,
}


def permission_of(step: Step[ProcessFacts], roles: Iterable[str]) -> Permission:
    """What is asked of whoever takes the step: a decision of a meeting, else that of the role by which it is taken."""
    held = set(roles)
    if step.in_meeting:
        return Permission.DECIDE_TEXT
    by = next((role for role in step.by if role in held), step.by[0])
    return PERMISSIONS[By(by)]


def is_for_meetings(step: Step[ProcessFacts]) -> bool:
    """Whether a meeting decides it, or may: then its own chair enters it."""
    return bool(step.in_meeting) or (step.in_meeting is None and set(MEETING) <= set(step.by))


def scope_of(act: Act, target: Target, meeting: Meeting | None = None, *, by: str = By.CHAIR) -> Scope:
    """Where the step is taken. An editor acts in the Question and owns the item; a chair in the group or meeting."""
    if by == By.EDITOR:
        owner = act.actor.person_id if _edits(act, target) else None
        return Scope((target.question or target.group).path, owner_id=owner)
    if meeting is not None:
        return Scope(_group(act.session, meeting.group_id).path)
    return Scope(target.group.path)


def editors_of(session: Session, item: WorkItem | None) -> list[ItemEditor]:
    if item is None:
        return []
    held = select(ItemEditor).where(ItemEditor.work_item_id == item.id)
    return list(session.exec(held.order_by(col(ItemEditor.position), col(ItemEditor.id))))


def step_of(target: Target, step: str) -> Step[ProcessFacts]:
    """NotFound for a step that the procedure does not have."""
    if not target.procedure.has(step):
        missing("step", f"{target.procedure.id} {step}")
    return target.procedure.step(step)
