"""Putting words into a paragraph of Word without touching what surrounds them."""

import copy

from sgdocs.text.page import shown
from sgdocs.text.word_file import Element, W

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTENT = {f"{W}{n}" for n in ("r", "ins", "del", "moveTo", "moveFrom", "hyperlink", "fldSimple", "smartTag", "sdt")}
_KEPT = {f"{W}{n}" for n in ("drawing", "pict", "object", "commentReference", "footnoteReference")}
_UNDO = {f"{W}{n}" for n in ("highlight", "vanish", "ins", "del", "rPrChange", "shd", "moveFrom", "moveTo")}


def write(paragraph: Element, text: str) -> bool:
    """Make the paragraph say this, in the look it had; False when it says it already.

    A content control around or inside stays, and no longer counts as empty; tracked changes there are gone.
    """
    if " ".join(shown(paragraph)[0].split()) == " ".join(text.split()):
        return False
    look = _look(paragraph)
    target = _target(paragraph)
    for element in list(target):
        if element.tag in _CONTENT and not _holds(element):
            target.remove(element)
    target.insert(1 if len(target) and target[0].tag == f"{W}pPr" else 0, _run(paragraph, text, look))
    _settle(target)
    return True


def _target(paragraph: Element) -> Element:
    """The paragraph, or the content of the content control that stands alone in it."""
    controls = [e for e in paragraph if e.tag == f"{W}sdt"]
    others = [e for e in paragraph if e.tag in _CONTENT and e.tag != f"{W}sdt" and shown(e)[0].strip()]
    content = controls[0].find(f"{W}sdtContent") if len(controls) == 1 and not others else None
    return paragraph if content is None else content


def _look(paragraph: Element) -> Element | None:
    """The properties of the first run that shows words, else those of the paragraph's end; cleaned."""
    runs = (run for run in paragraph.iter(f"{W}r") if any((t.text or "").strip() for t in run.iter(f"{W}t")))
    run = next(runs, None)
    found = run.find(f"{W}rPr") if run is not None else paragraph.find(f"{W}pPr/{W}rPr")
    if found is None:
        return None
    look = copy.deepcopy(found)
    for element in list(look):
        is_placeholder = element.tag == f"{W}rStyle" and "placeholder" in element.get(f"{W}val", "").lower()
        if element.tag in _UNDO or is_placeholder:
            look.remove(element)
    return look


def _run(paragraph: Element, text: str, look: Element | None) -> Element:
    run = paragraph.makeelement(f"{W}r")
    if look is not None:
        run.append(look)
    for place, line in enumerate(text.split("\n")):
        if place:
            run.append(run.makeelement(f"{W}br"))
        words = run.makeelement(f"{W}t")
        words.text = line
        if line != line.strip():
            words.set(_XML_SPACE, "preserve")
        run.append(words)
    return run


def _holds(element: Element) -> bool:
    """A picture, a note or the mark of a comment is not thrown away with the words."""
    return any(e.tag in _KEPT for e in element.iter())


def _settle(target: Element) -> None:
    """The controls around what was written hold real words now, and are bound to no property that would replace them."""
    for control in target.iterancestors(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        if properties is not None and next(control.iter(f"{W}tbl"), None) is None:
            for mark in list(properties):
                if str(mark.tag).endswith(("}showingPlcHdr", "}dataBinding")):
                    properties.remove(mark)
