"""What is old is dropped: notices, and calls of webhooks that are settled."""

from datetime import timedelta

from sqlmodel import col, delete

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.notices.models import Notice, WebhookCall
from sgdocs.policy import Permission


def forget(act: Act, days: int) -> int:
    """Drop what is older than so many days; how many. What waits to be sent stays."""
    policy.require(act.actor, Permission.TELL)
    before = act.now - timedelta(days=days)
    notices = act.session.exec(delete(Notice).where(col(Notice.at) < before)).rowcount
    calls = act.session.exec(delete(WebhookCall).where(col(WebhookCall.done_at) < before)).rowcount
    return notices + calls
