"""Vocabulary of documents, and what may be done with them. Pure. When they count: `timing`; numbers: `numbering`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

A1 = "Rec. ITU-T A.1 (09/2019)"
KIND = rule("documents.kind", "{code} takes no document of this kind; right would be {right}.", "domain 4.1")
STREAM = rule(
    "documents.stream", "“{stream}” is no series of {code} for this kind; right would be {right}.", "domain 4.1"
)
NO_SOURCE = rule("documents.source-missing", "Say which member submits it.", f"{A1} clause 3, Rec. ITU-T A.2")
SOURCE_UNKNOWN = rule("documents.source-unknown", "“{name}” is no organisation that we know.", f"{A1} clause 3")
SOURCE = rule(
    "documents.source-may-not-contribute",
    "{name} ({category}) has no right to contribute to {code}.",
    "ITU Convention Art. 19, Rec. ITU-T A.1 (09/2019) clause 3, PP Resolution 31, domain 1.7, 4.1",
    settings=("contribution_categories", "r_contribution_categories"),
)
OWN_SOURCE = rule(
    "documents.own-source",
    "You act for {name}; a contribution of other members alone is theirs to submit.",
    f"{A1} clause 3, domain 4.4",
)
PARTICIPANTS = rule(
    "documents.participants", "Documents of {code} come from its participants: register first.", "domain 5.4"
)
MEETING_OVER = rule(
    "documents.meeting-over",
    "{code} is {status}; it takes no more documents nor revisions.",
    f"{A1} clause 3, domain DOC-1",
)
QUOTA = rule(
    "documents.quota",
    "You hold {held} reserved numbers for {code}; {most} is the most. Upload or give back one first.",
    "sgdocs (a setting)",
    settings=("reservation_quota",),
)
NO_FILE = rule("documents.no-file", "A document needs at least one file.", "domain 4.4")
FILES_LATE = rule(
    "documents.files-late",
    "The deadline of {label} has passed, and this version came in time: submit a revision, which is marked late.",
    f"{A1} clause 3, domain DOC-1",
)
FINDINGS = rule("documents.findings", "The checks found errors that stop the document: {ids}.", "domain 4.4")
NOT_OVERRULED = rule(
    "documents.not-overruled",
    "Neither deadline nor membership can be overruled: {ids}.",
    f"{A1} clause 3, domain 4.3",
)
OVERRULE_REASON = rule("documents.overrule-reason", "Say why the finding {id} may stand.", "sgdocs")
STATE = rule("documents.state", "{label} is {status}; this is possible while it is {right}.", "domain 4.4")
REASON = rule("documents.reason", "Say why: the reason is shown with the number.", "domain DOC-2")
RESTORE = rule(
    "documents.restore",
    "{label} was deleted more than {days} days ago.",
    "sgdocs (a setting)",
    settings=("restore_days",),
)
NOT_DELETED = rule("documents.not-deleted", "{label} is not deleted.", "sgdocs")
LATE_ONLY = rule(
    "documents.admit-held", "Only a contribution that is held because it came late is admitted.", f"{A1} clause 3"
)
T_ONLY = rule("documents.admit-t", "Only ITU-T admits late contributions.", f"{A1} clause 3")
AUDIENCE = rule("documents.audience", "“{audience}” is no class of access; right would be {right}.", "domain 8.3")
AUDIENCE_REASON = rule("documents.audience-reason", "Say why it is not for the usual readers.", "domain 8.3")
OBJECTED = rule("documents.objected", "{name} has objected already.", "Council document C20/35 section 2.2")
NOT_OBJECTED = rule(
    "documents.not-objected", "{name} has no objection that stands.", "Council document C20/35 section 2.2"
)
NO_ASSEMBLY = rule(
    "documents.no-assembly", "Only inputs of an assembly are public in advance.", "Council document C20/35 section 2.2"
)
ITSELF = rule(
    "documents.itself", "A document has no such relation to itself, nor to one that descends from it.", "domain 4.8"
)
SHEET = rule("documents.sheet", "Only a contribution is sent to another group by a sheet.", "Rec. ITU-T A.1 3.2.9")
ALREADY = rule("documents.already", "{name} has this already.", "domain DOC-3")
PATTERN = rule("documents.pattern", "A pattern has {{n}} and of these what it needs: {right}.", "domain U12")


class DocumentKind(StrEnum):
    """Source: domain 4.1."""

    CONTRIBUTION = "contribution"
    TEMPORARY = "temporary-document"
    REPORT = "report"
    LIAISON = "liaison-statement"
    CIRCULAR = "circular"
    LETTER = "collective-letter"
    ADMINISTRATIVE = "administrative-document"
    INFORMATION = "information-document"
    RGM = "rapporteur-group-document"
    FINAL_DRAFT = "final-draft"


class Status(StrEnum):
    """held: late, waits for the next meeting; quarantine: waits for the virus scanner; refused: by the scanner."""

    RESERVED = "reserved"
    POSTED = "posted"
    HELD = "held"
    QUARANTINE = "quarantine"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


S = Status
SHOWN: Final = (S.POSTED, S.WITHDRAWN)
"""What is listed for everybody in its audience; all else is its owner's, its entity's and the secretariat's."""
NOT_POSTED: Final = (S.RESERVED, S.HELD, S.QUARANTINE, S.REFUSED, S.EXPIRED)
HIDDEN_AUDIENCE: Final = "secretariat"


class LineageKind(StrEnum):
    """What a document is to another. Source: domain 4.8, Rec. ITU-T A.1 3.2.9."""

    REVISION_OF = "revision-of"
    MERGED_INTO = "merged-into"
    OUTPUT_OF = "output-of"
    ALSO_IN = "also-in"
    SUMMARY_OF = "summary-of"


class Purpose(StrEnum):
    """Source: domain 4.5, 5.4."""

    NONE = ""
    ADMIN = "Admin"
    DISCUSSION = "Discussion"
    INFORMATION = "Information"
    PROPOSAL = "Proposal"
    OTHER = "Other"


class TdReason(StrEnum):
    """Why a TD need not be there seven days before the meeting. Source: Rec. ITU-T A.1 clause 3, domain T-C5, T-C6, T-C7."""

    NONE = ""
    ADMINISTRATIVE = "administrative"
    EVENT_REPORT = "event-report"
    PROPOSAL = "proposal"
    COMPILATION = "compilation"
    REQUESTED = "requested"
    PROGRESS_REPORT = "progress-report"


class Admission(StrEnum):
    """What became of a late contribution that the Director admitted: the meeting decides finally. Source: domain T-C3."""

    NONE = ""
    ADMITTED = "admitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Set(Protocol):
    """Whatever has the values under the same names: the settings."""

    @property
    def reservation_days(self) -> int: ...
    @property
    def reservation_quota(self) -> int: ...
    @property
    def restore_days(self) -> int: ...
    @property
    def contribution_categories(self) -> str: ...
    @property
    def r_contribution_categories(self) -> str: ...
    @property
    def assembly_inputs_public(self) -> bool: ...


@dataclass(frozen=True)
class Limits:
    """What a house may set otherwise; the defaults are those of the settings of the same names."""

    reservation_days: int = 14
    reservation_quota: int = 5
    restore_days: int = 30
    contribution_categories: str = "member-state,sector-member,associate,academia"
    r_contribution_categories: str = "member-state,sector-member"
    assembly_inputs_public: bool = True

    @classmethod
    def of(cls, settings: Set) -> "Limits":
        return cls(
            settings.reservation_days,
            settings.reservation_quota,
            settings.restore_days,
            settings.contribution_categories,
            settings.r_contribution_categories,
            settings.assembly_inputs_public,
        )

    def categories(self, sector: str) -> frozenset[str]:
        told = self.r_contribution_categories if sector == "R" else self.contribution_categories
        return frozenset(word.strip() for word in told.split(",") if word.strip())


USUAL: Final = Limits()
OPEN_TO: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.CONTRIBUTION: "members",
    DocumentKind.RGM: "participants",
    DocumentKind.TEMPORARY: "officers",
    DocumentKind.FINAL_DRAFT: "secretariat",
}
"""Who issues which kind; all others are the secretariat's. Source: domain 4.1."""


@dataclass(frozen=True)
class Source:
    """An organisation that submits. is_member: of the Sector, or as an Associate of that study group, on that day."""

    organisation_id: int
    name: str
    category: str
    is_member: bool


def why_not_contribute(
    sources: Sequence[Source], code: str, categories: frozenset[str], *, own: Source | None
) -> Refusal | None:
    """None when these may submit a contribution to the group. own: whose submitter acts; None for the secretariat.

    Not to be overruled. Source: domain 1.7, 4.1.
    """
    if not sources:
        return Refusal(NO_SOURCE, {}, field="sources")
    for source in sources:
        if source.category not in categories or not source.is_member:
            facts = {"name": source.name, "category": source.category, "code": code}
            return Refusal(SOURCE, facts, field="sources")
    if own is not None and own.organisation_id not in [source.organisation_id for source in sources]:
        return Refusal(OWN_SOURCE, {"name": own.name}, field="sources")
    return None


def why_not_in(status: str, right: Sequence[Status], label: str) -> Refusal | None:
    """None when the document is in one of these states."""
    return None if status in right else Refusal(STATE, {"label": label, "status": status, "right": ", ".join(right)})


def why_not_overrule(errors: Sequence[str], overruled: Mapping[str, str]) -> Refusal | None:
    """None when every error among the findings is overruled with a reason. ids as of the preflight."""
    fixed = [id for id in errors if id in overruled and is_fixed(id)]
    if fixed:
        return Refusal(NOT_OVERRULED, {"ids": ", ".join(fixed)})
    silent = next((id for id in errors if id in overruled and not overruled[id].strip()), None)
    if silent is not None:
        return Refusal(OVERRULE_REASON, {"id": silent}, field="overrule")
    left = [id for id in errors if id not in overruled]
    return Refusal(FINDINGS, {"ids": ", ".join(left)}, field="file") if left else None


def is_fixed(finding: str) -> bool:
    """Whether a finding is of those that nobody overrules: deadline, membership, and what no form can change."""
    return finding.split(".", 1)[0] in ("deadline", "membership") or finding == "file.size"


def why_not_class(audience: str, usual: str, reason: str, sector: str) -> Refusal | None:
    """None when a document may have that class of access: public, members of the Sector, its group, the secretariat, one
    person; another than the usual one wants a reason. Source: domain 8.3.
    """
    allowed = ("public", sector, usual, HIDDEN_AUDIENCE)
    if audience not in allowed and not _is_person(audience):
        return Refusal(AUDIENCE, {"audience": audience, "right": ", ".join((*allowed, "person:…"))}, field="audience")
    if audience != usual and not reason.strip():
        return Refusal(AUDIENCE_REASON, {}, field="audience_reason")
    return None


def _is_person(audience: str) -> bool:
    head, _, id = audience.partition(":")
    return head == "person" and id.isdecimal()


def shown_title(status: str, title: str) -> str:
    """What stands in the place of the title: a tombstone has none. Source: domain DOC-2."""
    return "Withdrawn" if status == S.WITHDRAWN else title


def next_part(part: str, there: Sequence[str]) -> str:
    """`R2` after `R1`: the number after the highest of that letter, without a gap. Source: domain DOC-1."""
    taken = [int(each[1:]) for each in there if each[:1] == part and each[1:].isdigit()]
    return f"{part}{max(taken, default=0) + 1}"
