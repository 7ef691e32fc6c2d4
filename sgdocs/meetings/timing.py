"""The periods of meetings that a house may set otherwise. Pure. Source: domain 0 (C0.2), 4.3, 5.1, 11."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import time

from sgdocs.base.settings import Settings


@dataclass(frozen=True)
class Timing:
    """Uncertain periods, with their defaults. A meeting keeps those that were in force when it was convened.

    deadline_cutoff, r_cutoff: time of day, `HH:MM:SS`, in deadline_zone and in UTC.
    """

    deadline_cutoff: str = "23:59:59"
    deadline_zone: str = "Europe/Zurich"
    r_contrib_days: int = 7
    r_cutoff: str = "16:00:00"
    r_translation_months: int = 3
    r_draft_days: int = 28
    r_lead_months: int = 3
    extra_meeting_lead_days: int = 28
    focus_group_lead_days: int = 28
    workshop_lead_days: int = 60

    @classmethod
    def of(cls, settings: Settings) -> "Timing":
        return cls(**{each.name: getattr(settings, each.name) for each in fields(cls)})

    @classmethod
    def kept(cls, told: Mapping[str, str | int]) -> "Timing":
        """As `told()` gave it; what is not told is the default."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in told.items() if name in known})  # type: ignore[arg-type]

    def told(self) -> dict[str, str | int]:
        """What differs from the defaults."""
        return {name: value for name, value in asdict(self).items() if value != getattr(USUAL, name)}

    @property
    def cutoff(self) -> time:
        return time.fromisoformat(self.deadline_cutoff)

    @property
    def cutoff_of_r(self) -> time:
        return time.fromisoformat(self.r_cutoff)


USUAL = Timing()
