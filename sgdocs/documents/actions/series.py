"""How the numbers of a group are spelt."""

from typing import Any

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid
from sgdocs.documents import numbering, rules
from sgdocs.documents.actions._numbers import series_of
from sgdocs.documents.bodies import Body
from sgdocs.documents.models import NumberSeries
from sgdocs.documents.rules import DocumentKind
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.policy import PUBLIC, Permission, Scope, require


def set_pattern(act: Act, body: Body, kind: DocumentKind, pattern: str, *, stream: str = "") -> NumberSeries:
    """From now on the group writes its numbers so (`TD{n}-{stream}`); those given keep theirs. Source: domain U12."""
    require(act.actor, Permission.MANAGE_DOCUMENTS, Scope(body.meets.path))
    form, chosen = body.form(kind, stream)
    if not numbering.is_pattern(pattern) or len(pattern) > 80:
        raise Invalid(rules.PATTERN, field="pattern", right=", ".join(f"{{{name}}}" for name in numbering.FIELDS))
    series = series_of(act, body, kind, form, chosen)
    was, series.pattern = series.pattern, pattern.strip()
    act.session.add(series)
    group = act.session.get(Group, series.group_id) if series.group_id else None
    told: dict[str, Any] = {"series": series.key, "pattern": series.pattern, "was": was}
    record(
        act, "documents.pattern-set", series, group_id=series.group_id, audience=group.path if group else PUBLIC, **told
    )
    return series
