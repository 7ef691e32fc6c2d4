"""Readings as bytes and back: plain JSON, checked on arrival, so that a reader can hand over nothing but values."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from sgdocs.text.model import Label, Reading, Stamp, Unit
from sgdocs.text.tables import Grids

T = TypeVar("T")
_LONE = re.compile("[\ud800-\udfff]")
_READING = TypeAdapter(Reading)
_UNITS = TypeAdapter(tuple[Unit, ...])
_STAMP = TypeAdapter(Stamp)
_GRIDS = TypeAdapter(Grids)
_LABEL = TypeAdapter(Label)
_WORDS = TypeAdapter(dict[str, str])


class NotUnderstood(ValueError):
    """The bytes are no such value."""


def reading_to_bytes(reading: Reading) -> bytes:
    """In JSON; halves of characters, which no encoding takes, are left out."""
    try:
        return _READING.dump_json(reading)
    except (PydanticSerializationError, UnicodeEncodeError):
        return _READING.dump_json(_whole(reading))


def reading_of(data: bytes) -> Reading:
    """Raises NotUnderstood."""
    try:
        return _READING.validate_json(data)
    except ValidationError as error:
        raise NotUnderstood from error


def units_to_bytes(units: tuple[Unit, ...]) -> bytes:
    """Their headings and anchors; the text stays here."""
    return _UNITS.dump_json(tuple(replace(unit, text="") for unit in units))


def units_of(data: bytes) -> tuple[Unit, ...]:
    return _UNITS.validate_json(data)


def stamp_to_bytes(stamp: Stamp) -> bytes:
    return _STAMP.dump_json(stamp)


def stamp_of(data: bytes) -> Stamp:
    return _STAMP.validate_json(data)


def label_to_bytes(label: Label) -> bytes:
    return _LABEL.dump_json(label)


def label_of(data: bytes) -> Label:
    return _LABEL.validate_json(data)


def words_to_bytes(words: Mapping[str, str]) -> bytes:
    """Terms of a glossary with their counterparts."""
    return _WORDS.dump_json(dict(words))


def words_of(data: bytes) -> dict[str, str]:
    return _WORDS.validate_json(data)


def grids_to_bytes(grids: Grids) -> bytes:
    try:
        return _GRIDS.dump_json(grids)
    except (PydanticSerializationError, UnicodeEncodeError):
        return _GRIDS.dump_json(_whole(grids))


def grids_of(data: bytes) -> Grids:
    """Raises NotUnderstood."""
    try:
        return _GRIDS.validate_json(data)
    except ValidationError as error:
        raise NotUnderstood from error


def _whole(value: T) -> T:
    """The same value without halves of surrogate pairs anywhere in it."""
    made: object = value
    if isinstance(value, str):
        made = _LONE.sub("", value)
    elif isinstance(value, tuple):
        made = tuple(_whole(one) for one in value)
    elif isinstance(value, dict):
        made = {_whole(key): _whole(one) for key, one in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        made = replace(value, **{field.name: _whole(getattr(value, field.name)) for field in fields(value)})
    return made  # type: ignore[return-value]
