"""What stands against a draft, its agreement and its sending. Pure. Source: Rec. ITU-T A.1 1.5, domain 7.1."""

from collections.abc import Iterable, Sequence
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.liaison.rules import A1, DRAFTS, Level, Status

NOT_OURS = rule(
    "liaison.sender-not-ours", "“{name}” is no group here: the first sender gives the statement its number.", A1
)
TO_ITSELF = rule("liaison.to-itself", "{name} sends it, so that it is not addressed to {name}.", A1)
NOT_ITS_PARTY = rule("liaison.not-its-party", "{party} is no working party of {name}.", A1)
TWICE = rule("liaison.addressed-twice", "{name} is addressed twice.", A1)
NO_DRAFT = rule("liaison.no-draft", "{label} is {status}; only a draft is changed.", "domain 7.1")
REPLY_TO_DRAFT = rule("liaison.reply-to-draft", "{label} was not sent yet; there is nothing to answer.", "domain 7.1")
PAPER_TWICE = rule("liaison.paper-twice", "{name} goes with it already.", "domain 7.1")
LEVEL_MEETING = rule(
    "liaison.level-meeting",
    "{code} is no meeting at which {name} agrees a statement at that level.",
    f"{A1}, domain 7.1",
)
NOT_BEGUN = rule("liaison.meeting-not-begun", "{code} begins on {starts_on}; nothing is agreed there before.", A1)
NOT_AGREED = rule("liaison.not-agreed", "{names}: say at which level it was agreed.", A1)
NOT_APPROVED = rule("liaison.not-approved", "Not approved yet for {names}.", f"{A1}, domain 7.1")
NO_APPROVER = rule(
    "liaison.no-approver", "For {name} it is approved by {roles}; who holds another role cannot.", f"{A1}, domain 7.1"
)
SAY_HOW = rule(
    "liaison.say-how", "{people} can approve for {name}: say how they did, or let them do it here.", f"{A1}, domain 7.1"
)
APPROVED = rule("liaison.approved-already", "For {name} it is approved already.", A1)

OPEN: Final = (Status.DRAFT, Status.AGREED, Status.APPROVED)
"""What can be changed, agreed and approved."""


def why_not_change(label: str, status: str) -> Refusal | None:
    """None while it is a draft, agreed or approved; a change of what was agreed takes it back to a draft."""
    return None if status in OPEN else Refusal(NO_DRAFT, {"label": label, "status": status})


def why_not_address(senders: Iterable[tuple[str, str]], addressees: Sequence[tuple[str, str]]) -> Refusal | None:
    """None when nobody writes to itself, or to somebody twice. Pairs: key of who it is, name."""
    own = dict(senders)
    seen: set[str] = set()
    for n, (key, name) in enumerate(addressees):
        if key in own:
            return Refusal(TO_ITSELF, {"name": name}, field=f"addressees.{n}.name")
        if key in seen:
            return Refusal(TWICE, {"name": name}, field=f"addressees.{n}.name")
        seen.add(key)
    return None


def status_of(levels: Sequence[str], approved: Sequence[bool]) -> Status:
    """Of a draft, from its sending groups: agreed when all agreed it, approved when for each somebody approved it."""
    if not levels or not all(levels):
        return Status.DRAFT
    return Status.APPROVED if all(approved) else Status.AGREED


def approves_at_once(level: str, *, has_meeting: bool, holds_role: bool, is_office: bool) -> bool:
    """Whether saying that it was agreed approves it as well: at a meeting, said by its chair or the secretariat, or by
    the chair of the study group between meetings. Source: A.1 1.5."""
    if has_meeting:
        return holds_role or is_office
    return level == Level.CHAIR and holds_role


def why_not_send(label: str, status: str, senders: Sequence[tuple[str, str, bool]]) -> list[Refusal]:
    """Everything that stands against sending. senders: (name, level, is approved) of each sending group."""
    from_rules = Refusal(NO_DRAFT, {"label": label, "status": status}) if status not in DRAFTS else None
    unagreed = ", ".join(name for name, level, _ in senders if not level)
    unapproved = ", ".join(name for name, level, is_approved in senders if level and not is_approved)
    found = [
        from_rules,
        Refusal(NOT_AGREED, {"names": unagreed}) if unagreed else None,
        Refusal(NOT_APPROVED, {"names": unapproved}) if unapproved else None,
    ]
    return [each for each in found if each is not None]
