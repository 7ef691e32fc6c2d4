"""A rapporteur meeting from its convening to the meeting above, by a program with a token."""

from collections.abc import Callable
from datetime import date

import pytest
from starlette.testclient import TestClient

from sgdocs.meetings.models import Meeting
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.files.proposals import clauses, proposal
from tests.flows.tokens import program_of
from tests.make import Make
from tests.proceedings.places import study_group_meeting

TITLE = "Text of clause 7"


@pytest.fixture
def above(make: Make, cast: Cast) -> Meeting:
    row = study_group_meeting(cast, starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 18))
    cast.summon("company", "delegate_member")
    make.session.commit()
    return row


def written(proposed: str) -> bytes:
    facts = {"group": "13", "question": "2/13", "source": "Rapporteur Q2/13", "kind": "DOC", "number": "Q2-DOCn"}
    return proposal(TITLE, clauses("note", proposed), **facts)


def test_rapporteur_meeting_over_the_api(
    client: TestClient, services: Services, cast: Cast, above: Meeting, work: Callable[[], None]
) -> None:
    program = program_of(client, services)
    rapporteur, member = program(cast.rapporteur), program(cast.delegate_member)

    # Convened and announced by the rapporteur, within the rules.
    told = {
        "group": "T/SG13/T25/Q2",
        "kind": "rapporteur-group",
        "starts_on": "2026-06-15",
        "ends_on": "2026-06-17",
        "place": "Turin, Italy",
        "parent": above.code,
    }
    code = rapporteur.post("/meetings", told)["code"]
    at = f"/meetings/{code}"
    assert rapporteur.post(f"{at}/status", {"to": "announced", "accept": True})["status"] == "announced"
    rapporteur.post(f"{at}/agenda", {"template": "rapporteur-meeting"})

    # DOC1 comes, is allotted, and is revised.
    one = rapporteur.bring(f"{at}/documents", written("The note is deleted."))["name"]
    assert one == f"{code}-DOC1"
    work()
    (row,) = rapporteur.get(f"{at}/allocations")["items"]
    assert (row["document"], row["because"] != "") == (one, True)
    assert rapporteur.bring(f"/documents/{one}/revisions", written("The note is kept."))["revision"] == 1
    revised = rapporteur.get(f"/documents/{one}/versions")["items"][-1]["files"][0]["sha256"]

    # What becomes of it binds the original of the revision; decided, written, posted.
    disposed = rapporteur.put(f"{at}/dispositions", {"document": one, "outcome": "agreed"})
    assert disposed["sha256"] == revised
    rapporteur.post(f"{at}/decisions", {"text": "To send the text up", "document": one})
    rapporteur.put(f"{at}/report", {"sections": {"ipr": "None was declared."}, "version": _version(rapporteur, at)})
    report = str(rapporteur.get(f"{at}/report"))
    assert [words in report for words in ("To send the text up", "None was declared.", TITLE)] == [True] * 3
    assert rapporteur.post(f"{at}/report/document")["document"] == f"{code}-DOC2"

    # Moved to the meeting above as a TD, which its members find by the words of the output.
    moved = rapporteur.post(f"{at}/outputs", {"document": one})["document"]
    assert moved == "T25-SG13-TD1-WP1"
    work()
    assert moved in [each["name"] for each in member.get(f"/meetings/{above.code}/documents")["items"]]
    assert "The note is kept." in str(member.get(f"/documents/{moved}/text"))
    assert client.get(f"/api/v1/documents/{moved}").status_code == 404


def _version(program: object, at: str) -> int:
    return int(program.get(f"{at}/report")["version"])  # type: ignore[attr-defined]
