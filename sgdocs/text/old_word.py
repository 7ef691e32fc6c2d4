"""The text of old Word files: catdoc, and LibreOffice for what catdoc refuses, each a program of its own with limits."""

import re
import shutil
import subprocess
from pathlib import Path
from tempfile import mkdtemp

from sgdocs.text import clauses, confine, plain_text, word_reading
from sgdocs.text.extracting import NoText
from sgdocs.text.model import Unit

CATDOC_S = 4
OFFICE_S = 12
OFFICE = ("soffice", "libreoffice")
_INDEX_ENTRY = re.compile(r'\s?\bXE "[^"]*"')
LETTERS = 10
"""With fewer, catdoc has understood nothing."""


def units(data: bytes, tracked: str = "") -> tuple[Unit, ...]:
    """Raises NoText when neither program gives any."""
    folder = Path(mkdtemp(prefix="old-"))
    file = folder / "document.doc"
    try:
        file.write_bytes(data)
        text = _catdoc(file)
        if sum(1 for letter in text[:10_000] if letter.isalnum()) >= LETTERS:
            return clauses.cut(plain_text.blocks(text))
        return word_reading.units(_converted(file), tracked or "accepted")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _catdoc(file: Path) -> str:
    """What catdoc reads; "" when it is not installed, refuses the file or takes too long."""
    program = shutil.which("catdoc")
    if program is None:
        return ""
    try:
        said = subprocess.run(  # noqa: S603 a fixed program and a file of ours
            [program, "-w", "-d", "utf-8", str(file)],
            capture_output=True,
            timeout=CATDOC_S,
            check=False,
            cwd=file.parent,
        )
    except subprocess.TimeoutExpired:
        return ""
    return _INDEX_ENTRY.sub("", said.stdout.decode("utf-8", "replace")) if said.returncode == 0 else ""


def _converted(file: Path) -> bytes:
    """The same as .docx, by LibreOffice in a profile of its own that is thrown away. Raises NoText."""
    program = next((found for found in map(shutil.which, OFFICE) if found), None)
    if program is None:
        raise NoText("text.old")
    profile, out = file.parent / "profile", file.parent / "out"
    asked = [program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile.as_uri()}"]
    try:
        subprocess.run(  # noqa: S603 a fixed program and a file of ours
            [*asked, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=OFFICE_S,
            check=False,
            cwd=file.parent,
            preexec_fn=confine.roomy,
        )
    except subprocess.TimeoutExpired as error:
        raise NoText("text.slow", limit=OFFICE_S) from error
    made = out / f"{file.stem}.docx"
    if not made.exists():
        raise NoText("text.none", hint=" that LibreOffice or catdoc could find")
    return made.read_bytes()
