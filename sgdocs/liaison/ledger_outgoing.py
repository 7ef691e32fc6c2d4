"""What the API and the exports give out about the ledger: one row for one addressee of one statement."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel

from sgdocs.liaison.ledger import LedgerRow
from sgdocs.liaison.ledger_summary import Summary


class LedgerOut(BaseModel):
    """queues: where it waits; days_left: to the last day, negative when it is over; days_old: since the letter's date."""

    name: str
    label: str
    title: str
    status: str
    senders: list[str]
    to: str
    to_group: str
    to_body: str
    position: int | None
    purpose: str
    dated_on: date | None
    deadline: date | None
    days_left: int | None
    days_old: int | None
    age: str
    state: str
    owner: str
    is_overdue: bool
    flagged: str
    queues: list[str]
    url: str

    @classmethod
    def of(cls, row: LedgerRow, root: str) -> "LedgerOut":
        told = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        own = {
            "senders": [each.name for each in row.senders],
            "to": row.to.name,
            "to_group": row.to.path,
            "to_body": row.to.slug,
            "queues": sorted(row.queues),
            "url": f"{root.rstrip('/')}/liaison/{row.name}",
        }
        return cls.model_validate(told | own)


COLUMNS: Mapping[str, str] = {
    "label": "Number",
    "title": "Title",
    "senders": "From",
    "to": "To",
    "purpose": "For",
    "dated_on": "Dated",
    "deadline": "Answer due",
    "days_left": "Days left",
    "days_old": "Days old",
    "state": "State",
    "owner": "In the hands of",
    "queues": "Queues",
    "url": "Address",
}


class SummaryOut(BaseModel):
    """counts, ages, nobody: by queue; days_we_take, days_they_take: median days to answer, None without any answer."""

    counts: dict[str, int]
    ages: dict[str, dict[str, int]]
    nobody: dict[str, int]
    days_we_take: float | None
    days_they_take: float | None

    @classmethod
    def of(cls, found: Summary) -> "SummaryOut":
        return cls(
            counts={str(queue): number for queue, number in found.counts.items()},
            ages={str(queue): {str(age): n for age, n in by.items()} for queue, by in found.ages.items()},
            nobody={str(queue): number for queue, number in found.nobody.items()},
            days_we_take=found.days_we_take,
            days_they_take=found.days_they_take,
        )
