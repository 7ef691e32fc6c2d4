"""What a house may set about sending; the defaults are those of the settings of the same names."""

from dataclasses import dataclass
from typing import Protocol


class Set(Protocol):
    """Whatever has the values under the same names: the settings."""

    @property
    def liaison_reply_to(self) -> str: ...
    @property
    def liaison_ack_days(self) -> int: ...
    @property
    def liaison_unacknowledged_days(self) -> int: ...
    @property
    def liaison_letter_mb(self) -> int: ...
    @property
    def liaison_sending_days(self) -> int: ...
    @property
    def liaison_reminder_days(self) -> int: ...


@dataclass(frozen=True)
class Practice:
    """reply_to: where outside bodies answer, "" for the contact of the statement; ack_days: life of the link;
    unacknowledged_days: after so many a letter counts as not acknowledged; letter_mb: most of its attachments together;
    sending_days: from the end of a meeting until what it agreed is sent; reminder_days: before the last meeting in time.
    Source: domain 7.1, features N18.
    """

    reply_to: str = ""
    ack_days: int = 60
    unacknowledged_days: int = 14
    letter_mb: int = 20
    sending_days: int = 0
    reminder_days: int = 14

    @classmethod
    def of(cls, settings: Set) -> "Practice":
        return cls(
            settings.liaison_reply_to,
            settings.liaison_ack_days,
            settings.liaison_unacknowledged_days,
            settings.liaison_letter_mb,
            settings.liaison_sending_days,
            settings.liaison_reminder_days,
        )


USUAL = Practice()
