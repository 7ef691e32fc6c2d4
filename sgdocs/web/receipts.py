"""Receipts: signed words by which a form says which file it means, read a moment before by the same person.

A bare digest would let anyone attach a file he may not read.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from sgdocs.base.errors import Invalid
from sgdocs.base.rulebook import rule
from sgdocs.storage.store import Blob

SALT = "sgdocs.receipt"
BAD_RECEIPT = rule("documents.receipt", "The receipt of the uploaded file cannot be read. Choose the file again.")
OLD_RECEIPT = rule(
    "documents.receipt-too-old",
    "The file was uploaded more than {hours} hours ago. Choose it again.",
    settings=("receipt_hours",),
)


@dataclass(frozen=True)
class Receipt:
    """sha256, size_bytes: of the blob; given_name: as uploaded; person_id: who brought it; at: seconds since 1970."""

    sha256: str
    size_bytes: int
    given_name: str
    person_id: int
    at: int

    @property
    def blob(self) -> Blob:
        return Blob(self.sha256, self.size_bytes)


def write(secret: str, blob: Blob, given_name: str, person_id: int, now: datetime) -> str:
    """The words for a hidden field."""
    receipt = Receipt(blob.sha256, blob.size_bytes, given_name, person_id, int(now.timestamp()))
    return _signer(secret).dumps(asdict(receipt))


def read(secret: str, words: str, person_id: int | None, now: datetime, *, hours: int) -> Receipt:
    """The receipt. Invalid (field `receipt`) when it is forged, of somebody else, or older than so many hours."""
    try:
        receipt = Receipt(**_signer(secret).loads(words))
    except (BadData, TypeError):
        raise Invalid(BAD_RECEIPT, field="receipt") from None
    if receipt.person_id != person_id:
        raise Invalid(BAD_RECEIPT, field="receipt")
    age = now - datetime.fromtimestamp(receipt.at, UTC)
    if age > timedelta(hours=hours):
        raise Invalid(OLD_RECEIPT, field="receipt", hours=hours)
    return receipt


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=SALT)
