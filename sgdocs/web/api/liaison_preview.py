"""What the API tells of a preview: the documents, letters and files that sending will make, and what was found."""

from pydantic import BaseModel

from sgdocs.liaison.checking import Finding
from sgdocs.liaison.preview_rows import OutDocument, OutFile, OutLetter, Preview


class FileOut(BaseModel):
    name: str
    sha256: str
    size_bytes: int
    media_type: str

    @classmethod
    def of(cls, file: OutFile) -> "FileOut":
        return cls(**{name: getattr(file, name) for name in cls.model_fields})


class FindingOut(BaseModel):
    """id: to be given in `accept`, for a warning; says: in English; rule: under /help/rules."""

    id: str
    severity: str
    rule: str
    says: str
    source: str
    place: str

    @classmethod
    def of(cls, found: Finding) -> "FindingOut":
        return cls(
            id=found.id,
            severity=found.severity,
            rule=found.rule.id,
            says=found.message,
            source=found.rule.source,
            place=found.place,
        )


class DocumentOut(BaseModel):
    """number: "" where the group that gets it gives its own next one."""

    group: str
    kind: str
    number: str
    title: str
    files: list[FileOut]

    @classmethod
    def of(cls, each: OutDocument) -> "DocumentOut":
        files = [FileOut.of(file) for file in each.files]
        return cls(group=each.group, kind=each.kind, number=each.number, title=each.title, files=files)


class LetterOut(BaseModel):
    body: str
    to_name: str
    to_address: str
    subject: str
    text: str
    reply_to: str
    files: list[FileOut]

    @classmethod
    def of(cls, each: OutLetter) -> "LetterOut":
        told = {name: getattr(each, name) for name in cls.model_fields if name != "files"}
        return cls(**told, files=[FileOut.of(file) for file in each.files])


class PreviewOut(BaseModel):
    """version, digest: to be given to `sending`, which makes this or nothing."""

    version: int
    digest: str
    number: str
    title: str
    is_ready: bool
    file: FileOut
    documents: list[DocumentOut]
    letters: list[LetterOut]
    findings: list[FindingOut]

    @classmethod
    def of(cls, preview: Preview) -> "PreviewOut":
        return cls(
            version=preview.version,
            digest=preview.digest,
            number=preview.number,
            title=preview.title,
            is_ready=preview.is_ready,
            file=FileOut.of(preview.file),
            documents=[DocumentOut.of(each) for each in preview.documents],
            letters=[LetterOut.of(each) for each in preview.letters],
            findings=[FindingOut.of(each) for each in preview.findings],
        )
