"""Write a statement: draft, edit. Every state of its text is kept. Source: Rec. ITU-T A.1 1.5, domain 7.1."""

from collections.abc import Sequence
from typing import Final

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Invalid, Refusal, refuse
from sgdocs.liaison import drafting_rules as drafts
from sgdocs.liaison import filing, rules
from sgdocs.liaison.actions import _drafts, _parties, _writing
from sgdocs.liaison.actions._parties import Side
from sgdocs.liaison.actions.about import link
from sgdocs.liaison.actions.answering import answer_given_up
from sgdocs.liaison.models import Statement
from sgdocs.liaison.naming import read_title
from sgdocs.liaison.schemas import DraftForm

AGREED_ON: Final = ("title", "body", "senders", "addressees", "reply_to", "forwards")
"""What a group agrees: when it changes, the statement is a draft again."""


def draft(act: Act, form: DraftForm) -> Statement:
    """A draft of a group of ours, called `draft-17` until it is sent.

    By whoever writes for one of the sending groups, or for a Question of theirs. Invalid, with the rule: no title, the
    first sender is no group of ours, somebody is addressed twice or has ended, a deadline that is over, a number that
    nobody knows or that cannot be answered.
    """
    senders, addressed = _sides(act, form)
    statement = _drafts.create(act, form, senders)
    rows = _parties.add_senders(act, statement, senders)
    _drafts.require_right(act, rows)
    _drafts.address(act, statement, addressed)
    _drafts.relate_all(act, statement, form)
    link(act, statement, form)
    _drafts.keep_text(act, statement)
    _writing.note(act, "liaison.drafted", statement, to=[side.whom.name for side in addressed])
    return statement


def edit(act: Act, statement: Statement, form: DraftForm, version: int) -> Statement:
    """Write the form in place of what stood there; version: that of the page. What was agreed is a draft again when its
    title, text, sides or relations change. Conflict: it was changed meanwhile, or is no draft any more.
    """
    _writing.permit(act, statement)
    _writing.require_open(statement)
    senders, addressed = _sides(act, form)
    before = _drafts.told(act, statement)
    _writing.claim(act, statement, version)
    answer_given_up(act, statement)
    _drafts.describe(act, statement, form, senders)
    _drafts.replace_senders(act, statement, senders)
    _drafts.address(act, statement, addressed)
    _drafts.relate_all(act, statement, form)
    link(act, statement, form)
    now = _drafts.told(act, statement)
    changed = [name for name in now if now[name] != before[name]]
    if {"title", "body"} & set(changed):
        _drafts.keep_text(act, statement)
    if set(changed) & set(AGREED_ON):
        _drafts.unagree(act, statement)
    _writing.note(act, "liaison.edited", statement, changed=changed, is_draft_again=_drafts.is_again(before, statement))
    return statement


def reopen(act: Act, statement: Statement) -> None:
    """What was agreed has changed: it is a draft again, for every sending group."""
    _drafts.unagree(act, statement)


# Decided before anything is written


def _sides(act: Act, form: DraftForm) -> tuple[list[Side], list[Side]]:
    on = geneva_day(act.now)
    if not read_title(form.title).subject:
        raise Invalid(rules.NO_TITLE, field="title")
    if not form.senders:
        raise Invalid(rules.NO_SENDER, field="senders")
    senders = _parties.senders(act, form.senders, on, is_draft=True)
    first = senders[0].whom
    if first.group is None:
        raise Invalid(drafts.NOT_OURS, field="senders", name=first.name)
    for n, side in enumerate(senders):
        refusal = filing.why_not_address(act.session, side.whom.group, on) if side.whom.group else None
        refuse(refusal and Refusal(refusal.rule, refusal.facts, field=f"senders.{n}.name"), Invalid)
    return senders, _addressed(act, form, senders)


def _addressed(act: Act, form: DraftForm, senders: Sequence[Side]) -> list[Side]:
    on = geneva_day(act.now)
    for n, each in enumerate(form.addressees):
        refusal = rules.why_not_deadline(each.deadline, on)
        refuse(refusal and Refusal(refusal.rule, refusal.facts, field=f"addressees.{n}.deadline"), Invalid)
    found = _parties.addressees(act, form.addressees, on)
    refuse(drafts.why_not_address(_keys(senders), _keys(found)), Invalid)
    for n, side in enumerate(found):
        refusal = filing.why_not_address(act.session, side.whom.group, on) if side.whom.group else None
        refuse(refusal and Refusal(refusal.rule, refusal.facts, field=f"addressees.{n}.name"), Invalid)
    return found


def _keys(sides: Sequence[Side]) -> list[tuple[str, str]]:
    return [(_key(side), side.whom.name) for side in sides]


def _key(side: Side) -> str:
    if side.whom.group is not None:
        return f"group {side.whom.group.id}"
    return f"body {side.whom.body.id}" if side.whom.body else side.whom.name.casefold()
