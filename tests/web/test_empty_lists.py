"""A list that is empty for strangers alone leads them to signing in; members are not asked again."""

import pytest
from starlette.testclient import TestClient

from tests.cast import Cast
from tests.documents.desk import meeting
from tests.make import Make
from tests.people.browser import tree
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")
AT = "/meeting/T25-SG13-260413"


@pytest.mark.parametrize("address", ["/doc", AT, f"{AT}/documents", "/group/SG13/documents"])
def test_empty_list_leads_strangers_to_signing_in(client: TestClient, make: Make, cast: Cast, address: str) -> None:
    cast.summon("q2", "company", "sg15", "tsb")
    meeting(make)
    make.session.commit()
    member = signed_in(client, make, cast.delegate_member.person)

    def hints(browser: TestClient) -> list[str]:
        main = tree(browser.get(address).text).xpath("//main")[0]
        return [str(each) for each in main.xpath('.//a[starts-with(@href, "/login")]/@href')]

    assert [each.partition("next=")[2].replace("%2F", "/") for each in hints(client)] == [address]
    assert hints(member) == []
