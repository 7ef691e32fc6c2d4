"""Mail that came in and is for a list. Whoever fetches mail asks here first."""

from sgdocs.base.act import Act
from sgdocs.base.settings import Settings
from sgdocs.mail.incoming import Incoming
from sgdocs.mailing_lists.actions.posting import Mail, take_mail
from sgdocs.mailing_lists.models import MailingList
from sgdocs.mailing_lists.queries import of_address


def claim(act: Act, settings: Settings, mail: Incoming, size_bytes: int) -> bool:
    """Whether the mail is for one of our lists; then it has been taken, held or refused there."""
    rows = lists_in(act, settings, mail)
    for row in rows:
        told = Mail(
            message_id=mail.message_id if len(rows) == 1 else f"{row.local}.{mail.message_id}",
            from_name=mail.from_name,
            from_address=mail.from_address,
            subject=mail.subject,
            text=mail.text,
            references=mail.about,
            sender=mail.identity,
            size_bytes=size_bytes,
            is_automatic=mail.kind != "letter",
            left_out=tuple(each.name for each in mail.files),
        )
        take_mail(act, row, told, most_mb=settings.list_message_mb)
    return bool(rows)


def lists_in(act: Act, settings: Settings, mail: Incoming) -> list[MailingList]:
    """The lists that the mail was sent to, each once."""
    ending = f"@{settings.list_domain.lower()}"
    names = dict.fromkeys(each.removesuffix(ending) for each in mail.to if each.endswith(ending))
    found = [of_address(act.session, name) for name in names]
    return [row for row in found if row is not None]
