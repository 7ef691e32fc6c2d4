"""How the numbers of a group are spelt."""

from typing import Any

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid
from sgdocs.base.text import one_line
from sgdocs.documents import numbering, rules
from sgdocs.documents.models import NumberSeries
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audience_of
from sgdocs.journal.record import record
from sgdocs.policy import PUBLIC, Permission, Scope, require

LONGEST = 80


def set_pattern(act: Act, series: NumberSeries, pattern: str) -> NumberSeries:
    """From now on numbers of the series are written so (`TD{n}-{stream}`), and those of the series that follow it;
    numbers that were given keep their spelling, addresses never change. Source: domain U12.
    """
    group = act.session.get(Group, series.group_id) if series.group_id else None
    require(act.actor, Permission.MANAGE_DOCUMENTS, Scope(group.path if group else ""))
    pattern = one_line(pattern)
    if not numbering.is_pattern(pattern) or len(pattern) > LONGEST:
        raise Invalid(rules.PATTERN, field="pattern", right=", ".join(f"{{{name}}}" for name in numbering.FIELDS))
    was, series.pattern = series.pattern, pattern
    act.session.add(series)
    told: dict[str, Any] = {"series": series.key, "pattern": pattern, "was": was}
    audience = audience_of(act.session, group) if group else PUBLIC
    record(act, "documents.pattern-set", series, group_id=series.group_id, audience=audience, **told)
    return series
