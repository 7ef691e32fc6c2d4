"""An addressed group has ended: the form offers the groups that took over, each as a button that puts it into the row."""

import re
from typing import Any, Final

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.liaison.filing import successors
from sgdocs.liaison.whom import whom
from sgdocs.web.forms import Filled
from sgdocs.web.liaison_rows import TO

_ROW: Final = re.compile(rf"{TO}-\d{{1,4}}-name")
_ASKED: Final = re.compile(rf"({TO}-\d{{1,4}}-name)=(.+)")


def heirs_of(act: Act, filled: Filled[Any]) -> dict[str, list[str]]:
    """By field of the page: labels of the groups that took over from the one that stands there. Only of fields at fault."""
    on, found = geneva_day(act.now), dict[str, list[str]]()
    for name in filled.errors:
        group = whom(act.session, filled.first(name), on).group if _ROW.fullmatch(name) and filled.first(name) else None
        if group is not None and group.ends_on is not None and group.ends_on < on:
            found[name] = [each.label for each in successors(act.session, group, on)]
    return found


def take_heir(filled: Filled[Any]) -> None:
    """The button was pressed: the successor stands in the row."""
    asked = _ASKED.fullmatch(filled.first("more"))
    if asked is not None and asked[1] in filled.raw:
        filled.raw = {**filled.raw, asked[1]: [asked[2]]}
