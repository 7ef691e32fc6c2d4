"""What stands in the documents of the demonstration. Invented proposals; the Recommendations they name are real."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from sgdocs.documents.rules import DocumentKind
from sgdocs.text.blank import Blank, blank_docx

K = DocumentKind
Sections = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Paper:
    """meeting: key of the plan of meetings; days: before its first day when it came; author: key of the cast.

    revised: the sections of a revision one day later; withdrawn: the reason, if it was.
    """

    meeting: str
    author: str
    title: str
    abstract: str
    sections: Sections
    questions: tuple[str, ...] = ("2/15",)
    kind: DocumentKind = K.CONTRIBUTION
    source: str = ""
    stream: str = ""
    days: int = 20
    revised: Sections = ()
    withdrawn: str = ""


REFERENCES = (
    "[ITU-T G.664] Recommendation ITU-T G.664 (2012), Optical safety procedures and requirements for optical transmission systems.",
    "[ITU-T G.698.2] Recommendation ITU-T G.698.2 (2009), Amplified multichannel dense wavelength division multiplexing applications with single channel optical interfaces.",
    "[ITU-T G.709] Recommendation ITU-T G.709/Y.1331, Interfaces for the optical transport network.",
)
BUDGET = (
    ("Introduction", ("Operators that carry the frames of [ITU-T G.709] to the home ask for one more class of optical path loss.",)),
    ("References", REFERENCES),
    ("Discussion", (
        "The classes in use end at 32 dB; safety follows [ITU-T G.664]. Measurements on 1,200 access lines show that four of a hundred lines lie above it.",
        "A split of 1:128 adds 3.5 dB to the loss of a split of 1:64, before connectors.",
        "Temperature changes the loss of a splice by less than 0.05 dB, which can be left out of the budget.",
    )),
    ("Proposal", ("It is proposed to add a class of 35 dB to the table of classes, with the test conditions of clause 3.",)),
)  # fmt: skip
BUDGET_REVISED = (
    BUDGET[0],
    BUDGET[1],
    ("Discussion", (
        "Temperature changes the loss of a splice by less than 0.05 dB, which can be left out of the budget.",
        "The classes in use end at 32 dB; safety follows [ITU-T G.664]. Measurements on 1,850 access lines show that three of a hundred lines lie above it.",
        "A split of 1:128 adds 3.5 dB to the loss of a split of 1:64, before connectors.",
    )),
    ("Proposal", ("It is proposed to add a class of 34 dB to the table of classes, with the test conditions of clause 3, and to study one of 35 dB.",)),
)  # fmt: skip


def _plain(intro: str, discussion: Sequence[str], proposal: str) -> Sections:
    return (("Introduction", (intro,)), ("Discussion", tuple(discussion)), ("Proposal", (proposal,)))


PAPERS = (
    Paper(
        "sg15-now", "delegate-member", "Optical path loss class of 35 dB for long access lines",
        "Measurements on access lines show that a class above 32 dB is needed; the text for the table is given.",
        BUDGET, revised=BUDGET_REVISED,
    ),
    Paper(
        "sg15-now", "delegate-state", "Energy saving states of optical network units during the night",
        "A further sleep state would save a third of the energy of an optical network unit at night.",
        _plain("Optical network units draw power all night.", ("In the state doze the receiver stays on; in a deeper state both are off for up to a minute.", "The power limits of Recommendation ITU-T G.664 hold in every state."), "It is proposed to describe a state with a wake-up time of 60 s."),
    ),
    Paper(
        "sg15-now", "editor", "Terms for time synchronization over passive optical networks",
        "Three terms are used for one thing; one of them is proposed.",
        _plain("The drafts use offset, skew and asymmetry.", ("Asymmetry is the difference of the delays of the two directions.",), "It is proposed to use asymmetry throughout."),
        questions=("2/15", "13/15"),
    ),
    Paper(
        "sg15-now", "delegate-associate", "Colour of connectors for the new loss class",
        "One colour for one class helps in the field.",
        _plain("Technicians know connectors by their colours.", ("Green and blue are taken.",), "It is proposed to choose one colour."),
        days=19, withdrawn="Merged into the contribution on the loss class.",
    ),
    Paper(
        "sg15-now", "delegate-member", "Test method for the loss of splitters in outdoor cabinets",
        "A method with two wavelengths finds wet splitters.",
        _plain("Water changes the loss at one wavelength more than at another.", ("At 1625 nm the change is three times that at 1310 nm.",), "It is proposed to add an appendix with the method."),
        questions=("5/15",),
    ),
    Paper(
        "sg15-now", "delegate-state", "Late proposal on the wavelength plan for coexistence",
        "A plan that leaves room for one more generation.",
        _plain("Three generations share a fibre.", ("The gap between them is narrow.",), "It is proposed to widen it."),
        days=3,
    ),
    Paper(
        "sg15-now", "rapporteur", "Report of the rapporteur group meeting of Q2/15",
        "What was discussed and agreed since the last meeting.",
        _plain("The group met once.", ("Seven documents were discussed.",), "The meeting is invited to note this report."),
        kind=K.TEMPORARY, stream="WP1", source="Rapporteur Q2/15", days=8,
    ),
    Paper(
        "sg15-now", "chair", "Draft agenda of the opening plenary", "The agenda as proposed.",
        (("Agenda", ("Opening.", "Approval of the agenda.", "Allocation of documents.")),),
        kind=K.TEMPORARY, stream="PLEN", source="Chair, SG15", questions=("ALL/15",), days=9,
    ),
    Paper(
        "q2-call", "rapporteur", "Text of clause 7 after the last call", "The text as it stands, with two open points.",
        _plain("Clause 7 was read twice.", ("The table of classes is agreed.", "The note below it is not."), "The group is invited to agree the note."),
        kind=K.RGM, days=5,
    ),
    Paper(
        "q2-call", "editor", "Comments on the note below the table of classes", "The note can be shorter.",
        _plain("The note says the same thing twice.", ("One sentence is enough.",), "It is proposed to delete the second sentence."),
        kind=K.RGM, days=4,
    ),
)  # fmt: skip


def written(blank: Blank, sections: Sections) -> bytes:
    """The .docx: the template of the house, and the sections as numbered clauses before its last rule."""
    from docx import Document  # late: only the first loading writes documents

    paper = Document(io.BytesIO(blank_docx(blank)))
    rule = paper.paragraphs[-1]
    for number, (heading, paragraphs) in enumerate(sections, 1):
        rule.insert_paragraph_before(f"{number}\t{heading}", "Heading 1")
        for words in paragraphs:
            rule.insert_paragraph_before(words)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()
