"""The work items of the demonstration: invented work under real Questions; the Recommendations they change are real."""

from dataclasses import dataclass

from sgdocs.seed.cast import DOMAIN

STATES = ("Administration of Fictavia", "Administration of Inventia", "Imaginary Networks Ltd", "University of Nowhere")


@dataclass(frozen=True)
class Item:
    """One item. week: when it was registered, from the Monday of the loading; meeting: key of the one that did, "" for
    none; quarters: until its target date; editor: key of the cast; papers: words in titles of documents that belong to it;
    text: the Recommendation it changes; ended: reason for which a meeting gave it up; into: the item it was merged with;
    waits: for which item; consented: weeks ago.
    """

    name: str
    title: str
    question: str
    week: int = -30
    meeting: str = "sg15-before"
    group: str = ""
    kind: str = "recommendation"
    version: str = "new"
    part: str = ""
    process: str = "aap"
    stage: str = ""
    quarters: int = 4
    priority: str = ""
    editor: str = "editor"
    summary: str = ""
    scope: str = ""
    relations: str = "Recommendations ITU-T G.664 and G.709."
    liaison: tuple[str, ...] = ()
    supporters: tuple[str, ...] = STATES
    papers: tuple[str, ...] = ()
    text: str = ""
    former: str = ""
    origin: str = ""
    ended: str = ""
    into: str = ""
    waits: str = ""
    is_proposal: bool = False

    @property
    def editor_email(self) -> str:
        return f"{self.editor}@{DOMAIN}"


ITEMS = (
    Item(
        "G.onu-sleep", "Sleep states of optical network units with a bounded time to wake up", "T/SG15/T25/Q2",
        summary="This draft describes a sleep state in which receiver and transmitter are off for up to a minute, and bounds the time to wake up.",
        scope="States of optical network units that save energy, the messages that change them, and the limits of the time to wake up.",
        liaison=("IEEE 802.3", "BBF"), papers=("Energy saving states",), priority="high", former="G.sleep",
    ),
    Item(
        "G.sup.asym", "Terms for the asymmetry of delay in passive optical networks", "T/SG15/T25/Q13", kind="supplement",
        process="agreement", quarters=2, scope="One term for what drafts call offset, skew and asymmetry.",
        papers=("Terms for time synchronization",),
    ),
    Item(
        "G.wet-split", "Test method for the loss of splitters in outdoor cabinets", "T/SG15/T25/Q5",
        summary="This draft gives a method that finds water in splitters by their loss at two wavelengths.",
        scope="The method, its uncertainty, and how results are reported.", quarters=6, priority="medium",
        papers=("Test method for the loss of splitters",), waits="G.pon-loss",
    ),
    Item(
        "G.coex-plan", "Wavelength plan for three generations of passive optical networks on one fibre", "T/SG15/T25/Q2",
        week=-60, meeting="", summary="This draft widens the gap between the wavelengths of generations.",
        scope="Wavelengths and filters where three generations share a fibre.", quarters=-1, priority="low",
    ),
    Item(
        "G.709 Amd.9", "Interfaces for the optical transport network: Amendment 9", "T/SG15/T25/Q11", version="amendment",
        part="9", text="G.709", quarters=3, summary="This amendment adds a mapping for clients of 1.6 Tbit/s.",
        liaison=("OIF",),
    ),
    Item(
        "G.664rev", "Optical safety procedures and requirements for optical transmission systems", "T/SG15/T25/Q5",
        version="revision", text="G.664", process="tap", quarters=5, summary="This revision follows the newest edition of IEC 60825-2.",
        liaison=("IEC TC 76",),
    ),
    Item(
        "G.9804.1rev", "Higher speed passive optical networks – Requirements", "T/SG15/T25/Q2", version="revision", text="G.9804.1",
        quarters=1, summary="This revision adds requirements of network units that sleep.", scope="Requirements of the newest systems.",
    ),
    Item(
        "GSTR.trial", "Technical Report: field trials of long access lines", "T/SG15/T25/Q2", kind="technical-report",
        process="agreement", scope="What was measured on 1,850 lines, and how.", quarters=1, papers=("Report of the rapporteur group",),
    ),
    Item(
        "G.ml-otn", "Machine learning in the management of optical transport networks", "T/SG15/T25/Q12", week=-60, meeting="",
        summary="This draft describes interfaces by which models are trained and used.", scope="Interfaces and data models.",
        origin="T/FG-ML5G", quarters=7, liaison=("ITU-T SG13",),
    ),
    Item(
        "G.connector-colour", "Colours of connectors for classes of optical path loss", "T/SG15/T25/Q5",
        summary="One colour for one class.", scope="Colours.", ended="No member commits itself any more",
    ),
    Item(
        "G.sleep-light", "A light sleep state of optical network units", "T/SG15/T25/Q2", summary="A state between doze and sleep.",
        scope="One state.", into="G.onu-sleep",
    ),
    Item(
        "G.pon-slice", "Slices of passive optical networks for operators that share a fibre", "T/SG15/T25/Q2", week=0,
        meeting="", summary="This draft says how operators that share a fibre get slices of it.",
        scope="Slices, their isolation, and how they are asked for.", is_proposal=True, quarters=8,
        supporters=STATES[:3], editor="associate-rapporteur",
    ),
    Item(
        "Y.edge-slice", "Requirements of slices at the edge of networks", "T/SG13/T25/Q20", meeting="sg13-before", week=-18,
        summary="This draft gives requirements of slices that end at the edge.", scope="Requirements and capabilities.",
        relations="Recommendation ITU-T Y.3100.", quarters=4, liaison=("3GPP SA2", "ITU-T SG15"), waits="G.pon-slice",
    ),
    Item(
        "Y.Sup.edge-cases", "Use cases of slices at the edge of networks", "T/SG13/T25/Q20", meeting="sg13-before", week=-18,
        kind="supplement", process="agreement", scope="Twelve use cases.", relations="Draft Y.edge-slice.", quarters=2,
    ),
    Item(
        "M.[IMT.INDOOR]", "Characteristics of IMT systems inside buildings for sharing studies", "", group="R/WP5D",
        meeting="wp5d-before", week=-16, process="adoption", stage="pdn", quarters=5, editor="wp5d-chair",
        summary="Characteristics for sharing and compatibility studies.", supporters=(), liaison=("WP 3K",),
    ),
    Item(
        "M.[IMT.ENERGY]", "Energy efficiency of radio interfaces of IMT", "", group="R/WP5D", meeting="wp5d-before", week=-16,
        kind="report", process="agreement", stage="wd", quarters=7, editor="wp5d-chair", supporters=(),
    ),
)  # fmt: skip
