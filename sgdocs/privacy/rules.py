"""What becomes of a person's data when they ask for its removal, and why some of it stays. Pure.

Every table that names a person stands in one of the kinds below (a test compares); one that nobody has sorted yet is
kept, and said to be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.i18n import N_

APPROVAL = rule(
    "privacy.approval-stays",
    "Who consented, commented, replied, supported or opposed stays with the text that was approved.",
    "Rec. ITU-T A.8 clauses 4 and 5; WTSA Resolution 1 section 9; Resolution ITU-R 1-9 A2.6",
)
ROLES = rule(
    "privacy.roles-stay", "Who led a group, and from when to when, stays in the lists of officers.", "domain 1.6"
)
MEETINGS = rule(
    "privacy.meetings-stay",
    "Who took part in a meeting stays in its list of participants and its report.",
    "domain 5.3",
)
PAPERS = rule("privacy.papers-stay", "Papers that were submitted stay with their sources and contacts.", "domain 4.2")
WORK = rule(
    "privacy.work-stays", "Who proposed or edited a work item stays in the record of the item.", "Rec. ITU-T A.1"
)
LIAISON = rule("privacy.liaison-stays", "Statements that were sent stay as they went out.", "Rec. ITU-T A.1 1.5")
ARCHIVE = rule("privacy.archive-stays", "Messages to the lists of groups stay in their archives.", "domain 8.2")
TALK = rule(
    "privacy.talk-stays",
    "What was said in a discussion stays with it; the name goes when nothing else needs it.",
    "domain 8.3",
)
OFFICE = rule(
    "privacy.acts-stay",
    "Who did what for the service stays in the journal, by number; the name goes when nothing needs it.",
)
UNSORTED = rule("privacy.unsorted-stays", "Nobody has decided yet whether procedure needs this; it stays until then.")
LAST_ADMIN = rule("privacy.last-administrator", "{name} is the only administrator. Let somebody else become one first.")
CONFIRMED = rule("privacy.confirm", "Write the e-mail address {email} to confirm: what is removed does not come back.")
DONE = rule("privacy.done", "The personal data of {name} was removed already.")


@dataclass(frozen=True)
class Kind:
    """A kind of data. stays: id of the rule why it is kept, "" when it is removed; names: the name is needed for it."""

    name: str
    title: str
    tables: tuple[str, ...]
    stays: str = ""
    names: bool = False


KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "account",
        N_("Account, password, second factor, sessions, tokens and passes"),
        (
            "account",
            "recovery_code",
            "user_session",
            "mail_link",
            "api_token",
            "oidc_identity",
            "guest_pass",
            "account_request",
        ),
    ),
    Kind(
        "profile", N_("Contact details, languages, fields of interest and preferences"), ("person", "person_interest")
    ),
    Kind(
        "workspace",
        N_("Bookmarks, notes, stance, saved searches, lists and what was looked at"),
        ("kept", "looked", "my_card", "saved_search", "tracked_list"),
    ),
    Kind(
        "notices",
        N_("Notices, what is followed, mailing lists, feeds, calendars and webhooks"),
        (
            "notice",
            "notice_preference",
            "subscription",
            "mailing_list_member",
            "feed_key",
            "calendar_token",
            "webhook",
            "event_registration",
            "event_ask",
        ),
    ),
    Kind(
        "approval",
        N_("Consents, comments, replies, objections and support"),
        (
            "process_comment",
            "process_comment_version",
            "process_reply",
            "process_transition",
            "publication_objection",
            "work_item_supporter",
            "obligation",
        ),
        APPROVAL.id,
        names=True,
    ),
    Kind("roles", N_("Roles with their terms"), ("appointment", "liaison_officer"), ROLES.id, names=True),
    Kind("meetings", N_("Registrations for meetings"), ("registration",), MEETINGS.id, names=True),
    Kind("papers", N_("Documents and their versions"), ("document", "document_version"), PAPERS.id, names=True),
    Kind("work", N_("Work items proposed or edited"), ("work_item", "work_item_editor"), WORK.id, names=True),
    Kind(
        "liaison",
        N_("Liaison statements"),
        ("statement", "statement_addressee", "statement_sender", "statement_text"),
        LIAISON.id,
        names=True,
    ),
    Kind("archive", N_("Messages to mailing lists"), ("mailing_list_message",), ARCHIVE.id, names=True),
    Kind(
        "talk",
        N_("Messages in discussions, and those that name the person"),
        ("discussion_thread", "discussion_message", "discussion_mention"),
        TALK.id,
    ),
    Kind(
        "office",
        N_("Acts for the service: what was entered, decided, allotted, set"),
        (
            "action_item",
            "allocation",
            "allotment_rule",
            "announcement",
            "decision",
            "disposition",
            "event",
            "meeting",
            "meeting_deadline",
            "meeting_report",
            "rule_value",
            "service_notice",
            "statement_arrival",
            "task",
            "translation_job",
            "work_item_base_text",
            "work_item_change",
        ),
        OFFICE.id,
    ),
)
OF_TABLE: Final[Mapping[str, Kind]] = {table: kind for kind in KINDS for table in kind.tables}
OTHER = Kind("other", N_("Other"), (), UNSORTED.id, names=True)
OWNING: Final = ("person_id", "owner_id", "submitted_by", "proposed_by", "made_by", "by_id", "actor_id")
"""Columns by which a row is the person's own; by another (`decided_by`, `entered_by`) only the act is."""
ADDRESSED: Final = ("to_id",)
"""Columns by which somebody else's row was written to the person: they are given it, and it stays with who wrote it."""
CONTINUED: Final = (("discussion_message_text", "message_id", "discussion_message"),)
"""Where a row of the person's own goes on in a table that names nobody: table, its column, the row's table."""
SECRET: Final = frozenset(
    {"hash", "previous_hash", "digest", "password_hash", "totp_secret", "secret", "id_token", "sort_key"}
)
"""Columns that are given to nobody, nor to the person: they open doors."""


def kind_of(table: str) -> Kind:
    return OF_TABLE.get(table, OTHER)


def why_not_forget(
    name: str, *, email: str, typed: str, is_last_admin: bool, is_forgotten: bool, needs_typing: bool
) -> Refusal | None:
    """Why the personal data cannot be removed now."""
    if is_forgotten:
        return Refusal(DONE, {"name": name})
    if is_last_admin:
        return Refusal(LAST_ADMIN, {"name": name})
    if needs_typing and typed.strip().lower() != email:
        return Refusal(CONFIRMED, {"email": email}, field="typed")
    return None
