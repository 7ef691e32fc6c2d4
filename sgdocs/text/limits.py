"""How much of anything a file may have. Plain values that cross process borders."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """size_bytes: of a file; total_bytes: of an archive, unpacked; ratio: of one member above floor_bytes;
    seconds: for one file, waiting for a reader included; memory_bytes: address space of one reader."""

    size_bytes: int = 100 * MEGABYTE
    members: int = 5_000
    total_bytes: int = 300 * MEGABYTE
    ratio: int = 200
    floor_bytes: int = MEGABYTE
    seconds: float = 18
    memory_bytes: int = 1_024 * MEGABYTE
    output_bytes: int = 64 * MEGABYTE
    written_bytes: int = 300 * MEGABYTE
    characters: int = 5_000_000
    preview_bytes: int = 12 * MEGABYTE
    picture_bytes: int = 500_000
