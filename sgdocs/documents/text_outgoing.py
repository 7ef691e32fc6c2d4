"""What pages and API give out of texts, references and citations."""

from pydantic import BaseModel

from sgdocs.documents.citations import Reference
from sgdocs.documents.citing import Cited, Citing
from sgdocs.documents.texts import Text


class ClauseOut(BaseModel):
    """level: depth of its heading, 0 before the first; anchor: of the text's page."""

    number: str
    title: str
    level: int
    kind: str
    page: int | None
    anchor: str
    text: str


class TextOut(BaseModel):
    """state: kept, none (then `problem` says why) or pending (not read yet); part: "" or `R1`."""

    document: str
    file: str
    part: str
    language: str
    state: str
    problem: str
    characters: int
    clauses: list[ClauseOut]

    @classmethod
    def of(cls, text: Text) -> "TextOut":
        file = text.file
        return cls(
            document=text.document.name,
            file=file.name if file else "",
            part=text.part,
            language=text.language,
            state=file.text if file else "none",
            problem=file.text_problem if file else "",
            characters=file.characters if file else 0,
            clauses=[
                ClauseOut(
                    number=unit.number,
                    title=unit.title,
                    level=unit.level,
                    kind=unit.kind,
                    page=unit.page,
                    anchor=unit.anchor,
                    text=unit.text,
                )
                for unit in text.units
            ],
        )


class ReferenceOut(BaseModel):
    """An entry of the references clause. status: current, amended, superseded, withdrawn, not-found, not-known, elsewhere."""

    words: str
    tag: str
    identifier: str
    number: str
    status: str
    superseded_by: str
    amended_by: list[str]
    is_dated: bool | None
    is_normative: bool | None
    clause: str
    address: str

    @classmethod
    def of(cls, reference: Reference, root: str) -> "ReferenceOut":
        return cls(
            words=reference.words,
            tag=reference.tag,
            identifier=reference.identifier,
            number=reference.number,
            status=reference.status.value,
            superseded_by=reference.superseded_by,
            amended_by=list(reference.amended_by),
            is_dated=reference.is_dated,
            is_normative=reference.is_normative,
            clause=reference.clause,
            address=_whole(root, reference.address),
        )


class CitedOut(BaseModel):
    """A text that the document names. clauses: where; address: "" when it is not here."""

    identifier: str
    words: str
    title: str
    address: str
    is_reference: bool
    is_normative: bool | None
    clauses: list[str]
    file: str

    @classmethod
    def of(cls, cited: Cited, root: str) -> "CitedOut":
        told = {**vars(cited), "clauses": [name for name, _ in cited.clauses]}
        return cls(**{**told, "address": _whole(root, cited.address)})


class CitingOut(BaseModel):
    """A document that names this one."""

    document: str
    title: str
    source: str
    words: str
    is_reference: bool
    clause: str
    address: str

    @classmethod
    def of(cls, citing: Citing, root: str) -> "CitingOut":
        return cls(
            document=citing.document.name,
            title=citing.document.title,
            source=citing.document.source,
            words=citing.words,
            is_reference=citing.is_reference,
            clause=citing.clause,
            address=_whole(root, f"/doc/{citing.document.name}"),
        )


def _whole(root: str, address: str) -> str:
    return root.rstrip("/") + address if address else ""
