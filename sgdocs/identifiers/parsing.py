"""The strict parse: a text is an identifier as a whole, or it is none."""

from dataclasses import replace

from sgdocs.identifiers import files, grammar, normal, papers, radio, texts
from sgdocs.identifiers.model import Identifier, Kind, Value

# Order matters: `Q.6/13` is a Question and not Q.6; `Y.Suppl.57` no work item. Source: domain 2.6.
_CLASSES = (
    texts.question,
    radio.recommendation,
    radio.volume,
    radio.draft_document,
    radio.draft,
    radio.question,
    radio.decision,
    radio.handbook,
    texts.recommendation,
    texts.handbook,
    texts.resolution,
    texts.paper,
    papers.paper,
    texts.working_party,
    texts.work_item,
)
_PLAIN = (texts.recommendation, radio.recommendation)


def parse(text: str) -> Identifier | None:
    """The identifier that the text is, or None. Never raises; texts above 300 characters are none."""
    tidied = normal.tidy(text)
    if not tidied:
        return None
    if tidied.startswith("ITU-"):
        for read in _PLAIN:
            identifier = read(tidied)
            if identifier:
                return identifier
    return files.file_name(tidied) or _wrapped(tidied)


def parse_list(text: str) -> list[Identifier]:
    """The identifiers of `A and B` or `A, B`; empty when one of them is none."""
    tidied = normal.tidy(text)
    pieces = (tidied or "").replace(" and ", ", ").split(", ")
    found = [parse(piece) for piece in pieces]
    return [identifier for identifier in found if identifier] if all(found) else []


def parse_line(text: str) -> dict[str, Value | None]:
    """The flat object for scripts: `text` and the parts; `kind` is None when the text is no identifier."""
    identifier = parse(text)
    if identifier is None:
        return {"text": text, "kind": None}
    return {"text": text, **identifier.as_dict()}


def _wrapped(text: str) -> Identifier | None:
    """Reads each side of `A (ex B)`, `A | ISO/IEC n-m` and `S to ITU-T X` on its own, and a language: `A [E]`."""
    if text[-4:-2] == " [" and text[-2] in "EFSRCAM" and text[-1] == "]":
        return _with_language(text[:-4], text[-2])
    outside, bar, twin = text.partition("|")
    if bar:
        return _with_twin(outside.strip(), twin.strip())
    outside, ex, former = text.partition(" (ex ")
    if ex:
        return _with_former(outside, former)
    outside, to, target = text.partition(" to ")
    if to and "Annex" not in outside.split():
        return _with_target(outside, target)
    return bare(normal.normalise(text))


def bare(text: str) -> Identifier | None:
    """The identifier in a normalised text without wrappers."""
    for read in _CLASSES:
        identifier = read(text)
        if identifier:
            return identifier
    return None


def _with_language(text: str, language: str) -> Identifier | None:
    identifier = parse(text)
    return replace(identifier, language=language) if identifier and identifier.language is None else None


def _with_twin(text: str, twin: str) -> Identifier | None:
    if text.startswith("ISO") and not twin.startswith("ISO"):
        text, twin = twin, text
    identifier = parse(text)
    if identifier is None or "|" in twin or not grammar.STANDARD_TWIN.fullmatch(twin):
        return None
    return replace(identifier, iso=twin)


def _with_former(text: str, former: str) -> Identifier | None:
    identifier = parse(text)
    if identifier is None or identifier.former or not grammar.FORMER.fullmatch(former):
        return None
    return replace(identifier, former=former[:-1])


def _with_target(text: str, target: str) -> Identifier | None:
    identifier, owner = parse(text), parse(target)
    if identifier is None or owner is None or identifier.kind is not Kind.SUPPLEMENT or owner.supplements:
        return None
    return replace(identifier, supplements=normal.normalise(target).removeprefix("ITU-T "))
