"""What is found before sending, case by case; whom a paper is shown to; the file of a statement, read back."""

from dataclasses import replace
from datetime import date

import pytest

from sgdocs.base.errors import Refusal
from sgdocs.i18n import language, spoken
from sgdocs.liaison import letter_docx, letter_texts, letter_words, rules
from sgdocs.liaison.checking import AddresseeFacts, PaperFacts, StatementFacts, findings, reaches
from sgdocs.liaison.letter_words import StatementWords, To
from sgdocs.liaison.reading import form_of
from sgdocs.liaison.rules import Level, Purpose
from sgdocs.mail.models import HIDDEN
from sgdocs.text import reading
from sgdocs.text.model import Contact

ON = date(2026, 3, 2)
GROUP = AddresseeFacts("ITU-T SG15", Purpose.INFORMATION, label="T/SG15")
BODY = AddresseeFacts("IETF", Purpose.INFORMATION, is_group=False, addresses=("statements@ietf.test",))
PAPER = PaperFacts("TD1/GEN", "T/SG13", is_document=True)
GOOD = StatementFacts(
    title="Slices of networks",
    body="We have begun.",
    sector="T",
    on=ON,
    addressees=(GROUP, BODY),
    addresses=("a@example.test",),
    has_contact=True,
    has_question=True,
    has_meeting=True,
)


def found(facts: StatementFacts) -> list[tuple[str, str]]:
    return [(each.rule.id.removeprefix("liaison."), each.severity) for each in findings(facts)]


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert findings(GOOD) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": ""}, ("no-title", "error")),
        ({"addressees": ()}, ("no-addressee", "error")),
        ({"has_contact": False}, ("no-contact", "error")),
        ({"addresses": ("",)}, ("contact-without-address", "warning")),
        ({"has_question": False}, ("no-question", "warning")),
        ({"has_meeting": False}, ("no-meeting", "warning")),
        ({"body": " "}, ("no-text", "error")),
        ({"title": "y" * 256}, ("title-long", "warning")),
        ({"title": "SLICES OF NETWORKS"}, ("title-capitals", "warning")),
        ({"title": "Slices of networks."}, ("title-stop", "warning")),
        ({"body": "The scope is [to be agreed]."}, ("placeholder", "warning")),
        ({"body": "Due on TBD."}, ("placeholder", "warning")),
        ({"body": "See the attached text."}, ("papers-missing", "warning")),
        ({"letter_bytes": 20_000_001}, ("letter-too-heavy", "error")),
        ({"refusals": (Refusal(rules.NO_SENDER),)}, ("no-sender", "error")),
    ],
)
def test_each_thing_is_found(change: dict[str, object], expected: tuple[str, str]) -> None:
    assert found(replace(GOOD, **change)) == [expected]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "ITU-T Y.3100"},
        {"title": "y" * 255},
        {"title": "Slices, media, etc."},
        {"has_meeting": False, "is_between_meetings": True},
        {"has_question": False, "sector": "R"},
        {"body": "See the attached text.", "papers": (PaperFacts("figure.docx"),)},
        {"body": "", "papers": (PaperFacts("figure.docx"),)},
        {"letter_bytes": 20_000_000},
        {"letter_bytes": 90_000_000, "addressees": (GROUP,)},
    ],
)
def test_what_is_right_is_not_found(change: dict[str, object]) -> None:
    assert found(replace(GOOD, **change)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        (replace(GROUP, is_group=False, is_known=False), [("addressee-unknown", "error")]),
        (replace(BODY, addresses=()), [("addressee-unreachable", "error")]),
        (replace(GROUP, deadline=date(2026, 3, 1)), [("deadline-before-sending", "error")]),
        (replace(GROUP, deadline=ON), []),
        (replace(GROUP, purpose=Purpose.ACTION), [("no-deadline", "error")]),
        (replace(GROUP, purpose=Purpose.ACTION, is_copy=True), []),
        (replace(GROUP, purpose=Purpose.COMMENT), []),
        (replace(GROUP, refusal=Refusal(rules.GROUP_ENDED)), [("group-ended", "error")]),
        (replace(BODY, bounced=("statements@ietf.test",)), [("addressee-bounced", "warning")]),
    ],
)
def test_each_addressee_is_looked_at(to: AddresseeFacts, expected: list[tuple[str, str]]) -> None:
    assert found(replace(GOOD, addressees=(to,))) == expected


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (PAPER, []),
        (replace(PAPER, status="withdrawn"), [("paper-gone", "error")]),
        (replace(PAPER, part="", newest="R1"), [("paper-old", "warning")]),
        (PaperFacts("virus.docx", is_quarantined=True), [("paper-in-quarantine", "error")]),
    ],
)
def test_each_paper_is_looked_at(paper: PaperFacts, expected: list[tuple[str, str]]) -> None:
    assert found(replace(GOOD, papers=(paper,), addressees=(GROUP,))) == expected


@pytest.mark.parametrize(
    ("audience", "to", "is_reached"),
    [
        ("public", BODY, True),
        ("public", GROUP, True),
        ("T/SG13", BODY, False),
        ("T", BODY, False),
        ("T/SG15", GROUP, True),
        ("T/SG13", GROUP, True),
        ("T", GROUP, True),
        ("R/WP5D", GROUP, False),
        ("secretariat", GROUP, False),
        ("person:7", GROUP, False),
        ("org:7", GROUP, False),
        ("meeting:T25-SG13-260413", GROUP, False),
        ("T/SG13", replace(GROUP, label=""), False),
    ],
)
def test_paper_reaches_or_is_exposed(audience: str, to: AddresseeFacts, *, is_reached: bool) -> None:
    assert reaches(audience, to) == is_reached
    papers = (replace(PAPER, audience=audience),)
    assert found(replace(GOOD, papers=papers, addressees=(to,))) == ([] if is_reached else [("exposes", "warning")])


def test_errors_come_first_and_ids_tell_papers_apart() -> None:
    papers = (PAPER, replace(PAPER, name="TD2/GEN"))

    told = findings(replace(GOOD, papers=papers, has_contact=False))

    assert [each.id for each in told] == ["liaison.no-contact", "liaison.exposes:TD1/GEN", "liaison.exposes:TD2/GEN"]


# The file


def words(sector: str = "T", **facts: object) -> StatementWords:
    is_radio = sector == "R"
    told = StatementWords(
        sector=sector,
        number="5D/TEMP/12" if is_radio else "SG13-LS123",
        title="Reply liaison statement to ITU-T SG15, 3GPP SA2 - Slices (reply to SG17-LS55)"
        if is_radio
        else "LS/o/r on Slices (reply to SG17-LS55)",
        subject="Slices",
        body="First paragraph.\n\nSecond paragraph.",
        group="WP5D" if is_radio else "STUDY GROUP 13",
        period="" if is_radio else "2025-2028",
        questions=("2/13",),
        place_date="Geneva, 2-13 March 2026",
        dated_on=date(2026, 3, 13),
        source="Working Party 5D" if is_radio else "ITU-T Study Group 13",
        senders=("ITU-T SG13",),
        is_reply=True,
        to=(
            To("ITU-T SG15", Purpose.ACTION, date(2026, 6, 1), questions=("6/15",)),
            To("3GPP SA2", Purpose.INFORMATION),
        ),
        approval=(letter_words.approval_of(Level.STUDY_GROUP, "ITU-T SG13", "T25-SG13-260302", None),),
        answers=("SG17-LS55",),
        contacts=(Contact("Rafael Quill", "Imaginary Networks", "CH", "+41 1", "rafael@example.test"),),
    )
    return replace(told, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sector", "template", "source"),
    [("T", "liaison", "ITU-T Study Group 13"), ("R", "itu-r", "Working Party 5D")],
)
def test_file_of_a_statement_is_read_back(sector: str, template: str, source: str) -> None:
    read = reading.read(letter_docx.write(words(sector)), "statement.docx")

    form = form_of(read)
    cover = read.cover
    assert (cover.template, cover.source, cover.deadline) == (template, source, "2026-06-01")
    assert cover.approval == "Agreed by ITU-T SG13 (T25-SG13-260302)"
    assert [(each.name, each.purpose, each.deadline, each.questions) for each in form.addressees] == [
        ("ITU-T SG15", Purpose.ACTION, date(2026, 6, 1), ["6/15"]),
        ("3GPP SA2", Purpose.INFORMATION, None, []),
    ]
    assert (form.reply_to, form.contacts[0].email) == (["SG17-LS55"], "rafael@example.test")
    assert "Second paragraph." in form.body


def test_same_words_give_the_same_bytes() -> None:
    assert letter_docx.write(words()) == letter_docx.write(words())
    assert letter_docx.write(words()) != letter_docx.write(words(body="Another."))


@pytest.mark.parametrize("odd", ["\x00\x0b\x1f", "\ud800", "]]>&<w:p>", "\u202eevil", "a" * 20_000])
def test_odd_characters_make_no_broken_file(odd: str) -> None:
    content = letter_docx.write(words(body=f"before {odd} after", title=f"LS/o on {odd}"))

    assert "after" in form_of(reading.read(content, "statement.docx")).body


def test_deadlines_of_several_are_told_with_whom_they_are_for() -> None:
    to = (
        To("ITU-T SG15", Purpose.ACTION, date(2026, 6, 1)),
        To("IETF", Purpose.COMMENT, date(2026, 5, 1)),
        To("TSAG", Purpose.INFORMATION),
    )

    assert words(to=to).deadline == "1 May 2026 (IETF); 1 June 2026 (ITU-T SG15)"
    assert words(to=to[:1]).deadline == "1 June 2026"
    assert words(to=to[2:]).deadline == ""


def test_letter_says_what_is_asked_by_when_and_what_comes_with_it() -> None:
    told = words()

    text = letter_texts.letter_text(
        spoken("en"), told, told.to[0], link="https://x.test/ack/", days_valid=60, files=["a.docx", "b.zip"]
    )

    assert "“Slices”, for action, with an answer by 1 June 2026." in text
    assert "It answers SG17-LS55." in text
    assert "- a.docx\n- b.zip" in text
    assert f"https://x.test/ack/{HIDDEN}\nThe link can be used once, within 60 days" in text
    plain = letter_texts.letter_text(spoken(""), told, told.to[1], link="", days_valid=60, files=["a.docx"])
    assert "acknowledge" not in plain
    assert HIDDEN not in plain


@pytest.mark.parametrize(
    ("code", "written"), [("fr", "1 juin 2026"), ("ar", "2026"), ("zh", "2026年6月1日"), ("es", "1 de junio")]
)
def test_letter_is_in_the_language_of_its_contact_and_quotes_as_it_is(
    monkeypatch: pytest.MonkeyPatch, code: str, written: str
) -> None:
    """A title that is a word of the catalogue is quoted, not translated; no mark of direction touches the link."""
    tongue = language(code)
    monkeypatch.setattr(type(tongue.words), "gettext", lambda self, message: f"{code}|{message}")
    told = words(subject="Approval")

    text = letter_texts.letter_text(
        tongue, told, told.to[0], link="https://x.test/ack/", days_valid=60, files=["a.docx"]
    )

    assert f"{code}|Dear colleagues," in text
    assert written in text
    assert f"{code}|Approval" not in text
    assert "Approval" in text
    assert f"https://x.test/ack/{HIDDEN}\n{code}|The link" in text
    assert "First paragraph." in text, "the statement itself stays as it is"
    withdrawn = letter_texts.withdrawal_text(tongue, told, "Sent by mistake", date(2026, 6, 1))
    assert withdrawn.startswith(f"{code}|Dear colleagues,")
    assert "Sent by mistake" in withdrawn
