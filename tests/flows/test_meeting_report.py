"""A rapporteur's meeting from its agenda to the report at the meeting above; in the browser's forms, and over the API."""

from collections.abc import Callable
from datetime import date

import pytest
from starlette.testclient import TestClient

from sgdocs.meetings.models import Meeting
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.proceedings.places import brought, rapporteur_meeting, study_group_meeting


@pytest.fixture
def meetings(make: Make, cast: Cast) -> tuple[Meeting, Meeting]:
    """A rapporteur meeting of Q2/13 and the study group meeting it reports to."""
    above = study_group_meeting(cast, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 12))
    rgm = rapporteur_meeting(cast, parent=above.code)
    for player in (cast.rapporteur, cast.delegate_member):
        make.account(player.person)
    make.session.commit()
    return rgm, above


def test_meeting_from_agenda_to_the_report_above(
    client: TestClient, make: Make, cast: Cast, meetings: tuple[Meeting, Meeting], work: Callable[[], None]
) -> None:
    rgm, above = meetings
    at = f"/meeting/{rgm.code}"
    rapporteur = another(client)
    sign_in(rapporteur, cast.rapporteur.person)

    # The rapporteur fills the agenda from the skeleton of rapporteur meetings.
    page = tree(rapporteur.get(f"{at}/agenda").text)
    (skeleton,) = [form for form in page.forms if (form.action or "").endswith("/agenda/template")]
    assert skeleton.fields["template"] == "rapporteur-meeting"
    rapporteur.post(skeleton.action or "", data=dict(skeleton.form_values()))

    # Two documents come; the worker puts each where its reason leads.
    one = brought(make, rgm, 1, cast.q2, title="Slices of {{ moons }} & suns")
    two = brought(make, rgm, 2, title="LS/i on suns [from ETSI]")
    make.session.commit()
    work()
    agenda = rapporteur.get(f"{at}/agenda.json").json()["items"]
    under = {each["kind"]: [paper["document"] for paper in each["documents"]] for each in agenda if each["documents"]}
    assert under == {"contributions": [one.name], "incoming-liaisons": [two.name]}

    # The meeting disposes, decides, gives somebody something to do.
    for document, outcome in ((one, "agreed"), (two, "noted")):
        rapporteur.post(f"{at}/dispositions", data={"document": document.name, "outcome": outcome})
    rapporteur.post(
        f"{at}/decisions", data={"text": "To propose Y.moon for consent", "kind": "agreed", "document": one.name}
    )
    rapporteur.post(f"{at}/actions", data={"text": "Answer ETSI", "owner": "Editors", "due_on": "2026-05-01"})

    # The rapporteur writes a summary; the report is composed again after more has happened, and keeps it.
    rapporteur.post(f"{at}/report", data={"section": "results", "text": "All was agreed <quickly>.", "seen": ""})
    rapporteur.post(f"{at}/decisions", data={"text": "To meet again in May", "kind": "agreed"})
    told = content(rapporteur.get(f"{at}/report").text)
    for words in (
        "All was agreed <quickly>.",
        "To propose Y.moon for consent",
        "To meet again in May",
        "Slices of {{ moons }} & suns",
        "Answer ETSI",
    ):
        assert words in told

    # It is posted in one step, and moved to the meeting above in another.
    posted = rapporteur.post(f"{at}/report/document")
    assert posted.url.path.startswith(f"/doc/{rgm.code}-DOC")
    moved = rapporteur.post(f"{at}/outputs", data={"document": posted.url.path.removeprefix("/doc/")})
    assert moved.url.path == "/doc/T25-SG13-TD1-WP1"
    assert rgm.code in moved.text
    work()

    # Members find it at the meeting above; others do not.
    member = another(client)
    sign_in(member, cast.delegate_member.person)
    assert "Rapporteur meeting report of Q2/13" in content(member.get(f"/meeting/{above.code}/documents").text)
    assert client.get("/doc/T25-SG13-TD1-WP1").status_code == 404


def test_the_same_over_the_api(
    client: TestClient, make: Make, cast: Cast, meetings: tuple[Meeting, Meeting], work: Callable[[], None]
) -> None:
    rgm, _ = meetings
    rapporteur, api = another(client), f"/api/v1/meetings/{rgm.code}"
    sign_in(rapporteur, cast.rapporteur.person)

    filled = rapporteur.post(f"{api}/agenda", json={"template": "rapporteur-meeting"})
    assert filled.status_code == 201
    one = brought(make, rgm, 1, cast.q2, title="Slices")
    make.session.commit()
    assert rapporteur.post(f"{api}/allocations/run").json() == {"changed": 1}
    (row,) = rapporteur.get(f"{api}/allocations").json()["items"]
    assert (row["document"], row["item"], row["because"]) == (
        one.name,
        "5.1",
        "Q2/13 stands on the cover; a contribution",
    )

    disposed = rapporteur.put(f"{api}/dispositions", json={"document": one.name, "outcome": "agreed"})
    assert disposed.json()["sha256"] == "01R0".ljust(64, "0")
    assert rapporteur.post(f"{api}/decisions", json={"text": "To consent"}).json()["number"] == 1
    assert rapporteur.post(f"{api}/actions", json={"text": "Write"}).json()["number"] == 1
    assert rapporteur.post(f"{api}/actions/1/completion").status_code == 200
    assert rapporteur.post(f"{api}/actions/1/completion").status_code == 409

    seen = rapporteur.get(f"{api}/report").json()
    assert (
        rapporteur.put(f"{api}/report", json={"sections": {"ipr": "None"}, "version": seen["version"]}).status_code
        == 200
    )
    stale = rapporteur.put(f"{api}/report", json={"sections": {"ipr": "Some"}, "version": seen["version"]})
    assert (stale.status_code, stale.json()["rule"]) == (409, "proceedings.report-changed")
    posted = rapporteur.post(f"{api}/report/document").json()
    moved = rapporteur.post(f"{api}/outputs", json={"document": posted["document"]})
    assert (moved.status_code, moved.json()["document"]) == (201, "T25-SG13-TD1-WP1")
    assert rapporteur.post(f"{api}/outputs", json={"document": posted["document"]}).status_code == 409

    # Nobody else sees or writes.
    assert [client.get(f"{api}/{what}").status_code for what in ("decisions", "actions", "report")] == [404] * 3
    assert client.get(f"{api}/dispositions").json()["total"] == 0
    assert client.post(f"{api}/decisions", json={"text": "Mine"}).status_code in (401, 403)
