"""Lists of some groups of the demonstration, with a thread, a message that waits, and an older list whose members came along."""

from dataclasses import replace
from typing import Final

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.groups.queries import actor_for, find
from sgdocs.mailing_lists import actions
from sgdocs.mailing_lists.models import MailingList
from sgdocs.mailing_lists.schemas import MessageForm
from sgdocs.people.models import Person
from sgdocs.people.queries import by_email
from sgdocs.seed.cast import DOMAIN

MEMBERS: Final = {
    "T/SG15": ("chair", "rapporteur", "delegate-member", "delegate-state", "tsb"),
    "T/SG15/T25/Q2": ("rapporteur", "delegate-member", "tsb"),
    "R/WP5D": ("tsb",),
}
THREAD: Final = (
    ("rapporteur", "Agenda of the interim call", "The draft agenda stands with the meeting. Please send additions by Friday."),
    ("delegate-member", "", "We would like to present the measurements of the sleep states, ten minutes."),
    ("rapporteur", "", "Noted: it comes after the review of the base text."),
)  # fmt: skip
HELD: Final = MessageForm(subject="Question on the base text", text="Which revision is the base text of the draft?")


def load(act: Act) -> None:
    """Nothing when there is a list already."""
    if act.session.exec(select(MailingList.id)).first() is not None:
        return
    lists = {}
    for path, keys in MEMBERS.items():
        group = find(act.session, path)
        if group is None:
            continue
        row = lists[path] = actions.open_list(act, group)
        for key in keys:
            own, person = _as(act, key)
            actions.subscribe(own, row, person)
    row = lists["T/SG15/T25/Q2"]
    first = None
    for key, subject, text in THREAD:
        own, person = _as(act, key)
        form = MessageForm(subject=subject or f"Re: {THREAD[0][1]}", text=text)
        sent = actions.post(own, row, person, form, answers=first)
        first = first or sent
    own, person = _as(act, "delegate-state")
    actions.post(own, row, person, HELD)


def _as(act: Act, key: str) -> tuple[Act, Person]:
    person = by_email(act.session, f"{key}@{DOMAIN}")
    assert person is not None, "the cast is loaded"
    return replace(act, actor=actor_for(act.session, person, act.now)), person
