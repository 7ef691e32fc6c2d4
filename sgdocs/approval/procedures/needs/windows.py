"""What is wanted when a window has run: that it is over, and what came in. Pure. Source: domain 6.2, N16."""

from typing import Final

from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.periods import is_over
from sgdocs.approval.procedures.needs.making import NONE, Values, need, unless

A8 = "Rec. ITU-T A.8 (10/2008)"


def _is_over(facts: ProcessFacts) -> bool:
    """The last second still counts, to its end."""
    if facts.window_closes_at is not None:
        return is_over(facts.window_closes_at, facts.now)
    return facts.window_closes_on is not None and facts.today > facts.window_closes_on


window_over: Final = need(
    "window-over",
    "The last day is over",
    "The window runs to the end of {closes_on}.",
    "domain C0.2, 6.7",
    lambda f: unless(_is_over(f), closes_on=f.window_closes_on or "no day known"),
    mend="clock",
)
not_held: Final = need(
    "not-held",
    "The secretariat does not hold the closing",
    "The secretariat holds the closing.",
    "domain N16",
    lambda f: unless(not f.is_held),
    mend="clock",
    settings=("hold_hours",),
)


def _comments(facts: ProcessFacts) -> Values:
    return {"substantive": facts.comments.substantive, "typographical": facts.comments.typographical}


SAYS_COMMENTS = "{substantive} substantive and {typographical} typographical comments came."
no_comment: Final = need(
    "no-comment",
    "No comment came",
    SAYS_COMMENTS,
    f"{A8} 4.4.1",
    lambda f: None if f.comments.substantive == f.comments.typographical == 0 else _comments(f),
    mend="comments",
)
only_typographical: Final = need(
    "only-typographical",
    "Only typographical comments came",
    SAYS_COMMENTS,
    f"{A8} 4.4.1",
    lambda f: None if f.comments.substantive == 0 and f.comments.typographical else _comments(f),
    mend="comments",
)
has_substantive: Final = need(
    "has-substantive",
    "A substantive comment came",
    "No substantive comment came.",
    f"{A8} 4.4.2",
    lambda f: None if f.comments.substantive else NONE,
    mend="comments",
)
comments_disposed: Final = need(
    "comments-disposed",
    "Every substantive comment has a disposition",
    "{count} substantive comments have no disposition.",
    f"{A8} 4.4.2; domain AAP-10, N11",
    lambda f: unless(f.comments.without_disposition == 0, count=f.comments.without_disposition),
    mend="comments",
)
no_open_comment: Final = need(
    "no-open-comment",
    "No substantive comment is open",
    "Substantive comments that nobody has dealt with: {numbers}.",
    "domain N14",
    lambda f: unless(
        not f.comments.open_substantive, numbers=", ".join(str(each) for each in f.comments.open_substantive)
    ),
    mend="comments",
)
