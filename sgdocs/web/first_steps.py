"""What one does first in each role, and by what it is known that it was done: the table behind the card of the first visit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Exists, exists
from sqlmodel import col

from sgdocs.base.actor import Kind
from sgdocs.documents.models import Document
from sgdocs.i18n import N_
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import CalendarToken, Registration
from sgdocs.notices.models import Subscription
from sgdocs.people.accounts import Account
from sgdocs.workspace.models import Kept, SavedSearch


@dataclass(frozen=True)
class Step:
    """says: what to do; address: where. verbs: entries of one's own that say it was done; none where `_ROWS` has a row."""

    id: str
    says: str
    address: str
    verbs: tuple[str, ...] = ()


PROFILE: Final = Step("profile", N_("Say what you work on and in which languages"), "/my/profile", ("people.edited",))
NOTICES: Final = Step(
    "notices", N_("Choose what you want to hear, and how often"), "/my/notices/settings", ("notices.preferred",)
)
FOLLOW: Final = Step("follow", N_("Follow a group, a work item or a Recommendation"), "/group")
KEEP: Final = Step("keep", N_("Keep a document or a text that you need again"), "/doc")
SEARCH: Final = Step("search", N_("Search, and save the search"), "/search")
REGISTER: Final = Step("register", N_("Register for a meeting"), "/meeting")
SUBMIT: Final = Step("submit", N_("Submit a document, or reserve its number"), "/meeting")
CALENDAR: Final = Step("calendar", N_("Bring the meetings into your calendar"), "/my/calendars")
FACTOR: Final = Step("factor", N_("Secure your account with a second factor"), "/my/second-factor")
SHARE: Final = Step("share", N_("Tell your delegation which document you cover"), "/my/delegation")

STEPS: Final[Mapping[str, tuple[Step, ...]]] = {
    "reader": (PROFILE, SEARCH, FOLLOW, NOTICES, KEEP),
    "delegate": (PROFILE, REGISTER, NOTICES, CALENDAR, KEEP, SUBMIT),
    "rapporteur": (
        NOTICES, CALENDAR,
        Step("item", N_("Bring a work item up to date"), "/wi", ("work.edited", "work.proposed", "work.base-set")),
        Step("agenda", N_("Make an agenda"), "/meeting", ("agenda.filled", "agenda.item-added")),
        Step("disposition", N_("Enter what a meeting did with a document"), "/meeting", ("dispositions.entered",)),
        Step("statement", N_("Draft a liaison statement"), "/liaison/new", ("liaison.drafted",)),
    ),
    "chair": (
        FACTOR, NOTICES,
        Step("agenda", N_("Make an agenda"), "/meeting", ("agenda.filled", "agenda.item-added")),
        Step("disposition", N_("Enter what a meeting did with a document"), "/meeting", ("dispositions.entered",)),
        Step("decision", N_("Enter a decision while the meeting sits"), "/meeting", ("decisions.taken",)),
        Step("approve", N_("Approve a liaison statement"), "/liaison", ("liaison.approved", "liaison.agreed")),
    ),
    "focal-point": (
        FACTOR, NOTICES,
        Step("request", N_("Decide on a request for an account"), "/account/requests", ("accounts.confirmed", "accounts.refused")),
        Step("registration", N_("Decide on a registration"), "/meeting", ("meetings.registration-approved", "meetings.registration-refused")),
        Step("comment", N_("Comment in a last call"), "/approval", ("approval.commented",)),
        SHARE,
    ),
    "administration": (
        PROFILE, REGISTER, NOTICES,
        Step("reply", N_("Reply to a consultation"), "/my/consultations", ("approval.replied",)),
        SHARE,
    ),
    "secretariat": (
        FACTOR, NOTICES,
        Step("convene", N_("Convene a meeting"), "/meeting/new", ("meetings.convened",)),
        Step("invite", N_("Invite somebody"), "/people/new", ("accounts.invited",)),
        Step("mail", N_("File a mail that came in"), "/office/arrivals", ("liaison.mail-confirmed", "liaison.mail-refused", "liaison.mail-ignored")),
        Step("letters", N_("Post a paper of an approval"), "/approval/ready", ("approval.paper-posted", "approval.comments-posted")),
    ),
    "administrator": (
        FACTOR,
        Step("invite", N_("Invite somebody"), "/people/new", ("accounts.invited",)),
        Step("appoint", N_("Give somebody a role in a group"), "/group", ("groups.appointed",)),
        Step("token", N_("Make a token for a program"), "/my/tokens", ("accounts.token-made",)),
        Step("words", N_("Teach the search a word"), "/office/words", ("search.word-entered", "search.term-entered")),
    ),
}  # fmt: skip
"""By the name of the guide; at most six for each."""


def was_done(step: Step, person_id: int) -> Exists:
    """Whether that person has done it, as a column of a query."""
    if step.verbs:
        return exists().where(
            col(Entry.actor_kind) == Kind.PERSON.value,
            col(Entry.actor_id) == person_id,
            col(Entry.verb).in_(step.verbs),
        )
    return _ROWS[step.id](person_id)


_ROWS: Final = {
    "follow": lambda id: exists().where(col(Subscription.person_id) == id, col(Subscription.muted_at).is_(None)),
    "keep": lambda id: exists().where(col(Kept.person_id) == id),
    "search": lambda id: exists().where(col(SavedSearch.person_id) == id),
    "register": lambda id: exists().where(col(Registration.person_id) == id, col(Registration.status) != "cancelled"),
    "submit": lambda id: exists().where(col(Document.owner_id) == id),
    "calendar": lambda id: exists().where(col(CalendarToken.person_id) == id),
    "factor": lambda id: exists().where(col(Account.person_id) == id, col(Account.totp_confirmed_at).is_not(None)),
    "share": lambda id: exists().where(col(Kept.person_id) == id, col(Kept.is_shared) | col(Kept.covers)),
}
