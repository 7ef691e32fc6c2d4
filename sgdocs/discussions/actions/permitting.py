"""Where one must be allowed to write: in the group, or as a guest at the meeting."""

from sgdocs.base.act import Act
from sgdocs.discussions.models import Thread
from sgdocs.discussions.queries import by_id, scope_of
from sgdocs.discussions.subjects import About
from sgdocs.policy import Permission, may, require


def require_place(act: Act, subject: About) -> None:
    """NotAllowed unless the actor may write in one of the subject's places."""
    allowed = [place for place in subject.places if may(act.actor, Permission.DISCUSS, place)]
    require(act.actor, Permission.DISCUSS, (allowed or subject.places)[0])


def require_moderator(act: Act, thread: Thread) -> None:
    """NotFound for whoever may not read the thread, NotAllowed for whoever does not moderate it."""
    by_id(act, thread.id or 0)
    require(act.actor, Permission.MODERATE, scope_of(act.session, thread))
