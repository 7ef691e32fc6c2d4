"""Every rule that can say no, by its id; `/help/rules/<id>` shows them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One rule as a person may read it.

    id: permanent, `subject.what-it-says`; says: one English sentence, a message of the
    translation catalogue, with `{facts}`; source: the clause it comes from;
    settings: names of the settings whose values it uses.
    """

    id: str
    says: str
    source: str = "sgdocs"
    settings: tuple[str, ...] = ()


_RULES: dict[str, Rule] = {}


def rule(id: str, says: str, source: str = "sgdocs", settings: tuple[str, ...] = ()) -> Rule:
    """Enter a rule into the book; the id must be new."""
    if id in _RULES:
        raise ValueError(f"rule {id} stands twice")
    _RULES[id] = Rule(id, says, source, settings)
    return _RULES[id]


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their ids."""
    return tuple(_RULES[id] for id in sorted(_RULES))


def rule_of(id: str) -> Rule | None:
    return _RULES.get(id)
