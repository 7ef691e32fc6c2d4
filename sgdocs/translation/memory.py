"""A translator for tests and trials: it turns each word round, and keeps what it is told to keep."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO

from sgdocs.translation.port import NO_PAIR, Languages, TranslatorFailed
from sgdocs.translation.rules import LANGUAGES

_KEPT = re.compile(r'(<span translate="no">.*?</span>|&\w+;|[^\w<&]+|[<&])')


class MemoryTranslator:
    """asked: every call, as (source, target, texts). fails: raised by the next calls, one by one."""

    host = "translator.example"
    file_endings: frozenset[str] = frozenset({"docx"})

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, list[str]]] = []
        self.fails: list[TranslatorFailed] = []

    def languages(self) -> Languages:
        return {code: frozenset(LANGUAGES) - {code} for code in LANGUAGES}

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        self._may_fail()
        if target not in self.languages().get(source, frozenset()):
            raise TranslatorFailed(NO_PAIR, is_final=True, host=self.host, source=source, target=target)
        self.asked.append((source, target, list(texts)))
        return [turned(text) for text in texts]

    def translate_file(self, stream: BinaryIO, name: str, source: str, target: str) -> BinaryIO:
        self._may_fail()
        self.asked.append((source, target, [name]))
        return BytesIO(stream.read())

    def _may_fail(self) -> None:
        if self.fails:
            raise self.fails.pop(0)


def turned(text: str) -> str:
    """`the span` as `eht naps`: in no language, and to be told from the original."""
    return "".join(piece if _KEPT.fullmatch(piece) else piece[::-1] for piece in _KEPT.split(text))
