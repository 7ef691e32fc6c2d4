"""Verbs on mailing lists."""

from sgdocs.mailing_lists.actions.joining import admit, leave, remove, subscribe
from sgdocs.mailing_lists.actions.opening import carry_over, close_list, open_list
from sgdocs.mailing_lists.actions.posting import post, refuse_message, release, take_mail

__all__ = [
    "admit",
    "carry_over",
    "close_list",
    "leave",
    "open_list",
    "post",
    "refuse_message",
    "release",
    "remove",
    "subscribe",
    "take_mail",
]
