"""Mail as .eml files in a folder: the embedded default, readable by any mail program."""

import os
import re
import tempfile
from email import policy
from email.message import EmailMessage
from pathlib import Path

from sgdocs.mail.letter import Undeliverable


class FolderMailer:
    """A file is named by its Message-ID, so that sending twice leaves one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> None:
        name = re.sub(r"[^A-Za-z0-9.@-]", "_", str(message["Message-ID"]).strip("<>"))
        try:
            self._write(self.folder / f"{name}.eml", message.as_bytes(policy=policy.SMTP))
        except OSError as error:
            raise Undeliverable(str(error)) from error

    def _write(self, target: Path, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, aside = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).replace(target)
