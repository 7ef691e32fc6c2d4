"""What whoever looks at a published text may begin with it: its deletion, suppression, or an editorial change."""

from sgdocs.approval.targets import procedures_for, roles_of, target_of
from sgdocs.approval.workflow import starts_at
from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound
from sgdocs.recommendations.models import Text
from sgdocs.recommendations.rules import IN_FORCE
from sgdocs.web import urls


def beginnings(act: Act, text: Text) -> list[tuple[str, str]]:
    """Title and panel of each first step that the actor's roles allow; none for a text that is not in force.

    A text whose study group is no more has none. Costs one query for each procedure, none for a guest.
    """
    if not act.actor.is_known or text.status not in IN_FORCE:
        return []
    found: list[tuple[str, str]] = []
    for procedure in procedures_for(text):
        try:
            target = target_of(act, text, procedure)
        except NotFound:
            return []
        roles = roles_of(act, target)
        at = urls.path("approval", "begin", procedure)
        found += [
            (step.title, urls.with_query(f"{at}/{step.id}", text=text.address))
            for step in target.procedure.steps
            if starts_at(step, target.state) and set(step.by) & roles
        ]
    return found
