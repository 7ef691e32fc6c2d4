"""Vocabulary of the work programme. Pure. Source: domain 3."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What will come of the work. Source: domain 3.1 (values beyond the first uncertain)."""

    RECOMMENDATION = "recommendation"
    SUPPLEMENT = "supplement"
    TECHNICAL_REPORT = "technical-report"
    TECHNICAL_PAPER = "technical-paper"
    IMPLEMENTERS_GUIDE = "implementers-guide"
    HANDBOOK = "handbook"
    REPORT = "report"
    OTHER = "other"


class ItemVersion(StrEnum):
    """Whether the text is new or changes one that exists."""

    NEW = "new"
    REVISION = "revision"
    AMENDMENT = "amendment"
    CORRIGENDUM = "corrigendum"
    NONE = ""


class ItemStatus(StrEnum):
    """Status of a work item. Source: domain 3.3."""

    PENDING = "pending-confirmation"
    UNDER_STUDY = "under-study"
    CONSENTED = "consented"
    DETERMINED = "determined"
    ADOPTED = "adopted"
    FORWARDED = "forwarded-to-assembly"
    APPROVED = "approved"
    AGREED = "agreed"
    DELETED = "deleted"
    MERGED = "merged"


class ItemProcess(StrEnum):
    """How the text will be approved. Source: domain 3.1, 6.1, 6.6."""

    AAP = "aap"
    TAP = "tap"
    AGREEMENT = "agreement"
    ADOPTION = "adoption"
    NONE = ""


class Stage(StrEnum):
    """The ladder of a draft in ITU-R. Source: domain 3.3."""

    WORKING_DOCUMENT = "wd"
    TOWARDS_PRELIMINARY = "wdpdn"
    PRELIMINARY = "pdn"
    DRAFT = "dn"
    NONE = ""


class Priority(StrEnum):
    """Of the timing."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = ""


ACTIVE = (
    ItemStatus.PENDING,
    ItemStatus.UNDER_STUDY,
    ItemStatus.CONSENTED,
    ItemStatus.DETERMINED,
    ItemStatus.ADOPTED,
    ItemStatus.FORWARDED,
)
ENDED = (ItemStatus.APPROVED, ItemStatus.AGREED, ItemStatus.DELETED, ItemStatus.MERGED)
