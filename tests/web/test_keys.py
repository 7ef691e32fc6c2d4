"""Every key that the help names is on some page, and every key of a page is in the help."""

from lxml import html
from starlette.testclient import TestClient

from tests.cast import Cast
from tests.make import Make
from tests.people.browser import sign_in


def test_help_names_the_keys_of_a_page(client: TestClient, cast: Cast, make: Make) -> None:
    make.account(cast.tsb.person)
    make.session.commit()
    sign_in(client, cast.tsb.person)

    page = html.fromstring(client.get("/help/keys").text)

    on_the_page = {*page.xpath("//@data-key")}
    in_the_dialog = page.xpath("//dialog//@data-of")
    assert page.xpath("//main//@data-of") == in_the_dialog
    assert {*in_the_dialog} == {*on_the_page, "rows", "x", "g a", "[", "]", "d", "m", "s", "n"}, (
        "the last are keys of lists and records"
    )
    assert page.xpath("//a[@data-key='?']/@data-dialog") == page.xpath("//dialog/@id")
