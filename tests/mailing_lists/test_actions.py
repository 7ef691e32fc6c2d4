"""Lists are opened, joined, written to; what goes out and what waits."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed, NotFound, Refused
from sgdocs.groups.models import Continuation, Group
from sgdocs.mail.memory import MemoryMailer
from sgdocs.mailing_lists import actions, queries, rules
from sgdocs.mailing_lists.actions.opening import predecessors_of
from sgdocs.mailing_lists.actions.posting import Mail
from sgdocs.mailing_lists.models import ListMessage, MailingList
from sgdocs.mailing_lists.schemas import MessageForm
from sgdocs.wiring import Services
from sgdocs.worker import drain
from tests.cast import QUESTION, Cast, Player
from tests.make import Make


@pytest.fixture
def question(make: Make, cast: Cast) -> Group:
    cast.summon("chair", "rapporteur", "delegate_member", "delegate_state", "tsb", "outsider")
    return make.group(QUESTION)


@pytest.fixture
def row(cast: Cast, question: Group) -> MailingList:
    return actions.open_list(cast.tsb.act, question)


@pytest.fixture
def work(act: Act, services: Services) -> Callable[[], list[str]]:
    def work() -> list[str]:
        act.session.commit()
        drain(services)
        assert isinstance(services.mailer, MemoryMailer)
        return [str(each["To"]) for each in services.mailer.sent if each["List-Id"]]

    return work


def joined(row: MailingList, *players: Player) -> None:
    for each in players:
        actions.subscribe(each.act, row, each.person)


def mail(address: str, **facts: object) -> Mail:
    told = {"message_id": "m1@example.org", "from_name": "Some One", "subject": "Sleep modes", "text": "Words."}
    return Mail(**{**told, "from_address": address, "sender": address, **facts})  # type: ignore[arg-type]


def test_a_list_has_the_address_of_its_group_once(row: MailingList, cast: Cast, question: Group) -> None:
    assert (row.local, row.audience) == ("t25sg13q2", "T/SG13")
    with pytest.raises(Conflict):
        actions.open_list(cast.tsb.act, question)
    with pytest.raises(NotAllowed):
        actions.open_list(cast.rapporteur.act, question, rules.ListKind.MANAGEMENT)


def test_only_readers_of_the_group_find_it_and_join(row: MailingList, cast: Cast) -> None:
    joined(row, cast.delegate_member)
    assert queries.is_member(cast.tsb.act.session, row, cast.delegate_member.person.id)
    with pytest.raises(NotFound):
        queries.by_local(cast.outsider.act, row.local)
    with pytest.raises(Refused):
        actions.subscribe(cast.outsider.act, row, cast.outsider.person)
    with pytest.raises(NotAllowed):
        actions.subscribe(cast.delegate_member.act, row, cast.delegate_state.person)
    with pytest.raises(Conflict):
        joined(row, cast.delegate_member)
    actions.leave(cast.delegate_member.act, row, cast.delegate_member.person)
    assert queries.members_of(cast.tsb.act.session, row) == []


def test_a_member_writes_and_everybody_gets_it(
    row: MailingList, cast: Cast, work: Callable[[], list[str]], services: Services
) -> None:
    joined(row, cast.delegate_member, cast.rapporteur)
    form = MessageForm(subject="Re: Sleep\r\nBcc: victim@example.org", text="Words.")
    sent = actions.post(cast.rapporteur.act, row, cast.rapporteur.person, form)
    assert (sent.number, sent.thread, sent.state) == (1, 1, "posted")
    assert len(work()) == 2
    assert work() == work(), "told again, nothing goes out twice"
    assert isinstance(services.mailer, MemoryMailer)
    letter = next(each for each in services.mailer.sent if each["List-Id"])
    assert letter["Subject"] == "[t25sg13q2] Sleep Bcc: victim@example.org"
    assert letter["Bcc"] is None
    assert letter["List-Post"] == "<mailto:t25sg13q2@lists.localhost>"
    assert letter["Auto-Submitted"] is None
    assert letter["Reply-To"] == "t25sg13q2@lists.localhost"


def test_a_thread_goes_on_by_page_and_by_mail(row: MailingList, cast: Cast) -> None:
    joined(row, cast.delegate_member, cast.rapporteur)
    first = actions.post(cast.rapporteur.act, row, cast.rapporteur.person, MessageForm(subject="Sleep", text="One."))
    actions.post(
        cast.rapporteur.act, row, cast.rapporteur.person, MessageForm(subject="Re: Sleep", text="Two."), answers=first
    )
    came = mail(cast.delegate_member.person.email or "", references=(first.message_id,), text="Three.")
    answer = actions.take_mail(cast.tsb.act, row, came)
    assert answer is not None
    assert [each.text for each in queries.thread_of(cast.tsb.act, row, first.thread)] == ["One.", "Two.", "Three."]
    assert queries.threads(cast.tsb.act, row).rows[0].messages == 3
    assert queries.threads(cast.tsb.act, row, q="three").total == 1
    assert queries.threads(cast.tsb.act, row, q="100%").total == 0
    assert actions.take_mail(cast.tsb.act, row, came) is None, "the same mail again"


@pytest.mark.parametrize(
    ("facts", "state", "rule"),
    [
        ({"sender": "", "from_address": "stranger@example.org"}, "held", None),
        ({"sender": ""}, "held", None),
        ({}, "posted", None),
        ({"size_bytes": 30_000_000}, "refused", "30.0 MB"),
        ({"text": " "}, "refused", "needs a subject"),
    ],
)
def test_mail_to_a_list(row: MailingList, cast: Cast, facts: dict[str, object], state: str, rule: str | None) -> None:
    joined(row, cast.delegate_member)
    came = actions.take_mail(cast.tsb.act, row, mail(cast.delegate_member.person.email or "", **facts))
    assert came is not None
    assert came.state == state
    assert rule is None or rule in came.reason
    assert (came.text == "") == (state == "refused")


def test_a_machine_is_not_answered(row: MailingList, cast: Cast, act: Act) -> None:
    assert actions.take_mail(cast.tsb.act, row, mail("robot@example.org", is_automatic=True)) is None
    assert act.session.exec(select(ListMessage)).all() == []


def test_an_officer_decides_once_on_what_is_held(row: MailingList, cast: Cast, work: Callable[[], list[str]]) -> None:
    joined(row, cast.delegate_member)
    came = actions.take_mail(cast.tsb.act, row, mail("stranger@example.org"))
    assert came is not None
    assert work() == []
    with pytest.raises(NotFound):
        queries.message(cast.delegate_member.act, row, came.number)
    assert queries.held(cast.delegate_member.act, row) == []
    assert [each.id for each in queries.held(cast.rapporteur.act, row)] == [came.id]
    with pytest.raises(NotAllowed):
        actions.release(cast.delegate_member.act, row, came)
    with pytest.raises(Invalid):
        actions.refuse_message(cast.rapporteur.act, row, came, " ")
    actions.release(cast.rapporteur.act, row, came)
    assert len(work()) == 1
    with pytest.raises(Conflict):
        actions.refuse_message(cast.rapporteur.act, row, came, "late")


def test_members_go_along_to_the_next_period(row: MailingList, cast: Cast, make: Make, question: Group) -> None:
    before = make.group("T/SG13/T22/Q6")
    older = actions.open_list(cast.tsb.act, before)
    make.add(Continuation(question_id=question.id, continues_id=before.id))
    joined(older, cast.delegate_member, cast.rapporteur)
    joined(row, cast.rapporteur)
    assert (older.local, [each.id for each in predecessors_of(cast.tsb.act, row)]) == ("t22sg13q6", [older.id])
    assert actions.carry_over(cast.tsb.act, older, row) == 1
    assert {each.member.how for each in queries.members_of(cast.tsb.act.session, row)} == {"self", "carried"}
    with pytest.raises(Closed) as refused:
        actions.post(cast.rapporteur.act, older, cast.rapporteur.person, MessageForm(subject="s", text="t"))
    assert row.local in refused.value.message


def test_who_may_not_read_the_group_any_more_gets_nothing_and_posts_nothing(
    row: MailingList, cast: Cast, act: Act, work: Callable[[], list[str]]
) -> None:
    joined(row, cast.delegate_member, cast.rapporteur)
    gone = cast.delegate_member.person
    gone.organisation_id = None
    act.session.add(gone)
    act.session.flush()
    actions.post(cast.rapporteur.act, row, cast.rapporteur.person, MessageForm(subject="Sleep", text="For us alone."))

    came = actions.take_mail(cast.tsb.act, row, mail(gone.email or ""))

    assert came is not None
    assert came.state == "held"
    assert [to for to in work() if (gone.email or "") in to] == []


def test_a_member_is_called_by_the_own_name(row: MailingList, cast: Cast) -> None:
    joined(row, cast.delegate_member)

    came = actions.take_mail(cast.tsb.act, row, mail(cast.delegate_member.person.email or "", from_name="The Chair"))

    assert came is not None
    assert came.from_name == cast.delegate_member.person.name


def test_nobody_is_told_of_what_a_forger_sent(
    row: MailingList, cast: Cast, act: Act, work: Callable[[], list[str]], services: Services
) -> None:
    joined(row, cast.delegate_member)
    forged = mail(cast.delegate_member.person.email or "", sender="", size_bytes=30_000_000)

    came = actions.take_mail(cast.tsb.act, row, forged)
    work()

    assert came is not None
    assert came.person_id is None
    assert isinstance(services.mailer, MemoryMailer)
    assert services.mailer.sent == []
