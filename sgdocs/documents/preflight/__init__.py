"""The preflight: what stands against a document before it is submitted. Source: domain 4.4.

Errors stop a document, warnings and notes do not; the secretariat may overrule an error with a reason, never one of
deadline or membership (`Check.may_be_overruled`).
"""

from sgdocs.documents.preflight import of_cover, of_file, of_form, of_meeting, of_word
from sgdocs.documents.preflight.facts import facts_of
from sgdocs.documents.preflight.model import Check, CheckFacts, Finding, Severity, check_of, table

__all__ = ["Check", "CheckFacts", "Finding", "Severity", "check", "check_of", "facts_of", "table", "themes"]

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_ENTERED = (of_file, of_cover, of_form, of_word, of_meeting)


def check(facts: CheckFacts) -> list[Finding]:
    """Every finding, errors first. Pure."""
    found = [finding for each in table() for finding in each.findings(facts)]
    return sorted(found, key=lambda finding: _ORDER[Severity(finding.severity)])


def themes() -> dict[str, list[Check]]:
    """The checks by theme, for the page of help."""
    by_theme: dict[str, list[Check]] = {}
    for each in table():
        by_theme.setdefault(each.theme, []).append(each)
    return by_theme
