"""The statements of the demonstration, in the order of their days. Groups and bodies are real, what they say is invented.

Days count from that of the loading; a negative one lies before it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class To:
    """name: path of a group, or a body. due: day by which an answer is asked for; questions: of the group."""

    name: str
    purpose: str = "information"
    due: int | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tale:
    """One statement. source: who sends it; meeting: key of that where it is prepared; until: how far one of ours has come; then: what its first addressee does.

    then: noted, no-reply, assigned, forwarded. number: of the sender, for one from outside.
    """

    key: str
    day: int
    source: str
    to: tuple[To, ...]
    title: str
    body: str
    number: str = ""
    questions: tuple[str, ...] = ()
    replies_to: str = ""
    until: str = "sent"
    then: str = ""
    meeting: str = ""


SG2, SG5, SG12, SG13, SG15, SG17, SG20, SG21 = (f"T/SG{n}" for n in (2, 5, 12, 13, 15, 17, 20, 21))
WP5A, WP5D, WP1A = "R/WP5A", "R/WP5D", "R/WP1A"
Q2, Q2S = ("Q2/15",), ("T/SG15/T25/Q2",)
PON = (
    "Please tell us whether the classes of optical path loss that we plan would serve your work on access in the home."
)
HAPTICS = (
    "We have begun to study the coding of haptic signals for immersive calls. We would like to know which requirements on "
    "delay and loss you see for such signals in fixed and mobile access, and whether you plan work on their transport. "
    "Our report is attached; comments are welcome until the date given."
)
TALES = (
    Tale("pon-1", -190, SG15, (To("bbf", "action", -120), To("ieee-802-3", "comment", -110)), "classes of optical path loss", PON, questions=Q2S),
    Tale("f5g-1", -175, "etsi-isg-f5g", (To(SG15, "information", None, Q2),), "use cases of fixed networks of the sixth generation", "Our group has published its use cases.", "F5G(26)021", then="noted"),
    Tale("pon-2", -135, "bbf", (To(SG15, "information", None, Q2),), "classes of optical path loss", "The classes serve our work.", "BBF-LS-0412", replies_to="pon-1"),
    Tale("pon-3", -112, "ieee-802-3", (To(SG15, "comment", -20, Q2),), "classes of optical path loss", "We suggest one class more, for links without a splitter.", "802.3-26/0177", replies_to="pon-1"),
    Tale("imt-1", -98, WP5D, (To(SG13, "action", 60), To(SG5, "information")), "terminology of networks beyond IMT-2020", "Working Party 5D asks for the definitions that SG13 has agreed."),
    Tale("slice-1", -95, "3gpp-sa2", (To(SG13, "action", -15),), "analytics of slices across domains", "Please say how a slice is named across administrations.", "S2-2601234", then="assigned"),
    Tale("quantum-1", -92, "gsma", (To(SG17, "information"), To(SG13, "information")), "guidelines on telecom networks in the quantum era", "The task force has published its guidelines.", "PQTN-17"),
    Tale("emf-1", -90, SG5, (To("icao", "action", -30), To(WP1A, "information")), "exposure near airport terminals", "Study Group 5 asks for measurements near terminals."),
    Tale("pon-4", -88, SG15, (To("ieee-802-3", "information"),), "classes of optical path loss", "The class is taken up in the draft.", questions=Q2S, replies_to="pon-3"),
    Tale("id-1", -85, SG17, (To("jtc1-sc27", "comment", -10), To(SG2, "information")), "identity of devices in shared networks", "Study Group 17 has begun a common text and asks for comments."),
    Tale("haptics-1", -80, "3gpp-sa4", (To(SG21, "action", 20),), "coding of haptic signals", HAPTICS, "S4-260311"),
    Tale("haptics-2", -78, "jtc1-sc29-wg7", (To(SG12, "comment", 25),), "coding of haptic signals", HAPTICS.replace("report", "draft"), "SC29-WG7-N0912"),
    Tale("power-1", -75, SG5, (To(SG15, "comment", -5, Q2),), "power of optical line terminals", "Please comment on the limits of power for terminals in the home."),
    Tale("sync-1", -72, "ieee-802-1", (To(SG15, "action", 30, ("Q13/15",)),), "profiles of time synchronization", "Please confirm the profile for access networks.", "802.1-26-0044"),
    Tale("power-2", -70, SG15, (To(SG5, "information"),), "power of optical line terminals", "The limits can be met from the second release on.", questions=Q2S, replies_to="power-1"),
    Tale("imt-2", -65, SG13, (To(WP5D, "information"),), "terminology of networks beyond IMT-2020", "The definitions of Y.3100 are attached in words.", replies_to="imt-1"),
    Tale("id-2", -60, "jtc1-sc27", (To(SG17, "comment", 40),), "identity of devices in shared networks", "We propose to hold the ballot together with the last call.", "SC27-N25110", replies_to="id-1"),
    Tale("media-1", -58, "5g-mag", (To(SG21, "information"), To(WP5D, "information")), "reference tools for broadcast over 5G", "The tools are open to groups of ITU.", "5GMAG-LS-31", then="noted"),
    Tale("home-1", -55, SG15, (To("etsi-isg-f5g", "action", -8),), "fibre to the room", "Please share your figures on links inside apartments.", questions=Q2S),
    Tale("home-2", -54, "etsi-isg-f5g", (To(SG15, "action", 45, Q2),), "fibre to the room", "Please share your figures on links inside apartments, and the loss of connectors.", "F5G(26)058"),
    Tale("ran-1", -50, "o-ran", (To(SG15, "comment", 50, Q2), To(SG13, "information")), "fronthaul over passive optical networks", "We ask for the delay that a shared fibre adds.", "O-RAN-LS-112"),
    Tale("otn-1", -47, SG15, (To("oif", "action", 35), To("ietf-ccamp", "information")), "optical interfaces above 800 Gbit/s", "Study Group 15 asks for the state of the implementation agreement."),
    Tale("otn-2", -45, "oif", (To(SG15, "action", 33),), "optical interfaces above 800 Gbit/s", "OIF asks which bit rates Study Group 15 will consent.", "oif2026.118"),
    Tale("caller-1", -44, SG2, (To(SG17, "action", 10), To("3gpp-sa2", "information")), "location of callers to emergency services", "Study Group 2 asks for the threats to be considered."),
    Tale("band-1", -42, WP5A, (To(WP5D, "comment", 55),), "sharing above 7 GHz", "Working Party 5A asks for the deployment that is assumed."),
    Tale("iot-1", -40, SG20, (To(SG13, "comment", 70), To(SG17, "information")), "requirements of networks for digital twins", "Study Group 20 has agreed its requirements."),
    Tale("caller-2", -36, SG17, (To(SG2, "information"),), "location of callers to emergency services", "The threats are listed.", replies_to="caller-1"),
    Tale("cable-1", -33, "iec-tc86", (To(SG15, "comment", 15, ("Q5/15",)),), "test methods of cabled fibres", "Please comment on the committee draft.", "86A/2501/CD", then="forwarded"),
    Tale("qos-1", -30, SG12, (To(SG13, "action", -2), To(SG15, "information")), "quality of calls over sliced networks", "Study Group 12 asks for objectives on delay."),
    Tale("wifi-1", -26, "ieee-802-11", (To(SG15, "information", None, Q2),), "integrated sensing in the home", "For your information.", "11-26-0711", then="no-reply"),
    Tale("space-1", -24, WP5D, (To("3gpp-ran", "action", 80), To(WP5A, "information")), "evaluation of non-terrestrial components", "Working Party 5D asks for self evaluations."),
    Tale("ptp-1", -20, SG15, (To("ieee-802-1", "information"),), "profiles of time synchronization", "The profile is confirmed.", replies_to="sync-1"),
    Tale("old-1", -19, SG13, (To(SG20, "information"),), "glossary of digital twins", "Withdrawn as it was sent twice.", until="withdrawn"),
    Tale("mef-1", -16, "mef", (To(SG15, "information"),), "services over passive optical networks", "MEF has begun a specification.", "MEF-LS-2026-09"),
    Tale("maritime-1", -14, WP5A, (To("imo", "information"),), "digital communications at sea", "For your information.", until="draft"),
    Tale("slice-2", -9, SG13, (To("3gpp-sa2", "information"),), "analytics of slices across domains", "A slice is named by the operator that sells it.", replies_to="slice-1", until="agreed"),
    Tale("home-3", -6, SG15, (To("etsi-isg-f5g", "information"),), "fibre to the room", "Our figures are given below.", questions=Q2S, replies_to="home-2", meeting="sg15-now", until="approved"),
    Tale("ran-2", -3, SG15, (To("o-ran", "information"),), "fronthaul over passive optical networks", "The delay depends on the splitting ratio.", questions=Q2S, replies_to="ran-1", meeting="sg15-now", until="draft"),
    Tale("qos-2", -2, SG13, (To(SG12, "comment", 90),), "objectives on delay", "Which services shall be served?", replies_to="qos-1", until="draft"),
    Tale("band-2", -1, WP5D, (To(WP5A, "information"),), "sharing above 7 GHz", "The deployment is that of the earlier report.", replies_to="band-1", until="agreed"),
)  # fmt: skip
ACKNOWLEDGED = ("pon-1", "id-1", "otn-1", "pon-4")
"""Statements whose letters the other body acknowledged, by the link in them."""
