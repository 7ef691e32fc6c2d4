"""The canonical form: one way to write each identifier, which the strict parse reads back. Source: domain 2.6."""

from sgdocs.identifiers.model import CHANGES, PAPERS, Identifier, Kind, Part

_WORDS = {
    Kind.AMENDMENT: "Amd.",
    Kind.CORRIGENDUM: "Cor.",
    Kind.ERRATUM: "Err.",
    Kind.ADDENDUM: "Add.",
    Kind.SUPPLEMENT: "Suppl.",
    Kind.ANNEX: "Annex",
    Kind.APPENDIX: "App.",
}
PAPER_WORDS = {
    Kind.CONTRIBUTION: "C",
    Kind.TEMPORARY_DOCUMENT: "TD",
    Kind.MEETING_REPORT: "R",
    Kind.LIAISON_STATEMENT: "LS",
    Kind.ADMINISTRATIVE_DOCUMENT: "ADM",
    Kind.INFORMATION_DOCUMENT: "INFO",
    Kind.RAPPORTEUR_GROUP_DOCUMENT: "DOC",
}


def format(identifier: Identifier) -> str:
    """The canonical text: `ITU-T G.709/Y.1331 (2016) Amd. 3`, `Report ITU-R M.2134-0`, `SG13-C123-R1`."""
    text = _plain(identifier)
    if identifier.supplements:
        text += f" to ITU-T {identifier.supplements}"
    if identifier.former:
        text += f" (ex {identifier.former})"
    if identifier.iso:
        text += f" | {identifier.iso}"
    if identifier.language and identifier.kind not in (*PAPERS, Kind.HANDLE):
        text += f" [{identifier.language}]"
    return text


def _plain(identifier: Identifier) -> str:
    if identifier.kind in PAPERS:
        return _paper(identifier)
    if identifier.numbers or identifier.series:
        return _numbered(identifier)
    return _WRITERS.get(identifier.kind, _coded)(identifier)


def _handle(identifier: Identifier) -> str:
    return f"https://handle.itu.int/11.1002/1000/{identifier.code}" + _after("-", identifier.language)


def _collective_letter(identifier: Identifier) -> str:
    return f"COL {identifier.number}/{_bare(identifier.group)}"


def _working_party(identifier: Identifier) -> str:
    if identifier.sector == "R":
        return f"WP {identifier.wp}"
    return f"WP{identifier.wp}/{_bare(identifier.study_group)}"


def _bare(study_group: str | None) -> str:
    return (study_group or "").removeprefix("SG")


def _after(mark: str, value: str | int | None) -> str:
    return "" if value is None else f"{mark}{value}"


def _numbered(identifier: Identifier) -> str:
    if identifier.kind is Kind.SERIES:
        return f"ITU-T {identifier.numbers[0]}-series"
    if identifier.sector == "R":
        report = "Report " if identifier.kind is Kind.REPORT else ""
        return f"{report}ITU-R {identifier.numbers[0]}{_after('-', identifier.revision)}{date(identifier)}"
    text = "ITU-T " + "/".join(identifier.numbers) + (identifier.range_end or "") + _after(" ", identifier.variant)
    if identifier.series:
        text = f"ITU-T {identifier.series}" + (f"-{identifier.band} series" if identifier.band else "")
    if identifier.whole_series:
        text += " series"
    text += f" (V{identifier.version})" if identifier.version else ""
    text += f" ({identifier.base_year})" if identifier.base_year else ""
    return (
        text
        + "".join(_part(part, index, identifier.parts) for index, part in enumerate(identifier.parts))
        + date(identifier)
    )


def _part(part: Part, index: int, parts: tuple[Part, ...]) -> str:
    year = f" ({part.year})" if part.year else ""
    if part.kind in CHANGES:
        slash = "/" if index and part.note and parts[index - 1].kind in CHANGES else " "
        return f"{slash}{'Technical ' if part.note else ''}{_WORDS[part.kind]} {part.label}"
    if part.kind is Kind.ATTACHMENT:
        return f" {part.note or 'attachment'}{year}"
    return f" {_WORDS[part.kind]} {part.label}" + (f" {part.note}" if part.note else "") + year


def date(identifier: Identifier) -> str:
    """` (11/2019)`, ` (29/10/2012)`, ` (2019)` or nothing."""
    if identifier.year is None:
        return ""
    day = f"{identifier.day:02d}/" if identifier.day and identifier.month else ""
    month = f"{identifier.month:02d}/" if identifier.month else ""
    return f" ({day}{month}{identifier.year})"


def _question(identifier: Identifier) -> str:
    study_group = _bare(identifier.study_group)
    if identifier.sector == "T":
        return f"Q{identifier.number}/{study_group}"
    return f"Question ITU-R {identifier.number}{_after('-', identifier.revision)}/{study_group}"


def _decision(identifier: Identifier) -> str:
    word = str(identifier.kind).capitalize()
    if identifier.sector == "T":
        rev = f" (Rev. {identifier.place}, {identifier.year})" if identifier.place else ""
        return f"WTSA {word} {identifier.number}{rev}"
    return f"{word} ITU-R {identifier.number}{_after('-', identifier.revision)}{date(identifier)}"


def _coded(identifier: Identifier) -> str:
    code = identifier.code or ""
    if identifier.kind is Kind.DRAFT:
        stage = f"{identifier.stage} " if identifier.stage else ""
        report = "Report " if code.startswith("Report ") else ""
        return f"{stage}{report}ITU-R {code.removeprefix('Report ')}"
    if identifier.kind is Kind.UNNUMBERED or (identifier.kind is Kind.DRAFT_DOCUMENT and code[:1].isalpha()):
        return f"ITU-{identifier.sector} {code}"
    return code + date(identifier)


def _paper(identifier: Identifier) -> str:
    if identifier.group is None:
        return _paper_without_group(identifier)
    radio = _radio_paper(identifier)
    if radio:
        return radio
    word, number, join = PAPER_WORDS[identifier.kind], str(identifier.number), "-"
    period, rgm = "", _after("-", identifier.code)
    meeting = f"-{identifier.meeting[2:].replace('-', '')}" if identifier.meeting else ""
    if identifier.sector == "R" and identifier.kind is Kind.TEMPORARY_DOCUMENT:
        word = "TEMP"
    if identifier.period:
        period, join = f"{identifier.sector}{identifier.period % 100:02d}-", "!"
        number = _after("-", identifier.stream) + f"-{identifier.number:04d}"
    else:
        number += _after("-", identifier.stream)
    text = f"{period}{identifier.group}{rgm}{meeting}-{word}{number}{_after(join + 'R', identifier.revision)}"
    return text + _after(join, identifier.piece) + _file(identifier)


def _file(identifier: Identifier) -> str:
    return f"!!{identifier.file_format}-{identifier.language}" if identifier.file_format else ""


def _paper_without_group(identifier: Identifier) -> str:
    if identifier.kind is Kind.TEMPORARY_DOCUMENT:
        if identifier.stream:
            return f"TD{identifier.number}{_after('R', identifier.revision)}/{identifier.stream}"
        return f"TD {identifier.number}{_after('R', identifier.revision)}"
    return f"C {identifier.number}{_after(' R', identifier.revision)}"


def _radio_paper(identifier: Identifier) -> str | None:
    """`5D/TEMP/45(Rev.1)-E`; None where ITU-R's own spelling would leave something out or say too little."""
    group, kind = identifier.group or "", identifier.kind
    if identifier.sector != "R" or identifier.period or identifier.meeting or identifier.file_format:
        return None
    if group.startswith("RA"):
        plain = identifier.stream == "PLEN" and identifier.revision is None and identifier.piece is None
        if not plain or kind is not Kind.CONTRIBUTION or "." in group:
            return None
        return f"{group}/PLEN/{identifier.number}{_after('-', identifier.language)}"
    words = {Kind.CONTRIBUTION: "", Kind.TEMPORARY_DOCUMENT: "TEMP/", Kind.ADMINISTRATIVE_DOCUMENT: "ADM/"}
    words[Kind.INFORMATION_DOCUMENT] = "INFO/"
    annexed = (identifier.piece or "N")[0] == "N"
    says_enough = words.get(kind) or identifier.language or identifier.piece or identifier.revision is not None
    if kind not in words or identifier.stream or not annexed or not (says_enough or group.startswith("SG")):
        return None
    annex = f"Annex {identifier.piece[1:]} to " if identifier.piece else ""
    revision = f"(Rev.{identifier.revision})" if identifier.revision is not None else ""
    short = group.removeprefix("WP").removeprefix("SG")
    return f"{annex}{short}/{words[kind]}{identifier.number}{revision}{_after('-', identifier.language)}"


_WRITERS = {
    Kind.HANDLE: _handle,
    Kind.COLLECTIVE_LETTER: _collective_letter,
    Kind.WORKING_PARTY: _working_party,
    Kind.QUESTION: _question,
    Kind.RESOLUTION: _decision,
    Kind.OPINION: _decision,
    Kind.DECISION: _decision,
}
