"""Roles as people call them; messages of the translation catalogue."""

from collections.abc import Mapping

from sgdocs.i18n import N_

WORDS: Mapping[str, str] = {
    "secretariat": N_("Secretariat"),
    "admin": N_("Administrator"),
    "director": N_("Director"),
    "counsellor": N_("Counsellor"),
    "sg-chair": N_("Chair"),
    "sg-vice-chair": N_("Vice-chair"),
    "chair": N_("Chair"),
    "vice-chair": N_("Vice-chair"),
    "wp-chair": N_("Working party chair"),
    "wp-vice-chair": N_("Working party vice-chair"),
    "rapporteur": N_("Rapporteur"),
    "co-rapporteur": N_("Co-rapporteur"),
    "associate-rapporteur": N_("Associate rapporteur"),
    "liaison-officer": N_("Liaison officer"),
    "editor": N_("Editor"),
    "convener": N_("Convener"),
    "focal-point": N_("Focal point"),
    "delegate": N_("Delegate"),
    "guest": N_("Guest"),
}


def word_of(role: str) -> str:
    """The message of a role, to be translated where it is shown."""
    return WORDS.get(role, role.replace("-", " ").capitalize())
