"""How translation is done in this house: the settings that count, and where texts go."""

from dataclasses import dataclass
from typing import Protocol

from sgdocs.translation.port import Translator
from sgdocs.translation.rules import Asked, class_of, classes_of
from sgdocs.translation.subjects import Subject


class Set(Protocol):
    """Whatever has the values under the same names: the settings."""

    @property
    def translation_audiences(self) -> str: ...
    @property
    def translation_per_day(self) -> int: ...
    @property
    def translation_characters(self) -> int: ...
    @property
    def translation_seconds(self) -> int: ...


@dataclass(frozen=True)
class Practice:
    """host: where texts go, "" without a service; allowed: classes of access that may go there."""

    host: str
    allowed: frozenset[str] = frozenset({"public"})
    per_day: int = 20
    characters: int = 1_000_000
    seconds: int = 60
    files: frozenset[str] = frozenset()

    @classmethod
    def of(cls, settings: Set, translator: Translator | None) -> "Practice":
        return cls(
            translator.host if translator else "",
            classes_of(settings.translation_audiences),
            settings.translation_per_day,
            settings.translation_characters,
            settings.translation_seconds,
            translator.file_endings if translator else frozenset(),
        )

    def permits(self, audience: str) -> bool:
        """Whether texts with that audience may go to the service."""
        return class_of(audience) in self.allowed

    def asked(self, subject: Subject, target: str, characters: int) -> Asked:
        """What decides whether this may be sent."""
        return Asked(
            subject.label,
            subject.audience,
            subject.language,
            target,
            characters,
            self.allowed,
            self.host,
            self.characters,
        )
