"""The translator port: texts and files into another language. What comes back is other people's word: judge it."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO, Protocol

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import Rule, rule

HANGS = rule(
    "translation.hangs",
    "{host} did not answer within {seconds} seconds.",
    "sgdocs (a setting)",
    settings=("translation_seconds",),
)
DEAD = rule("translation.dead", "{host} cannot be reached, or broke off: {why}.")
TOO_MUCH = rule(
    "translation.too-much",
    "{host} answered with more than {most} bytes; nothing of it was taken.",
    "sgdocs (a setting)",
    settings=("translation_mb",),
)
REFUSED = rule("translation.refused", "{host} refuses: {status} {why}.")
BUSY = rule("translation.busy", "{host} has too much to do: {status} {why}.")
NOT_UNDERSTOOD = rule("translation.not-understood", "{host} answered in no known form: {why}.")
ELSEWHERE = rule("translation.elsewhere", "{host} points to {where}; nothing is fetched from another place.")
NO_PAIR = rule("translation.no-pair", "{host} does not translate from {source} into {target}.")

Languages = Mapping[str, frozenset[str]]
"""Code of a language -> the codes of those into which it is translated."""


class TranslatorFailed(Exception):
    """Why there is no translation. is_final: trying again would not help."""

    def __init__(self, rule: Rule, *, is_final: bool = False, **facts: object) -> None:
        super().__init__(rule.id, facts)
        self.rule, self.is_final = rule, is_final
        self.facts = {name: str(value)[:300] for name, value in facts.items()}

    @classmethod
    def of(cls, refusal: Refusal) -> "TranslatorFailed":
        """A judgement on an answer; another try may bring a better one."""
        failed = cls(refusal.rule)
        failed.facts = {name: str(value)[:300] for name, value in refusal.facts.items()}
        return failed


class Translator(Protocol):
    """host: name of the machine to which texts go, as people are told; file_endings: of files that it takes (`docx`)."""

    @property
    def host(self) -> str: ...

    @property
    def file_endings(self) -> frozenset[str]: ...

    def languages(self) -> Languages:
        """What it translates into what, among the six languages. TranslatorFailed."""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """As many texts, in the same order. Each is HTML without other tags than `<span translate="no">`, whose content
        stays as it is. TranslatorFailed.
        """

    def translate_file(self, stream: BinaryIO, name: str, source: str, target: str) -> BinaryIO:
        """The file in the other language, with its formatting; close it. TranslatorFailed."""
