"""What is written canonically is read back as the same, for every class."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.identifiers import Identifier, Kind, Part, format, parse

SERIES = "ABCDEFGHIJKLMNOPQRSTUVXYZ"
RADIO = ("BO", "BR", "BS", "BT", "F", "M", "P", "RA", "RS", "SA", "SF", "SM", "SNG", "S", "TF", "V", "IS", "PI", "PN")

whole = st.integers(1, 9999)
years = st.integers(1800, 2099)
numbers = st.builds(
    lambda series, digits, letter, latin, regional: (
        series + "." + ".".join(map(str, digits)) + letter + latin + regional
    ),
    st.sampled_from(SERIES),
    st.lists(st.integers(0, 99999), min_size=1, max_size=4),
    st.sampled_from(["", "", "", "a", "c"]),
    st.sampled_from(["", "", "", " bis", " ter", " quater"]),
    st.sampled_from(["", "", "", " R"]),
)
dates = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"year": years}),
    st.fixed_dictionaries({"year": years, "month": st.integers(1, 12)}),
    st.fixed_dictionaries({"year": years, "month": st.integers(1, 12), "day": st.integers(1, 31)}),
)
changes = st.builds(
    lambda kind, number, technical: Part(
        kind, str(number), note="Technical" if technical and kind is Kind.CORRIGENDUM else ""
    ),
    st.sampled_from([Kind.AMENDMENT, Kind.CORRIGENDUM, Kind.ERRATUM, Kind.ADDENDUM]),
    whole,
    st.booleans(),
)
changes_on_changes = changes.filter(lambda part: part.kind is not Kind.ADDENDUM)
changed = st.one_of(st.just(()), changes.map(lambda part: (part,)), st.tuples(changes, changes_on_changes))
attached = st.one_of(
    st.builds(lambda letter: Part(Kind.ANNEX, letter), st.sampled_from(["A", "C+", "F2", "Z"])),
    st.builds(lambda roman: Part(Kind.APPENDIX, roman), st.sampled_from(["I", "IV", "X", "XII"])),
    st.builds(lambda number: Part(Kind.SUPPLEMENT, str(number)), whole),
    st.just(Part(Kind.ATTACHMENT)),
    st.builds(lambda note: Part(Kind.APPENDIX, "II", note=note), st.sampled_from(["test vectors", "software"])),
)
twins = st.sampled_from([None, None, "ISO/IEC 9594-8", "ISO/IEC 13818-1:2023"])
formers = st.sampled_from([None, None, "Y.SC-OpenData", "X.sfop", "ITU-T H.26L"])
languages = st.sampled_from([None, None, "E", "F", "S", "R", "C", "A"])


@st.composite
def recommendations(draw: st.DrawFn) -> Identifier:
    own, later = draw(st.none() | attached), draw(changed)
    year_of_own = draw(st.none() | years) if own and later else None
    if own and year_of_own:
        own = Part(own.kind, own.label, year_of_own, own.note)
    parts = (*([own] if own else []), *later)
    return Identifier(
        parts[-1].kind if parts else Kind.RECOMMENDATION,
        "T",
        numbers=tuple(draw(st.lists(numbers, min_size=1, max_size=3))),
        version=draw(st.none() | st.integers(1, 99).map(str)),
        base_year=draw(st.none() | years) if parts else None,
        parts=parts,
        iso=draw(twins),
        former=draw(formers),
        language=draw(languages),
        **draw(dates),
    )


@st.composite
def series_supplements(draw: st.DrawFn) -> Identifier:
    later = draw(changed)
    first = Part(Kind.SUPPLEMENT, str(draw(whole)), draw(st.none() | years) if later else None)
    parts = (first, *later)
    band = draw(st.none() | whole.map(str))
    supplements = draw(st.sampled_from([None, "X.1250", "Y.4000-series"]))
    series = draw(st.sampled_from(SERIES))
    if parts[-1].kind is not Kind.SUPPLEMENT:
        supplements = None
    return Identifier(
        parts[-1].kind, "T", series=series, band=band, parts=parts, supplements=supplements, **draw(dates)
    )


radio_numbers = st.builds(lambda series, number: f"{series}.{number}", st.sampled_from(RADIO), st.integers(0, 99999))
radio_texts = st.builds(
    lambda kind, number, revision, date: Identifier(kind, "R", numbers=(number,), revision=revision, **date),
    st.sampled_from([Kind.RECOMMENDATION, Kind.REPORT]),
    radio_numbers,
    st.none() | st.integers(0, 99),
    dates,
)
groups = st.integers(1, 99).map(lambda number: f"SG{number}")
questions = st.one_of(
    st.builds(lambda q, sg: Identifier(Kind.QUESTION, "T", number=q, study_group=sg), st.integers(1, 99), groups),
    st.builds(
        lambda q, rev, sg: Identifier(Kind.QUESTION, "R", number=q, revision=rev, study_group=f"SG{sg}"),
        whole,
        st.none() | st.integers(0, 99),
        st.integers(1, 19),
    ),
)
decisions = st.one_of(
    st.builds(
        lambda kind, number, revision, year: Identifier(kind, "R", number=number, revision=revision, year=year),
        st.sampled_from([Kind.RESOLUTION, Kind.OPINION, Kind.DECISION]),
        st.integers(0, 9999),
        st.none() | st.integers(0, 99),
        st.none() | years,
    ),
    st.builds(
        lambda number, place: Identifier(
            Kind.RESOLUTION, "T", number=number, place=place, year=2024 if place else None
        ),
        st.integers(1, 999),
        st.sampled_from([None, "New Delhi", "Hammamet", "Genève"]),
    ),
)
coded = st.sampled_from(
    [
        Identifier(Kind.SERIES, "T", numbers=("M.3016.x",)),
        Identifier(Kind.GUIDE, "T", numbers=("G.Imp712",)),
        Identifier(Kind.GUIDE, "T", numbers=("X.ImpOSI",), year=2011, month=6),
        Identifier(Kind.HANDBOOK, "R", numbers=("01.HDB",), year=2005),
        Identifier(Kind.HANDBOOK, "T", numbers=("SEC-QKD",)),
        Identifier(
            Kind.ERRATUM,
            "T",
            numbers=("IMPL-8",),
            base_year=2010,
            parts=(Part(Kind.ERRATUM, "1"),),
            year=2011,
            month=12,
        ),
        Identifier(Kind.DRAFT, "R", code="M.[IMT.VISION]", stage="PDNR"),
        Identifier(Kind.DRAFT, "R", code="Report SM.[2/X, Y & Z]", stage=None),
        Identifier(Kind.DRAFT_DOCUMENT, "R", code="BS.6/BL/28"),
        Identifier(Kind.DRAFT_DOCUMENT, "R", code="P.3B/95"),
        Identifier(Kind.DRAFT_DOCUMENT, "R", code="6/BL/28"),
        Identifier(Kind.TECHNICAL_PAPER, "T", code="HSTP.DLT-UC", year=2019, month=10),
        Identifier(Kind.TECHNICAL_REPORT, "T", code="TR-RLB-IMEI"),
        Identifier(Kind.WORK_ITEM, "T", code="Y.Sup.SCC-Use-Cases"),
        Identifier(Kind.WORK_ITEM, "T", code="E.156rev"),
        Identifier(Kind.WORKING_PARTY, "T", wp="1", study_group="SG17"),
        Identifier(Kind.WORKING_PARTY, "T", wp="2", study_group="TSAG"),
        Identifier(Kind.WORKING_PARTY, "R", wp="5D", study_group="SG5"),
        Identifier(Kind.HANDLE, "T", code="13851"),
        Identifier(Kind.HANDLE, "T", code="11830", language="en"),
        Identifier(Kind.COLLECTIVE_LETTER, "T", group="SG13", number=4),
        Identifier(Kind.CIRCULAR, "T", code="TSB Circular 208"),
        Identifier(Kind.CIRCULAR, "R", code="CACE/1064"),
        Identifier(Kind.CIRCULAR, "R", code="5/LCCE/60"),
        Identifier(Kind.REPORT, "R", numbers=("IV.IX",)),
    ]
)
revisions = st.none() | st.integers(0, 99)


@st.composite
def papers(draw: st.DrawFn) -> Identifier:
    """Documents of ITU-T with a group, with or without period, meeting, stream, piece and file."""
    kind = draw(
        st.sampled_from([Kind.CONTRIBUTION, Kind.TEMPORARY_DOCUMENT, Kind.MEETING_REPORT, Kind.LIAISON_STATEMENT])
    )
    has_file = draw(st.booleans())
    return Identifier(
        kind,
        "T",
        period=draw(st.none() | st.sampled_from([2013, 2017, 2022, 2025])),
        group=draw(groups | st.just("TSAG")),
        meeting=draw(st.none() | st.sampled_from(["2025-04-08", "2022-12-12"])),
        stream=draw(st.none() | st.sampled_from(["GEN", "PLEN", "WP1"])),
        number=draw(st.integers(0, 99999)),
        revision=draw(revisions),
        piece=draw(st.none() | st.sampled_from(["A30", "C1", "P2", "N7"])),
        file_format="MSW" if has_file else None,
        language=draw(st.sampled_from("EFSRCAM")) if has_file else None,
    )


@st.composite
def radio_papers(draw: st.DrawFn) -> Identifier:
    """Documents of ITU-R; a language stands only in ITU-R's own spelling, which has no period."""
    period = draw(st.none() | st.sampled_from([2015, 2019, 2023]))
    kinds = [Kind.CONTRIBUTION, Kind.TEMPORARY_DOCUMENT, Kind.ADMINISTRATIVE_DOCUMENT, Kind.INFORMATION_DOCUMENT]
    return Identifier(
        draw(st.sampled_from(kinds)),
        "R",
        period=period,
        group=draw(st.sampled_from(["WP5D", "WP1A", "TG5/1"])),
        number=draw(st.integers(0, 99999)),
        revision=draw(revisions),
        piece=draw(st.none() | st.integers(1, 99).map(lambda number: f"N{number}")),
        language=draw(languages) if period is None else None,
    )


others = st.sampled_from(
    [
        Identifier(Kind.CONTRIBUTION, number=300, revision=1),
        Identifier(Kind.TEMPORARY_DOCUMENT, "T", stream="GEN", number=45),
        Identifier(Kind.TEMPORARY_DOCUMENT, "T", stream="WP2", number=45, revision=3),
        Identifier(Kind.CONTRIBUTION, "R", group="SG5", number=123, language="E"),
        Identifier(Kind.CONTRIBUTION, "R", group="RA23", stream="PLEN", number=7),
        Identifier(Kind.CONTRIBUTION, "R", group="RA23", stream="PLEN", number=7, revision=2),
        Identifier(Kind.CONTRIBUTION, "T", group="WTSA24", number=46, piece="A30"),
        Identifier(Kind.CONTRIBUTION, "T", period=2013, group="WTSA.16", number=46, piece="A30"),
        Identifier(
            Kind.RAPPORTEUR_GROUP_DOCUMENT, "T", period=2025, group="SG15", code="Q2", meeting="2026-03-02", number=3
        ),
    ]
)
EVERY = {
    "recommendations": recommendations(),
    "supplements of a series": series_supplements(),
    "ITU-R texts": radio_texts,
    "Questions": questions,
    "decisions": decisions,
    "codes": coded,
    "documents": papers(),
    "ITU-R documents": radio_papers(),
    "other documents": others,
}


@pytest.mark.parametrize("family", list(EVERY))
@given(data=st.data())
def test_canonical_form_is_read_back_as_the_same(family: str, data: st.DataObject) -> None:
    identifier = data.draw(EVERY[family])

    assert parse(format(identifier)) == identifier


@given(st.one_of(*EVERY.values()))
def test_canonical_form_survives_other_dashes_and_spaces(identifier: Identifier) -> None:
    printed = format(identifier).replace("-", "\u2011").replace(" ", "\u00a0")

    assert parse(f"  {printed}\n") == identifier
