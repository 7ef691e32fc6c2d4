"""What is wanted of replies of Member States and of positions at a meeting. Pure.

Only Member States count: `replies.strangers` are told, never counted. Source: domain 6.2 to 6.6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sgdocs.approval.facts import ProcessFacts, ReplyFacts
from sgdocs.approval.procedures.needs.making import NONE, Values, Wants, listed, need, unless
from sgdocs.approval.rulings import flag, number

A8, R1, RR1 = "Rec. ITU-T A.8 (10/2008)", "WTSA Resolution 1", "Resolution ITU-R 1-9 (uncertain)"

unopposed: Final = need(
    "unopposed",
    "Nobody opposes",
    "Opposed: {countries}.",
    f"{R1} 9.5.3, 9.8.2; {A8} 5.3; {RR1} A2.6.2",
    lambda f: unless(not f.replies.oppose, countries=listed(f.replies.oppose)),
    mend="replies",
)
opposed: Final = need(
    "opposed",
    "Somebody opposes",
    "Nobody opposes.",
    f"{R1} 9.5.3; {A8} 5.4; {RR1} A2.6.2",
    lambda f: None if f.replies.oppose else NONE,
    mend="replies",
)


def _opposing(facts: ProcessFacts) -> tuple[int, Values]:
    most = number(facts.rules, "aap_opposing_states", facts.today)
    return most, {"count": len(facts.replies.oppose), "most": most, "countries": listed(facts.replies.oppose)}


few_oppose: Final = need(
    "few-oppose",
    "No more Member States oppose than may",
    "{count} Member States oppose ({countries}); no more than {most} may.",
    f"{A8} 5.4, 8.2.1",
    lambda f: None if len(f.replies.oppose) <= _opposing(f)[0] else _opposing(f)[1],
    mend="replies",
    settings=("aap_opposing_states",),
)
many_oppose: Final = need(
    "many-oppose",
    "More Member States oppose than may",
    "{count} Member States oppose; it is approved with up to {most}.",
    f"{A8} 5.4",
    lambda f: None if len(f.replies.oppose) > _opposing(f)[0] else _opposing(f)[1],
    mend="replies",
    settings=("aap_opposing_states",),
)
time_asked: Final = need(
    "time-asked",
    "A delegation asked for more time",
    "No delegation asked for more time.",
    f"{A8} 5.6; {R1} 9.5.5",
    lambda f: None if f.replies.more_time else NONE,
    mend="replies",
)
nobody_waits: Final = need(
    "nobody-waits",
    "No delegation asked for more time",
    "More time was asked for by {countries}.",
    f"{A8} 5.6; {R1} 9.5.5",
    lambda f: unless(not f.replies.more_time, countries=listed(f.replies.more_time)),
    mend="replies",
)
doubted: Final = need(
    "doubted",
    "A Member State sees implications for policy or regulation",
    "No Member State present has declared implications for policy or regulation.",
    f"{A8} 5.2",
    lambda f: None if f.replies.policy_doubt else NONE,
    mend="replies",
)
nobody_doubts: Final = need(
    "nobody-doubts",
    "No Member State sees implications for policy or regulation",
    "Implications for policy or regulation were declared by {countries}.",
    f"{A8} 5.2",
    lambda f: unless(not f.replies.policy_doubt, countries=listed(f.replies.policy_doubt)),
    mend="replies",
)
by_aap: Final = need(
    "by-aap",
    "The text was approved under AAP",
    "The text was not approved under AAP, as far as is known ({process}).",
    f"{A8} 8.2.1",
    lambda f: unless(f.approved_under.lower() == "aap", process=f.approved_under or "process not known"),
    mend="item",
)
by_tap: Final = need(
    "by-tap",
    "The text was not approved under AAP",
    "The text was approved under AAP; other rows apply.",
    f"{R1} 9.8.2",
    lambda f: unless(f.approved_under.lower() != "aap"),
    mend="item",
)


@dataclass(frozen=True)
class Count:
    """How replies are counted. share_percent: exact, as a pair of whole numbers would be; no reply at all may clear."""

    support: int
    counted: int
    wanted_percent: int
    no_reply_clears: bool

    @property
    def is_supported(self) -> bool:
        """At least so many percent; never rounded."""
        if not self.counted:
            return self.no_reply_clears
        return 100 * self.support >= self.wanted_percent * self.counted

    @property
    def values(self) -> Values:
        return {"support": self.support, "counted": self.counted, "percent": self.wanted_percent}


def tap_count(replies: ReplyFacts, facts: ProcessFacts) -> Count:
    """Replies of a TAP consultation: support of those that say yes or no, or no reply at all. Source: R1 9.4.5."""
    return _count(replies, facts, "tap_share_percent", "tap_abstain_counts", no_reply_clears=True)


def radio_count(replies: ReplyFacts, facts: ProcessFacts) -> Count:
    """Replies of a consultation of ITU-R. Source: Resolution ITU-R 1-9 A2.6.2.3 (uncertain)."""
    clears = flag(facts.rules, "r_no_reply_clears", facts.today)
    return _count(replies, facts, "r_share_percent", "r_abstain_counts", no_reply_clears=clears)


def _count(replies: ReplyFacts, facts: ProcessFacts, percent: str, abstain: str, *, no_reply_clears: bool) -> Count:
    neutral = len(replies.abstain) if flag(facts.rules, abstain, facts.today) else 0
    counted = len(replies.approve) + len(replies.oppose) + neutral
    wanted = number(facts.rules, percent, facts.today)
    return Count(len(replies.approve), counted, wanted, no_reply_clears)


SAYS_SHARE = "{support} of {counted} replies support it; {percent} % must."
SAYS_ENOUGH = "{support} of {counted} replies support it; with {percent} % it goes on."
TAP_SETTINGS = ("tap_share_percent", "tap_abstain_counts")
RADIO_SETTINGS = ("r_share_percent", "r_abstain_counts", "r_no_reply_clears")


def _share(id: str, title: str, source: str, settings: tuple[str, ...], *, is_tap: bool, wanted: bool) -> Wants:
    counting = tap_count if is_tap else radio_count

    def against(facts: ProcessFacts) -> Mapping[str, object] | None:
        count = counting(facts.replies, facts)
        return None if count.is_supported is wanted else count.values

    return need(id, title, SAYS_SHARE if wanted else SAYS_ENOUGH, source, against, mend="replies", settings=settings)


tap_supported: Final = _share(
    "tap-supported",
    "Enough replies support it, or nobody replied",
    f"{R1} 9.4.5",
    TAP_SETTINGS,
    is_tap=True,
    wanted=True,
)
tap_unsupported: Final = _share(
    "tap-unsupported", "Too few replies support it", f"{R1} 9.4.6", TAP_SETTINGS, is_tap=True, wanted=False
)
radio_supported: Final = _share(
    "radio-supported",
    "Enough Member States approve, or nobody replied",
    f"{RR1} A2.6.2.3",
    RADIO_SETTINGS,
    is_tap=False,
    wanted=True,
)
radio_unsupported: Final = _share(
    "radio-unsupported",
    "Too few Member States approve",
    f"{RR1} A2.6.2.3",
    RADIO_SETTINGS,
    is_tap=False,
    wanted=False,
)
