"""How a call of a webhook is signed, and how its receiver checks it. Pure."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

EVENT: Final = "X-Sgdocs-Event"
TIMESTAMP: Final = "X-Sgdocs-Timestamp"
SIGNATURE: Final = "X-Sgdocs-Signature-256"
TOLERANCE_S: Final = 300
LARGEST_BYTES: Final = 64 * 1024


def headers_of(secret: str, event: str, body: bytes, now: datetime) -> dict[str, str]:
    """What goes with the body: its event (the same in every repetition), the moment of sending, and the signature."""
    stamp = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json",
        "User-Agent": "sgdocs-webhook",
        EVENT: event,
        TIMESTAMP: stamp,
        SIGNATURE: signature(secret, stamp, body),
    }


def signature(secret: str, stamp: str, body: bytes) -> str:
    """`sha256=` and the HMAC-SHA-256 of timestamp, a full stop, and the body."""
    return "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_right(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """As a receiver checks it: the signature is ours and not older than five minutes."""
    stamp = headers.get(TIMESTAMP, "")
    if not stamp.isdecimal() or abs(now.timestamp() - int(stamp[:12])) > TOLERANCE_S:
        return False
    return hmac.compare_digest(signature(secret, stamp, body), headers.get(SIGNATURE, ""))


def body_of(event: Mapping[str, object]) -> bytes:
    """The event as JSON, at most 64 KiB: what is longer goes without its facts."""
    body = json.dumps(event, ensure_ascii=False, sort_keys=True, default=str).encode()
    return body if len(body) <= LARGEST_BYTES else body_of({**event, "facts": {}, "is_short": True})
