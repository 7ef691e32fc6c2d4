"""The settings of the readers reach the readers."""

from sgdocs.base.settings import Settings
from sgdocs.wiring import readers_of


def test_readers_take_their_limits_from_the_settings() -> None:
    made = readers_of(Settings(readers=3, reader_seconds=5, reader_memory_mb=512, file_limit_mb=7))

    assert made.size == 3
    assert (made.limits.seconds, made.limits.memory_bytes, made.limits.size_bytes) == (5, 512_000_000, 7_000_000)


def test_a_file_is_answered_within_twenty_seconds_by_default() -> None:
    assert readers_of(Settings()).limits.seconds < 20
