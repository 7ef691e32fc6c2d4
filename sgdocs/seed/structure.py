"""Study periods and groups of ITU-T and ITU-R as facts. Source: the tables of domain 1.1 to 1.5, see `data/`."""

from collections import defaultdict
from datetime import date

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.groups import actions, queries
from sgdocs.groups.models import Group, StudyPeriod, Succession
from sgdocs.groups.rules import GroupKind
from sgdocs.groups.schemas import GroupForm, TermForm
from sgdocs.seed.facts import day, rows


def load(act: Act) -> int:
    """Enter what is not there yet; returns how many groups that were. What people changed stays as it is."""
    _periods(act)
    known = set(act.session.exec(select(Group.path)))
    before = len(known)
    _groups(act, known)
    _parts(act, known)
    _successions(act)
    return len(known) - before


def _periods(act: Act) -> None:
    known = set(act.session.exec(select(StudyPeriod.code)))
    for row in rows("periods"):
        if row["code"] not in known:
            starts_on = day(row["starts_on"])
            assert starts_on is not None, "each period of the table has a first day"
            period = StudyPeriod(
                sector=row["sector"],
                code=row["code"],
                title=row["title"],
                number=int(row["number"]) if row["number"] else None,
                starts_on=starts_on,
                ends_on=day(row["ends_on"]),
                assembly=row["assembly"],
                assembly_opens_on=day(row["assembly_opens_on"]),
                assembly_closes_on=day(row["assembly_closes_on"]),
            )
            actions.add_period(act, period)


def _groups(act: Act, known: set[str]) -> None:
    """Groups that keep their code through the periods, with their titles."""
    terms, joint = _terms(), _joint_parents()
    for row in rows("groups"):
        path = f"{row['sector']}/{row['code']}"
        if path in known:
            continue
        form = GroupForm(
            sector=row["sector"],
            kind=GroupKind(row["kind"]),
            code=row["code"],
            parent=row["parent"],
            joint_parents=joint[path],
            starts_on=day(row["starts_on"]),
            is_old=not row["starts_on"],
            label=row["label"],
        )
        group = actions.establish(act, form)
        known.add(group.path)
        if terms[path]:
            actions.record_terms(act, group, terms[path])


def _terms() -> dict[str, list[TermForm]]:
    found: dict[str, list[TermForm]] = defaultdict(list)
    for row in rows("terms"):
        sure = row["confirmed"] == "yes"
        for period in row["periods"].split():
            found[row["path"]].append(
                TermForm(period=period, title=row["title"], source=row["source"], is_confirmed=sure)
            )
    return found


def _joint_parents() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows("joint-parents"):
        found[row["path"]].append(row["parent"])
    return found


def _parts(act: Act, known: set[str]) -> None:
    """Working parties, Questions and rapporteur groups, whose numbers restart with each period."""
    for row in sorted(rows("parts"), key=lambda row: (row["period"], row["kind"] != GroupKind.WORKING_PARTY)):
        within = f"{row['parent']}/{row['period']}"
        if f"{within}/{row['code']}" in known:
            continue
        form = GroupForm(
            sector=row["parent"][0],
            kind=GroupKind(row["kind"]),
            code=row["code"],
            parent=row["parent"],
            period=row["period"],
            title=row["title"],
            source=row["source"],
            is_confirmed=row["confirmed"] == "yes",
            working_party=f"{within}/{row['working_party']}" if row["working_party"] else "",
            continues=row["continues"].split(),
        )
        known.add(actions.establish(act, form).path)


def _successions(act: Act) -> None:
    """Groups end with the day before their work passed on; those that ended earlier are old already."""
    known = set(act.session.exec(select(Succession.from_id)))
    for row in rows("successions"):
        earlier, later = queries.by_path(act.session, row["earlier"]), queries.by_path(act.session, row["later"])
        if earlier.id in known:
            continue
        on = date.fromisoformat(row["on"])
        if earlier.ends_on is None:
            actions.merge(act, [earlier], later, on)
        else:
            actions.succeed(act, earlier, later, on)
