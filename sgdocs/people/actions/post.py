"""Letters about accounts, as rows."""

from sgdocs.base.act import Act
from sgdocs.base.settings import Settings
from sgdocs.mail import actions as mail
from sgdocs.people.letters import Wording, letter
from sgdocs.people.models import Person


def write_to(
    act: Act,
    settings: Settings,
    kind: str,
    person: Person,
    *,
    secret: bool = False,
    entry_id: int | None = None,
    **facts: str,
) -> None:
    """A letter to a person in their language; nothing when we have no address.

    secret: it carries a link that signs in; entry_id: of the journal, for a letter that is written once only;
    facts: words of the letter.
    """
    if person.email:
        words = _worded(settings, kind, person.language, person.name, facts)
        _post(act, words, person.email, name=person.name, person_id=person.id, secret=secret, entry_id=entry_id)


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
    _post(act, _worded(settings, kind, language, name, facts), to, name=name, person_id=None, secret=secret)


def _worded(settings: Settings, kind: str, language: str, name: str, facts: dict[str, str]) -> Wording:
    return letter(kind, language, facts | {"name": name, "site": settings.public_url.rstrip("/")})


def _post(
    act: Act, words: Wording, to: str, *, name: str, person_id: int | None, secret: bool, entry_id: int | None = None
) -> None:
    mail.write(
        act,
        to=to,
        to_name=name,
        subject=words.subject,
        text=words.text,
        kind=words.kind,
        person_id=person_id,
        entry_id=entry_id,
        reason=words.reason,
        secret=secret,
    )
