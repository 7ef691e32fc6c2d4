"""Pages of approvals: the board, one approval, the panel before a step, what is refused and how it is told."""

from collections.abc import Callable

import pytest
from sqlalchemy import event
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.approval import queries
from sgdocs.approval.models import Process, Transition
from sgdocs.approval.readiness import board
from sgdocs.base.db import Database
from sgdocs.mail.models import Letter
from sgdocs.proceedings.models import Decision
from tests.approval.stories import Story, geneva, in_last_call, story
from tests.cast import Cast, Player
from tests.people.browser import another, content, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
Open = Callable[[Player | None], TestClient]


@pytest.fixture
def told(cast: Cast, clock: Clock) -> Story:
    """Y.slice, announced at the meeting of SG13 that is in session on 4 March."""
    found = story(cast)
    clock.now = found.now
    return found


@pytest.fixture
def opened(client: TestClient, told: Story) -> Open:
    """A browser of its own, signed in; everything told so far is committed."""

    def browser(player: Player | None) -> TestClient:
        new = another(client)
        if player is not None:
            told.make.account(player.person)
        told.session.commit()
        if player is not None:
            sign_in(new, player.person)
        return new

    return browser


def begins(told: Story) -> str:
    return f"/approval/begin/aap/consent?item={told.item.number}"


def last_call(told: Story, clock: Clock) -> Process:
    process = in_last_call(told)
    clock.now = told.now
    return process


# The panel


def test_panel_says_what_consent_will_do(told: Story, opened: Open, cast: Cast) -> None:
    words = content(opened(cast.chair).get(begins(told)).text)

    assert "This will happen" in words
    assert f"It is entered as a decision of {told.meeting.code}" in words
    assert "The work item goes from “under study” to “consented”" in words
    assert "aaaaaaaaaaaa" in words
    assert "A letter goes to" in words
    assert "all met" in words
    assert "Not met" not in words


def test_letter_shows_its_recipients_and_goes_in_the_words_of_the_form(told: Story, opened: Open, cast: Cast) -> None:
    browser = opened(cast.chair)
    page = tree(browser.get(begins(told)).text)
    letter = page.get_element_by_id("letter-text-due")

    assert cast.editor.person.name in letter.text_content()
    form = _form(page)
    form["letter-text-due-subject"] = "The text of Y.slice, please"
    done = browser.post(begins(told), data=form, follow_redirects=False)

    assert done.status_code == 303, content(done.text)
    sent = told.session.exec(select(Letter).where(Letter.kind == "approval.text-due")).all()
    assert {each.subject for each in sent} == {"The text of Y.slice, please"}
    assert cast.editor.person.email in {each.to_address for each in sent}
    assert all(f"/wi/{told.item.number}" in each.text and "The record: http" in each.text for each in sent)
    assert all(each.reason.startswith("You get this as ") for each in sent)


def _form(page: object) -> dict[str, str]:
    """The fields of the panel as a browser would send them."""
    forms = page.xpath('//form[.//input[@name="from_state"]]')  # type: ignore[attr-defined]
    return dict(forms[0].form_values())


def test_unmet_condition_names_rule_values_and_where_to_mend_it(told: Story, opened: Open, cast: Cast) -> None:
    told.item.summary = ""
    told.make.add(told.item)
    browser = opened(cast.chair)

    page = tree(browser.get(begins(told)).text)
    refused = browser.post(begins(told), data=_form(page))

    line = page.xpath('//ul[contains(@class, "conditions")]/li[.//*[text()="Not met"]]')[0]
    assert "The text has no summary." in line.text_content()
    links = [link.get("href") for link in line.iterfind(".//a")]
    assert links == ["/help/rules/procedures.has-summary", f"/wi/{told.item.number}-Y.slice/edit"]
    assert page.xpath('//form[.//input[@name="from_state"]]//button[@disabled]')
    assert (refused.status_code, "The text has no summary." in content(refused.text)) == (409, True)
    assert told.session.exec(select(Process)).all() == []
    assert told.session.exec(select(Decision)).all() == []


def test_step_from_an_outdated_page_is_refused_with_the_panel_as_it_is_now(
    told: Story, opened: Open, cast: Cast
) -> None:
    chair, office = opened(cast.chair), opened(cast.tsb)
    seen = _form(tree(chair.get(begins(told)).text))
    assert office.post(begins(told), data=seen, follow_redirects=False).status_code == 303

    second = chair.post(begins(told), data=seen)

    assert second.status_code == 409
    assert "Not taken" in content(second.text)
    assert "aap/2026-001" in content(second.text)
    assert len(told.session.exec(select(Transition)).all()) == 1
    assert len(told.session.exec(select(Decision)).all()) == 1


def test_state_that_moved_on_answers_409_with_the_steps_from_there(told: Story, opened: Open, cast: Cast) -> None:
    process = told.decides("consent")
    chair = opened(cast.chair)
    at = f"/approval/{process.number}/steps/withdraw"
    seen = _form(tree(chair.get(at).text)) | {"reason": "Not ready"}
    told.revises("R1", "b")
    told.steps(process, "receive-text", by=cast.editor)
    told.session.commit()

    late = chair.post(at, data=seen)

    words = content(late.text)
    assert late.status_code == 409
    assert (
        "aap/2026-001 is “Consented; the edited text is here” now, not “Consented; the edited text is awaited”" in words
    )
    assert "Consented; the edited text is here" in words
    assert "Ask for the last call" in words
    told.session.refresh(process)
    assert process.state == "edited"


def test_text_that_changed_since_it_was_seen_is_not_consented(told: Story, opened: Open, cast: Cast) -> None:
    chair = opened(cast.chair)
    seen = _form(tree(chair.get(begins(told)).text))
    told.revises("R1", "b")
    told.session.commit()

    refused = chair.post(begins(told), data=seen)

    assert refused.status_code == 409
    assert "bbbbbbbbbbbb" in content(refused.text)
    assert told.session.exec(select(Process)).all() == []


def test_looking_again_takes_no_step(told: Story, opened: Open, cast: Cast) -> None:
    browser = opened(cast.chair)
    form = _form(tree(browser.get(begins(told)).text)) | {"look": "1", "reason": "It is mature"}

    again = browser.post(begins(told), data=form)

    assert again.status_code == 200
    assert "It is mature" in tree(again.text).get_element_by_id("reason").text_content()
    assert told.session.exec(select(Process)).all() == []


@pytest.mark.parametrize("who", ["delegate_member", "rapporteur", "editor"])
def test_panel_is_for_those_who_may_take_the_step(told: Story, opened: Open, cast: Cast, who: str) -> None:
    browser = opened(getattr(cast, who))

    assert browser.get(begins(told)).status_code == 403
    assert browser.post(begins(told), data={"from_state": ""}).status_code == 403
    assert told.session.exec(select(Process)).all() == []


def test_reason_that_is_needed_is_asked_at_its_field(told: Story, opened: Open, cast: Cast) -> None:
    process = told.decides("consent")
    browser = opened(cast.chair)
    at = f"/approval/{process.number}/steps/withdraw"

    refused = browser.post(at, data=_form(tree(browser.get(at).text)))

    assert refused.status_code == 422
    assert "Say why" in tree(refused.text).get_element_by_id("reason-error").text_content()
    told.session.refresh(process)
    assert process.state == "consented"


# Where it stands


def test_window_says_opened_closes_with_zone_and_days_left(told: Story, opened: Open, cast: Cast, clock: Clock) -> None:
    process = last_call(told, clock)
    clock.now = geneva(4, 9)

    words = content(opened(None).get(f"/approval/{process.number}").text)

    assert "opened 16 Mar 2026, closes 12 Apr 2026, 23:59 Geneva (21:59 UTC), 3 days left" in words
    assert "it is approved by itself, dated 13 Apr 2026" in words
    assert "Next act by: members" in words
    row = content(opened(None).get("/approval").text)
    assert "Sun, 12 Apr, 23:59" in row or "Sun 12 Apr, 23:59" in row
    told_as = opened(None).get("/approval.json").json()["items"][0]
    assert (told_as["opens_on"], told_as["closes_on"], told_as["days_left"]) == ("2026-03-16", "2026-04-12", 3)


def test_clock_has_a_table_behind_the_picture(told: Story, opened: Open, cast: Cast, clock: Clock) -> None:
    process = last_call(told, clock)

    page = tree(opened(None).get(f"/approval/{process.number}").text)

    rows = [[cell.text_content().strip() for cell in row] for row in page.xpath("//figure//tbody/tr")]
    assert [row[0].split(" ", 1)[0] for row in rows] == ["C", "C", "C", "LC", "A"]
    assert rows[-2] == ["LC Last call", "16 Mar 2026", "12 Apr 2026", "28", "A.8 4.1, 4.2, 4.3"]
    assert "expected" in rows[-1][0]
    assert rows[-1][1:4] == ["13 Apr 2026", "13 Apr 2026", "1"]


def test_history_and_json_tell_the_steps(told: Story, opened: Open, cast: Cast, clock: Clock) -> None:
    process = last_call(told, clock)
    browser = opened(cast.delegate_member)

    record = browser.get(f"/approval/{process.number}.json").json()

    assert [step["step"] for step in record["steps"]] == ["consent", "receive-text", "request", "open-last-call"]
    assert browser.get(f"/approval/{process.number}/history").status_code == 200
    assert "SG13" in content(browser.get(f"/approval/{process.number}/texts").text)


def test_filters_of_the_board_combine(told: Story, opened: Open, cast: Cast, clock: Clock) -> None:
    last_call(told, clock)
    browser = opened(None)

    def total(query: str) -> int:
        return int(browser.get(f"/approval.json?{query}").json()["total"])

    assert [total("window=last-call&group=SG13&q=slice"), total("group=Q2/13"), total("holder=members")] == [1, 1, 1]
    assert [total("window=consultation"), total("holder=chair"), total("which=ended"), total("closing=2")] == [0] * 4
    assert browser.get("/approval?window=nonsense").status_code == 422
    assert browser.get("/approval?group=SG99").status_code == 422


def test_board_costs_few_queries(told: Story, opened: Open, cast: Cast, clock: Clock, database: Database) -> None:
    last_call(told, clock)
    browser = opened(cast.chair)
    browser.get("/approval")
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    assert browser.get("/approval").status_code == 200

    assert len([sql for sql in asked if sql.startswith("SELECT")]) <= 15, asked


# Ready


def test_readiness_is_the_guard_of_the_step(told: Story, opened: Open, cast: Cast) -> None:
    told.item.summary = ""
    told.make.add(told.item)
    act = told.act(cast.chair)

    (row,) = board(act, cast.sg13).rows.rows
    offered = queries.offered(act, told.item).offers

    consent = next(each for each in offered if each.step.id == "consent")
    against = [each.why_not for each in row.verdicts if each.why_not]
    assert [(no.rule.id, dict(no.facts)) for no in against] == [(no.rule.id, dict(no.facts)) for no in consent.unmet]
    words = content(opened(cast.chair).get("/approval/ready?group=SG13").text)
    assert "1 condition is not met" in words
    assert "The text has no summary." in words


def test_ready_text_leads_to_the_panel(told: Story, opened: Open, cast: Cast) -> None:
    page = tree(opened(cast.chair).get("/approval/ready?group=SG13").text)

    row = page.get_element_by_id(f"item-{told.item.number}")
    assert "ready" in row.xpath('.//td[contains(@class, "c-state")]')[0].text_content()
    assert row.xpath('.//td[contains(@class, "c-state")]/a/@href') == [begins(told)]


def test_readiness_is_not_for_strangers(told: Story, opened: Open, cast: Cast) -> None:
    assert opened(None).get("/approval/ready?group=SG13", follow_redirects=False).status_code == 303
    assert opened(cast.outsider).get("/approval/ready?group=SG13").status_code == 403


def test_work_item_and_agenda_lead_to_the_panel(told: Story, opened: Open, cast: Cast) -> None:
    browser = opened(cast.chair)

    page = tree(browser.get(f"/wi/{told.item.number}-Y.slice").text)

    assert begins(told) in page.xpath("//a/@href")
    assert begins(told) not in tree(opened(None).get(f"/wi/{told.item.number}-Y.slice").text).xpath("//a/@href")


def test_ready_without_a_group_leads_to_those_with_texts(told: Story, opened: Open, cast: Cast) -> None:
    page = tree(opened(cast.tsb).get("/approval/ready").text)

    assert "/approval/ready?group=T/SG13" in page.xpath("//main//a/@href")
