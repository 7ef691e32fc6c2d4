"""The readiness board: for each text of a group the conditions of consent, determination or agreement. Source: N14."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from sgdocs.approval.readiness import Board, Readiness, board, groups_with_texts
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed, invalid
from sgdocs.base.text import clean
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.groups.rules import GroupKind
from sgdocs.meetings.listing import reach_of
from sgdocs.policy import Permission, Scope, may, reads
from sgdocs.web import approval_words, urls
from sgdocs.web.approval_of_item import checked_of, first_address
from sgdocs.web.deps import Reading
from sgdocs.web.exports import Export, export
from sgdocs.web.render import language_of, page, sector_of

pages = APIRouter(prefix="/approval")
SIZE, MOST = 50, 1000
Words = Annotated[str, Query(max_length=200)]
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]
PLENARIES = (GroupKind.STUDY_GROUP, GroupKind.ADVISORY_GROUP)
COLUMNS = {
    "item": "Work item",
    "title": "Title",
    "question": "Question",
    "timing": "Timing",
    "procedure": "Procedure",
    "text": "Text",
    "met": "Conditions met",
    "unmet": "Conditions not met",
    "reasons": "What stands against it",
}


@pages.get("/ready")
def index(request: Request, act: Reading, group: Words = "", number: Number = 1) -> Response:
    chosen = _group(request, act, group)
    if chosen is None:
        return page(
            request,
            "approval/ready.html",
            found=None,
            rows=[],
            asked=group,
            others=groups_with_texts(act),
            says=approval_words,
        )
    found = _board(act, chosen, group, number=number)
    return page(
        request,
        "approval/ready.html",
        fragment="rows",
        found=found,
        rows=[checked_of(act, found, row) for row in found.rows.rows],
        asked=group or chosen.code,
        may_decide=found.is_in_session and may(act.actor, Permission.DECIDE_TEXT, Scope(chosen.path)),
        says=approval_words,
        step_address=lambda row: first_address(row.item, row.step.id),
        page_address=lambda n: urls.with_query("/approval/ready", group=group, page=n if n > 1 else None),
    )


@pages.get("/ready.{form}")
def index_as(request: Request, act: Reading, form: Export, group: Words = "") -> Response:
    chosen = _group(request, act, group)
    rows = _board(act, chosen, group, size=MOST).rows.rows if chosen else []
    spoken = language_of(request)
    name = f"{chosen.code if chosen else ''} readiness"
    return export(form, name, [_told(row, spoken.sentence) for row in rows], COLUMNS)


def _told(row: Readiness, words: Any) -> dict[str, Any]:
    against = [each for each in row.verdicts if each.why_not is not None]
    return {
        "item": row.item.acronym,
        "title": row.item.title,
        "question": row.question.label if row.question else "",
        "timing": row.item.timing,
        "procedure": row.item.process,
        "text": row.label,
        "met": len(row.verdicts) - row.unmet,
        "unmet": row.unmet,
        "reasons": [words(each.why_not.rule.says, each.why_not.facts) for each in against if each.why_not],
        "conditions": {each.need.id: each.is_met for each in row.verdicts},
        "address": urls.work_item(row.item),
    }


def _group(request: Request, act: Act, asked: str) -> Group | None:
    """The study group that is asked for, else one where the reader has a role. NotAllowed without its papers."""
    wanted = clean(asked)
    found = _named(act, wanted) if wanted else _own(request, act)
    if found is None:
        return None
    study = _study_group(act, found)
    if not reads(act.actor, groups.audience_of(act.session, study)):
        raise NotAllowed(NOT_PERMITTED if act.actor.is_known else NOT_SIGNED_IN, permission="members")
    return study


def _named(act: Act, words: str) -> Group:
    found = groups.find(act.session, words)
    found = found or next(iter(groups.resolve(act.session, words, geneva_day(act.now))), None)
    return found or invalid("group", words, "The address of a group, such as T/SG15.")


def _own(request: Request, act: Act) -> Group | None:
    sector = sector_of(request)
    ids = [each.group_id for each in act.actor.appointments if each.group_id is not None]
    found = [group for id in ids if (group := act.session.get(Group, id)) is not None]
    return next(iter(sorted(found, key=lambda group: group.sector != sector)), None)


def _study_group(act: Act, group: Group) -> Group:
    while group.kind not in PLENARIES and group.parent_id is not None:
        group = groups.by_id(act.session, group.parent_id)
    return group


def _board(act: Act, study: Group, asked: str, *, number: int = 1, size: int = SIZE) -> Board:
    named = _named(act, clean(asked)) if clean(asked) else study
    inside = reach_of(act.session, named) if named.id != study.id else ()
    return board(act, study, question_ids=inside, number=number, size=size)
