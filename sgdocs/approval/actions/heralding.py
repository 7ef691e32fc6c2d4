"""The letter of an AAP announcement: one to each focal point, with every text it names for the first time.

It cannot be switched off; notices see that it was written and send no other. Source: A.8 4.1, domain AAP-4.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import col, select

from sgdocs.approval import letter_words as words
from sgdocs.approval import letters
from sgdocs.approval.letters import Draft, Known, Recipient
from sgdocs.approval.models import Announcement, AnnouncementLine, Process
from sgdocs.approval.procedures.terms import Letter
from sgdocs.approval.targets import target_of
from sgdocs.approval.workflow import Outcome
from sgdocs.base.act import Act
from sgdocs.journal.models import Entry

Line = tuple[int, str]
"""(process, code) as an announcement names it."""


@dataclass
class _Mail:
    """What one address gets. why: each reason once."""

    to: Recipient
    why: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def named(act: Act, row: Announcement | None) -> frozenset[Line]:
    """What the announcement names by now."""
    return frozenset((line.process_id, line.code) for line in _lines(act, row)) if row is not None else frozenset()


def herald(act: Act, row: Announcement, entry: Entry, before: Collection[Line]) -> int:
    """Write the letters of what was not named before; returns how many there were. Costs some queries for each group."""
    new = [line for line in _lines(act, row) if (line.process_id, line.code) not in before]
    mails = _mails(act, row.happened_on, new)
    for mail in mails.values():
        told = {"number": str(row.number), "on": words.day(row.happened_on), "count": words.texts(len(mail.lines))}
        at = f"{act.site.rstrip('/')}/approval/announcement/{row.number}" if act.site else ""
        text = words.ANNOUNCEMENT.format(**told, lines="\n\n".join(mail.lines), link=words.link_to(at))
        draft = Draft(
            Letter.AAP,
            words.ANNOUNCEMENT_SUBJECT.format(**told),
            text.strip(),
            (replace(mail.to, why="; ".join(mail.why)),),
        )
        letters.write(act, draft, entry)
    return len(mails)


def _lines(act: Act, row: Announcement) -> Sequence[AnnouncementLine]:
    found = select(AnnouncementLine).where(AnnouncementLine.announcement_id == row.id)
    return act.session.exec(found.order_by(col(AnnouncementLine.id))).all()


def _mails(act: Act, on: date, lines: Sequence[AnnouncementLine]) -> dict[str, _Mail]:
    """By the address: an Associate is told of the texts of its study group, the others of all."""
    to = words.must_get(Letter.AAP, "aap", by_meeting=False)
    reached: dict[int, tuple[Recipient, ...]] = {}
    mails: dict[str, _Mail] = {}
    known = Known()
    for line in lines:
        target = target_of(act, act.session.get_one(Process, line.process_id))
        outcome = Outcome("", "", target.state, "A.8 4.1", on, line.closes_on)
        told = letters.told_of(act, target, outcome, opens_on=line.opens_on, site=act.site)
        group = target.group.id or 0
        if group not in reached:
            reached[group], _ = letters.recipients(act, to, target, known)
        for each in reached[group]:
            mail = mails.setdefault(each.address.lower(), _Mail(each))
            mail.why += [each.why] if each.why not in mail.why else []
            mail.lines.append(words.line_of(told))
    return mails
