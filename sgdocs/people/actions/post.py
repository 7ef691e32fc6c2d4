"""Letters about accounts, as rows."""

from sgdocs.base.act import Act
from sgdocs.base.settings import Settings
from sgdocs.mail import actions as mail
from sgdocs.people.letters import letter
from sgdocs.people.models import Person


def write_to(act: Act, settings: Settings, kind: str, person: Person, *, secret: bool = False, **facts: str) -> None:
    """A letter to a person in their language; nothing when we have no address.

    secret: it carries a link that signs in; facts: words of the letter.
    """
    if person.email:
        _write(act, settings, kind, person.email, person.language, person.name, person.id, secret, facts)


def write_out(
    act: Act,
    settings: Settings,
    kind: str,
    to: str,
    language: str,
    *,
    name: str = "",
    secret: bool = False,
    **facts: str,
) -> None:
    """A letter to an address that may be nobody's we know."""
    _write(act, settings, kind, to, language, name, None, secret, facts)


def _write(
    act: Act,
    settings: Settings,
    kind: str,
    to: str,
    language: str,
    name: str,
    person_id: int | None,
    secret: bool,
    facts: dict[str, str],
) -> None:
    words = letter(kind, language, facts | {"name": name, "site": settings.public_url.rstrip("/")})
    mail.write(
        act,
        to=to,
        to_name=name,
        subject=words.subject,
        text=words.text,
        kind=words.kind,
        person_id=person_id,
        reason=words.reason,
        secret=secret,
    )
