"""What is wanted of the text that a step binds to. Pure. Source: domain 6.2 (AAP-1 to AAP-4), 6.3, 2.5 (A.5)."""

from datetime import timedelta
from typing import Final

from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.periods import months_after
from sgdocs.approval.procedures.needs.making import Values, listed, need, unless
from sgdocs.approval.rulings import flag, number, words

A8, R1, RR1 = "Rec. ITU-T A.8 (10/2008)", "WTSA Resolution 1", "Resolution ITU-R 1-9 (uncertain)"
IN_FORCE: Final = ("in-force", "pre-published")

text_posted: Final = need(
    "text-posted",
    "The text is posted, with revision and hash",
    "No text is posted that this could bind to.",
    f"{A8} 3.1, 3.2; {R1} 9.3.1",
    lambda f: unless(bool(f.text.sha256 and f.text.posted_on)),
    mend="text",
)
text_unchanged: Final = need(
    "text-unchanged",
    "The text is the one that was announced",
    "{text} has changed since it was announced: its file is {now}, announced was {then}.",
    f"{A8} 3.1; domain N14",
    lambda f: unless(
        f.text.announced_sha256 in ("", f.text.sha256),
        text=f.text.label,
        now=f.text.sha256[:12],
        then=f.text.announced_sha256[:12],
    ),
    mend="text",
)
text_revised: Final = need(
    "text-revised",
    "The text carries the comments that were accepted",
    "{accepted} comments were accepted, and the text is still the one of the last call, {text}.",
    f"{A8} 4.4.3",
    lambda f: unless(
        f.comments.accepted == 0 or f.text.sha256 != f.text.announced_sha256,
        accepted=f.comments.accepted,
        text=f.text.label,
    ),
    mend="text",
)


def _late(facts: ProcessFacts, setting: str) -> Values | None:
    """The text was there so many days before the meeting, in whatever revision."""
    days = number(facts.rules, setting, facts.today)
    posted_on = facts.text.first_posted_on or facts.text.posted_on
    if facts.meeting.starts_on is None or not days:
        return None
    latest_on = facts.meeting.starts_on - timedelta(days=days)
    return unless(
        posted_on is not None and posted_on <= latest_on, posted_on=posted_on or "never", latest_on=latest_on, days=days
    )


SAYS_LATE = "The text was posted on {posted_on}; it had to be there by {latest_on}, {days} days before the meeting."
text_in_time: Final = need(
    "text-in-time",
    "The text was posted in time for the meeting",
    SAYS_LATE,
    "Rec. ITU-T A.1 (09/2019) clause 3 (T-C5; uncertain for texts for consent)",
    lambda f: _late(f, "consent_text_days"),
    mend="text",
    settings=("consent_text_days",),
)
text_weeks: Final = need(
    "text-weeks",
    "The text was available four weeks before the meeting",
    SAYS_LATE,
    f"{RR1} A2.6.2.2.2",
    lambda f: _late(f, "r_text_days"),
    mend="text",
    settings=("r_text_days",),
)


def _languages(facts: ProcessFacts) -> Values | None:
    wanted = words(facts.rules, "tap_languages", facts.today)
    absent = tuple(language for language in wanted if language not in facts.text.languages)
    latest_on = months_after(
        facts.deciding.starts_on or facts.today, -number(facts.rules, "tap_text_months", facts.today)
    )
    since = facts.text.distributed_on or facts.text.first_posted_on or facts.text.posted_on
    is_there = not absent and since is not None and since <= latest_on
    return unless(is_there, languages=", ".join(absent or wanted), latest_on=latest_on, distributed_on=since or "never")


text_in_languages: Final = need(
    "text-in-languages",
    "The text was distributed in the languages in time",
    "The text in {languages} had to be distributed by {latest_on}; it was on {distributed_on}.",
    f"{R1} 9.3.5",
    _languages,
    mend="text",
    settings=("tap_languages", "tap_text_months"),
)
has_summary: Final = need(
    "has-summary",
    "It has a summary",
    "The text has no summary.",
    f"{A8} 3.3, 4.2; {R1} 9.3.4",
    lambda f: unless(f.text.has_summary),
    mend="item",
)
has_editor: Final = need(
    "has-editor",
    "An editor is named",
    "No editor is named who would bring the text into its final form.",
    f"{A8} 3.2; domain N14",
    lambda f: unless(f.text.has_editor),
    mend="item",
)
references_read: Final = need(
    "references-read",
    "The references of the text are known",
    "The text is still being read; its references are not known yet. Try again in a few minutes.",
    "Rec. ITU-T A.5 (03/2022); domain N14",
    lambda f: unless(f.text.is_read),
    mend="text",
)
references_justified: Final = need(
    "references-justified",
    "Foreign normative references are justified",
    "Normative references without a justification: {references}.",
    "Rec. ITU-T A.5 (03/2022) clause 6 and Annex A",
    lambda f: unless(not f.text.unjustified, references=listed(f.text.unjustified)),
    mend="references",
)
references_current: Final = need(
    "references-current",
    "References are to editions in force",
    "References that are not current: {references}.",
    "Rec. ITU-T A.5 (03/2022); domain N14",
    lambda f: unless(not f.text.stale, references=listed(f.text.stale)),
    mend="references",
)
ipr_minuted: Final = need(
    "ipr-minuted",
    "The question on patents was asked and minuted",
    "The minutes do not say that the question on patents and software copyright was asked.",
    "Rec. ITU-T A.1 (09/2019) 1.4.6, 2.3.3.12",
    lambda f: unless(f.text.ipr_minuted),
    mend="item",
)
not_normative: Final = need(
    "not-normative",
    "The text is not normative",
    "A {kind} is normative: it is approved, not agreed.",
    "Rec. ITU-T A.13 (09/2019); domain 6.4",
    lambda f: unless(f.kind != "recommendation", kind=f.kind),
    mend="item",
)
guide: Final = need(
    "guide",
    "The text is an implementers' guide",
    "Only an implementers' guide is agreed in this way; this is a {kind}.",
    f"{A8} 7.1",
    lambda f: unless(f.kind == "implementers-guide", kind=f.kind),
    mend="item",
)
no_guide: Final = need(
    "no-guide",
    "The text is no implementers' guide",
    "For an implementers' guide the chair of the study group concurs.",
    f"{A8} 7.1",
    lambda f: unless(f.kind != "implementers-guide"),
    mend="item",
)
delegable: Final = need(
    "delegable",
    "A text of this kind may be left to a working party",
    "A {kind} is agreed by the study group itself; a working party may be trusted with {kinds}.",
    f"{R1} 1bis; domain 6.4",
    lambda f: unless(
        f.kind in words(f.rules, "agreement_delegable", f.today),
        kind=f.kind,
        kinds=", ".join(words(f.rules, "agreement_delegable", f.today)),
    ),
    mend="item",
    settings=("agreement_delegable",),
)
text_in_force: Final = need(
    "text-in-force",
    "The published text is in force",
    "The published text is {standing}; this is for texts in force.",
    "domain 6.5, 6.6 (R-11, R-12)",
    lambda f: unless(f.standing in IN_FORCE, standing=f.standing or "not known"),
    mend="item",
)
not_incorporated: Final = need(
    "not-incorporated",
    "The text is not incorporated by reference in the Radio Regulations",
    "The text is incorporated by reference in the Radio Regulations; it takes the longer way.",
    f"{RR1} A2.6.2.4",
    lambda f: unless(not (f.is_incorporated and flag(f.rules, "r_psaa_excludes_ibr", f.today))),
    mend="item",
    settings=("r_psaa_excludes_ibr",),
)
stable: Final = need(
    "stable",
    "The published text has stood for a while",
    "The published text changed on {changed_on}; within {years} years only a serious error, or a complement, is a "
    "reason to change the same portion again.",
    f"{A8} 3.7; {R1} 9.3.9 (a warning, not a bar)",
    lambda f: unless(
        f.is_new
        or f.last_changed_on is None
        or f.today >= months_after(f.last_changed_on, 12 * number(f.rules, "stability_years", f.today)),
        changed_on=f.last_changed_on,
        years=number(f.rules, "stability_years", f.today),
    ),
    mend="item",
    settings=("stability_years",),
)
