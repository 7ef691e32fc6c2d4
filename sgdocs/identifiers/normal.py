"""Normalisation before matching: one spelling for dashes, spaces, abbreviations and Sectors. Source: domain 2.6."""

import re
import unicodedata

from sgdocs.identifiers.words import into_english

LONGEST = 300  # characters; no identifier of the catalogue has more than 60

_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE63, 0xFF0D], "-")
_DIRECTION = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0x061C, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xAD]
)
_OTHER_DIGITS = re.compile(r"(?![0-9])\d")  # Arabic, Persian and others
_SPACES = re.compile(r"\s+")
_REC = r"(?:Recommendations?|Recs?\.?)"

_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^Draft (?:(?:new|revised) )?", ""),
        (rf"^CCITT (?:{_REC} ?)?(?=[A-Z]\.)", "ITU-T "),
        (rf"^CCIR (?:{_REC} ?)?(?=[A-Z]{{1,3}}\.)", "ITU-R "),
        (r"(?<![A-Za-z])(?:ITU|UIT)[- ]?([TRD])(?![A-Za-z])", r"ITU-\1"),
        (rf"^{_REC} ?(?=ITU-|[A-Z]{{1,3}}\.)", ""),
        (rf"^(ITU-[TR]) {_REC} ?", r"\1 "),
        (rf" ?{_REC}$", ""),
        (r"(?<=\d)Ser(?=Sup)", " series "),
        (r"([ /]?),? ?(?<![A-Za-z])(?:Amendment|Amend|Amd)\.? ?(?=\d)", r"\1 Amd. "),
        (r"([ /]?),? ?(?<![A-Za-z])Technical (?:Corrigendum|Corr|Cor)\.? ?(?=\d)", r"\1 Technical Cor. "),
        (r"([ /]?),? ?(?<![A-Za-z])(?<!Technical )(?:Corrigendum|Corr|Cor)\.? ?(?=\d)", r"\1 Cor. "),
        (r"([ /]?),? ?(?<![A-Za-z])(?:Erratum|Errata|Err)\.? ?(?=\d)", r"\1 Err. "),
        (r"([ /]?),? ?(?<![A-Za-z])(?:Addendum|Add)\.? ?(?=\d)", r"\1 Add. "),
        (r" ?(?<![A-Za-z])(?:Appendix|App)\.? ?(?=[IVXLC]+(?![A-Za-z]))", " App. "),
        (r" ?(?<![A-Za-z])(?:Supplement|Suppl|Supp|Sup)\.? ?(?=\d)", " Suppl. "),
        (r"/ +(?=(?:Technical|Amd|Cor|Err|Add)\b)", "/"),
        (r"\(((?:18|19|20)\d\d)-(\d\d)-(\d\d)\)", r"(\3/\2/\1)"),
        (r"\(((?:18|19|20)\d\d)-(\d\d)\)", r"(\2/\1)"),
        (r"\(v(\d)", r"(V\1"),
        (r"(?<=[^ (])\((?=[V\d])", " ("),
        (r"(?<=\d)(?=(?:bis|ter|quater|quarter)\b)", " "),
        (r"(?<=\d)R(?=$|[ /(])", " R"),
        (r"^([A-Z]\.\d+(?:\.\d+)*) ?\(revised\)$", r"\1rev"),
        (r" {2,}", " "),
    )
)


def tidy(text: str) -> str | None:
    """The text in NFKC with plain dashes and single spaces; None if it is too long or holds control characters."""
    if len(text) > LONGEST:
        return None
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_DASHES).translate(_DIRECTION)).translate(_DASHES)
        text = _OTHER_DIGITS.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    text = _SPACES.sub(" ", text).strip()
    return text if text.isprintable() and len(text) <= LONGEST else None


def normalise(text: str) -> str:
    """The tidied text in the spelling of the grammar; `G.709/Y.1331 (2016) Amendment 3` has `Amd. 3`."""
    text = into_english(text).strip()
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return text.strip()
