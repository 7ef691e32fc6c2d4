"""The words for kinds of bodies, qualifications and ways of working together: English, to be translated where shown."""

from collections.abc import Mapping

from sgdocs.i18n import N_

KINDS: Mapping[str, str] = {
    "sdo": N_("Standards organisation"),
    "regional-sdo": N_("Regional standards organisation"),
    "national-sdo": N_("National standards organisation"),
    "forum-or-consortium": N_("Forum or consortium"),
    "intergovernmental": N_("Intergovernmental organisation"),
    "joint-committee": N_("Joint committee"),
    "other": N_("Other body"),
}
QUALIFICATIONS: Mapping[str, str] = {
    "a5": N_("Rec. ITU-T A.5, normative references"),
    "a25": N_("Rec. ITU-T A.25, incorporation of texts"),
    "a4": N_("Rec. ITU-T A.4, forums and consortia (historic)"),
    "a6": N_("Rec. ITU-T A.6, standards organisations (historic)"),
}
SHORT_QUALIFICATIONS: Mapping[str, str] = {"a4": "A.4", "a5": "A.5", "a6": "A.6", "a25": "A.25"}
MODES: Mapping[str, str] = {
    "liaison": N_("Liaison"),
    "collaborative-work": N_("Collaborative work"),
    "common-team": N_("Common team"),
    "collaborative-interchange": N_("Collaborative interchange (JTC 1)"),
}
PRODUCTS: Mapping[str, str] = {"common-text": N_("Common text"), "aligned": N_("Technically aligned texts")}
DIRECTIONS: Mapping[str, str] = {"ours": N_("Sent by us"), "theirs": N_("Sent by them")}
