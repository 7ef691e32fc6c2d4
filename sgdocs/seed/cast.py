"""The people of the demonstration: invented names and entities, one for each role. Nobody here exists."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups import actions, queries
from sgdocs.groups.models import StudyPeriod
from sgdocs.journal.record import record
from sgdocs.people import actions as people
from sgdocs.people.keys import hash_password
from sgdocs.people.models import Organisation, Person
from sgdocs.people.queries import organisation_named
from sgdocs.people.rules import Category
from sgdocs.people.schemas import OrganisationForm, OwnProfileForm, PersonForm

DOMAIN = "demo.example"


@dataclass(frozen=True)
class Entity:
    """member_of: Sectors, or paths of study groups for an Associate."""

    name: str
    acronym: str
    category: Category
    member_of: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True)
class Player:
    """One person of the cast. role: as the list of logins names it; plays: (role, path) of appointments."""

    key: str
    role: str
    name: str
    entity: str = ""
    plays: tuple[tuple[str, str], ...] = ()
    position: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


ENTITIES = (
    Entity("Telecommunication Standardization Bureau (demonstration)", "TSB", Category.SECRETARIAT),
    Entity("Radiocommunication Bureau (demonstration)", "BR", Category.SECRETARIAT),
    Entity("Administration of Fictavia", "FIC", Category.MEMBER_STATE, ("T", "R", "D")),
    Entity("Administration of Inventia", "INV", Category.MEMBER_STATE, ("T", "R", "D")),
    Entity("Imaginary Networks Ltd", "IMNET", Category.SECTOR_MEMBER, ("T", "R")),
    Entity("Fabled Wireless Inc", "FABLED", Category.SECTOR_MEMBER, ("R",)),
    Entity("Placeholder Optics GmbH", "PHO", Category.ASSOCIATE, ("T/SG15",)),
    Entity("University of Nowhere", "UNOW", Category.ACADEMIA, ("T", "R", "D")),
    Entity("Make-Believe Fibre Forum", "MBFF", Category.INVITED),
)

CAST = (
    Player("tsb", "Secretariat (TSB)", "Tessa Ledger", "TSB", (("secretariat", ""),), "Assistant"),
    Player("br", "Secretariat (BR)", "Bruno Register", "BR", (("secretariat", ""),), "Assistant"),
    Player("admin", "Administrator", "Ansel Keyring", "TSB", (("admin", ""), ("secretariat", "")), "Administrator"),
    Player("counsellor", "Counsellor of SG15", "Corin Docket", "TSB", (("counsellor", "T/SG15"),), "Counsellor"),
    Player("chair", "Chair of SG15", "Clara Gavel", "FIC", (("sg-chair", "T/SG15"),)),
    Player("chair13", "Chair of SG13", "Chidi Lectern", "INV", (("sg-chair", "T/SG13"),)),
    Player("vice-chair", "Vice-chair of SG15", "Vera Lantern", "UNOW", (("sg-vice-chair", "T/SG15"),)),
    Player("wp-chair", "Chair of WP1/15", "Wilma Podium", "IMNET", (("wp-chair", "T/SG15/T25/WP1"),)),
    Player("rapporteur", "Rapporteur of Q2/15", "Rafael Quill", "IMNET", (("rapporteur", "T/SG15/T25/Q2"),)),
    Player(
        "associate-rapporteur",
        "Associate rapporteur of Q2/15",
        "Aiko Margin",
        "INV",
        (("associate-rapporteur", "T/SG15/T25/Q2"),),
    ),
    Player("editor", "Editor in Q2/15", "Edwin Blotter", "UNOW", (("editor", "T/SG15/T25/Q2"),)),
    Player("wp5d-chair", "Chair of WP 5D", "Wanda Beacon", "FABLED", (("wp-chair", "R/WP5D"),)),
    Player("delegate-state", "Delegate of a Member State", "Dora Envoy", "INV", (("delegate", ""),), "Delegate"),
    Player("delegate-member", "Delegate of a Sector Member", "Selim Courier", "IMNET", (("delegate", ""),), "Delegate"),
    Player(
        "delegate-associate", "Delegate of an Associate", "Alba Single", "PHO", (("delegate", "T/SG15"),), "Delegate"
    ),
    Player(
        "focal-point", "Focal point of an entity", "Farid Switchboard", "IMNET", (("focal-point", ""),), "Focal point"
    ),
    Player("guest", "Guest in SG13", "Gustav Visitor", "MBFF", (("guest", "T/SG13"),)),
)

PROFILES = {
    "chair": (("en", "fr"), "Optical transport\nWorking methods"),
    "chair13": (("en",), "Network slicing\nQuantum key distribution"),
    "vice-chair": (("en", "es"), "Fibre access\nAccessibility"),
    "rapporteur": (("en", "es"), "Fibre access\nHigher speed PON"),
    "associate-rapporteur": (("ar", "en"), "Higher speed PON"),
    "editor": (("en", "fr"), "Fibre access\nManagement models"),
    "wp5d-chair": (("en", "zh"), "Spectrum sharing\nIMT-2030"),
    "delegate-state": (("en", "ru"), "Spectrum sharing"),
    "delegate-member": (("en", "fr"), "Optical transport\nTime synchronization"),
}
"""Who works in which languages and names which fields of interest."""


def load(act: Act, *, password: str = "") -> list[Person]:
    """Enter entities and people that are not there yet, with memberships and roles; returns the new people.

    password: if given, each new one gets an account with it; it is hashed once (30 ms).
    """
    known = set(act.session.exec(select(Person.email)))
    new = [player for player in CAST if player.email not in known]
    if not new:
        return []
    entities = {entity.acronym: _entity(act, entity) for entity in ENTITIES}
    entered = [_player(act, player, entities) for player in new]
    if password:
        _open_accounts(act, entered, password)
    return entered


def _entity(act: Act, entity: Entity) -> Organisation:
    found = organisation_named(act.session, entity.name)
    if found is not None:
        return found
    form = OrganisationForm(name=entity.name, acronym=entity.acronym, category=entity.category, country=entity.country)
    row = people.add_organisation(act, form)
    for place in entity.member_of:
        group = queries.by_path(act.session, place) if "/" in place else None
        actions.join_sector(act, row, place[0], group, starts_on=date(2025, 1, 1))
    return row


def _player(act: Act, player: Player, entities: dict[str, Organisation]) -> Person:
    entity = entities.get(player.entity)
    form = PersonForm(
        name=player.name,
        email=player.email,
        organisation=entity.name if entity else "",
        position=player.position,
    )
    person = people.add_person(act, form)
    languages, interests = PROFILES.get(player.key, (("en",), ""))
    told = {**form.model_dump(), "languages": list(languages), "interests": interests}
    people.edit_profile(act, person, OwnProfileForm.model_validate(told))
    for role, path in player.plays:
        group = queries.by_path(act.session, path) if path else None
        actions.appoint(act, person, role, group, starts_on=_since(act, path))
    return person


def _open_accounts(act: Act, entered: list[Person], password: str) -> None:
    stored = hash_password(password)
    for person in entered:
        account = people.open_account(act, person)
        account.password_hash, account.password_at = stored, act.now
        act.session.add(account)
        record(act, "accounts.password-set", person, audience="secretariat", reason="demonstration")


def _since(act: Act, path: str) -> date:
    """Officers serve from the first day of the period, everybody else from the first day of ITU-T's."""
    sector = path[:1] or "T"
    periods = act.session.exec(select(StudyPeriod).where(StudyPeriod.sector == sector))
    today = geneva_day(act.now)
    return max((period.starts_on for period in periods if period.starts_on <= today), default=today)
