"""The five refusals. Each names its rule; doors turn them into pages and problem bodies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from sgdocs.base.rulebook import Rule, rule

NOT_FOUND = rule("base.not-found", "There is no {what} “{name}” here, or it is not for you to see.")
NOT_PERMITTED = rule("policy.not-permitted", "Your roles do not allow this: {permission}.")
NOT_SIGNED_IN = rule("policy.sign-in-first", "Sign in first; this page is for account holders.")
FIELD = rule("base.field", "{field}: “{value}” will not do. {right}")
CHANGED = rule("base.changed-meanwhile", "Somebody was faster: this has changed since you opened it.")
DOUBLE = rule("base.already-there", "{what} “{name}” exists already.")

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Refusal:
    """A "no" with its reason, as rules return it; nothing is raised yet."""

    rule: Rule
    facts: Facts = field(default_factory=dict)
    field: str | None = None


class Refused(Exception):
    """Base of the five. `rule` and `facts` word the message; `field` names the form field."""

    def __init__(self, rule: Rule, *, field: str | None = None, **facts: object) -> None:
        super().__init__(rule.id, facts)
        self.rule = rule
        self.field = field
        self.facts: dict[str, object] = {"field": field, **facts} if field else facts

    @property
    def message(self) -> str:
        """The sentence in English; a door words it in the reader's language."""
        return word(self.rule.says, self.facts)


class NotFound(Refused):
    """No such thing, or not for this actor to see."""


class NotAllowed(Refused):
    """The actor's roles do not permit it."""


class Invalid(Refused):
    """What was given cannot be taken; `field` says which part."""


class Conflict(Refused):
    """The state is another one than the caller believed, or a rule stands against it."""


class Closed(Refused):
    """Too late, or too early; `until` or `since` is among the facts."""


class TooMany(Refused):
    """A rate limit; the fact `retry_after_s` says when to come back."""


def refuse(refusal: Refusal | None, kind: type[Refused] = Conflict) -> None:
    """Raise what a rule returned; nothing when it returned None."""
    if refusal is not None:
        raise kind(refusal.rule, field=refusal.field, **dict(refusal.facts))


def missing(what: str, name: object) -> NoReturn:
    raise NotFound(NOT_FOUND, what=what, name=str(name))


def invalid(field: str, value: object, right: str) -> NoReturn:
    """Refuse one field: what was given and what would be right."""
    raise Invalid(FIELD, field=field, **{"value": value, "right": right})


def word(says: str, facts: Facts) -> str:
    """A sentence with its facts; a fact that is missing stays in braces."""
    return says.format_map(_Left(facts))


class _Left(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
