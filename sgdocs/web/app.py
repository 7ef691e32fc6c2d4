"""The web application: which modules answer, in one table, and what stands round them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI
from starlette.datastructures import State
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from sgdocs import __version__
from sgdocs.base.clock import now
from sgdocs.text.formats import MEDIA
from sgdocs.web import assets, errors, liaison_choice
from sgdocs.web.announcing import keep_announcements
from sgdocs.web.api import announcements as announcements_api
from sgdocs.web.api import approval as approval_api
from sgdocs.web.api import approval_comments as approval_comments_api
from sgdocs.web.api import bodies as bodies_api
from sgdocs.web.api import calendar as calendar_api
from sgdocs.web.api import checks as checks_api
from sgdocs.web.api import comment_sheets as comment_sheets_api
from sgdocs.web.api import desks as desks_api
from sgdocs.web.api import discussions as discussions_api
from sgdocs.web.api import document_texts as document_texts_api
from sgdocs.web.api import documents as documents_api
from sgdocs.web.api import events as events_api
from sgdocs.web.api import groups as groups_api
from sgdocs.web.api import liaison as liaison_api
from sgdocs.web.api import liaison_addressees as liaison_addressees_api
from sgdocs.web.api import liaison_deeds as liaison_deeds_api
from sgdocs.web.api import mailing_lists as mailing_lists_api
from sgdocs.web.api import me as me_api
from sgdocs.web.api import meetings as meetings_api
from sgdocs.web.api import my_page as my_page_api
from sgdocs.web.api import notices as notices_api
from sgdocs.web.api import people as people_api
from sgdocs.web.api import proceedings as proceedings_api
from sgdocs.web.api import publication as publication_api
from sgdocs.web.api import recommendations as recommendations_api
from sgdocs.web.api import search as search_api
from sgdocs.web.api import tasks as tasks_api
from sgdocs.web.api import translations as translations_api
from sgdocs.web.api import work_changes as work_changes_api
from sgdocs.web.api import work_programme as work_programme_api
from sgdocs.web.api import workspace as workspace_api
from sgdocs.web.dav.mount import DavMount
from sgdocs.web.guard import Guard
from sgdocs.web.limits import limited
from sgdocs.web.live.closing import closing
from sgdocs.web.pages import (
    account,
    agenda,
    agenda_forms,
    allotting,
    announcements,
    announcements_office,
    approval,
    approval_announcements,
    approval_calendar,
    approval_comments,
    approval_office,
    approval_papers,
    approval_ready,
    approval_replies,
    approval_sheets,
    approval_steps,
    approval_texts,
    bodies,
    bodies_office,
    bundles,
    calendar,
    calendar_views,
    decisions,
    desks,
    discussion_messages,
    discussion_records,
    discussions,
    dispositions,
    document_comparisons,
    document_neighbours,
    document_records,
    document_texts,
    documents,
    documents_deeds,
    documents_desk,
    documents_of,
    documents_submit,
    dossiers,
    event_forms,
    event_joining,
    events,
    feeds,
    group_roles,
    groups,
    groups_office,
    guests,
    guides,
    health,
    help,
    home,
    joining,
    language,
    languages,
    liaison,
    liaison_acknowledging,
    liaison_addressees,
    liaison_arrivals,
    liaison_deeds,
    liaison_drafts,
    liaison_ledger,
    liaison_matrix,
    liaison_of_group,
    liaison_papers,
    liaison_receiving,
    liaison_sending,
    liaison_statements,
    live,
    mailing_list_officers,
    mailing_lists,
    meetings,
    meetings_groups,
    meetings_office,
    meetings_registration,
    memberships,
    my_account,
    my_page,
    notices,
    office,
    office_glossary,
    office_translations,
    offline,
    openid,
    own_data,
    people,
    people_office,
    procedures,
    publication,
    recommendations,
    reports,
    requests,
    search,
    second_factor,
    sign_in,
    stopping,
    task_forms,
    tasks,
    timetable,
    translations,
    view_as,
    webhooks,
    what_if,
    word_templates,
    work_buttons,
    work_carrying,
    work_changes,
    work_deeds,
    work_items,
    work_of_group,
    work_programme,
    work_proposing,
    workspace_delegation,
    workspace_keeping,
    workspace_tracking,
)
from sgdocs.web.presence import PresenceCookie, StepMissing, keep_presence, lead
from sgdocs.web.rooms import house
from sgdocs.wiring import Services

PAGES: tuple[APIRouter, ...] = (
    health.pages,
    live.pages,
    joining.pages,
    my_page.pages,
    offline.pages,
    home.pages,
    feeds.pages,
    workspace_keeping.pages,
    workspace_tracking.pages,
    workspace_delegation.pages,
    notices.pages,
    webhooks.pages,
    stopping.pages,
    work_changes.pages,
    agenda.pages,
    agenda_forms.pages,
    allotting.pages,
    dispositions.pages,
    decisions.pages,
    reports.pages,
    timetable.pages,
    approval_calendar.pages,
    what_if.pages,
    approval_ready.pages,
    announcements.pages,
    announcements_office.pages,
    approval_announcements.pages,
    approval_office.pages,
    approval_replies.pages,
    approval_steps.pages,
    approval_texts.pages,
    approval_papers.pages,
    approval_sheets.pages,
    dossiers.pages,
    approval_comments.pages,
    approval.pages,
    procedures.pages,
    bodies_office.pages,
    bodies.pages,
    help.pages,
    guides.pages,
    languages.pages,
    language.pages,
    mailing_list_officers.pages,
    mailing_lists.pages,
    discussion_records.pages,
    discussion_messages.pages,
    discussions.pages,
    bundles.pages,
    search.pages,
    office.pages,
    office_glossary.pages,
    view_as.pages,
    guests.pages,
    sign_in.pages,
    openid.pages,
    account.pages,
    second_factor.pages,
    my_account.pages,
    requests.pages,
    own_data.pages,
    people_office.pages,
    memberships.pages,
    people.pages,
    documents_desk.pages,
    documents.pages,
    documents_of.pages,
    work_carrying.pages,
    work_programme.pages,
    work_proposing.pages,
    work_deeds.pages,
    work_buttons.pages,
    work_items.pages,
    work_of_group.pages,
    event_forms.pages,
    event_joining.pages,
    events.pages,
    task_forms.pages,
    tasks.pages,
    documents_submit.pages,
    documents_deeds.pages,
    publication.pages,
    calendar.pages,
    calendar_views.pages,
    liaison_acknowledging.pages,
    liaison_arrivals.pages,
    liaison_drafts.pages,
    liaison_receiving.pages,
    liaison_papers.pages,
    liaison_sending.pages,
    liaison_deeds.pages,
    liaison_addressees.pages,
    liaison.pages,
    liaison_ledger.pages,
    liaison_matrix.pages,
    liaison_of_group.pages,
    desks.pages,
    group_roles.pages,
    groups_office.pages,
    meetings_groups.pages,
    groups.pages,
    word_templates.pages,
    meetings_office.pages,
    meetings_registration.pages,
    meetings.pages,
    translations.pages,
    office_translations.pages,
    office_translations.lists,
    recommendations.pages,
    document_comparisons.pages,
    document_neighbours.pages,
    document_texts.pages,
    document_records.pages,
    liaison_statements.pages,
)
API: tuple[APIRouter, ...] = (
    bodies_api.api,
    liaison_api.api,
    liaison_deeds_api.api,
    liaison_addressees_api.api,
    bodies_api.officers_api,
    calendar_api.api,
    checks_api.api,
    documents_api.api,
    publication_api.api,
    work_changes_api.api,
    work_programme_api.api,
    comment_sheets_api.api,
    approval_api.api,
    approval_comments_api.api,
    proceedings_api.api,
    tasks_api.api,
    events_api.api,
    search_api.api,
    document_texts_api.api,
    groups_api.api,
    meetings_api.api,
    people_api.api,
    notices_api.api,
    my_page_api.api,
    workspace_api.api,
    desks_api.api,
    mailing_lists_api.api,
    translations_api.api,
    discussions_api.api,
    announcements_api.api,
    me_api.api,
    recommendations_api.api,
)

PACKED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, *(MEDIA[each] for each in ("docx", "pptx", "xlsx", "odt", "pdf")))
"""What is compressed in itself already."""


def create_app(services: Services, *, clock: Callable[[], datetime] = now) -> FastAPI:
    """The application over opened services; clock: what a request takes for now."""
    return furnished(routed(), services, clock)


def routed() -> FastAPI:
    """Every address, over nothing yet: what costs time, and is the same for every house."""
    app = FastAPI(
        title="sgdocs",
        version=__version__,
        summary="Standards and documents of study groups",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.include_router(assets.assets)
    for router in PAGES:
        app.include_router(
            router, include_in_schema=False, dependencies=[Depends(keep_presence), Depends(keep_announcements)]
        )
    for router in API:
        app.include_router(router, dependencies=[Depends(keep_presence), limited("api")])
    errors.install(app)
    liaison_choice.install(app)
    app.add_exception_handler(StepMissing, lead)
    return app


def furnished(app: FastAPI, services: Services, clock: Callable[[], datetime]) -> FastAPI:
    """The same application, with its services and what stands round every request."""
    app.state = State({"services": services, "clock": clock})
    app.user_middleware = []
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=5, exclude_content_types=PACKED)
    app.add_middleware(PresenceCookie, settings=services.settings)
    app.add_middleware(Guard, settings=services.settings)
    app.add_middleware(DavMount, services=services, clock=clock)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """As many requests at work as the settings say; more wait their turn."""
    services: Services = app.state.services
    anyio.to_thread.current_default_thread_limiter().total_tokens = services.settings.threads
    house(services.settings)  # settings of rooms that do not fit together are told now, not to who joins
    with closing(app):
        yield
