"""Machine translations as notices tell them: to whoever asked, and to who follows the thing."""

from datetime import date
from typing import Final

from sqlmodel import Session

from sgdocs.i18n import N_
from sgdocs.journal.models import Entry
from sgdocs.notices.row import Row
from sgdocs.translation.models import TranslationJob

ASKER: Final = ("asker",)


def of_translations() -> dict[str, Row]:
    return {
        "translations.done": Row(
            "translations",
            (N_("Machine translation made: {label}, {title}"), N_("Machine translation made: {label}")),
            ASKER,
        ),
        "translations.failed": Row("mine", (N_("The machine translation failed: {label}"),), ASKER),
    }


def asker(session: Session, entry: Entry, place: object, on: date) -> set[int]:
    """Who asked for the translation."""
    id = entry.facts.get("job")
    job = session.get(TranslationJob, id) if isinstance(id, int) else None
    return {job.person_id} if job is not None and job.person_id is not None else set()
