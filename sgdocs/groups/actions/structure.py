"""Verbs on the structure: establish, rename, allocate, continue. How groups end: `ending`; roles: `appointments`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, invalid, refuse
from sgdocs.base.text import clean, one_line
from sgdocs.groups import queries, rules
from sgdocs.groups.codes import key
from sgdocs.groups.models import Continuation, Group, GroupTerm, JointParent, StudyPeriod
from sgdocs.groups.rules import GroupKind
from sgdocs.groups.schemas import GroupForm, TermForm
from sgdocs.journal.record import record
from sgdocs.policy import Permission, Scope, require


def add_period(act: Act, period: StudyPeriod) -> StudyPeriod:
    """A study period more, after an assembly has closed."""
    require(act.actor, Permission.MANAGE_GROUPS)
    if period.ends_on is not None and period.ends_on < period.starts_on:
        raise Invalid(rules.ORDER, field="ends_on", starts_on=period.starts_on, ends_on=period.ends_on)
    act.session.add(period)
    act.session.flush()
    record(act, "groups.period-added", period, code=period.code, title=period.title)
    return period


def establish(act: Act, form: GroupForm) -> Group:
    """Set up a group, with its first term. Refused when the code is wrong for its kind, or the place is taken."""
    found = _place(act, form)
    require(act.actor, Permission.MANAGE_GROUPS, Scope(found.parent.path if found.parent else ""))
    starts_on = form.starts_on or (found.period.starts_on if found.period else geneva_day(act.now))
    refuse(rules.why_not_establish(form.kind, form.code, _facts(form, found), starts_on), Invalid)
    group = _group(form, found, None if form.is_old else starts_on)
    _insert(act, group)
    act.labels = None
    _add_relatives(act, group, form)
    if found.period is not None:
        act.session.add(_fill(GroupTerm(group_id=group.id or 0, period_id=found.period.id or 0), _term_of(form)))
    record(act, "groups.established", group, group_id=group.id, label=group.label, kind=group.kind, title=form.title)
    return group


@dataclass(frozen=True)
class _Found:
    """Rows that a form names."""

    parent: Group | None = None
    working_party: Group | None = None
    period: StudyPeriod | None = None
    joint: Sequence[Group] = field(default=())


def _place(act: Act, form: GroupForm) -> _Found:
    session = act.session
    return _Found(
        parent=_named(act, "parent", form.parent) if form.parent else None,
        working_party=_named(act, "working_party", form.working_party) if form.working_party else None,
        period=queries.period_by_code(session, form.period) if form.period else None,
    )


def _named(act: Act, name: str, path: str) -> Group:
    """The group of a form field, by path or sloppy code."""
    found = queries.find(act.session, path)
    if found is None:
        found = next(iter(queries.resolve(act.session, path, geneva_day(act.now))), None)
    return found or invalid(name, path, "The address of a group, such as T/SG15.")


def _facts(form: GroupForm, found: _Found) -> rules.Place:
    parent, period = found.parent, found.period
    if period is not None and period.sector != form.sector:
        invalid("period", period.code, f"A study period of {rules.SECTORS[form.sector]}.")
    return rules.Place(
        sector=form.sector,
        parent_kind=parent.kind if parent else None,
        parent_code=parent.code if parent else "",
        parent_ends_on=parent.ends_on if parent else None,
        parent_label=parent.label if parent else "",
        has_period=period is not None,
    )


def _group(form: GroupForm, found: _Found, starts_on: date | None) -> Group:
    parent, kind, period = found.parent, form.kind, found.period
    tied = period if rules.is_per_period(kind, form.sector) else None
    path = rules.path_of(
        form.sector, kind, form.code, parent_path=parent.path if parent else "", period=tied.code if tied else ""
    )
    label = one_line(form.label) or rules.label_of(
        form.sector, kind, form.code, parent_code=parent.code if parent else ""
    )
    return Group(
        sector=form.sector,
        kind=kind,
        code=form.code,
        label=label,
        path=path,
        sort_key=rules.sort_key(path),
        code_key=key(form.code),
        label_key=key(label),
        parent_id=parent.id if parent else None,
        working_party_id=found.working_party.id if found.working_party else None,
        period_id=tied.id if tied else None,
        starts_on=starts_on,
        ends_on=tied.ends_on if tied else None,
    )


def _insert(act: Act, group: Group) -> None:
    """Write the row now; Conflict when the place is taken, also by somebody just faster."""
    taken = select(Group.id).where(func.lower(Group.path) == group.path.lower())
    if act.session.exec(taken).first() is not None:
        raise Conflict(rules.TAKEN, field="code", label=group.label)
    try:
        with act.session.begin_nested():
            act.session.add(group)
            act.session.flush()
    except IntegrityError as error:
        raise Conflict(rules.TAKEN, field="code", label=group.label) from error


def _add_relatives(act: Act, group: Group, form: GroupForm) -> None:
    for path in form.joint_parents:
        act.session.add(JointParent(group_id=group.id or 0, parent_id=_named(act, "joint_parents", path).id or 0))
    for path in form.continues:
        _continue(act, group, _named(act, "continues", path))


def _term_of(form: GroupForm) -> TermForm:
    shared = form.model_dump(include={"period", "title", "mandate", "source", "is_confirmed"})
    return TermForm.model_validate(shared)


def record_terms(act: Act, group: Group, terms: Sequence[TermForm]) -> None:
    """Write what a group was called in several periods, as one act."""
    require(act.actor, Permission.MANAGE_GROUPS, Scope(group.path))
    periods = {period.code: period for period in queries.periods(act.session, group.sector)}
    written = act.session.exec(select(GroupTerm).where(GroupTerm.group_id == group.id))
    known = {term.period_id: term for term in written}
    for form in terms:
        period = _period_for(group, periods.get(form.period), form.period)
        new = GroupTerm(group_id=group.id or 0, period_id=period.id or 0)
        act.session.add(_fill(known.get(new.period_id, new), form))
    told = {form.period: form.title for form in terms}
    record(act, "groups.terms-recorded", group, group_id=group.id, titles=told)


def rename(act: Act, group: Group, form: TermForm) -> GroupTerm:
    """Give the group its title and mandate of one period; other periods keep theirs."""
    require(act.actor, Permission.MANAGE_GROUPS, Scope(group.path))
    period = _period_for(group, queries.period_by_code(act.session, form.period), form.period)
    before = act.session.get(GroupTerm, (group.id, period.id))
    was = before.title if before else ""
    term = _fill(before or GroupTerm(group_id=group.id or 0, period_id=period.id or 0), form)
    act.session.add(term)
    record(act, "groups.renamed", group, group_id=group.id, period=period.code, title=term.title, was=was)
    return term


def _period_for(group: Group, period: StudyPeriod | None, code: str) -> StudyPeriod:
    if period is None or period.sector != group.sector or group.period_id not in (None, period.id):
        invalid("period", code, "A study period in which the group exists.")
    return period


def _fill(term: GroupTerm, form: TermForm) -> GroupTerm:
    term.title = one_line(form.title)
    term.titles = {language: one_line(title) for language, title in form.titles.items() if title}
    term.mandate = clean(form.mandate)
    term.source = one_line(form.source)
    term.is_confirmed = form.is_confirmed
    return term


def allocate(act: Act, question: Group, working_party: Group | None) -> Group:
    """Give a Question to a working party of its study group, or (None) to the plenary."""
    require(act.actor, Permission.MANAGE_GROUPS, Scope(question.path))
    if question.kind != GroupKind.QUESTION:
        invalid("question", question.label, "A Question, such as Q2/15.")
    if working_party is not None and (working_party.parent_id, working_party.period_id) != (
        question.parent_id,
        question.period_id,
    ):
        invalid("working_party", working_party.label, "A working party of the same study group and period.")
    question.working_party_id = working_party.id if working_party else None
    act.session.add(question)
    record(
        act, "groups.allocated", question, group_id=question.id, to=working_party.label if working_party else "plenary"
    )
    return question


def continue_question(act: Act, question: Group, earlier: Group) -> None:
    """Note that a Question goes on with the work of one of an earlier period (several may, of several)."""
    require(act.actor, Permission.MANAGE_GROUPS, Scope(question.path))
    _continue(act, question, earlier)
    record(act, "groups.continued", question, group_id=question.id, continues=earlier.path)


def _continue(act: Act, question: Group, earlier: Group) -> None:
    refuse(rules.why_not_continue(_study(act, question), _study(act, earlier)), Invalid)
    if act.session.get(Continuation, (question.id, earlier.id)) is None:
        act.session.add(Continuation(question_id=question.id or 0, continues_id=earlier.id or 0))


def _study(act: Act, group: Group) -> rules.Study:
    period = act.session.get(StudyPeriod, group.period_id) if group.period_id else None
    return rules.Study(group.kind, group.sector, period.starts_on if period else date.max)
