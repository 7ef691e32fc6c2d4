"""The words of the six languages around a number, put into one form."""

import re

# Each row: the word that the grammar knows, its spellings in alphabets (Russian, Spanish and Arabic bend theirs), in Chinese.
WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "Recommendation",
        r"Recommend?ations?|Recommandations?|Recomendaci(?:ó|o)n(?:es)?"
        r"|Рекомендаци(?:я|и|ю|ей|й|ям|ях|ями)|(?:ال|لل|بال)?توصي(?:ة|ات)",
        "建议书?|建議書?",
    ),
    ("Report", r"Rapports?|Informes?|Отч(?:е|ё)т(?:а|у|ы|ов|ом|е)?|(?:ال)?تقرير", "报告书?|報告書?"),
    ("Question", r"Cuesti(?:ó|o)n(?:es)?|Вопрос(?:а|у|ы|ов|ом|е)?|(?:ال)?مسألة", "课题|課題"),
    ("Resolution", r"R(?:é|e)solutions?|Resoluci(?:ó|o)n(?:es)?|Резолюци(?:я|и|ю|ей)|(?:ال)?قرار", "决议|決議"),
    ("Opinion", r"Vœu|Voeu|Ruego|Мнени(?:е|я)|(?:ال)?رأي", "意见|意見"),
    ("Supplement", r"Suppl(?:é|e)ments?|Suplementos?|Добавлени(?:е|я|ю)|(?:ال)?إضافة", "增补|增補"),
    ("Amendment", r"Amendements?|Enmiendas?|Поправк(?:а|и|у)|(?:ال)?تعديل", "修正案?"),
    ("Corrigendum", r"Corrig(?:é|e)ndums?|Corrigend[ao]s?|Исправлени(?:е|я)|(?:ال)?تصويب", "勘误|更正"),
    ("Annex", r"Annexe|Anexo|Приложени(?:е|я)|(?:ال)?ملحق", "附件"),
    ("Appendix", r"Appendice|Ap(?:é|e)ndice|Дополнени(?:е|я)|(?:ال)?تذييل", "附录|附錄"),
)
# Cyrillic Т, Р and Latin T, R, P stand for the Sector in Russian texts; 国际电联 is ITU.
SECTOR_WORD = re.compile(r"(?:МСЭ|国际电联|國際電聯|الاتحاد الدولي للاتصالات)[- ]?([TRТРP])(?![A-Za-zА-я])")
CYRILLIC_SECTOR = {"Т": "T", "Р": "R", "P": "R"}

_FOREIGN = re.compile(
    "|".join(
        rf"(?P<w{index}>(?<![^\W\d_])(?:{spellings})(?![^\W\d_])|{chinese})"
        for index, (_, spellings, chinese) in enumerate(WORDS)
    ),
    re.IGNORECASE,
)


def into_english(text: str) -> str:
    """The text with the words of other languages replaced by those of the grammar; ASCII text comes back as it is
    unless it holds one of the French or Spanish spellings."""
    text = SECTOR_WORD.sub(lambda found: "ITU-" + CYRILLIC_SECTOR.get(found[1], found[1]), text)
    return _FOREIGN.sub(_english, text)


def _english(found: re.Match[str]) -> str:
    word = WORDS[int((found.lastgroup or "w0")[1:])][0]
    before = " " if found.start() and not found.string[found.start() - 1].isspace() else ""
    after = " " if found.end() < len(found.string) and found.string[found.end()].isalnum() else ""
    return before + word + after
