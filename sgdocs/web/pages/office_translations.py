"""The queue of machine translations, for the secretariat: what goes where, how far it is, stopping one."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs import policy
from sgdocs.policy import Permission
from sgdocs.translation import actions, queries
from sgdocs.translation.practice import Practice
from sgdocs.translation.rules import LIVE, JobState
from sgdocs.translation.schemas import TranslationOut, page_of
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.exports import Export, export
from sgdocs.web.pages.translations import STATES
from sgdocs.web.paper_form import LANGUAGES as NAMES
from sgdocs.web.render import page, see

pages = APIRouter(prefix="/office/translations")
HOME = "/office/translations"
MOST = 10_000
State = Annotated[str, Query(max_length=20)]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
COLUMNS = {
    "id": "Number",
    "label": "What",
    "source": "From",
    "language": "Into",
    "state": "State",
    "done": "Done",
    "pieces": "Pieces",
    "host": "Service",
    "asked_at": "Asked at",
    "finished_at": "Finished at",
    "error": "Error",
}


@pages.get("")
def index(request: Request, act: Reading, services: Svc, state: State = "", number: PageNumber = 1) -> Response:
    jobs = queries.queue(act, state=state, number=number)
    return page(
        request,
        "office/translations.html",
        jobs=jobs,
        people=queries.askers_of(act.session, jobs.rows),
        state=state,
        states=STATES,
        all_states=list(JobState),
        names=NAMES,
        live=LIVE,
        page_of=page_of,
        practice=Practice.of(services.settings, services.translator),
        address=lambda n: urls.with_query(HOME, state=state, number=n),
    )


@pages.post("/{id}/stop")
def stop(act: Writing, id: int) -> Response:
    policy.require(act.actor, Permission.READ_JOBS)
    job, subject = queries.by_id(act, id)
    actions.stop(act, job, subject)
    return see(HOME)


lists = APIRouter()


@lists.get("/office/translations.{form}")
def index_as(act: Reading, services: Svc, form: Export, state: State = "") -> Response:
    jobs = queries.queue(act, state=state, size=MOST)
    rows = [TranslationOut.of(job, services.settings.public_url) for job in jobs.rows]
    return export(form, "translations", rows, COLUMNS, total=jobs.total)
