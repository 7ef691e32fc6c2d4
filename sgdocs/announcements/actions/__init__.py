"""Verbs of the notices of the service."""

from sgdocs.announcements.actions.posting import edit, end, post
from sgdocs.announcements.actions.telling import tell_due

__all__ = ["edit", "end", "post", "tell_due"]
