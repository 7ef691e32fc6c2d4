"""The tables of `models` as Core tables, for bulk statements and lists that read a few columns."""

from sqlalchemy import Table

from sgdocs.recommendations import models

FAMILY: Table = models.Family.__table__  # type: ignore[attr-defined]
TEXT: Table = models.Text.__table__  # type: ignore[attr-defined]
SUMMARY: Table = models.Summary.__table__  # type: ignore[attr-defined]
NAME: Table = models.Name.__table__  # type: ignore[attr-defined]
EQUIVALENT: Table = models.Equivalent.__table__  # type: ignore[attr-defined]
RELATION: Table = models.Relation.__table__  # type: ignore[attr-defined]
FLAG: Table = models.Flag.__table__  # type: ignore[attr-defined]
IMPORTED: Table = models.Imported.__table__  # type: ignore[attr-defined]
LOCK: Table = models.ImportLock.__table__  # type: ignore[attr-defined]
