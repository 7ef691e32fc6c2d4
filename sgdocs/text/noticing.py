"""What the preflight wants to know of a Word file besides its cover. Source: domain 4.4."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from sgdocs.text.model import Cover, Noticed
from sgdocs.text.word_file import Element, Relationship, W, WordFile

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_BROKEN = re.compile(
    r"Error!\s+(?:Reference source|Bookmark|No text of|Unknown|Not a valid|Hyperlink)[^.\n]{0,60}\.?"
    r"|Erreur\s?!\s+[^.\n]{0,60}\.?|¡Error![^.\n]{0,60}\.?|Ошибка!\s+[^.\n]{0,60}\.?|错误[!\uff01][^。\n]{0,40}。?|خطأ!\s[^.\n]{0,60}",
)
_OPEN_WORDS = re.compile(r"\[[^\[\]\n]{3,120}\]|<[A-Za-z][^<>\n]{2,80}>")
_OPEN_BEGINS = re.compile(
    r"[\[<](?:place|insert|title|name|organi[sz]ation|country|enter|text|your|click|abstract|mandatory|optional|recommendation title|no\.|to be (?:added|completed|filled)|tbd)\b",
    re.IGNORECASE,
)
_YELLOW, _YELLOWISH = {"yellow", "darkYellow"}, {"FFFF00", "FFFF99"}
MOST = 20
WORDS = 80


def notice(file: WordFile, cover: Cover) -> Noticed:
    """Everything noticed, at most 20 places of each kind. Never raises: a broken part is as if it were not there."""
    roots = [file.root, *_stories(file)]
    texts = [text for root in roots for text in _paragraphs(root)]
    properties = file.core()
    settings = _first(file, "settings")
    return Noticed(
        insertions=_words(e for root in roots for e in root.iter(f"{W}ins", f"{W}moveTo") if not _is_mark(e)),
        deletions=_words(e for root in roots for e in root.iter(f"{W}del", f"{W}moveFrom") if not _is_mark(e)),
        comments=_comments(file),
        hidden=_some(_hidden(roots)),
        highlighted=_some(_yellow(roots)),
        placeholders=_some([*_ghosts(roots), *_left_open(texts)]),
        authors=_authors(roots, properties),
        linked=_some(_linked(file)),
        missing_pictures=_some(_missing(file)),
        broken_fields=_some(m for text in texts for m in _BROKEN.findall(text)),
        properties={name: value for name, value in properties.items() if value},
        is_tracking=settings is not None and _is_on(settings.find(f"{W}trackRevisions")),
        has_macros=any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in file.names),
        is_signed=is_signed(file),
        is_protected=_is_protected(settings),
        abstract_words=len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", cover.abstract)),
        pages=_pages(file),
    )


def is_signed(file: WordFile) -> bool:
    """Whether somebody has signed the package; to change one letter would break it."""
    return any(name.startswith("_xmlsignatures/") for name in file.names)


def _stories(file: WordFile) -> Iterator[Element]:
    """Headers, footers and notes."""
    for kind in ("header", "footer", "footnotes", "endnotes"):
        for name in file.related(kind):
            root = file.part(name)
            if root is not None:
                yield root


def _first(file: WordFile, kind: str) -> Element | None:
    return next((file.part(name) for name in file.related(kind)), None)


def _some(texts: Iterable[str]) -> tuple[str, ...]:
    """The first 20 different places, each as some words."""
    seen: dict[str, None] = {}
    for text in texts:
        words = " ".join(text.split())
        if words:
            seen[words[:WORDS]] = None
        if len(seen) >= MOST:
            break
    return tuple(seen)


def _words(elements: Iterable[Element]) -> tuple[str, ...]:
    return _some("".join(str(t.text or "") for t in e.iter(f"{W}t", f"{W}delText")) or "¶" for e in elements)


def _is_mark(element: Element) -> bool:
    """Revision marks on paragraph ends and table rows stand in properties; they count with their words."""
    parent = element.getparent()
    return parent is not None and parent.tag in (f"{W}numPr",)


def _hidden(roots: list[Element]) -> Iterator[str]:
    for root in roots:
        yield from (_run_of(mark) for mark in root.iter(f"{W}vanish") if _is_on(mark))


def _yellow(roots: list[Element]) -> Iterator[str]:
    for root in roots:
        yield from (_run_of(mark) for mark in root.iter(f"{W}highlight") if mark.get(f"{W}val") in _YELLOW)
        yield from (_run_of(mark) for mark in root.iter(f"{W}shd") if mark.get(f"{W}fill", "").upper() in _YELLOWISH)


def _run_of(mark: Element) -> str:
    """The words of the run that has this property; "" where it is that of a paragraph's end or of a style."""
    properties = mark.getparent()
    run = properties.getparent() if properties is not None and properties.tag == f"{W}rPr" else None
    return "".join(t.text or "" for t in run.iter(f"{W}t")) if run is not None and run.tag == f"{W}r" else ""


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _comments(file: WordFile) -> tuple[str, ...]:
    root = _first(file, "comments")
    found = [] if root is None else list(root.iter(f"{W}comment"))
    return _some(
        f"{c.get(f'{W}author', '')}: {''.join(t.text or '' for t in c.iter(f'{W}t'))}" for c in islice(found, 200)
    )


def _ghosts(roots: list[Element]) -> Iterator[str]:
    for root in roots:
        for mark in root.iter(f"{W}showingPlcHdr"):
            control = next(mark.iterancestors(f"{W}sdt"), None)
            if control is not None:
                yield "".join(t.text or "" for t in control.iter(f"{W}t"))


def _left_open(texts: list[str]) -> Iterator[str]:
    """Words in brackets that only a template writes: `[Place, dd-dd mmm yyyy]`, `<Recommendation title>`."""
    for text in texts:
        yield from (words for words in _OPEN_WORDS.findall(text) if _OPEN_BEGINS.match(words))


def _paragraphs(root: Element) -> Iterator[str]:
    """The texts of the paragraphs that say anything in brackets or of an error; the others cannot matter here."""
    for paragraph in root.iter(f"{W}p"):
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        if "[" in text or "<" in text or "!" in text or "\uff01" in text:
            yield text


def _authors(roots: list[Element], properties: dict[str, str]) -> tuple[str, ...]:
    """Names that travel with the file: of its properties and of its tracked changes."""
    marks = (e.get(f"{W}author", "") for root in roots for e in root.iter(f"{W}ins", f"{W}del"))
    return _some([properties.get("author", ""), properties.get("last_modified_by", ""), *marks])


def _linked(file: WordFile) -> Iterator[str]:
    """Whatever the file would fetch from elsewhere: pictures, objects, an attached template. Links one clicks are none."""
    for name in list(file.names):
        folder, _, own = name.rpartition("_rels/")
        if own.endswith(".rels"):
            for rel in file.relationships(folder + own.removesuffix(".rels")).values():
                if rel.is_external and rel.target.upper() != "NULL" and not _is_harmless(rel):
                    yield f"{rel.kind}: {rel.target}"


def _is_harmless(rel: Relationship) -> bool:
    """A link one clicks, or the author's own template on his own disk."""
    own = rel.target.lower().startswith("file:///") or ":" not in rel.target
    return rel.kind == "hyperlink" or (rel.kind == "attachedtemplate" and own)


def _missing(file: WordFile) -> Iterator[str]:
    """Pictures that the text shows but the file does not hold."""
    relationships = file.relationships(file.main)
    shown_ids = [e.get(f"{_R}embed", "") for e in file.root.iter(f"{_A}blip") if e.get(f"{_R}embed")]
    shown_ids += [e.get(f"{_R}id", "") for e in file.root.iter(f"{_V}imagedata") if e.get(f"{_R}id")]
    for id in shown_ids:
        rel = relationships.get(id)
        if rel is None or rel.target.upper().endswith("NULL"):
            yield id
        elif not rel.is_external and not file.has(rel.target):
            yield rel.target


def _is_protected(settings: Element | None) -> bool:
    if settings is None:
        return False
    protection = settings.find(f"{W}documentProtection")
    return (protection is not None and protection.get(f"{W}edit", "none") != "none") or _is_on(
        settings.find(f"{W}writeProtection")
    )


def _pages(file: WordFile) -> int:
    """As Word counted them when it last saved."""
    for rel in file.relationships("").values():
        root = file.part(rel.target) if rel.kind == "extended-properties" else None
        for element in root if root is not None else ():
            text = (element.text or "").strip()
            if str(element.tag).endswith("}Pages") and text.isascii() and text.isdigit():
                return min(int(text), 100_000)
    return 0
