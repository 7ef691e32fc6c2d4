"""From one document to the next and the one before: in the order of the list, past those that the reader may not see."""

import pytest
from starlette.testclient import TestClient

from sgdocs.documents import actions
from tests.cast import Cast
from tests.documents.desk import form, meeting, upload
from tests.make import Make
from tests.people.browser import tree
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")
LIST = "/meeting/T25-SG13-260413/documents"


def test_neighbours_lead_through_the_list_of_the_meeting(client: TestClient, make: Make, cast: Cast) -> None:
    cast.summon("q2", "wp1", "state", "company", "university", "associate", "sg15", "tsb", "chair", "rapporteur")
    sg13, act = meeting(make), cast.delegate_member.act
    for n in range(1, 12):
        actions.submit(act, sg13, form(f"Slices {n}", questions=["2/13"]), [upload()])
    hidden = form("For few", questions=["2/13"], audience="secretariat", audience_reason="Not for all")
    actions.submit(
        cast.tsb.act, sg13, hidden.model_copy(update={"kind": "temporary-document", "stream": "GEN"}), [upload()]
    )
    make.session.commit()
    delegate = signed_in(client, make, cast.delegate_state.person)

    def leads(name: str, where: str) -> str:
        answer = delegate.get(f"/doc/{name}/{where}", follow_redirects=False)
        return f"{answer.status_code} {answer.headers.get('location', '')}"

    assert leads("T25-SG13-C9", "next") == "303 /doc/T25-SG13-C10"
    assert leads("T25-SG13-C10", "previous") == "303 /doc/T25-SG13-C9"
    assert leads("T25-SG13-C1", "previous") == f"303 {LIST}"
    assert leads("T25-SG13-C11", "next") == f"303 {LIST}"
    assert leads("T25-SG13-TD1-GEN", "previous").startswith("404")
    assert leads("SG13-C2", "next") == "302 /doc/T25-SG13-C2/next"

    page = tree(delegate.get("/doc/T25-SG13-C2").text)
    keys = {each.get("data-key"): each.get("href") for each in page.xpath("//a[@data-key]")}
    assert (keys["["], keys["]"]) == ("/doc/T25-SG13-C2/previous", "/doc/T25-SG13-C2/next")
