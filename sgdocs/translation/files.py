"""A .docx translated with its formatting: terms put in before, what came back looked through, labelled and kept."""

import io
import tempfile
from collections.abc import Mapping
from contextlib import closing
from typing import BinaryIO, Final, Protocol

from sgdocs.base.db import Database
from sgdocs.base.settings import Settings
from sgdocs.documents.models import File
from sgdocs.storage.store import Blob, BlobStore, NoSuchBlob
from sgdocs.text.language import language_of
from sgdocs.text.model import Label, Reading
from sgdocs.text.terms import Terms
from sgdocs.translation import rules
from sgdocs.translation.models import TranslationJob
from sgdocs.translation.port import Translator, TranslatorFailed

DANGEROUS: Final = frozenset({"file.macros", "file.external", "file.embedded"})
"""What a translated file may not have unless the original has it."""
NOTES: Final[Mapping[str, str]] = {
    "en": "Machine translation of {label} by {host}. Not an official version: the original alone counts.",
    "fr": "Traduction automatique de {label} par {host}. Version non officielle: seul l'original fait foi.",
    "es": "Traducción automática de {label} por {host}. Versión no oficial: solo el original es válido.",
    "ru": "Машинный перевод {label}, выполненный {host}. Неофициальный текст: силу имеет только оригинал.",
    "ar": "ترجمة آلية للوثيقة {label} بواسطة {host}. نسخة غير رسمية: الأصل وحده هو المعتمد.",
    "zh": "{label} 的机器翻译，由 {host} 完成。非正式版本：仅以原文为准。",
}
"""Told in the language of the file and in English."""


class Readers(Protocol):
    def read(self, source: BinaryIO, name: str) -> Reading: ...
    def put_terms(self, data: bytes, words: Mapping[str, str]) -> bytes | None: ...
    def label(self, data: bytes, label: Label) -> bytes | None: ...


class Serving(Protocol):
    """What translating needs of the services."""

    @property
    def settings(self) -> Settings: ...
    @property
    def database(self) -> Database: ...
    @property
    def blobs(self) -> BlobStore: ...
    @property
    def readers(self) -> Readers: ...
    @property
    def translator(self) -> Translator | None: ...


def note_of(label: str, host: str, language: str) -> str:
    """What stands at the head of a translated file."""
    told = dict.fromkeys((NOTES[language], NOTES["en"]))
    return " / ".join(each.format(label=label, host=host) for each in told)


def translated_file(services: Serving, translator: Translator, job: TranslationJob, terms: Terms) -> Blob:
    """The labelled copy in the blob store. TranslatorFailed for a file that is not there or cannot be taken."""
    with services.database.reading() as session:
        file = session.get(File, job.file_id) if job.file_id else None
    if file is None:
        raise TranslatorFailed(rules.GONE, is_final=True)
    original = _original(services, file)
    sent = services.readers.put_terms(original, terms.words) or original
    with closing(translator.translate_file(io.BytesIO(sent), file.name, job.source, job.target)) as stream:
        made = stream.read()
    _judge(services, translator.host, original, made, job)
    label = Label(note_of(job.label, job.host, job.target), job.target)
    labelled = services.readers.label(made, label)
    if labelled is None:
        raise TranslatorFailed(rules.BAD_FILE, host=translator.host, why="it is no Word document")
    return services.blobs.put(io.BytesIO(labelled))


def _original(services: Serving, file: File) -> bytes:
    """With the number on its cover, where there is such a copy."""
    try:
        with services.blobs.open(file.stamped_sha256 or file.sha256) as stream:
            return stream.read()
    except NoSuchBlob as error:
        raise TranslatorFailed(rules.GONE, is_final=True) from error


def _judge(services: Serving, host: str, original: bytes, made: bytes, job: TranslationJob) -> None:
    """Read like any file of strangers: a Word document with text in the other language, and with nothing new that acts."""
    was, now = _read(services, original), _read(services, made)
    fatal = next((each.says for each in now.problems if each.is_fatal), "")
    if fatal or now.format != "docx":
        raise TranslatorFailed(rules.BAD_FILE, host=host, why=fatal or "it is no Word document")
    new = {each.id for each in now.problems} & DANGEROUS - {each.id for each in was.problems}
    if new:
        raise TranslatorFailed(rules.BAD_FILE, is_final=True, host=host, why=", ".join(sorted(new)))
    words, texts = ([unit.text for unit in each.units] for each in (was, now))
    refusal = rules.why_not_words(host, " ".join(words), " ".join(texts)) or rules.why_not_language(
        host, language_of(words), language_of(texts), job.source, job.target
    )
    if refusal is not None:
        raise TranslatorFailed.of(refusal)


def _read(services: Serving, data: bytes) -> Reading:
    with tempfile.TemporaryFile() as kept:
        kept.write(data)
        kept.flush()
        return services.readers.read(kept, "translated.docx")
