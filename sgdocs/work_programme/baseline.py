"""The next draft against what was accepted: accepted and not in the text, in the text and never accepted. Pure.

Source: domain 3.1 (base texts), WI-7; the base text moves only by what a meeting accepted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from sgdocs.text.clause_matching import matched
from sgdocs.text.model import Unit
from sgdocs.text.word_marks import similarity, words
from sgdocs.work_programme.edits import Edit, Known, clause_named, edits, label, text_units
from sgdocs.work_programme.sentences import key, keys, sentences

NEAR: Final = 0.5
"""From this share of common words on, a sentence of the draft is taken for another wording of an accepted one."""

_NUMBER = re.compile(r"^[A-Z]?\d[\d.]*(?: ?(?:bis|ter))? ")


class State(StrEnum):
    """What became of an accepted change: in the text; in part; with other words; not at all."""

    IN = "in"
    PARTLY = "partly"
    OTHERWISE = "otherwise"
    MISSING = "missing"


@dataclass(frozen=True)
class Accepted:
    """A change that a meeting accepted. clause: of the base text, or a new one; before, after: sentences, "" for none."""

    number: int
    clause: str
    before: str
    after: str


@dataclass(frozen=True)
class Fate:
    """What the draft did with it. missing: accepted sentences that are not there; left: those that should be gone;
    found: what the draft says instead; elsewhere: the clause in which it stands, when that is another one."""

    number: int
    state: State
    missing: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    found: str = ""
    elsewhere: str = ""


@dataclass(frozen=True)
class Unaccepted:
    """An edit of the draft that nobody accepted. moved_to: the sentence stands in that clause now."""

    edit: Edit
    moved_to: str = ""


@dataclass(frozen=True)
class Check:
    """fates: one for each accepted change, in their order; unaccepted: in the order of the draft."""

    fates: tuple[Fate, ...]
    unaccepted: tuple[Unaccepted, ...]

    @property
    def omitted(self) -> tuple[Fate, ...]:
        """Accepted, not in the text (or not so)."""
        return tuple(fate for fate in self.fates if fate.state is not State.IN)

    @property
    def is_clean(self) -> bool:
        return not self.omitted and all(each.edit.is_editorial for each in self.unaccepted)


def check(base: Sequence[Unit], draft: Sequence[Unit], accepted: Iterable[Accepted]) -> Check:
    """Every accepted change looked for in the draft, and every edit of the draft looked for among the accepted ones.

    base, draft: kept clauses; costs about as much as two comparisons of them.
    """
    texts = _Texts(text_units(base), text_units(draft))
    all_accepted = list(accepted)
    made = edits(base, draft)
    fates = [_fate(texts, each, made) for each in all_accepted]
    reworded = {each for fate in fates for each in keys(fate.found)}
    return Check(tuple(fates), tuple(_unaccepted(base, draft, all_accepted, reworded)))


def is_in(text: Sequence[Unit], change: Accepted) -> bool:
    """Whether a text has it already, and nothing of what it takes out."""
    held = text_units(text)
    return _fate(_Texts(held, held), change, []).state is State.IN


@dataclass(frozen=True)
class _Texts:
    base: Sequence[Unit]
    draft: Sequence[Unit]

    @cached_property
    def now_of(self) -> dict[str, Unit]:
        """Anchor of a clause of the base -> that clause in the draft."""
        return {self.base[was].anchor: self.draft[at] for at, was in matched(self.base, self.draft).items()}

    @cached_property
    def places(self) -> dict[str, str]:
        """Key of each sentence of the draft -> the clause it stands in first."""
        found: dict[str, str] = {}
        for unit in self.draft:
            for each in keys_of(unit):
                found.setdefault(each, label(unit))
        return found

    def clause(self, name: str) -> tuple[Unit | None, Unit | None]:
        """The clause in the base, and in the draft."""
        before = clause_named(self.base, name)
        if before is not None:
            return before, self.now_of.get(before.anchor)
        return None, clause_named(self.draft, name)


def keys_of(unit: Unit) -> list[str]:
    """Of its heading, with and without the number, and of its sentences."""
    heads = dict.fromkeys((key(unit.title), key(f"{unit.number} {unit.title}")))
    return [*(head for head in heads if head), *keys(unit.text)]


def _fate(texts: _Texts, change: Accepted, made: Sequence[Edit]) -> Fate:
    was, now = texts.clause(change.clause)
    wanted = {key(each): each for each in sentences(change.after) if key(each)}
    unwanted = {key(each): each for each in sentences(change.before) if key(each) and key(each) not in wanted}
    missing = tuple(words for each, words in wanted.items() if not {each, _bare(each)} & texts.places.keys())
    left = tuple(words for each, words in unwanted.items() if _stays(each, was, now))
    if not missing and not left:
        return Fate(change.number, State.IN, elsewhere=_elsewhere(texts, wanted, now))
    found = _instead(missing, left, change, was, made)
    is_all = len(missing) == len(wanted) and len(left) == len(unwanted)
    state = State.OTHERWISE if found and missing else State.MISSING if is_all else State.PARTLY
    return Fate(change.number, state, missing, left, found)


def _stays(sentence: str, was: Unit | None, now: Unit | None) -> bool:
    """Whether the clause still has what was taken out: as often as it did."""
    if now is None:
        return False
    after = Counter(keys_of(now))[sentence]
    if was is None or was is now:
        return after > 0
    return after >= max(Counter(keys_of(was))[sentence], 1)


def _elsewhere(texts: _Texts, wanted: Iterable[str], now: Unit | None) -> str:
    here = set(keys_of(now)) if now else set()
    return next((texts.places[each] for each in wanted if each not in here), "") if now else ""


def _instead(
    missing: Sequence[str], left: Sequence[str], change: Accepted, was: Unit | None, made: Sequence[Edit]
) -> str:
    """What the draft says in the place of the first sentence that is missing: what replaced the same sentence, else
    what is most like it among what came into the clause."""
    if not missing:
        return ""
    here = [edit for edit in made if edit.after and (edit.anchor == was.anchor if was else edit.is_new_clause)]
    gone = set(keys(change.before))
    for edit in here:
        if edit.before and key(edit.before) in gone and not left:
            return edit.after
    wanted = Counter(words(missing[0]))
    came = [each for edit in here for each in sentences(edit.after) if key(each) not in set(keys(change.after))]
    best = max(came, key=lambda each: similarity(wanted, Counter(words(each))), default="")
    return best if best and similarity(wanted, Counter(words(best))) >= NEAR else ""


def _unaccepted(
    base: Sequence[Unit], draft: Sequence[Unit], accepted: Sequence[Accepted], reworded: set[str]
) -> list[Unaccepted]:
    """Edits with a sentence that no accepted change puts in, or takes out. A sentence that only moved is one."""
    came = reworded.union(*(keys(change.after) for change in accepted))
    went = {each for change in accepted for each in keys(change.before)}
    heads = {_bare(each) for change in accepted for each in keys(change.after)[:1]}
    made = edits(base, draft, Known(came, went))
    found = [edit for edit in made if not _is_explained(edit, came, went, heads)]
    added = {each: edit.clause for edit in found for each in keys(edit.after)}
    moved = {key(edit.before) for edit in found if edit.change == "removes"} & added.keys()
    return [
        Unaccepted(edit, added[key(edit.before)] if edit.change == "removes" and key(edit.before) in moved else "")
        for edit in found
        if not (edit.change == "adds" and set(keys(edit.after)) <= moved)
    ]


def _is_explained(edit: Edit, came: set[str], went: set[str], heads: set[str]) -> bool:
    """Nothing but what was accepted. The heading of a clause that is new may have another number."""
    if edit.is_editorial:
        return False
    before, after = key(edit.before), keys(edit.after)
    if edit.is_new_clause and after and _bare(after[0]) in heads:
        after = after[1:]
    return (not before or before in went) and all(each in came for each in after)


def _bare(sentence: str) -> str:
    """The key of a heading without its number."""
    return _NUMBER.sub("", sentence)
