"""INV-1 to INV-9, each with what keeps it and what breaks it."""

import pytest

from sgdocs.recommendations import invariants as inv
from sgdocs.recommendations.invariants import breaches
from sgdocs.recommendations.rules import Kind, Status
from sgdocs.recommendations.standing import TextFacts


def text(id: int, status: str = Status.IN_FORCE, kind: str = Kind.RECOMMENDATION, **more: object) -> TextFacts:
    depth = 0 if kind not in ("amendment", "corrigendum", "erratum", "addendum") else 1
    return TextFacts(id=id, kind=kind, status=status, identifier=f"text {id}", sort_key=f"{depth}{id:03d}", **more)  # type: ignore[arg-type]


def amendment(id: int, status: str = Status.IN_FORCE, **more: object) -> TextFacts:
    return text(id, status, Kind.AMENDMENT, modifies=1, **more)


OLD = text(1, Status.SUPERSEDED, superseded_by=2)
KEPT = [
    ("INV-1 one in force", (OLD, text(2))),
    ("INV-1 none in force", (text(1, Status.WITHDRAWN),)),
    ("INV-1 an annex beside its edition", (text(1), text(2, kind=Kind.ANNEX, apart="AnnexA", modifies=1))),
    ("INV-2 superseded together", (OLD, text(2), amendment(3, Status.SUPERSEDED))),
    ("INV-2 in force together", (text(1), amendment(3))),
    ("INV-3 replaced by a later amendment", (text(1), amendment(3, Status.SUPERSEDED), amendment(4))),
    ("INV-4 annex survives its edition", (OLD, text(2), text(3, kind=Kind.ANNEX, apart="AnnexE", modifies=1))),
    (
        "INV-5 successor is younger",
        (text(1, Status.SUPERSEDED, approved="2010-01", superseded_by=2), text(2, approved="2011")),
    ),
    ("INV-8 label begins with the edition's", (text(1, edition="2"), amendment(3, edition="2.1"))),
    ("INV-9 highest is in force", (text(1, Status.SUPERSEDED, revision=0), text(2, revision=1))),
    ("INV-9 suppressed as a whole", (text(1, Status.SUPERSEDED, revision=0), text(2, Status.WITHDRAWN, revision=1))),
]
BROKEN = [
    ("INV-1", (text(1), text(2)), inv.ONE_IN_FORCE, 1),
    ("INV-1 for a separate annex", (text(1), text(2, kind=Kind.ANNEX, apart="A"), text(3, kind=Kind.ANNEX, apart="A")), inv.ONE_IN_FORCE, 2),
    ("INV-2 amendment survives", (OLD, text(2), amendment(3)), inv.FATE, 3),
    ("INV-2 corrigendum goes first", (text(1), text(3, Status.SUPERSEDED, Kind.CORRIGENDUM, modifies=1)), inv.FATE, 3),
    ("INV-3 superseded by nothing", (text(1), amendment(3, Status.SUPERSEDED)), inv.ALONE, 3),
    ("INV-4 annex without any edition", (text(3, kind=Kind.ANNEX, apart="AnnexE"),), inv.ATTACHED, 3),
    ("INV-5 successor is older", (text(1, Status.SUPERSEDED, approved="2012", superseded_by=2), text(2, approved="2011-12")), inv.ORDER, 1),
    ("INV-7 base not known", (text(1), text(3, kind=Kind.AMENDMENT, base_year=2012)), inv.WHICH_BASE, 3),
    ("INV-8", (text(1, edition="2"), amendment(3, edition="1.1")), inv.LABEL, 3),
    ("INV-9 lower revision in force", (text(1, revision=0), text(2, Status.WITHDRAWN, revision=1)), inv.HIGHEST, 1),
    ("INV-9 highest superseded", (text(1, Status.SUPERSEDED, revision=0), text(2, Status.SUPERSEDED, revision=1)), inv.HIGHEST, 2),
]  # fmt: skip


@pytest.mark.parametrize("texts", [case[1] for case in KEPT], ids=[case[0] for case in KEPT])
def test_kept_invariants_are_not_flagged(texts: tuple[TextFacts, ...]) -> None:
    assert breaches(texts) == ()


@pytest.mark.parametrize(("texts", "rule", "id"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_broken_invariants_name_rule_and_text(texts: tuple[TextFacts, ...], rule: inv.Rule, id: int) -> None:
    assert [(found.rule, found.text_id) for found in breaches(texts)] == [(rule, id)]


def test_every_invariant_is_in_the_rulebook_with_its_source() -> None:
    rules = (inv.ONE_IN_FORCE, inv.FATE, inv.ALONE, inv.ATTACHED, inv.ORDER, inv.TWO_FAMILIES, inv.WHICH_BASE, inv.LABEL, inv.HIGHEST)  # fmt: skip

    assert [rule.source.rsplit(", ", 1)[1] for rule in rules] == [f"INV-{n}" for n in range(1, 10)]
