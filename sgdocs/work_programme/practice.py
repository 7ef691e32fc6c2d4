"""What a house may set otherwise about work items. Pure. Source: domain 3.2, 11 (U6)."""

from dataclasses import dataclass, fields

from sgdocs.base.settings import Settings


@dataclass(frozen=True)
class Practice:
    """wi_min_supporters, wi_min_countries: below them a proposal is warned of, not barred; wi_stale_meetings: so many
    meetings without a contribution make an item stale."""

    wi_min_supporters: int = 4
    wi_min_countries: int = 0
    wi_stale_meetings: int = 2

    @classmethod
    def of(cls, settings: Settings) -> "Practice":
        return cls(**{each.name: getattr(settings, each.name) for each in fields(cls)})


USUAL = Practice()
