"""The texts whose approval the demonstration tells. Invented titles under invented numbers."""

from dataclasses import dataclass, field
from typing import Any

from sgdocs.documents.rules import DocumentKind
from sgdocs.seed.papers import Paper, Sections
from sgdocs.work_programme.rules import ItemKind, ItemProcess

BEFORE, NOW, NEXT = "sg15-before", "sg15-now", "sg15-next"


@dataclass(frozen=True)
class Tale:
    """meeting: at which it began, or can begin; step: by which, "" when the chair may press it; announced: how many days of
    announcements ago its last call opened, 1 for the latest; said: comments in it; then: what came after."""

    name: str
    title: str
    paper: Paper
    meeting: str = BEFORE
    process: ItemProcess = ItemProcess.AAP
    kind: ItemKind = ItemKind.RECOMMENDATION
    number: str = ""
    step: str = "consent"
    announced: int = 0
    said: tuple[dict[str, Any], ...] = field(default=())
    then: str = ""

    @property
    def listed_under(self) -> str:
        """Kind of the agenda item."""
        kinds = {ItemProcess.TAP: "tap-determination", ItemProcess.AGREEMENT: "agreement"}
        return kinds.get(self.process, "aap-consent")


def _paper(name: str, title: str, abstract: str, meeting: str = BEFORE) -> Paper:
    sections: Sections = (
        ("Scope", (abstract,)),
        ("Definitions", (f"The terms of this text are used as in the series; {name} adds none.",)),
        (
            "Requirements",
            ("An optical network unit meets the class that its label names.", "Tests are made at 1310 nm."),
        ),
    )
    return Paper(
        meeting,
        "editor",
        f"Draft {'revised' if name.endswith('rev') else 'new'} Recommendation ITU-T {name}: {title}",
        abstract,
        sections,
        kind=DocumentKind.TEMPORARY,
        stream="PLEN",
        source="Editor",
        days=9,
    )


def _tale(name: str, title: str, abstract: str, **facts: Any) -> Tale:
    return Tale(name, title, _paper(name, title, abstract, facts.get("meeting", BEFORE)), **facts)


SLOW = {"kind": "substantive", "clause": "7.1", "text": "Sixty seconds are too long.", "proposed": "Say thirty."}
LABEL = {"kind": "substantive", "clause": "6", "text": "The label does not name the class.", "proposed": "Add it."}
TYPO = {"kind": "typographical", "clause": "3", "text": "Read “asymmetry” for “assymetry”."}

TALES = (
    _tale("G.doze-state", "Doze state of optical network units", "A state with a wake-up time of one minute.",
          number="G.9891", announced=1),
    _tale("G.night-power", "Power limits at night", "Limits for the power that network units draw at night.",
          number="G.9892", announced=3, said=(SLOW, TYPO)),
    _tale("G.class-label", "Labels of optical path loss classes", "Labels that tell the class of a line.",
          number="G.9893", announced=5, said=(LABEL,), then="review"),
    _tale("G.outdoor-split", "Splitters in outdoor cabinets", "Tests of splitters that stand in the rain.",
          number="G.9894", announced=7, said=(SLOW,), then="group"),
    _tale("G.splice-loss", "Loss of splices", "How the loss of a splice is measured.", number="G.9895", announced=6),
    _tale("G.asym-terms", "Terms of asymmetry in time distribution", "Three terms become one.", meeting=NOW, step=""),
    _tale("G.9804.1rev", "Higher speed passive optical networks – Requirements",
          "Requirements of network units that sleep are added.", meeting=NOW, step=""),
    _tale("G.cold-start", "Cold start of optical network units", "What a unit does when power returns.", meeting=NOW),
    _tale("G.access-tariff", "Principles for sharing optical access lines", "Principles for those who share a line.",
          process=ItemProcess.TAP, step="determine", number="G.9897", then="consultation"),
    _tale("TR.connector-colours", "Colours of connectors in practice", "What was found in the field.",
          process=ItemProcess.AGREEMENT, kind=ItemKind.TECHNICAL_REPORT, step="agree"),
)  # fmt: skip
