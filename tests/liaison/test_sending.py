"""Sending: what was previewed goes out, numbered, filed, written, and noted; or nothing does."""

from datetime import timedelta

import pytest
from babel.dates import format_date
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, NotAllowed, Refused
from sgdocs.documents import actions as documents
from sgdocs.documents.models import Document, File
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries
from sgdocs.liaison.actions import approving, drafting, papers, previewing, sending
from sgdocs.liaison.actions._deliveries import digest_of
from sgdocs.liaison.actions.replying import draft_reply
from sgdocs.liaison.actions.withdrawing import withdraw
from sgdocs.liaison.bodies_models import BodyContact
from sgdocs.liaison.letter_words import day
from sgdocs.liaison.models import StatementPaper
from sgdocs.liaison.practice import Practice
from sgdocs.liaison.rules import Level, State, Status
from sgdocs.liaison.schemas import PaperForm
from sgdocs.mail.models import HIDDEN, Letter
from sgdocs.policy import Role
from tests.cast import Cast
from tests.documents import desk
from tests.liaison import outbox
from tests.liaison.desk import body
from tests.liaison.outbox import Store
from tests.make import Make

BOTH = [
    {"name": "T/SG15", "purpose": "action", "deadline": "2026-06-01"},
    {"name": "3GPP SA2", "purpose": "information"},
]


def test_statement_is_numbered_filed_and_written(cast: Cast, make: Make) -> None:
    outbox.partner(make)
    store = Store()

    statement = outbox.sent(cast, store, addressees=BOTH)

    act = cast.tsb.act
    assert (statement.name, statement.label, statement.status) == ("T25-SG13-LS1", "SG13-LS1", Status.SENT)
    group, body = queries.addressees_of(act.session, statement)
    assert (group.state, body.state) == (State.POSTED, State.SENT)
    filed = act.session.get_one(Document, group.document_id)
    assert (filed.label, filed.title) == ("TD1/GEN", "LS/i on Slices of networks in tests [from ITU-T SG13]")
    own = act.session.get_one(Document, statement.document_id)
    assert own.title == "LS/o on Slices of networks in tests [to ITU-T SG15, 3GPP SA2]"
    letter = act.session.exec(select(Letter)).one()
    assert letter.subject == "SG13-LS1: LS/o on Slices of networks in tests"
    assert (letter.to_address, letter.reply_to) == ("liaison@3gpp.test", "rafael@example.test")
    (file,) = act.session.exec(select(File).where(File.document_id == filed.id))
    assert letter.attachments[0]["sha256"] == file.sha256
    assert list(store.kept) == [file.sha256]
    assert queries.by_name(act, "draft-" + str(statement.id)).id == statement.id


def test_numbers_run_on_in_the_series_of_the_group(cast: Cast) -> None:
    first, second = outbox.sent(cast), outbox.sent(cast, title="Another one")

    assert (first.label, second.label) == ("SG13-LS1", "SG13-LS2")


def test_preview_is_what_is_sent(cast: Cast, make: Make) -> None:
    outbox.partner(make)
    statement = outbox.approved(cast, addressees=BOTH)
    act = outbox.on_site(cast.tsb.act)
    shown = previewing.preview(act, statement)

    store = Store()
    sending.send(act, statement, statement.version, store, accept=[w.id for w in shown.warnings], digest=shown.digest)

    assert store.kept == {shown.file.sha256: shown.content}
    letter = act.session.exec(select(Letter)).one()
    (out,) = shown.letters
    assert (letter.text, letter.subject, letter.to_address) == (out.text, out.subject, out.to_address)
    assert [a["sha256"] for a in letter.attachments] == [f.sha256 for f in out.files]
    titles = set(act.session.exec(select(Document.title)))
    assert titles == {each.title for each in shown.documents}
    assert statement.label == shown.number


def test_preview_writes_nothing(cast: Cast) -> None:
    statement = outbox.approved(cast)
    act = cast.tsb.act
    act.session.flush()

    previewing.preview(act, statement)

    assert not act.session.new
    assert not act.session.dirty


def test_stale_preview_is_refused(cast: Cast) -> None:
    statement = outbox.approved(cast)
    act = outbox.on_site(cast.tsb.act)
    shown = previewing.preview(act, statement)
    later = Act(act.session, act.actor, act.now + timedelta(days=1), site=act.site)

    with pytest.raises(Conflict, match="changed-meanwhile"):
        sending.send(later, statement, shown.version, Store(), digest=shown.digest)
    with pytest.raises(Conflict, match="changed-meanwhile"):
        sending.send(act, statement, shown.version - 1, Store())


def test_number_taken_meanwhile_changes_the_preview(cast: Cast) -> None:
    other, statement = outbox.approved(cast, title="The other one"), outbox.approved(cast)
    act = outbox.on_site(cast.tsb.act)
    shown = previewing.preview(act, statement)
    outbox.send(act, other)

    with pytest.raises(Conflict, match="changed-meanwhile"):
        sending.send(act, statement, statement.version, Store(), digest=shown.digest)


def test_only_the_office_and_the_counsellor_send(cast: Cast) -> None:
    statement = outbox.approved(cast)

    for each in (cast.rapporteur, cast.chair, cast.outsider):
        with pytest.raises(NotAllowed):
            sending.send(each.act, statement, statement.version, Store())
    assert outbox.send(cast.counsellor.act, statement).status == Status.SENT


def test_counsellor_of_a_second_sender_does_not_send_in_the_series_of_the_first(cast: Cast, make: Make) -> None:
    make.group("T/SG17", title="Security")
    other = make.person("Cosmo Folder", organisation=cast.bureau)
    make.appointment(other, Role.COUNSELLOR, cast.sg15)
    chair = make.person("Sven Hammer", organisation=cast.state)
    make.appointment(chair, Role.SG_CHAIR, cast.sg15)
    both = [{"name": "T/SG13"}, {"name": "T/SG15"}]
    statement = drafting.draft(cast.chair.act, outbox.form(senders=both, addressees=[{"name": "T/SG17"}]))
    for who, sender in zip(
        (cast.chair.actor, make.actor(chair)), queries.senders_of(make.session, statement), strict=True
    ):
        approving.agree(make.act_as(who), statement, sender, Level.CHAIR)

    with pytest.raises(NotAllowed):
        sending.send(make.act_as(make.actor(other)), statement, statement.version, Store())


def test_what_has_no_series_takes_the_number_of_the_group_above(cast: Cast, make: Make) -> None:
    cast.summon("sg13", "sg15")
    jca = make.group("T/JCA-X", title="Coordination", parent=cast.sg13)
    statement = drafting.draft(cast.tsb.act, outbox.form(senders=[{"name": jca.path}]))
    sender = queries.senders_of(make.session, statement)[0]
    approving.agree(cast.tsb.act, statement, sender, Level.CHAIR)
    approving.approve(cast.tsb.act, statement, sender, note="by mail")

    outbox.send(cast.tsb.act, statement)

    assert statement.label == "SG13-LS1"
    filed = make.session.get_one(Document, outbox.to(cast.tsb.act, statement).document_id)
    assert filed.title == "LS/i on Slices of networks in tests [from JCA-X]"


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"addressees": []}, "liaison.no-addressee"),
        ({"contacts": []}, "liaison.no-contact"),
        ({"addressees": [{"name": "Nobody at all"}]}, "liaison.addressee-unknown"),
        ({"addressees": [{"name": "T/SG15", "purpose": "action"}]}, "liaison.no-deadline"),
        ({"addressees": [{"name": "IETF"}]}, "liaison.addressee-unreachable"),
        ({"body": ""}, "liaison.no-text"),
    ],
)
def test_what_is_missing_stops_it(cast: Cast, make: Make, facts: dict[str, object], rule: str) -> None:
    body(make, "IETF")
    statement = outbox.approved(cast, **facts)

    with pytest.raises(Conflict) as refused:
        sending.send(cast.tsb.act, statement, statement.version, Store())

    assert refused.value.rule.id == rule
    assert cast.tsb.act.session.exec(select(Document)).all() == []


def test_draft_that_nobody_approved_is_not_sent(cast: Cast) -> None:
    statement = outbox.drafted(cast)

    with pytest.raises(Conflict) as refused:
        sending.send(cast.tsb.act, statement, statement.version, Store())

    assert refused.value.rule.id == "liaison.not-agreed"


def test_deadline_that_passed_while_it_waited_stops_it(cast: Cast) -> None:
    statement = outbox.approved(cast)
    act = desk.at(cast.tsb.act, cast.tsb.act.now + timedelta(days=120))

    with pytest.raises(Conflict) as refused:
        sending.send(act, statement, statement.version, Store())

    assert refused.value.rule.id == "liaison.deadline-before-sending"


def _with_paper(cast: Cast, make: Make, **facts: object) -> tuple[object, StatementPaper]:
    meeting = desk.meeting(make)
    document = desk.submitted(
        cast.tsb.act, meeting, title="Draft Y.slice", kind="temporary-document", sources=["Editor"]
    )
    statement = outbox.drafted(cast, **facts)
    (paper,) = papers.attach(cast.rapporteur.act, statement, PaperForm(document=document.name))
    return document, paper


def test_paper_that_outsiders_may_not_see_is_named_first(cast: Cast, make: Make) -> None:
    outbox.partner(make)
    _with_paper(cast, make, addressees=BOTH)
    statement = queries.by_name(cast.tsb.act, "draft-1")
    approving.agree(cast.chair.act, statement, queries.senders_of(make.session, statement)[0], Level.CHAIR)
    found = [f for f in previewing.preview(cast.tsb.act, statement).warnings if f.rule.id == "liaison.exposes"]
    assert [(f.facts["paper"], f.facts["names"]) for f in found] == [("TD1/GEN", "3GPP SA2")]

    with pytest.raises(Conflict) as refused:
        sending.send(cast.tsb.act, statement, statement.version, Store())

    assert refused.value.rule.id == "liaison.warnings-unread"
    assert found[0].id in refused.value.facts["unmet"]  # type: ignore[operator]
    outbox.send(cast.tsb.act, statement)
    letter = make.session.exec(select(Letter)).one()
    assert [a["name"] for a in letter.attachments] == ["T25-SG13-LS1-E.docx", "T25-SG13-TD1-GEN-E.docx"]


def test_withdrawn_paper_stops_it(cast: Cast, make: Make) -> None:
    document, _ = _with_paper(cast, make)
    documents.withdraw(cast.tsb.act, document, "wrong file")  # type: ignore[arg-type]
    statement = queries.by_name(cast.tsb.act, "draft-1")

    found = previewing.preview(cast.tsb.act, statement).errors

    assert "liaison.paper-gone" in [each.rule.id for each in found]


def test_letter_too_heavy_is_refused_before_it_is_written(cast: Cast, make: Make) -> None:
    outbox.partner(make)
    statement = outbox.approved(cast, addressees=BOTH)
    make.add(StatementPaper(statement_id=statement.id or 0, name="big.zip", sha256="b" * 64, size_bytes=3_000_000))

    shown = previewing.preview(cast.tsb.act, statement, practice=Practice(letter_mb=2))

    assert "liaison.letter-too-heavy" in [each.rule.id for each in shown.errors]


def test_line_breaks_in_titles_add_no_header(cast: Cast, make: Make) -> None:
    outbox.partner(make)

    outbox.sent(cast, addressees=BOTH, title="Slices\r\nBcc: everybody@example.test")

    letter = make.session.exec(select(Letter)).one()
    assert letter.subject == "SG13-LS1: LS/o on Slices Bcc: everybody@example.test"


def test_link_of_each_letter_is_its_own_and_kept_as_digest_alone(cast: Cast, make: Make) -> None:
    outbox.partner(make)
    outbox.partner(make, "IETF", "statements@ietf.test")

    statement = outbox.sent(cast, addressees=[*BOTH, {"name": "IETF"}])

    letters = list(make.session.exec(select(Letter).order_by(col(Letter.id))))
    sent = [each for each in outbox.dispatches(cast.tsb.act, statement) if each.way == "letter"]
    assert len({each.hidden for each in letters}) == 2
    assert [each.token_hash for each in sent] == [digest_of(each.hidden) for each in letters]
    assert all(f"{outbox.SITE}/liaison/ack/{HIDDEN}" in each.text for each in letters)
    assert all(len(each.hidden) >= 43 for each in letters)


def test_proof_of_delivery_names_whom_when_and_files(cast: Cast, make: Make) -> None:
    outbox.partner(make)

    statement = outbox.sent(cast, addressees=BOTH)

    document, letter = outbox.dispatches(cast.tsb.act, statement)
    assert (document.way, document.to_name) == ("document", "ITU-T SG15")
    assert (letter.way, letter.to_address, letter.at) == ("letter", "liaison@3gpp.test", cast.tsb.act.now)
    assert document.files == letter.files
    assert [f["name"] for f in letter.files] == ["T25-SG13-LS1-E.docx"]


def test_journal_tells_of_sending_and_keeps_addresses_apart(cast: Cast, make: Make) -> None:
    outbox.partner(make)

    outbox.sent(cast, addressees=BOTH)

    entry = make.session.exec(select(Entry).where(Entry.verb == "liaison.sent")).one()
    assert entry.audience == "T/SG13"
    assert entry.facts["to"] == ["ITU-T SG15", "3GPP SA2"]
    assert "3gpp.test" not in str(entry.facts)


def test_radio_group_sends_a_temporary_document(cast: Cast, make: Make) -> None:
    make.group("R/WP5D", title="IMT")
    make.group("R/WP5A", title="Land mobile")
    cast.summon("sg15")
    act = cast.br.act
    asked = [{"name": "WP 5A", "purpose": "action", "deadline": "2026-06-01"}, {"name": "T/SG15"}]
    statement = drafting.draft(act, outbox.form(senders=[{"name": "R/WP5D"}], addressees=asked))
    sender = queries.senders_of(act.session, statement)[0]
    approving.agree(act, statement, sender, Level.CHAIR)
    approving.approve(act, statement, sender)

    outbox.send(act, statement)

    assert (statement.name, statement.label) == ("R23-WP5D-TEMP1", "5D/TEMP/1")
    radio, telecom = queries.addressees_of(act.session, statement)
    filed = act.session.get_one(Document, radio.document_id)
    assert (filed.label, filed.kind, filed.source) == ("5A/1", "contribution", "Working Party 5D")
    assert act.session.get_one(Document, telecom.document_id).label == "TD1/GEN"


def test_reply_closes_what_it_answers_for_that_addressee(cast: Cast, make: Make) -> None:
    cast.summon("sg15")
    asked = outbox.sent(cast, addressees=[{"name": "T/SG15", "purpose": "action", "deadline": "2026-06-01"}])
    act = cast.tsb.act
    form = draft_reply(act, asked, outbox.to(act, asked))
    reply = drafting.draft(act, form.model_copy(update={"contacts": outbox.form().contacts, "body": "None."}))
    assert outbox.to(act, asked).state == State.REPLY_DRAFTED
    sender = queries.senders_of(act.session, reply)[0]
    approving.agree(act, reply, sender, Level.CHAIR)
    approving.approve(act, reply, sender)

    outbox.send(act, reply)

    row = outbox.to(act, asked)
    assert (row.state, row.answered_by_id) == (State.REPLIED, reply.id)
    own = act.session.get_one(Document, reply.document_id)
    assert own.title == "LS/o/r on Slices of networks in tests (reply to SG13-LS1) [to ITU-T SG13]"


def test_addressees_read_it_and_others_do_not(cast: Cast, make: Make) -> None:
    make.group("R/WP5A", title="Land mobile")
    statement = outbox.sent(cast, addressees=[{"name": "R/WP5A"}])
    radio = make.organisation("sector-member", name="Radio house", member_of=("R",))
    reader = make.act_as(make.actor(make.person("Rita Wave", organisation=radio)))

    assert queries.by_name(reader, "SG13-LS1").id == statement.id
    with pytest.raises(Refused):
        queries.by_name(cast.outsider.act, "SG13-LS1")
    draft = outbox.drafted(cast, addressees=[{"name": "R/WP5A"}])
    with pytest.raises(Refused):
        queries.by_name(reader, draft.name)


def test_each_contact_gets_its_letter_in_its_language(cast: Cast, make: Make) -> None:
    """As the preview showed; the withdrawal goes in the same languages. What is set to nothing is English."""
    there = outbox.partner(make, language="fr")
    make.add(BodyContact(body_id=there.id or 0, name="Second desk", email="second@3gpp.test", is_default=True))
    asked = {"name": "3GPP SA2", "purpose": "action", "deadline": "2026-06-01"}
    statement = outbox.approved(cast, addressees=[asked])
    act = outbox.on_site(cast.tsb.act)
    shown = previewing.preview(act, statement)
    outbox.send(act, statement)

    letters = make.session.exec(select(Letter).where(Letter.kind == "liaison.statement").order_by(col(Letter.id))).all()
    by_address = {each.to_address: each.text for each in letters}
    assert by_address == {each.to_address: each.text for each in shown.letters}
    assert "with an answer by 1 June 2026." in by_address["second@3gpp.test"]
    assert by_address["liaison@3gpp.test"] != by_address["second@3gpp.test"]
    assert by_address["liaison@3gpp.test"].endswith(format_date(statement.dated_on, "long", "fr"))
    withdraw(act, statement, "Sent by mistake")
    gone = make.session.exec(select(Letter).where(Letter.kind == "liaison.withdrawal")).all()
    assert {each.to_address: each.text.rpartition(", ")[2] for each in gone} == {
        "liaison@3gpp.test": format_date(geneva_day(act.now), "long", "fr"),
        "second@3gpp.test": day(geneva_day(act.now)),
    }
