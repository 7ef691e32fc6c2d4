"""References: every entry read, every stale one named. Planted references with the answer that is right."""

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.documents.citations import names_of, references_of
from sgdocs.documents.foreign import find_foreign
from sgdocs.documents.reference_rules import ReferenceStatus
from sgdocs.documents.references import entries, mentions
from sgdocs.identifiers import find_all, parse
from sgdocs.recommendations import actions as recommendations
from sgdocs.recommendations.models import Text
from sgdocs.recommendations.rules import Status
from sgdocs.recommendations.schemas import TextForm
from sgdocs.text.model import Unit
from tests.cast import Cast

CURRENT, AMENDED = ReferenceStatus.CURRENT, ReferenceStatus.AMENDED
SUPERSEDED, WITHDRAWN = ReferenceStatus.SUPERSEDED, ReferenceStatus.WITHDRAWN
NOT_FOUND, ELSEWHERE = ReferenceStatus.NOT_FOUND, ReferenceStatus.ELSEWHERE

CATALOGUE = (
    ("ITU-T G.709/Y.1331 (02/2012)", "superseded", "2012-02-13"),
    ("ITU-T G.709/Y.1331 (06/2016)", "superseded", "2016-06-22"),
    ("ITU-T G.709/Y.1331 (06/2020)", "in-force", "2020-06-06"),
    ("ITU-T G.709/Y.1331 (2020) Amd. 3 (03/2024)", "in-force", "2024-03-15"),
    ("ITU-T G.709/Y.1331 (2020) Cor. 1 (01/2022)", "in-force", "2022-01-13"),
    ("ITU-T G.652 (11/2016)", "in-force", "2016-11-13"),
    ("ITU-T G.9804.1 (11/2019)", "in-force", "2019-11-22"),
    ("ITU-T G.9804.1 (2019) Amd. 1 (08/2021)", "in-force", "2021-08-06"),
    ("ITU-T G.9 (11/1988)", "withdrawn", "1988-11-25"),
    ("ITU-T G.10 (03/1993)", "superseded-or-withdrawn", "1993-03-12"),
    ("ITU-T X.680 (07/2002)", "superseded", "2002-07-14"),
    ("ITU-T X.680 (02/2021)", "in-force", "2021-02-13"),
    ("ITU-T G Suppl. 66 (07/2019)", "superseded", "2019-07-12"),
    ("ITU-T G Suppl. 66 (09/2020)", "in-force", "2020-09-18"),
    ("ITU-R M.2150-2", "in-force", "2023-12-20"),
    ("ITU-R M.2150-1", "superseded", "2022-02-10"),
    ("ITU-R P.1546-6", "in-force", "2019-08-01"),
    ("ITU-T V.24 (02/2000)", "in-force", "2000-02-17"),
)

PLANTED: dict[str, tuple[ReferenceStatus, bool | None, str]] = {
    "[ITU-T G.709]\tRecommendation ITU-T G.709/Y.1331 (2020), Interfaces for the optical transport network.": (AMENDED, True, "Cor. 1"),
    "[ITU-T G.709]\tRecommendation ITU-T G.709 (2016), Interfaces for the optical transport network.": (SUPERSEDED, True, "06/2020"),
    "[ITU-T Y.1331] Recommendation ITU-T Y.1331 (02/2012), Interfaces.": (SUPERSEDED, True, "06/2020"),
    "[ITU-T G.709] Recommendation ITU-T G.709 (2014), An edition that there is not.": (NOT_FOUND, True, "06/2020"),
    "– ITU-T Recommendation G.709, Interfaces for the optical transport network.": (CURRENT, False, ""),
    "[ITU-T G.709A3] Recommendation ITU-T G.709/Y.1331 (2020) Amd. 3 (03/2024), Interfaces.": (CURRENT, True, ""),
    "[ITU-T G.709C1] Recommendation ITU-T G.709 (2020), Corrigendum 1 (2022).": (AMENDED, True, "Amd. 3"),
    "[ITU-T G.652] Recommendation ITU-T G.652 (11/2016), Characteristics of a single-mode optical fibre and cable.": (CURRENT, True, ""),
    "[ITU-T G.652] Recommendation ITU\u2011T G.652 (2009), Characteristics.": (NOT_FOUND, True, "11/2016"),
    "[ITU-T G.9804.1] Recommendation ITU-T G.9804.1 (2019), Higher speed passive optical networks.": (AMENDED, True, "Amd. 1"),
    "[ITU-T G.9804.1] Recommendation ITU-T G.9804.1 (2019), Amendment 1 (2021), Higher speed.": (CURRENT, True, ""),
    "[ITU-T G.9] ITU-T Recommendation G.9 (1988), Gone.": (WITHDRAWN, True, ""),
    "2) CCITT Recommendation G.9, Gone.": (WITHDRAWN, False, ""),
    "[ITU-T G.10] Recommendation ITU-T G.10 (1993), Gone.": (WITHDRAWN, True, ""),
    "[ITU-T X.680] Recommendation ITU-T X.680 (2002) | ISO/IEC 8824-1:2002, Information technology.": (SUPERSEDED, True, "02/2021"),
    "[ITU-T X.680] Recommendation ITU-T X.680 (2021) | ISO/IEC 8824-1:2021, Information technology.": (CURRENT, True, ""),
    "[b-ITU-T G-Sup.66] ITU-T G-series Recommendations – Supplement 66 (2020), 5G wireless fronthaul.": (CURRENT, True, ""),
    "[b-ITU-T G Suppl. 66] Supplement 66 to ITU-T G-series Recommendations (2019), 5G.": (SUPERSEDED, True, "09/2020"),
    "[ITU-R M.2150] Recommendation ITU-R M.2150-2, Detailed specifications of IMT-2020.": (CURRENT, True, ""),
    "[ITU-R M.2150] Recommendation ITU-R M.2150-1 (2022), Detailed specifications.": (SUPERSEDED, True, "M.2150-2"),
    "[ITU-R P.1546] Recommendation ITU-R P.1546, Method for point-to-area predictions.": (CURRENT, False, ""),
    "[ITU-R P.9999] Recommendation ITU-R P.9999-1, Nobody knows it.": (NOT_FOUND, True, ""),
    "[ITU-T Z.999] Recommendation ITU-T Z.999 (2001), Nobody knows it.": (NOT_FOUND, True, ""),
    "[ISO/IEC 27001] ISO/IEC 27001:2022, Information security, cybersecurity and privacy protection.": (ELSEWHERE, True, ""),
    "[ISO 3166-1] ISO 3166-1, Codes for the representation of names of countries.": (ELSEWHERE, False, ""),
    "[IETF RFC 8200] IETF RFC 8200 (2017), Internet Protocol, Version 6 (IPv6) Specification.": (ELSEWHERE, True, ""),
    "[b-IETF RFC8446] RFC 8446, The Transport Layer Security (TLS) Protocol Version 1.3.": (ELSEWHERE, True, ""),
    "[IEEE 802.3] IEEE Std 802.3-2018, IEEE Standard for Ethernet.": (ELSEWHERE, True, ""),
    "[ETSI EN 300 019] ETSI EN 300 019-1-0, Environmental conditions.": (ELSEWHERE, False, ""),
    "[3GPP TS 38.300] 3GPP TS 38.300 V16.2.0 (2020-07), NR and NG-RAN overall description.": (ELSEWHERE, True, ""),
    "[b-NIST FIPS 197] FIPS PUB 197 (2001), Advanced Encryption Standard.": (ELSEWHERE, True, ""),
    "[1]\tRecommendation UIT-T V.24 (02/2000)\tListe de définitions": (CURRENT, True, ""),
    "3.\tITU-T V.24, List of definitions for interchange circuits": (CURRENT, False, ""),
    "[b\u2011ITU-T V.24] Recommendation ITU-T V24 (02/2000), List with a slip.": (CURRENT, True, ""),
}  # fmt: skip
PROSE = (
    "The following ITU-T Recommendations and other references contain provisions which, through reference in this text,",
    "constitute provisions of this Recommendation. At the time of publication, the editions indicated were valid.",
    "A list of the currently valid ITU-T Recommendations is regularly published.",
    "The reference to a document within this Recommendation does not give it the status of a Recommendation, which is as",
    "said in the other places of the series, and nobody need look further for it than [see clause 3] in ITU-T A.5.",
    "None.",
    "",
)


@pytest.fixture
def catalogue(act: Act) -> None:
    for identifier, status, approved in CATALOGUE:
        form = {"identifier": identifier, "title": f"Title of {identifier}", "status": status, "approved": approved}
        recommendations.add(act, TextForm.model_validate(form))


def draft() -> list[Unit]:
    """A Recommendation with every planted reference: normative ones in clause 2, those with `b-` in the bibliography."""
    normative = [line for line in PLANTED if not line.startswith(("[b-", "[b\u2011"))]
    informative = [line for line in PLANTED if line.startswith(("[b-", "[b\u2011"))]
    return [
        Unit("1", "Scope", "As in ITU-T G.709 and [ITU-T X.680], see SG13-C12.", 1, "c-1"),
        Unit("2", "References", "\n".join([*PROSE, *normative]), 1, "c-2"),
        Unit("3", "Definitions", "[ITU-T G.9] is only named here.", 1, "c-3"),
        Unit("", "Bibliography", "\n".join(informative), 1, "c-bibliography"),
    ]


def test_planted_references_are_found_and_judged(catalogue: None, act: Act) -> None:
    """Precision and recall of what was planted: entries, statuses, and stale ones."""
    found = {reference.words: reference for reference in references_of(act, draft())}
    wanted = {" ".join(words.split()): answer for words, answer in PLANTED.items()}

    precision = len(found.keys() & wanted.keys()) / len(found)
    recall = len(found.keys() & wanted.keys()) / len(wanted)
    assert (precision, recall) == (1.0, 1.0), sorted(found.keys() ^ wanted.keys())
    assert {words: (each.status, each.is_dated) for words, each in found.items()} == {
        words: (status, dated) for words, (status, dated, _) in wanted.items()
    }
    hints = {words: (each.superseded_by, *each.amended_by) for words, each in found.items()}
    assert [words for words, (_, _, hint) in wanted.items() if not any(hint in each for each in hints[words])] == []


def test_entries_know_their_clause_and_whether_they_bind(catalogue: None, act: Act) -> None:
    found = references_of(act, draft())

    assert {(each.clause, each.is_normative) for each in found} == {("2 References", True), ("Bibliography", False)}
    assert {each.anchor for each in found} == {"c-2", "c-bibliography"}
    assert found[0].address == "/rec/T/G.709/2020-06"


@pytest.mark.parametrize(
    "title",
    ["References", "Normative references", "Références", "Referencias", "Справочные документы", "المراجع", "参考文献"],
)
def test_references_clause_is_known_in_six_languages(title: str) -> None:
    units = [Unit("1", "Scope", "", 1), Unit("2", title, "[ITU-T V.24] Recommendation ITU-T V.24 (2000), List.", 1)]

    assert [entry.is_normative for entry in entries(units)] == [True]


def test_parts_of_the_references_clause_belong_to_it() -> None:
    units = [
        Unit("2", "References", "", 1),
        Unit("2.1", "Normative references", "[ITU-T V.24] ITU-T V.24 (2000)", 2),
        Unit("2.2", "Informative references", "[ITU-T G.9] ITU-T G.9 (1988)", 2),
        Unit("3", "Terms", "[ITU-T G.10] ITU-T G.10 (1993)", 1),
        Unit("3.1", "Terms of others", "[ITU-T G.10] ITU-T G.10 (1993)", 2),
    ]

    assert [(entry.tag, entry.is_normative) for entry in entries(units)] == [("ITU-T V.24", True), ("ITU-T G.9", False)]


def test_hidden_recommendation_is_not_found(catalogue: None, act: Act, cast: Cast) -> None:
    secret = act.session.exec(select(Text).where(Text.identifier == "ITU-T V.24 (02/2000)")).one()
    secret.audience = "secretariat"
    act.session.flush()
    units = [Unit("2", "References", "[ITU-T V.24] Recommendation ITU-T V.24 (2000), List.", 1)]

    (seen,) = references_of(Act(act.session, cast.tsb.actor, act.now), units)
    (unseen,) = references_of(Act(act.session, Actor.anonymous(), act.now), units)

    assert (seen.status, unseen.status) == (CURRENT, NOT_FOUND)
    assert (unseen.superseded_by, unseen.amended_by) == ("", ())


def test_text_without_references_clause_has_mentions_alone(act: Act) -> None:
    units = [Unit("", "", "Proposal to revise ITU-T G.709 (2020) as in SG15-C123, again G.709 and Q6/15.", 0)]

    assert references_of(act, units) == []
    assert [each.words for each in mentions(units)] == ["ITU-T G.709 (2020)", "SG15-C123", "G.709"]


@pytest.mark.parametrize(
    ("words", "near", "names"),
    [
        ("SG15-C123", "T25-SG15-TD45-GEN", ["T25-SG15-C123", "SG15-C123", "SG15-C123"]),
        ("T22-SG15-C123R1", "T25-SG15-TD45-GEN", ["T22-SG15-C123"]),
        ("TD45/GEN", "T25-SG15-C1", ["T25-SG15-TD45-GEN", "SG15-TD45-GEN", "TD45/GEN"]),
        ("5D/123-E", "R23-WP5D-C7", ["R23-WP5D-C123", "WP5D-C123", "5D/123"]),
        ("5D/123-E", "", ["WP5D-C123", "5D/123"]),
    ],
)
def test_short_number_means_the_document_of_the_same_group_and_period(words: str, near: str, names: list[str]) -> None:
    identifier = parse(words) or find_all(words)[0][2]

    assert names_of(identifier, near) == names


def test_names_of_other_bodies_are_read_whole() -> None:
    text = (
        "ISO/IEC/IEEE 24765:2017, ETSI TS 103 645 V2.1.2 (2020-06), RFC-793, NIST SP 800-38A, MEF 10.3 and IEC TR 61930"
    )

    assert [(found.number, found.is_dated) for found in find_foreign(text)] == [
        ("ISO/IEC/IEEE 24765:2017", True),
        ("ETSI TS 103 645 V2.1.2 (2020-06)", True),
        ("IETF RFC 793", True),
        ("NIST SP 800-38A", False),
        ("MEF 10.3", False),
        ("IEC TR 61930", False),
    ]


def test_hostile_references_clause_is_read_in_linear_time() -> None:
    """Nothing to backtrack into: brackets, dots and digits without end."""
    lines = ["[" * 5_000, "ITU-T " * 20_000, "[" + "a" * 10_000 + "]", "(" * 20_000, "ISO " * 20_000]

    assert entries([Unit("2", "References", "\n".join(lines * 20), 1)]) == []


def test_status_of_unknown_standing_is_not_known(act: Act) -> None:
    recommendations.add(
        act, TextForm(identifier="ITU-T Q.7 (1988)", title="Old", status=Status.UNKNOWN, approved="1988")
    )

    (found,) = references_of(act, [Unit("2", "References", "[ITU-T Q.7] ITU-T Recommendation Q.7 (1988).", 1)])

    assert found.status is ReferenceStatus.NOT_KNOWN
