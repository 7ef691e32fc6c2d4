"""Languages: complete where they must be, sound everywhere, chosen as the reader wishes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from sgdocs.base.errors import NOT_FOUND, NotFound
from sgdocs.i18n import accepted, choose, language, offered, spoken
from sgdocs.web import messages
from sgdocs.web.filters import functions
from sgdocs.web.render import environment_of
from sgdocs.web.verbs import SAYS

pytestmark = pytest.mark.databases("sqlite")


@pytest.mark.parametrize("code", messages.codes())
def test_language_is_complete(code: str) -> None:
    assert messages.missing(code) == {}


@pytest.mark.parametrize("code", messages.codes())
def test_placeholders_of_translations_are_those_of_the_message(code: str) -> None:
    assert messages.broken(messages.load(code)) == []


def test_broken_placeholder_is_noticed() -> None:
    catalogue = messages.load("fr")
    before = len(messages.broken(catalogue))
    catalogue["Page %(n)s"].string = "Page %(m)s"
    catalogue["Give {ge} or more."].string = "Donnez plus."

    assert len(messages.broken(catalogue)) == before + 2


def test_extraction_finds_templates_python_rules_and_settings() -> None:
    said = {each.id for each in messages.said()}

    assert {
        "Skip to content",
        "Fill this in.",
        "There is no {what} “{name}” here, or it is not for you to see.",
        "Largest request that is taken, in megabytes.",
    } <= said


def test_catalogue_is_what_extraction_would_write() -> None:
    """`python -m sgdocs.web.messages extract` has been run: no message of yesterday stands in the files."""
    said = {messages.key_of(each) for each in messages.messages_of(messages.said())}

    for code in messages.codes():
        assert {messages.key_of(each) for each in messages.messages_of(messages.load(code))} - said == set(), code


def test_every_verb_of_the_journal_has_its_sentence() -> None:
    import re
    from pathlib import Path

    import sgdocs

    call = re.compile(r'\brecord\(\s*\w+,\s*"([a-z-]+\.[a-z-]+)"')
    used = {verb for file in Path(sgdocs.__file__).parent.rglob("*.py") for verb in call.findall(file.read_text())}

    assert len(used) > 10
    assert used - set(SAYS) == set()


@pytest.mark.parametrize(
    ("header", "code"),
    [("fr-CH, fr;q=0.9, en;q=0.8", "fr"), ("de, ar;q=0.3", "ar"), ("xx", "en"), ("", "en"), ("en;q=0.1, fr;q=0.2", "fr"),
     ("fr;q=0, en", "en"), (";;;q=,,fr;q=nan", "en")],
)  # fmt: skip
def test_browser_is_answered_in_its_language(client: TestClient, header: str, code: str) -> None:
    assert client.get("/help", headers={"Accept-Language": header}).headers["Content-Language"] == code


@given(st.text())
def test_any_header_of_languages_is_read(header: str) -> None:
    assert choose(accepted(header), offered()) in offered()


def test_switch_outlasts_the_browser_wish(client: TestClient) -> None:
    shown = client.get("/language/ar", params={"next": "/help"}, headers={"Accept-Language": "fr"})
    later = client.get("/help", headers={"Accept-Language": "fr"})

    assert shown.url.path == "/help"
    assert '<html lang="ar" dir="rtl">' in shown.text
    assert 'lang="ar"' in later.text
    assert client.get("/language/xx").status_code == 404


def test_unreviewed_language_says_so(client: TestClient) -> None:
    note = language("ar").say("This translation has not been reviewed yet.")

    assert note in client.get("/help", headers={"Accept-Language": "ar"}).text
    assert (
        language("fr").say("This translation has not been reviewed yet.")
        not in client.get("/help", headers={"Accept-Language": "fr"}).text
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [("fr", "fr"), ("fr-CH", "fr"), ("xx", "en"), ("klingon", "en"), ("", "en"), ("../../en", "en"), (None, "en")],
)
def test_letters_are_worded_whatever_language_a_row_names(said: str | None, code: str) -> None:
    assert spoken(said).code == code


def test_refusal_is_worded_in_the_language_of_the_reader() -> None:
    refused = NotFound(NOT_FOUND, what="group", name="SG99")

    assert language("fr").refusal(refused) == "Il n’y a pas ici de groupe « SG99 », ou vous n’y avez pas accès."
    assert language("ar").refusal(refused).count("\u2068") == 2


def test_days_instants_and_numbers_follow_the_language() -> None:
    at = datetime(2026, 11, 14, 22, 59, tzinfo=UTC)
    english, french = functions(language("en")), functions(language("fr"))

    assert english["day_text"](date(2026, 11, 14)) == "14 Nov 2026"
    assert french["day_text"](date(2026, 11, 14), "long") == "14 novembre 2026"
    assert (english["time_text"](at), english["time_text"](at, "UTC")) == ("23:59", "22:59")
    assert english["from_now"](at, at - timedelta(days=3)) == "in 3 days"
    assert english["number"](17418) == "17,418"
    assert english["iso"](at) == "2026-11-14T22:59:00Z"


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("ar", {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 5, 99: 5, 100: 4, 102: 4, 103: 3, 111: 5, 200: 4, 1003: 3}),
        ("ru", {0: 2, 1: 0, 2: 1, 4: 1, 5: 2, 11: 2, 12: 2, 14: 2, 21: 0, 22: 1, 25: 2, 111: 2, 121: 0}),
        ("zh", {0: 0, 1: 0, 2: 0, 11: 0, 1000: 0}),
        ("fr", {0: 0, 1: 0, 2: 1, 1_000_000: 1}),
        ("es", {0: 1, 1: 0, 2: 1}),
    ],
)
def test_number_takes_the_form_of_the_plural_that_its_language_wants(code: str, forms: dict[int, int]) -> None:
    """Forms stand in the order of the rule in the catalogue; in Arabic 11 to 99 are the last. Source: CLDR plural rules."""
    one, many = "%(num)d document", "%(num)d documents"
    written = messages.load(code)[one].string
    told = language(code).words

    assert {n: told.ngettext(one, many, n) for n in forms} == {n: written[form] for n, form in forms.items()}


@pytest.mark.parametrize(
    ("code", "forms", "count"),
    [
        ("ru", ("Одно поле", "%(num)d поля", "%(num)d полей"), 1),
        ("ru", ("%(num)d поле", "%(num)d поля", "%(num)d полей"), 0),
        ("ar", ("لا خانة", "خانة", "خانتان", "%(num)d خانات", "%(num)d خانة", "%(num)d خانة"), 0),
        ("ar", ("لا خانة", "خانة", "خانتان", "خانات", "%(num)d خانة", "%(num)d خانة"), 1),
        ("zh", ("字段",), 1),
    ],
)
def test_form_that_several_numbers_take_must_say_the_number(code: str, forms: tuple[str, ...], count: int) -> None:
    """In Russian the first form is also that of 21: without its number it would say 1."""
    catalogue = messages.load(code)
    catalogue["%(num)d field needs a change."].string = forms

    assert len(messages.broken(catalogue)) - len(messages.broken(messages.load(code))) == count


@pytest.mark.parametrize(
    ("code", "day", "long", "ago", "number"),
    [
        ("ru", "14 нояб. 2026\u202fг.", "14 ноября 2026\u202fг.", "5 дней назад", "17\u00a0418,5"),
        ("ar", "14\u200f/11\u200f/2026", "14 نوفمبر 2026", "قبل 5 أيام", "17,418.5"),
        ("zh", "2026年11月14日", "2026年11月14日", "5天前", "17,418.5"),
        ("es", "14 nov 2026", "14 de noviembre de 2026", "hace 5 días", "17.418,5"),
    ],
)
def test_days_and_numbers_of_each_language(code: str, day: str, long: str, ago: str, number: str) -> None:
    told = functions(language(code))
    at = datetime(2026, 11, 14, 22, 59, tzinfo=UTC)

    assert (told["day_text"](at.date()), told["day_text"](at.date(), "long")) == (day, long)
    assert told["from_now"](at, at + timedelta(days=5)) == ago
    assert told["number"](17418.5) == number
    assert told["time_text"](at) == "23:59"


def test_right_to_left_style_needs_no_second_sheet() -> None:
    """Physical directions would have to be mirrored by hand; there are none."""
    import re

    from sgdocs.web.places import STATIC

    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right)|(?<![-\w])(?:left|right):|text-align: (?:left|right)|float: (?:left|right)"
    )

    assert {
        f.name: physical.findall(f.read_text())
        for f in (STATIC / "css").glob("*.css")
        if physical.search(f.read_text())
    } == {}


def test_template_is_compiled_once_for_all_languages() -> None:
    english, french = (environment_of(code).get_template("help/keys.html") for code in ("en", "fr"))

    assert english.root_render_func.__code__ is french.root_render_func.__code__
    assert english.root_render_func is not french.root_render_func
