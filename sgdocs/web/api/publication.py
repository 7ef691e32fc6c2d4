"""Over the API: publication of an assembly's inputs in advance, a sheet for another group, the spelling of numbers."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.documents import actions, gaps, queries
from sgdocs.documents.models import Document
from sgdocs.documents.publication import objections
from sgdocs.meetings import queries as meetings
from sgdocs.web.api._brought import Taken, bring
from sgdocs.web.api.documents import Brought, Told
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.limits import uploading
from sgdocs.web.pages.publication import ObjectionForm, assembly, decide
from sgdocs.web.submitting import new_in
from sgdocs.web.taking import limits_of

api = APIRouter(prefix="/api/v1", tags=["documents"])


class ObjectionOut(BaseModel):
    organisation: str
    reason: str


class PatternForm(BaseModel):
    """pattern: with `{n}`, and of `{short}`, `{group}`, `{stream}`, `{code}` … what it needs."""

    pattern: str


class SeriesOut(BaseModel):
    key: str
    last: int
    pattern: str


@api.get("/meetings/{code}/objections")
def standing(act: Reading, code: str) -> list[ObjectionOut]:
    """Which Member States object to the publication of an assembly's inputs."""
    found = objections(act.session, assembly(act, code))
    return [ObjectionOut(organisation=state.name, reason=row.reason) for row, state in found]


@api.post("/meetings/{code}/objections", status_code=201)
def change(request: Request, act: Writing, code: str, form: ObjectionForm) -> list[ObjectionOut]:
    """Object to publication in advance, or (`decision: end`) end the objection."""
    meeting = assembly(act, code)
    decide(act, meeting, form, limits_of(request))
    return [ObjectionOut(organisation=s.name, reason=row.reason) for row, s in objections(act.session, meeting)]


@api.post("/documents/{name}/sheets", status_code=201, dependencies=[uploading()])
def sheet(
    request: Request,
    act: Reading,
    name: str,
    *,
    form: Told,
    file: Brought,
    meeting: Annotated[str, Form(description="code of the other group's meeting")],
) -> Response:
    """Send a single sheet of a contribution to another group, numbered there."""
    place = new_in(act, meeting, kind="contribution")

    def do(writing: Act, taken: Taken) -> Document:
        there = queries.by_name(writing, name)
        at = meetings.by_code(writing, meeting)
        return actions.also_in(writing, there, at, taken.uploads, limits=limits_of(request))

    return bring(request, act, place, form, file=file, do=do, more={"meeting": meeting})


@api.put("/series/{key}/pattern")
def spell(act: Writing, key: str, form: PatternForm) -> SeriesOut:
    """How the numbers of a series are written from now on."""
    series = actions.set_pattern(act, gaps.series_by_key(act, key), form.pattern)
    return SeriesOut(key=series.key, last=series.last, pattern=series.pattern)
