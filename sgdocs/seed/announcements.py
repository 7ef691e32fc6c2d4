"""Notices of the service for the demonstration: one shown now, one that has ended, one that is planned."""

from datetime import timedelta
from typing import Final

from sqlmodel import select

from sgdocs.announcements import actions
from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.rules import Kind, Severity
from sgdocs.announcements.schemas import NoticeForm, Words
from sgdocs.base.act import Act

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TRY_IT: Final = {
    "en": Words(
        title="Try everything: nothing here is real",
        text="Sign in as any of the invented people.\n\n- **Delegates** submit documents.\n- **Chairs** build agendas.\n"
        "- The **secretariat** posts notices such as this one.\n\nWhat you can do is told in the [help](/help).",
    ),
    "fr": Words(
        title="Essayez tout : rien ici n’est réel",
        text="Connectez-vous sous le nom d’une des personnes inventées. L’[aide](/help) dit ce que vous pouvez faire.",
    ),
    "es": Words(
        title="Pruébelo todo: aquí nada es real", text="Inicie sesión como cualquiera de las personas inventadas."
    ),
    "ru": Words(
        title="Пробуйте всё: здесь нет ничего настоящего", text="Войдите под именем любого из вымышленных лиц."
    ),
    "ar": Words(title="جرّبوا كل شيء: لا شيء هنا حقيقي", text="سجّلوا الدخول باسم أي من الأشخاص المتخيَّلين."),
    "zh": Words(title="请随意试用：此处内容均非真实", text="以任意虚构人物的身份登录。"),
}
RELEASE: Final = {
    "en": Words(
        title="Discussions, tasks and events are here", text="Every group has a *discussion* and a board of *tasks*."
    ),
    "fr": Words(
        title="Discussions, tâches et événements sont là", text="Chaque groupe a sa *discussion* et ses *tâches*."
    ),
}
MAINTENANCE: Final = {
    "en": Words(
        title="Not reachable on Sunday from 06:00 to 08:00 Geneva", text="The database moves to a new machine."
    ),
    "fr": Words(title="Inaccessible dimanche de 06:00 à 08:00, Genève", text="La base de données change de machine."),
}


def load(act: Act) -> None:
    """Nothing when there is any notice already."""
    if act.session.exec(select(ServiceNotice.id)).first() is not None:
        return
    over = _post(act, Kind.RELEASE, RELEASE, begins=-HOUR, ends=DAY)
    actions.end(act, over)
    _post(act, Kind.NEWS, TRY_IT, begins=-HOUR, ends=60 * DAY)
    _post(act, Kind.MAINTENANCE, MAINTENANCE, begins=90 * DAY, ends=97 * DAY, severity=Severity.WARNING)


def _post(
    act: Act, kind: Kind, words: dict[str, Words], *, begins: timedelta, ends: timedelta, severity: Severity = Severity.NOTICE
) -> ServiceNotice:  # fmt: skip
    form = NoticeForm(
        kind=kind, severity=severity, words=words, begins_at=act.now + begins, ends_at=act.now + ends
    )  # fmt: skip
    return actions.post(act, form)
