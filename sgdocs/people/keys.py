"""Secrets that we make: 256 random bits, of which only the SHA-256 is stored. And passwords: Argon2."""

import hashlib
import secrets
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

TOKEN_PREFIX = "sgd_"  # noqa: S105 the visible head of every token
MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""Argon2id as OWASP's Password Storage Cheat Sheet gives it; a thread needs 19 MiB while it checks."""

_passwords = PasswordHash((Argon2Hasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES),))


def new_key() -> str:
    """256 random bits as 43 characters that need no quoting in addresses and cookies."""
    return secrets.token_urlsafe(32)


def new_token() -> str:
    return TOKEN_PREFIX + new_key()


def new_recovery_code() -> str:
    """80 random bits as `abcd-efgh-jkmn-pqrs`."""
    alphabet = "abcdefghjkmnpqrstuvwxyz234567892"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))


def hash_of(key: str) -> str:
    """What is stored of a key. Keys are random, so one round is enough."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def hash_password(password: str) -> str:
    """Argon2id with its own salt; about 30 ms."""
    return _passwords.hash(password)


def is_password(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one. Without a stored one it takes as long, and is False."""
    right = _passwords.verify(password, stored or _nobodys())
    return right and stored is not None


@lru_cache
def _nobodys() -> str:
    return hash_password(new_key())
