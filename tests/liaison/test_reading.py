"""What the file of a statement says of itself, as the form that receives it."""

from datetime import date

from sgdocs.liaison.reading import form_of
from sgdocs.liaison.rules import Purpose
from sgdocs.text.model import Contact, Cover, Reading, Unit

LETTER = Unit(
    text=(
        "TSG Meeting #12\tZ2- 1712999\n"
        "Title:\tLS on imaginary slices\n"
        "Response to:\tZ5-186491/Z2-189049 (LS on slices)\n"
        "Source:\t3GPP SA2\n"
        "To:\tITU-T SG13, ITU-T SG15\n"
        "Cc:\t3GPP SA, RAN3\n"
        "Name:\tAda Example\n"
        "E-mail Address:\tada@example.org"
    )
)


def reading(*units: Unit, cover: Cover | None = None, language: str = "en") -> Reading:
    return Reading("docx", "application/x-test", cover=cover or Cover(), units=units, language=language)


def test_letter_with_labels_fills_the_form() -> None:
    form = form_of(reading(LETTER, Unit(number="2", title="Actions", text="To SG13:\nACTION:\tPlease answer.")))

    assert form.number == "Z2-1712999"
    assert form.title == "LS on imaginary slices"
    assert form.reply_to == ["Z5-186491", "Z2-189049"]
    assert [sender.name for sender in form.senders] == ["3GPP SA2"]
    assert [(each.name, each.purpose, each.is_copy) for each in form.addressees] == [
        ("ITU-T SG13", Purpose.ACTION, False),
        ("ITU-T SG15", Purpose.ACTION, False),
        ("3GPP SA", Purpose.INFORMATION, True),
        ("3GPP RAN3", Purpose.INFORMATION, True),
    ]
    assert [(each.name, each.email) for each in form.contacts] == [("Ada Example", "ada@example.org")]
    assert form.body.endswith("Please answer.")


def test_letter_that_asks_nothing_is_for_information() -> None:
    form = form_of(reading(LETTER))

    assert {each.purpose for each in form.addressees} == {Purpose.INFORMATION}


def test_cover_of_the_template_gives_each_addressee_its_purpose_and_deadline() -> None:
    cover = Cover(
        title="LS/o on imaginary slices (reply to SG17-LS55) [to SG13]",
        source="ITU-T Study Group 15",
        questions=("2/15",),
        for_action=("SG13 Q6, Q16/13",),
        for_information=("TSAG",),
        deadline="2027-03-01",
        document_date="5 May 2026",
        contacts=(Contact("Ada Example", "Imaginary Networks"),),
    )

    form = form_of(reading(Unit(text="Dear colleagues"), cover=cover, language="fr"))

    assert [(each.name, each.purpose, each.deadline, each.questions) for each in form.addressees] == [
        ("SG13", Purpose.ACTION, date(2027, 3, 1), ["6/13", "16/13"]),
        ("TSAG", Purpose.INFORMATION, None, []),
    ]
    assert (form.senders[0].name, form.senders[0].questions) == ("ITU-T Study Group 15", ["2/15"])
    assert (form.reply_to, form.dated_on, form.language) == (["SG17-LS55"], date(2026, 5, 5), "fr")
    assert form.contacts[0].organisation == "Imaginary Networks"


def test_headline_stands_for_a_missing_title() -> None:
    letter = Unit(
        text="Liaison Statement\nTo: ITU-T SG16\nFor Information\nSource: IETF\nDate: May 5, 2010\nOn codecs\nDear …"
    )

    form = form_of(reading(letter))

    assert (form.title, form.dated_on) == ("On codecs", date(2010, 5, 5))


def test_hostile_words_leave_the_field_to_the_person() -> None:
    cover = Cover(title="x" * 5_000, source="y" * 900, deadline="tomorrow", for_action=("z" * 900,))

    form = form_of(reading(Unit(text="To: " + "a, " * 3_000), cover=cover))

    assert len(form.title) == 500
    assert [len(each.name) for each in form.addressees] == [200]
    assert form.addressees[0].deadline is None


def test_file_without_a_word_gives_an_empty_form() -> None:
    form = form_of(Reading("pdf", "application/pdf"))

    assert (form.title, form.senders, form.addressees, form.body) == ("", [], [], "")
