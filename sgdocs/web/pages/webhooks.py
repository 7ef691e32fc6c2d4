"""My webhooks: make one, see what was sent, end one."""

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.i18n import N_
from sgdocs.notices import hooks, signing
from sgdocs.notices.queries import followed
from sgdocs.notices.schemas import WebhookForm
from sgdocs.notices.things import things_of
from sgdocs.notices.topics import TOPICS
from sgdocs.people.models import Person
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/my/webhooks")
HEADERS = (signing.EVENT, signing.TIMESTAMP, signing.SIGNATURE)


@pages.get("")
def webhooks(request: Request, act: Reading) -> Response:
    return _page(request, act, me(request, act), blank())


@pages.post("")
def make(request: Request, act: Writing, filled: Filled[WebhookForm]) -> Response:
    """Its secret is in this answer and nowhere else."""
    person = me(request, act)
    if not filled.ok:
        return _page(request, act, person, filled, status=422)
    try:
        _, secret = hooks.make_webhook(act, person, filled.value)
    except Refused as refused:
        return _page(request, act, person, filled.refused(refused), status=422)
    act.session.flush()
    return _page(request, act, person, blank(), fresh=secret)


@pages.post("/{webhook_id}/end")
def end(request: Request, act: Writing, webhook_id: int) -> Response:
    me(request, act)
    hooks.end_webhook(act, webhook_id)
    return see("/my/webhooks", notice=language_of(request).say(N_("The webhook has ended.")))


def _page(
    request: Request, act: Act, person: Person, filled: Filled[WebhookForm], *, fresh: str = "", status: int = 200
) -> Response:
    followed_now = [each.thing for each in followed(act, person) if each.thing is not None and not each.is_muted]
    response = page(
        request,
        "notices/webhooks.html",
        status=status,
        filled=filled,
        fresh=fresh,
        rows=hooks.listed(act, person),
        topics=TOPICS,
        things=followed_now or list(things_of(act, ["all"]).values()),
        headers=HEADERS,
        tolerance_s=signing.TOLERANCE_S,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
