"""`sgdocs people`: enter people, give roles, tokens and passwords, list, let go."""

import getpass
import json
import sys
from datetime import date, datetime, timedelta
from typing import Annotated, TypeVar

import typer
from pydantic import BaseModel, ValidationError

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.cli._ground import NotDone, acting, open_services, reading, say
from sgdocs.groups import actions as groups
from sgdocs.groups.queries import by_path, roles_of
from sgdocs.groups.roles import roles_for
from sgdocs.people import actions as people
from sgdocs.people.directory import PeopleFilter, directory
from sgdocs.people.models import Person
from sgdocs.people.queries import account_of, by_email, by_slug, organisation_named
from sgdocs.people.rules import Category, TokenScope
from sgdocs.people.schemas import OrganisationForm, PersonForm, TokenForm

app = typer.Typer(no_args_is_help=True, help="People and their accounts.")
Form = TypeVar("Form", bound=BaseModel)
Who = Annotated[str, typer.Argument(help="E-mail address, or the word of the person's page.")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Name, as people write it.")],
    email: Annotated[str, typer.Argument(help="E-mail address: the name of the account.")],
    *,
    organisation: Annotated[str, typer.Option(help="Name or acronym of the entity.")] = "",
    category: Annotated[Category | None, typer.Option(help="Enter the entity when it is new, as this.")] = None,
    role: Annotated[str, typer.Option(help="A role without a group: secretariat, admin, focal-point …")] = "",
    language: Annotated[str, typer.Option(help="Language of pages and letters.")] = "en",
) -> None:
    """Enter a person with an account; the invitation goes out by mail and is printed.

    Example: sgdocs people add "Ada Ledger" ada@tsb.example --organisation TSB --category secretariat --role admin
    """
    services = open_services()
    with acting(services) as act:
        if category and organisation and organisation_named(act.session, organisation) is None:
            people.add_organisation(act, OrganisationForm(name=organisation, category=category))
        form = _form(PersonForm, name=name, email=email, organisation=organisation, language=language)
        person = people.add_person(act, form)
        if role:
            groups.appoint(act, person, role)
        key = people.invite(act, person, services.settings)
        minutes = services.settings.link_minutes
    say(f"{person.name} is entered. The link works once, for {minutes} minutes:")
    typer.echo(f"{services.settings.public_url.rstrip('/')}/link/{key}")


@app.command()
def invite(who: Who) -> None:
    """Send a person (another) invitation and print its link.

    Example: sgdocs people invite ada@tsb.example
    """
    services = open_services()
    with acting(services) as act:
        key = people.invite(act, _person(act, who), services.settings)
    typer.echo(f"{services.settings.public_url.rstrip('/')}/link/{key}")


@app.command()
def role(
    who: Who,
    role: Annotated[str, typer.Argument(help="Such as secretariat, admin, sg-chair, rapporteur.")],
    group: Annotated[str, typer.Argument(help="Path of the group, such as T/SG13 or T/SG13/T25/Q2.")] = "",
    *,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Accept a term beyond the practice.")] = False,
) -> None:
    """Give a person a role, everywhere or in a group, from today on.

    Example: sgdocs people role clara@fictavia.example sg-chair T/SG13 --until 2028-12-31
    """
    if not group and role not in roles_for(None):
        raise NotDone(f"“{role}” needs a group; without one there are {', '.join(roles_for(None))}")
    services = open_services()
    last, most = until.date() if until else None, services.settings.officer_terms
    with acting(services) as act:
        place = by_path(act.session, group) if group else None
        person = _person(act, who)
        row = groups.appoint(act, person, role, place, ends_on=last, accept=accept, most_terms=most)
        say(f"{person.name} is {role}{f' of {place.label}' if place else ''} from {row.starts_on} on.")


@app.command()
def token(
    who: Who,
    *,
    name: Annotated[str, typer.Option(help="What it is for.")] = "command line",
    scope: Annotated[list[TokenScope] | None, typer.Option(help="May be given several times; read if not.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day; 90 days if not.")] = None,
) -> None:
    """Make a personal API token and print it, this once.

    Example: sgdocs people token ada@tsb.example --name sync --scope read --until 2026-12-31
    """
    services = open_services()
    with acting(services) as act:
        last = until.date() if until else _in_days(act, min(90, services.settings.token_days))
        form = _form(TokenForm, name=name, scopes=scope or [TokenScope.READ], expires_on=last)
        _, words = people.make_token(act, _person(act, who), form, services.settings)
    typer.echo(words)


@app.command()
def password(who: Who) -> None:
    """Set a password, read from the terminal (unseen) or from a pipe; every session and token ends.

    Example: sgdocs people password ada@tsb.example < password.txt
    """
    given = getpass.getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    with acting(open_services()) as act:
        person = _person(act, who)
        people.open_account(act, person)
        people.set_password(act, person, given)
    say("The password is set; all sessions and tokens of this person have ended.")


@app.command(name="list")
def list_people(
    words: Annotated[str, typer.Argument(help="Words in name, position or organisation.")] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
) -> None:
    """List people with their roles: address, name, organisation, roles, account.

    Example: sgdocs people list optics --json
    """
    with reading(open_services()) as act:
        rows = directory(act, PeopleFilter(q=words), size=100_000).rows
        for each in rows:
            told = _told(act, each.person, each.organisation.name if each.organisation else "")
            typer.echo(json.dumps(told, ensure_ascii=False) if as_json else _line(told))
    if not rows:
        say("Nobody is found so.")


@app.command()
def leave(who: Who, reason: Annotated[str, typer.Option(help="Kept in the journal.")] = "") -> None:
    """The person leaves the entity: account, sessions, tokens and roles end at once.

    Example: sgdocs people leave clara@fictavia.example --reason "new post"
    """
    with acting(open_services()) as act:
        person = groups.leave_organisation(act, _person(act, who), reason=reason)
    say(f"{person.name} has left; account, sessions, tokens and roles have ended.")


def _person(act: Act, who: str) -> Person:
    if "@" not in who:
        return by_slug(act, who)
    return by_email(act.session, who) or missing("Person", who)


def _in_days(act: Act, days: int) -> date:
    return geneva_day(act.now) + timedelta(days=days)


def _form(kind: type[Form], **facts: object) -> Form:
    try:
        return kind.model_validate(facts)
    except ValidationError as error:
        wrong = error.errors()[0]
        raise NotDone(f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']} (“{wrong['input']}”)") from error


def _told(act: Act, person: Person, organisation: str) -> dict[str, object]:
    today = geneva_day(act.now)
    seats = [
        s for s in roles_of(act.session, person) if s.appointment.ends_on is None or s.appointment.ends_on >= today
    ]
    account = account_of(act.session, person.id or 0)
    return {
        "email": person.email,
        "slug": person.slug,
        "name": person.name,
        "organisation": organisation,
        "roles": [f"{s.appointment.role} {s.group.path}" if s.group else s.appointment.role for s in seats],
        "account": bool(account and account.ended_at is None),
    }


def _line(told: dict[str, object]) -> str:
    roles = told["roles"]
    words = ", ".join(map(str, roles)) if isinstance(roles, list) else ""
    return "\t".join([str(told["email"] or told["slug"]), str(told["name"]), str(told["organisation"]), words])
