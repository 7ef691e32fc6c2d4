"""The small readers of a cover: days, Questions, contacts, numbers, labels, languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.text.contacts import read_contact
from sgdocs.text.days import MONTHS, iso_day, read_days
from sgdocs.text.labels import LABELS, class_of, field_of, language_of, split_label
from sgdocs.text.model import Contact
from sgdocs.text.numbers import NUMBER_R, NUMBER_T, group_of, named_by
from sgdocs.text.questions import read_questions
from sgdocs.text.template_words import holds_template, is_open_number, is_template

DAYS = [
    ("Geneva, 9-17 June 2026", "Geneva", "2026-06-09", "2026-06-17"),
    ("E-meeting, 18 January 2016", "E-meeting", "2016-01-18", "2016-01-18"),
    ("London, 2-6 October 2017", "London", "2017-10-02", "2017-10-06"),
    ("Geneva, 29 June – 3 July 2026", "Geneva", "2026-06-29", "2026-07-03"),
    ("Geneva, 27 August- 5 September 2019", "Geneva", "2019-08-27", "2019-09-05"),
    ("Geneva, 29 December 2025 – 3 January 2026", "Geneva", "2025-12-29", "2026-01-03"),
    ("Geneva, 29 December – 3 January 2026", "Geneva", "2025-12-29", "2026-01-03"),
    ("Geneva, 9 June 2026 to 17 June 2026", "Geneva", "2026-06-09", "2026-06-17"),
    ("Tokyo, March 2-6, 2026", "Tokyo", "2026-03-02", "2026-03-06"),
    ("Virtual, 27 Nov. – 1 Dec. 2023", "Virtual", "2023-11-27", "2023-12-01"),
    ("Macao, China, 16-27 October 2017", "Macao, China", "2017-10-16", "2017-10-27"),
    ("Genève, 1er-5 juin 2026", "Genève", "2026-06-01", "2026-06-05"),
    ("Genève, du 29 juin au 3 juillet 2026", "Genève", "2026-06-29", "2026-07-03"),
    ("Ginebra, 9 a 17 de junio de 2026", "Ginebra", "2026-06-09", "2026-06-17"),
    ("Ginebra, del 29 de junio al 3 de julio de 2026", "Ginebra", "2026-06-29", "2026-07-03"),
    ("Женева, 9–17 июня 2026 года", "Женева", "2026-06-09", "2026-06-17"),
    ("Женева, 29 июня – 3 июля 2026 г.", "Женева", "2026-06-29", "2026-07-03"),
    ("2026年6月9-17日，日内瓦", "日内瓦", "2026-06-09", "2026-06-17"),
    ("2026年6月29日-7月3日，日内瓦", "日内瓦", "2026-06-29", "2026-07-03"),
    ("جنيف، 9-17 يونيو 2026", "جنيف", "2026-06-09", "2026-06-17"),
    ("جنيف، ٩-١٧ يونيو ٢٠٢٦", "جنيف", "2026-06-09", "2026-06-17"),
    ("Geneva, 2026-06-09 – 2026-06-17", "Geneva", "2026-06-09", "2026-06-17"),
    ("17/06/2026", "", "2026-06-17", "2026-06-17"),
]


@pytest.mark.parametrize(("text", "place", "first", "last"), DAYS, ids=[row[0] for row in DAYS])
def test_days_are_read(text: str, place: str, first: str, last: str):
    days = read_days(text)

    assert (days.place, str(days.starts_on), str(days.ends_on)) == (place, first, last)


@pytest.mark.parametrize(
    "text", ["", "Geneva", "31 February 2026", "17-9 June 2026", "dd-dd mmm yyyy", "June", "99999 9999"]
)
def test_what_is_no_day_gives_none(text: str):
    days = read_days(text)

    assert (days.starts_on, days.ends_on) == (None, None)


@pytest.mark.parametrize("name", [name for name in MONTHS if len(name) > 3])
def test_every_month_is_read_in_every_language(name: str):
    days = read_days(f"X, 3-5 {name} 2026")

    assert (days.starts_on.month, days.starts_on.day, days.ends_on.day) == (MONTHS[name], 3, 5)


def test_deadline_that_is_no_day_stays_as_printed():
    assert iso_day("as soon as possible") == "as soon as possible"
    assert iso_day("1 October 2026") == "2026-10-01"


@given(st.text(max_size=80))
def test_no_text_breaks_the_readers(text: str):
    read_days(text)
    read_questions(text, "15")
    read_contact([text, text])
    split_label(text)
    named_by(text)
    group_of(text)
    is_template(text, "number")
    holds_template(text)
    is_open_number(text)


QUESTIONS = [
    ("6/15", ("6/15",)),
    ("Q6/15", ("6/15",)),
    ("6, 7/15", ("6/15", "7/15")),
    ("6/15, 7/15", ("6/15", "7/15")),
    ("Q6/15 and Q7/15", ("6/15", "7/15")),
    ("Q6/15; Q2/13", ("6/15", "2/13")),
    ("6 & 7/15", ("6/15", "7/15")),
    ("6/15 et 7/15", ("6/15", "7/15")),
    ("6/15 y 7/15", ("6/15", "7/15")),
    ("6/15 и 7/15", ("6/15", "7/15")),
    ("6/15 和 7/15", ("6/15", "7/15")),
    ("6/15 و7/15", ("6/15", "7/15")),
    ("6/15、7/15", ("6/15", "7/15")),
    ("ALL/15", ("ALL/15",)),
    ("QALL/15", ("ALL/15",)),
    ("All", ("ALL/15",)),
    ("Toutes/15", ("ALL/15",)),
    ("6", ("6/15",)),
    ("Q6", ("6/15",)),
    ("1-3/15", ("1/15", "2/15", "3/15")),
    ("Question 6/15", ("6/15",)),
    ("Question ITU-R 241/5", ("241/5",)),
    ("241-3/5", ("241-3/5",)),
    ("6/15, 6/15", ("6/15",)),
    ("N/A", ()),
    ("-", ()),
    ("", ()),
    ("the Questions of the group", ()),
]


@pytest.mark.parametrize(("text", "codes"), QUESTIONS, ids=[row[0] or "nothing" for row in QUESTIONS])
def test_questions_are_read(text: str, codes: tuple[str, ...]):
    assert read_questions(text, "15") == codes


def test_question_without_any_group_is_left_out():
    assert read_questions("6") == ()


@pytest.mark.parametrize(
    ("cells", "contact"),
    [
        (["Ada Example\nImaginary Networks\nFictavia", "Tel: +999 1 23456\nE-mail: ada@example.org"],
         Contact("Ada Example", "Imaginary Networks", "Fictavia", "+999 1 23456", "ada@example.org")),
        (["Ada Example\nImaginary Networks", "Email:ada@example.org"], Contact("Ada Example", "Imaginary Networks", "", "", "ada@example.org")),
        (["Ada Example, ada@example.org"], Contact("Ada Example", "", "", "", "ada@example.org")),
        (["Ada Example", "Tél.: +999 123456\nFax: +999 123457\nCourriel: ada@example.org"],
         Contact("Ada Example", "", "", "+999 123456", "ada@example.org")),
        (["Ада Пример\nСеть", "Тел.: +999 123456\nЭл. почта: ada@example.org"],
         Contact("Ада Пример", "Сеть", "", "+999 123456", "ada@example.org")),
        (["阿达\n网络", "电话：+999 123456\n电子邮件：ada@example.org"], Contact("阿达", "网络", "", "+999 123456", "ada@example.org")),
        (["Ada Example", "Tel:\nFax:\nE-mail:"], Contact("Ada Example")),
        (["Name\nOrganization\nCountry", "Tel: +xx\nE-mail: a@b.com"], None),
        (["<Name>\n<Organization>\n<Country>", "Tel:\nFax:\nEmail:"], None),
        (["", ""], None),
    ],
)  # fmt: skip
def test_contact_is_read(cells: list[str], contact: Contact | None):
    assert read_contact(cells) == contact


@pytest.mark.parametrize(
    "number",
    ["SG13-C123", "SG13-C123R1", "COM 13-C 123", "COM 16 – LS 124 – E", "TD 232R1 (P)", "TD142-WP3", "TD5R1/G", "SG12-TD45", "TSAG-TD165",
     "SG13-TD12/GEN", "Q4/17-DOC3", "DOC12", "T25-SG13-C123", "WTSA24-C-0046-A30", "SG13-LS123", "SG13-R12"],
)  # fmt: skip
def test_number_of_itu_t_is_known(number: str):
    assert NUMBER_T.match(number)


@pytest.mark.parametrize(
    "text", ["STUDY GROUP 13", "CONTRIBUTION", "Rapporteur Q4/17", "TD", "2025-2028", "SG13-Cn", "Contact 12345"]
)
def test_what_is_no_number(text: str):
    assert not NUMBER_T.match(text)


@pytest.mark.parametrize(
    ("number", "group"),
    [("Document 5D/123-E", "WP5D"), ("5/88", "SG5"), ("5D/TEMP/45(Rev.1)-E", "WP5D"), ("Annex 3 to Document 5D/300-E", "WP5D"),
     ("Documento 1A/7-S", "WP1A"), ("RAG/12-E", "RAG")],
)  # fmt: skip
def test_number_of_itu_r_is_known(number: str, group: str):
    assert NUMBER_R.match(number)
    assert group_of(number) == group


@pytest.mark.parametrize(
    ("name", "number", "group", "language"),
    [
        ("T22-SG13-C-0123!R1!MSW-E.docx", "SG13-C123R1", "SG13", "en"),
        ("T22-TSAG-221212-TD-GEN-0011!R1!MSW-E.docx", "TSAG-TD11R1/GEN", "TSAG", "en"),
        ("T17-SG17-190827-TD-PLEN-2484!!MSW-E.docx", "SG17-TD2484/PLEN", "SG17", "en"),
        ("R19-WP5D-C-0123!!PDF-E.pdf", "5D/123-E", "WP5D", "en"),
        ("T25-SG15-C123R2-F.docx", "SG15-C123R2", "SG15", "fr"),
        ("T25-SG15-TD45-GEN.docx", "SG15-TD45/GEN", "SG15", ""),
        ("SG15-C45.docx", "SG15-C45", "SG15", ""),
        ("my contribution.docx", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_file_name_is_read(name: str, number: str, group: str, language: str):
    named = named_by(name)

    assert (named.number, named.group, named.language) == (number, group, language)


def test_no_label_announces_two_fields():
    seen: dict[str, str] = {}
    for name, rows in LABELS.items():
        for word in "|".join(rows).split("|"):
            assert seen.setdefault(word.casefold(), name) == name, word
            assert field_of(f"{word} :") == name


def test_every_field_has_its_label_in_six_languages():
    for name, rows in LABELS.items():
        scripts = {("CYR" if "а" <= c <= "я" else "ARA" if "ا" <= c <= "ي" else "HAN" if c >= "一" else "")
                   for c in "".join(rows).casefold()}  # fmt: skip
        assert {"CYR", "ARA", "HAN"} <= scripts, name


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [("Source: Canada", "source", "Canada"), ("Title：标题", "title", "标题"), ("Received:\t3 June 2024", "received", "3 June 2024"),
     ("Note: no field", "", "Note: no field"), ("Source", "", "Source"), ("10:30", "", "10:30")],
)  # fmt: skip
def test_label_at_the_head_of_a_line(line: str, name: str, value: str):
    assert split_label(line) == (name, value)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Original: English", "en"), ("English only", "en"), ("Original: anglais", "en"), ("Original : français", "fr"),
     ("Оригинал: английский", "en"), ("原文：英文", "en"), ("الأصل: بالإنكليزية", "en"), ("Original: Spanish", "es"),
     ("Seulement en français", "fr"), ("English", ""), ("Original: Klingon", "")],
)  # fmt: skip
def test_language_of_the_original(text: str, language: str):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "kind"),
    [("CONTRIBUTION", "contribution"), ("Вклад", "contribution"), ("TD", "temporary-document"), ("Other", "")],
)
def test_class_of_a_document(text: str, kind: str):
    assert class_of(text) == kind
