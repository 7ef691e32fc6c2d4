"""Which of the six languages a text is in: by its script, else by the small words that every sentence has."""

import re
from collections import Counter
from collections.abc import Iterable

ENOUGH_LETTERS = 20
SEEN_LETTERS = 40_000
SMALL_SHARE = 0.05
"""Of the words, so many are small ones in any text made of sentences."""
_SCRIPTS = {
    "ru": re.compile("[\u0400-\u04ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
}
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = {
    "en": "the of and to in is that for with this are shall be by on as or which from it",
    "fr": "le la les des du et est une dans pour que qui sur par avec au aux ce cette sont",
    "es": "el los las del y es una en para que por con se al su sus como esta son lo",
}


def language_of(texts: Iterable[str]) -> str:
    """ISO code, or "" when the text is too short or in another language."""
    sample, left = [], SEEN_LETTERS
    for text in texts:
        sample.append(text[:left])
        left -= len(text)
        if left <= 0:
            break
    whole = " ".join(sample)
    letters = len(_LETTER.findall(whole))
    if letters < ENOUGH_LETTERS:
        return ""
    for code, script in _SCRIPTS.items():
        share = len(script.findall(whole)) / letters
        if share > (0.2 if code == "zh" else 0.4):
            return code
    return _by_words(whole)


def _by_words(text: str) -> str:
    words = Counter(_WORD.findall(text.casefold()))
    scores = {code: sum(words[word] for word in small.split()) for code, small in _SMALL.items()}
    best = max(scores, key=lambda code: scores[code])
    others = [score for code, score in scores.items() if code != best]
    return best if scores[best] >= max(2, SMALL_SHARE * words.total()) and scores[best] > max(others) else ""
