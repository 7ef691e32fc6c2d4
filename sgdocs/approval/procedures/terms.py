"""Words that the tables of procedures share: who takes a step, what a step does besides, which letters go out. Pure."""

from enum import StrEnum
from typing import Final


class By(StrEnum):
    """Who may take a step. Source: domain 1.6, 6.2 to 6.6."""

    CHAIR = "chair"
    COUNSELLOR = "counsellor"
    SECRETARIAT = "secretariat"
    EDITOR = "editor"
    MEMBERS = "members"
    CLOCK = "clock"


MEETING: Final = (By.CHAIR, By.COUNSELLOR, By.SECRETARIAT)
"""Decisions of a meeting: entered by its chair or counsellor, or by the secretariat for them."""
CHAIR: Final = (By.CHAIR, By.SECRETARIAT)
OFFICE: Final = (By.SECRETARIAT,)
ANNOUNCER: Final = (By.SECRETARIAT, By.CLOCK)
"""Announcements on fixed days: the worker makes them, or the secretariat by hand."""
CLOCK: Final = (By.CLOCK,)
TEXT: Final = (By.EDITOR, By.CHAIR, By.SECRETARIAT)


class Effect(StrEnum):
    """What the action carries out in the transaction of the step.

    item:…: the work item gets that status. queue:…: the next announcement opens that state. begin:P:S: a process of
    procedure P begins in state S with the same text, at the same meeting.
    """

    BIND_TEXT = "bind-text"
    BIND_REVISED = "bind-revised-text"
    SET_DECIDING = "set-deciding-meeting"
    ITEM_CONSENTED = "item:consented"
    ITEM_DETERMINED = "item:determined"
    ITEM_ADOPTED = "item:adopted"
    ITEM_FORWARDED = "item:forwarded-to-assembly"
    ITEM_RETURNED = "item:under-study"
    QUEUE_LAST_CALL = "queue:last-call"
    QUEUE_REVIEW = "queue:additional-review"
    QUEUE_DECISION = "queue:sg-decision"
    UNQUEUE = "queue:"
    BRING_INTO_FORCE = "bring-into-force"
    RECORD_AGREED = "record-agreed"
    WITHDRAW_TEXT = "withdraw-text"
    NOTE_EDITORIAL = "note-editorial"
    BEGIN_TAP = "begin:tap:determined"
    BEGIN_ASSEMBLY = "begin:assembly:forwarded"
    BEGIN_RADIO_ASSEMBLY = "begin:radio-assembly:forwarded"
    BEGIN_CONSULTATION = "begin:consultation:requested"
    BEGIN_PSAA = "begin:psaa:requested"


class Letter(StrEnum):
    """Letters and papers that a step sends; the names are those of announcements where one is published."""

    AAP = "aap"
    SG_DECISION = "sg-decision"
    TAP_CONSULTATION = "tap-consultation"
    TAP_COUNT = "tap-count"
    RESULT = "result"
    DELETION = "deletion"
    ADOPTION = "adoption"
    CONSULTATION = "consultation"
    PSAA = "psaa"
    SUPPRESSION = "suppression"
    TEXT_DUE = "text-due"
    JUDGEMENT_DUE = "judgement-due"
    RETURNED = "returned"


LAST_CALL, REVIEW, CONSULTATION = "last-call", "additional-review", "consultation"
OBJECTION, MORE_TIME = "objection", "more-time"
WINDOWS: Final = (LAST_CALL, REVIEW, CONSULTATION, OBJECTION, MORE_TIME)
"""Kinds of windows."""
