"""Cards of liaison on the desks: the count of each is that of the list it leads to, and of the reader's own groups."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from sgdocs.liaison.actions import approving, considering, drafting
from sgdocs.liaison.models import Arrival, Statement
from sgdocs.liaison.queries import senders_of
from sgdocs.liaison.rules import Level
from sgdocs.liaison.schemas import DraftForm
from tests.cast import Cast, Player
from tests.liaison.desk import body, received, to
from tests.make import Make
from tests.people.browser import another, sign_in
from tests.web.test_desks import cards, listed

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture(autouse=True)
def people(make: Make, cast: Cast) -> None:
    cast.summon("sg13", "sg15", "q2", "chair", "rapporteur", "tsb")
    for player in (cast.chair, cast.rapporteur, cast.tsb, cast.outsider):
        make.account(player.person)
    body(make)


def seen(client: TestClient, make: Make, player: Player) -> dict[str, tuple[int, str, int]]:
    """Card -> its count, its address, how many the list has."""
    make.session.commit()
    browser = another(client)
    sign_in(browser, player.person)
    found = {id[id.index("liaison-") :]: told for id, told in cards(browser).items() if "liaison-" in id}
    return {
        id: (count, address, listed(browser, address) if "arrivals" not in id else count)
        for id, (count, address) in found.items()
    }


def agreed(cast: Cast, make: Make) -> Statement:
    form = {
        "senders": [{"name": "T/SG13", "questions": ["Q2/13"]}],
        "addressees": [{"name": "3GPP SA2", "purpose": "action", "deadline": "2026-12-01"}],
        "title": "LS on our slices",
        "contacts": [{"name": "Clara Gavel", "email": "clara@example.org"}],
    }
    row = drafting.draft(cast.rapporteur.act, DraftForm.model_validate(form))
    return approving.agree(cast.rapporteur.act, row, senders_of(make.session, row)[0], Level.CHAIR, None)


def test_chair_approves_and_secretariat_sends(client: TestClient, cast: Cast, make: Make) -> None:
    row = agreed(cast, make)

    assert seen(client, make, cast.chair)["liaison-approve"][::2] == (1, 1)
    assert seen(client, make, cast.tsb)["liaison-send"][::2] == (0, 0)
    approving.approve(cast.chair.act, row, senders_of(make.session, row)[0])

    assert seen(client, make, cast.chair)["liaison-approve"][::2] == (0, 0)
    assert seen(client, make, cast.tsb)["liaison-send"][::2] == (1, 1)


def test_rapporteur_answers_what_is_for_the_question(client: TestClient, cast: Cast, make: Make) -> None:
    asked = {"name": "T/SG13", "purpose": "action", "deadline": "2026-05-01"}
    first = received(cast.tsb.act, "LS on slices", to=(asked | {"questions": ["Q2/13"]},))
    received(cast.tsb.act, "LS elsewhere", to=({"name": "T/SG15", "purpose": "action"},))
    assert seen(client, make, cast.rapporteur)["liaison-answer"][::2] == (1, 1)

    considering.no_reply_needed(cast.rapporteur.act, first, to(make.act, first), "It was answered at the meeting.")

    assert seen(client, make, cast.rapporteur)["liaison-answer"][::2] == (0, 0)


def test_chair_sees_what_is_overdue(client: TestClient, cast: Cast, make: Make) -> None:
    row = received(
        cast.tsb.act, "LS on slices", to=({"name": "T/SG13", "purpose": "action", "deadline": "2026-05-01"},)
    )
    assert seen(client, make, cast.chair)["liaison-overdue"][::2] == (0, 0)

    to(make.act, row).deadline = date(2026, 1, 1)

    assert seen(client, make, cast.chair)["liaison-overdue"][::2] == (1, 1)


def test_secretariat_sees_the_mails_that_wait(client: TestClient, cast: Cast, make: Make) -> None:
    for n, state in enumerate(("waiting", "filed", "waiting")):
        row = Arrival(message_id=f"<{n}@example.org>", sha256="", state=state, received_at=make.act.now)
        row.subject, row.from_address = f"Mail {n}", "a@example.org"
        make.add(row)

    assert seen(client, make, cast.tsb)["liaison-arrivals"][:2] == (2, "/office/arrivals")
    assert "liaison-arrivals" not in seen(client, make, cast.chair)
    assert seen(client, make, cast.outsider) == {}
