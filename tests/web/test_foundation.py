"""The frame of the web: pages and fragments, transactions, forms, exports, static files, health."""

import io
import json
import re
from datetime import date
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Query, Request, Response
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from openpyxl import load_workbook
from pydantic import BaseModel, Field
from sqlalchemy import event
from sqlmodel import Session, select
from starlette.testclient import TestClient

from sgdocs.journal.models import Entry, Head
from sgdocs.web import assets, urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.exports import Export, cell, export
from sgdocs.web.forms import Blank, Filled, blank
from sgdocs.web.limits import limited
from sgdocs.web.places import STATIC, TEMPLATES
from sgdocs.web.render import environment_of, page, see

pytestmark = pytest.mark.databases("sqlite")
HTMX = {"HX-Request": "true"}


class Paper(BaseModel):
    title: str = Field(min_length=3)
    pages: int = 1
    tags: list[str] = []


@pytest.fixture
def trial(app: FastAPI) -> FastAPI:
    """The application with handlers that only tests have."""

    @app.post("/trial/write")
    def write(act: Writing) -> dict[str, str]:
        act.session.add(Head(id=1, position=7))
        return {"done": "yes"}

    @app.get("/trial/read")
    def read(act: Reading) -> dict[str, str]:
        act.session.add(Head(id=1, position=7))
        act.session.flush()
        return {"done": "yes"}

    @app.post("/trial/form")
    def form(filled: Filled[Paper]) -> dict[str, Any]:
        return {"ok": filled.ok, "errors": filled.errors, "raw": filled.raw} | (
            {"value": filled.value.model_dump()} if filled.ok else {}
        )

    @app.get("/trial/filter")
    def filter(year: Annotated[int | None, Blank, Query()] = None) -> dict[str, int | None]:
        return {"year": year}

    @app.get("/trial/bounded")
    def bounded(year: Annotated[Annotated[int, Field(ge=1800)] | None, Blank, Query()] = None) -> dict[str, int | None]:
        return {"year": year}

    @app.get("/trial/seldom", dependencies=[limited("suggest")])
    def seldom() -> dict[str, str]:
        return {}

    @app.get("/trial/there")
    def there() -> Response:
        return see("/help", notice="Taken <b>well</b>")

    return app


def test_page_is_whole_and_fragment_is_its_block(client: TestClient) -> None:
    whole = client.get("/nothing-here")
    part = client.get("/nothing-here", headers=HTMX)

    assert whole.text.startswith("<!DOCTYPE html>")
    assert part.text.lstrip().startswith('<div class="refusal')
    assert part.text.strip() in whole.text
    assert part.status_code == whole.status_code == 404


@pytest.mark.parametrize("also", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_link_and_history_get_the_whole_page(client: TestClient, also: str) -> None:
    assert client.get("/nothing-here", headers=HTMX | {also: "true"}).text.startswith("<!DOCTYPE html>")


def test_page_varies_with_what_it_depends_on(client: TestClient) -> None:
    answer = client.get("/")

    assert answer.headers["Vary"].startswith("HX-Request, Cookie, Accept-Language")
    assert answer.headers["Content-Language"] == "en"


def test_name_that_a_template_lacks_raises() -> None:
    with pytest.raises(UndefinedError):
        environment_of("en").from_string("{{ never_given }}").render()


def test_template_escapes_and_translation_escapes_what_it_takes_in() -> None:
    template = environment_of("fr").from_string('{{ word }} {{ _("Page %(n)s", n=word) }}')

    assert template.render(word="<b>") == "&lt;b&gt; Page &lt;b&gt;"


def test_every_template_can_be_compiled() -> None:
    names = [file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*.html")]

    assert len(names) > 10
    for name in names:
        environment_of("en").get_template(name)


def test_no_template_has_inline_script_or_style() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|\bstyle=|<style|\bon[a-z]+=\"|javascript:|hx-on|hx-vals=['\"]js:", re.I
    )

    assert {
        f.name: inline.findall(f.read_text()) for f in TEMPLATES.rglob("*.html") if inline.search(f.read_text())
    } == {}


def test_writing_commits_before_the_answer(trial: FastAPI, client: TestClient) -> None:
    assert client.post("/trial/write").status_code == 200

    with trial.state.services.database.reading() as session:
        assert session.get_one(Head, 1).position == 7


def test_commit_that_fails_is_told_as_500(trial: FastAPI) -> None:
    engine = trial.state.services.database.engine
    event.listen(engine, "commit", _fail)

    with TestClient(trial, raise_server_exceptions=False) as client:
        answer = client.post("/trial/write")

    event.remove(engine, "commit", _fail)
    assert answer.status_code == 500
    assert "done" not in answer.text


def test_reading_leaves_nothing_behind(trial: FastAPI, client: TestClient) -> None:
    assert client.get("/trial/read").status_code == 200

    with trial.state.services.database.reading() as session:
        assert session.exec(select(Head)).all() == []


def test_form_in_order_gives_its_value(trial: FastAPI, client: TestClient) -> None:
    told = client.post("/trial/form", data={"title": "Slices", "pages": "12", "tags": ["a", "b"]}).json()

    assert told["value"] == {"title": "Slices", "pages": 12, "tags": ["a", "b"]}


def test_form_at_fault_keeps_what_was_typed(trial: FastAPI, client: TestClient) -> None:
    told = client.post("/trial/form", data={"title": "ab", "pages": "many", "unknown": "x"}).json()

    assert told["ok"] is False
    assert told["errors"] == {"title": "Give at least 3 characters.", "pages": "Give a whole number."}
    assert told["raw"]["pages"] == ["many"]


def test_field_left_empty_is_missing_or_its_default(trial: FastAPI, client: TestClient) -> None:
    told = client.post("/trial/form", data={"title": "  ", "pages": ""}).json()

    assert told["errors"] == {"title": "Fill this in."}


def test_form_errors_speak_the_language_of_the_reader(trial: FastAPI, client: TestClient) -> None:
    told = client.post("/trial/form", data={}, headers={"Accept-Language": "fr-CH, en;q=0.5"}).json()

    assert told["errors"] == {"title": "À remplir."}


def test_empty_filter_is_no_filter_and_a_wrong_one_is_named(trial: FastAPI, client: TestClient) -> None:
    assert client.get("/trial/filter?year=").json() == {"year": None}

    wrong = client.get("/trial/filter?year=last", headers={"Accept": "application/json"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"] == [{"field": "year", "value": "last", "right": "Give a whole number."}]


def test_bounded_filter_may_be_empty_too(trial: FastAPI, client: TestClient) -> None:
    assert client.get("/trial/bounded?year=").json() == {"year": None}
    assert client.get("/trial/bounded?year=1900").json() == {"year": 1900}

    wrong = client.get("/trial/bounded?year=17", headers={"Accept": "application/json"})
    assert wrong.json()["errors"] == [{"field": "year", "value": "17", "right": "Give 1800 or more."}]


@pytest.mark.parametrize(
    "address", ["/rec/T?year=", "/rec/T.json?year=&series=&status=&kind=", "/api/v1/recommendations?year="]
)
def test_filters_left_empty_are_none(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 200


def test_blank_form_starts_from_its_values() -> None:
    form = blank(Paper(title="Slices", tags=["a", "b"]))

    assert (form.first("title"), form.every("tags"), form.first("none"), form.ok) == ("Slices", ["a", "b"], "", False)


def test_notice_is_shown_once_and_escaped(trial: FastAPI, client: TestClient) -> None:
    first = client.get("/trial/there")
    again = client.get("/help")

    assert "Taken &lt;b&gt;well&lt;/b&gt;" in first.text
    assert "Taken" not in again.text


def test_rate_limit_is_kept_and_says_when_to_come_back(trial: FastAPI, client: TestClient, settings: Any) -> None:
    services = trial.state.services
    object.__setattr__(services, "settings", settings.model_copy(update={"suggest_limit": 3}))

    answers = [client.get("/trial/seldom", headers={"Accept": "application/json"}) for _ in range(4)]

    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[3].headers["Retry-After"]) <= 60
    assert answers[3].json()["rule"] == "people.too-often"


def test_rate_limit_lets_readers_through_while_another_writes(trial: FastAPI, client: TestClient) -> None:
    with trial.state.services.database.writing() as session:
        session.add(Head(id=1))
        session.flush()

        answer = client.get("/trial/seldom")

    assert answer.status_code == 200


def test_static_file_is_kept_for_a_year_by_its_hash(client: TestClient) -> None:
    address = assets.asset("css/base.css")
    named, plain = client.get(address), client.get("/static/css/base.css")
    stale = client.get(re.sub(r"\.[0-9a-f]{10}\.", ".0123456789.", address))

    assert named.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (plain.headers["Cache-Control"], stale.headers["Cache-Control"]) == ("no-cache", "no-cache")
    assert named.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize(
    "name", ["../templates/base.html", "%2e%2e/templates/base.html", "css", "x" * 5000, "%00", "css/none.css"]
)
def test_static_gives_nothing_but_its_files(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_vendored_files_are_what_the_manifest_says() -> None:
    import hashlib

    listed = json.loads((STATIC / "vendor/manifest.json").read_text())["files"]
    there = {f.name for f in (STATIC / "vendor").iterdir()} - {"manifest.json"}

    assert there == {each["file"] for each in listed} | {each["licence_file"] for each in listed}
    for each in listed:
        assert each["version"] in each["file"]
        assert hashlib.sha256((STATIC / "vendor" / each["file"]).read_bytes()).hexdigest() == each["sha256"]


def test_first_page_with_all_it_loads_is_small(client: TestClient) -> None:
    first = client.get("/", headers={"Accept-Encoding": "identity"})
    loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', first.text)
    total = sum(
        int(client.get(address, headers={"Accept-Encoding": "gzip"}).headers["Content-Length"])
        for address in ["/", *loaded]
    )

    assert len(loaded) >= 8
    assert total < 150_000


def test_home_tells_what_changed_to_who_may_read_it(client: TestClient, services: Any, clock: Any) -> None:
    with services.database.writing() as session:
        _entry(session, clock.now, position=1, verb="groups.renamed", audience="public")
        _entry(session, clock.now, position=2, verb="people.left", audience="members")
        _entry(session, clock.now, position=None, verb="groups.established", audience="public")

    told = client.get("/").text

    assert "Renamed" in told
    assert "Left the organisation" not in told
    assert "Established" not in told


def test_health_names_what_is_broken(app: FastAPI, services: Any) -> None:
    services.search.close()
    with TestClient(app) as client:
        answer = client.get("/healthz")

    assert set(answer.json()) == {"status", "database", "search_index", "journal_lag_seconds", "version"}
    assert (answer.status_code == 200) == (answer.json()["status"] == "ok")
    assert answer.json()["search_index"] == "broken"
    assert answer.json()["database"] == "ok"


def test_robots_are_kept_from_people(client: TestClient) -> None:
    assert "Disallow: /person" in client.get("/robots.txt").text.splitlines()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-cmd", "@sum", "\t=1", " =1", "\n=1", "|x", "%x"])
def test_cell_never_starts_a_formula(text: str) -> None:
    rows = [{"a": text}]

    csv_text = export(Export.CSV, "list", rows, {"a": "A"}).body.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(bytes(export(Export.XLSX, "list", rows, {"a": "A"}).body))).active

    assert csv_text.splitlines()[1].lstrip('"').startswith("'")
    assert sheet is not None
    assert str(sheet["A2"].value).startswith("'")
    assert sheet["A2"].data_type == "s"


@given(st.text())
def test_cell_of_any_text_is_harmless(text: str) -> None:
    assert str(cell(text)).lstrip()[:1] not in ("=", "+", "-", "@", "|", "%")


def test_export_keeps_numbers_days_and_lists() -> None:
    rows = [{"n": -5, "on": date(2026, 5, 31), "many": ["a", "b"], "none": None, "more": {"x"}}]
    columns = {"n": "Number", "on": "Day", "many": "Many", "none": "None"}

    csv_text = export(Export.CSV, "list", rows, columns).body.decode("utf-8-sig")
    told = json.loads(bytes(export(Export.JSON, "list", rows, columns, total=9).body))

    assert csv_text == "Number,Day,Many,None\r\n-5,2026-05-31,a; b,\r\n"
    assert told == {
        "total": 9,
        "items": [{"n": -5, "on": "2026-05-31", "many": ["a", "b"], "none": None, "more": ["x"]}],
    }


def test_addresses_quote_what_they_cannot_bear() -> None:
    assert urls.path("rec", "T", "G.9804.1") == "/rec/T/G.9804.1"
    assert urls.path("r", "a/b c?d#é") == "/r/a%2Fb%20c%3Fd%23%C3%A9"
    assert urls.with_query("/rec", sector="T", year=None, kind=["a", "b"]) == "/rec?sector=T&kind=a&kind=b"
    assert (urls.group("T/SG15"), urls.group("R/WP5D")) == ("/group/SG15", "/group/R/WP5D")


def test_page_function_gives_the_status_asked_for(app: FastAPI) -> None:
    @app.get("/trial/page")
    def trial(request: Request) -> Response:
        return page(request, "help/keys.html", status=409)

    with TestClient(app) as client:
        assert client.get("/trial/page").status_code == 409


def _fail(_connection: object) -> None:
    raise RuntimeError("the disk is full")


def _entry(session: Session, at: Any, **facts: Any) -> None:
    session.add(Entry(at=at, actor_kind="operator", subject_kind="nothing", subject_id=1, **facts))


def test_row_outlasts_its_reading_session(services: Any) -> None:
    """A row read on the reading session keeps its values when that session is over."""
    with services.database.writing() as session:
        session.add(Head(id=1, position=7))
    with services.database.reading() as session:
        head = session.get_one(Head, 1)

    assert head.position == 7


@pytest.mark.parametrize("address", ["/", "/help", "/static/css/base.css", "/healthz", "/nothing"])
def test_head_is_get_without_a_body(client: TestClient, address: str) -> None:
    get, head = client.get(address), client.head(address)

    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_page_cannot_change_the_frame(app: FastAPI) -> None:
    @app.get("/trial/names")
    def trial(request: Request) -> Response:
        return page(request, "help/keys.html", sectors=[("T", "spilt")], languages="spilt", actor="spilt", path="spilt")

    with TestClient(app) as client:
        answer = client.get("/trial/names")

    assert answer.status_code == 200
    assert "spilt" not in answer.text
