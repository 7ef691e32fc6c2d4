"""Letters of several steps that are one occasion: one letter to a person, whatever the number of texts."""

from collections.abc import Sequence
from dataclasses import replace

from sgdocs.approval import letters
from sgdocs.approval.actions.carrying import Done
from sgdocs.approval.letters import Draft, Recipient
from sgdocs.base.act import Act
from sgdocs.journal.models import Entry

BETWEEN = "\n\n* * *\n\n"


def send_together(act: Act, done: Sequence[Done]) -> int:
    """Write the letters of these steps; those of one kind to one person are one. Returns how many were written."""
    told: dict[tuple[str, str], list[tuple[Draft, Recipient, Entry]]] = {}
    for each in done:
        for draft in each.drafts:
            for to in draft.recipients:
                told.setdefault((draft.kind, to.address.lower()), []).append((draft, to, each.entry))
    written = 0
    for parts in told.values():
        draft, to, entry = parts[0]
        written += len(letters.write(act, replace(_joined([part[0] for part in parts]), recipients=(to,)), entry))
    return written


def _joined(drafts: Sequence[Draft]) -> Draft:
    """One letter of the texts of several."""
    first = drafts[0]
    if len(drafts) == 1:
        return first
    subject = f"{first.subject} (and {len(drafts) - 1} more)"
    return replace(first, subject=subject, text=BETWEEN.join(draft.text for draft in drafts))
