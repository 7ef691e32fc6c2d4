"""Begin a thread: the one that each thing has comes with its first message, further ones have a title."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Refusal, refuse
from sgdocs.base.text import folded, one_line
from sgdocs.discussions import rules
from sgdocs.discussions.actions.permitting import require_place
from sgdocs.discussions.models import Thread
from sgdocs.discussions.subjects import About
from sgdocs.journal.record import record


def open_named(act: Act, subject: About, title: str) -> Thread:
    """A further thread on a group or meeting. Conflict when there is one of that title, whatever its case."""
    require_place(act, subject)
    title = one_line(title)[: rules.LONGEST_TITLE]
    known = _known(act, subject, folded(title))
    refuse(rules.why_not_open(subject.kind, title, is_taken=bool(title) and known is not None))
    return _begin(act, subject, title) or _taken(title)


def own_thread(act: Act, subject: About) -> Thread:
    """The one thread of a thing, begun if there is none. Two who begin at once get the same."""
    require_place(act, subject)
    found = _known(act, subject, "") or _begin(act, subject, "") or _known(act, subject, "")
    assert found is not None, "it was begun just now"
    return found


def _known(act: Act, subject: About, key: str) -> Thread | None:
    wanted = select(Thread).where(
        Thread.kind == subject.kind, Thread.subject_id == subject.id, Thread.anchor == subject.anchor,
        Thread.title_key == key,
    )  # fmt: skip
    return act.session.exec(wanted).first()


def _begin(act: Act, subject: About, title: str) -> Thread | None:
    """None when somebody was faster."""
    row = Thread(
        kind=subject.kind.value,
        subject_id=subject.id,
        anchor=subject.anchor,
        title=title,
        title_key=folded(title),
        subject=subject.words,
        group_id=subject.group.id if subject.group is not None else None,
        meeting_id=subject.meeting.id if subject.meeting is not None else None,
        audience=subject.audience,
        last_at=act.now,
        opened_by=act.actor.person_id,
        opened_at=act.now,
    )
    try:
        with act.session.begin_nested():
            act.session.add(row)
            act.session.flush()
    except IntegrityError:
        return None
    record(
        act, "discussions.opened", row, group_id=row.group_id, audience=row.audience,
        thread=row.id, label=row.subject, title=row.title,
    )  # fmt: skip
    return row


def _taken(title: str) -> Thread:
    refuse(Refusal(rules.SAME_TITLE, {"title": title}, field="title"))
    raise Conflict(rules.SAME_TITLE, title=title)
