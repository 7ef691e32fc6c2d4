"""Everything that can be wrong with a file, by id, in plain words. `{…}` is filled with what was found."""

from sgdocs.text.model import Problem

REFUSED = {
    "file.name": "the name of the file cannot be used: {why}",
    "file.empty": "the file is empty (0 bytes)",
    "file.size": "the file has {found} MB; at most {limit} MB are taken",
    "file.mismatch": "the name ends in .{extension}, but the content is {found}",
    "file.encrypted": "the file is encrypted or needs a password; save it without one",
    "file.truncated": "the file is cut off: its end is missing",
    "file.damaged": "the file is damaged and cannot be opened ({why})",
    "file.program": "the file is a program",
    "zip.members": "the archive holds {found} files; at most {limit} are taken",
    "zip.total": "the archive unpacks to {found} MB; at most {limit} MB are taken",
    "zip.ratio": "“{name}” in the archive unpacks to more than {limit} times its size",
    "zip.name": "a name in the archive leads out of it or holds control characters: {name}",
    "zip.link": "“{name}” in the archive is a link, not a file",
    "zip.encrypted": "“{name}” in the archive is encrypted",
    "zip.nested": "“{name}” is an archive within an archive within an archive",
    "zip.double": "two files in the archive have the same name ({name})",
    "zip.overlap": "files in the archive lie over each other",
    "xml.doctype": "“{name}” in the file declares a document type, which a document never needs",
}
"""Such a file is refused."""

NOTED = {
    "file.macros": "the file holds macros; they are never run",
    "file.external": "the file points to something outside ({name}); it was not fetched",
    "file.embedded": "the file holds an embedded object ({name}); it was not opened",
    "text.format": "no text could be read, because the format is not known ({found})",
    "text.none": "no text could be read, because the file holds none{hint}",
    "text.slow": "no text could be read, because reading took more than {limit} seconds",
    "text.memory": "no text could be read, because reading needs more memory than is allowed",
    "text.killed": "no text could be read, because the reader ended on this file ({why})",
    "text.nested": "no text could be read, because the content is nested too deeply",
    "text.broken": "no text could be read, because the content is not well formed ({why})",
    "text.output": "no text could be read, because the result is larger than is allowed",
    "text.busy": "no text could be read, because all readers were busy; it can be tried again",
    "text.away": "no text could be read, because the readers could not be started; it can be tried again",
    "text.old": "no text could be read, because the old format needs LibreOffice, which is not installed here",
    "text.cut": "only the first {limit} characters were read",
    "text.part": "“{name}” could not be read: {why}",
    "text.cover": "the cover could not be read ({why})",
}
"""Such a file is stored, and says so."""


def problem(name: str, /, **facts: object) -> Problem:
    """The problem of that id. KeyError for an id that stands in no table."""
    if name in REFUSED:
        return Problem(name, REFUSED[name].format(**facts), is_fatal=True)
    return Problem(name, NOTED[name].format(**facts), is_fatal=False)
