"""Machine translations: `/api/v1/translations`."""

from fastapi import APIRouter, Request, Response

from sgdocs.translation import actions, queries
from sgdocs.translation.models import TranslationJob
from sgdocs.translation.practice import Practice
from sgdocs.translation.schemas import PieceOut, TranslatedOut, TranslationForm, TranslationOut
from sgdocs.translation.subjects import load
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.deps import Reading, Svc, Writing

api = APIRouter(prefix="/api/v1/translations", tags=["translations"])


@api.get("", response_model=list[TranslationOut], summary="My translations")
def mine(request: Request, act: Reading, services: Svc, asked: Paging) -> Response:
    """Those that the caller asked for, the newest first."""
    after = int(asked.after[0]) if asked.after and isinstance(asked.after[0], int) else None
    rows = queries.own(act, after=after, limit=asked.limit + 1)

    def item(job: TranslationJob) -> TranslationOut:
        return TranslationOut.of(job, services.settings.public_url)

    return listing(request, asked, rows, total=queries.count_own(act), item=item, cursor=lambda job: (job.id,))


@api.post("", status_code=201, summary="Ask for a translation")
def ask(act: Writing, services: Svc, form: TranslationForm) -> TranslationOut:
    """The whole text goes to the service that the setting names. What is there already is given, and not made again."""
    subject = load(act, form.kind, form.id)
    job = actions.ask(act, subject, form.language, Practice.of(services.settings, services.translator))
    return TranslationOut.of(job, services.settings.public_url)


@api.get("/{id}", response_model=TranslatedOut, summary="A translation with its text")
def show(request: Request, act: Reading, services: Svc, id: int) -> Response:
    """Its state, and the text as far as it is there. It is no official version."""
    job, _ = queries.by_id(act, id)
    text = [PieceOut.of(each) for each in queries.pieces_of(act.session, job)]
    told = TranslatedOut(**TranslationOut.of(job, services.settings.public_url).model_dump(), text=text)
    return one(request, told.model_dump(mode="json"))


@api.delete("/{id}", status_code=204, summary="Stop a translation")
def stop(act: Writing, id: int) -> None:
    job, subject = queries.by_id(act, id)
    actions.stop(act, job, subject)
