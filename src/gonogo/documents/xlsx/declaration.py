"""The hidden sheet of a gonogo workbook: whose it is, for which ruleset, and what each row of the form asks.

gonogo workbook | 1
program         | harborline
release         | R1
ruleset         | m3-baseline@1.0.0
ruleset sha256  | 64 hexadecimal digits
time zone       | America/New_York
fact            | row | type and unit | lowest | highest | allowed | digest of the fixed cells
training.…      | 2   | ratio         | 0      | 1       |         | 64 hexadecimal digits
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from gonogo.documents.xlsx.form import DECLARATION_SHEET, FORM_NAME, FORM_VERSION
from gonogo.documents.xlsx.workbook import Workbook, Worksheet
from gonogo.model.canonical import read_decimal
from gonogo.model.refusal import SourceRefusal

_HEAD: Final = ("program", "release", "ruleset", "ruleset sha256")
_FACTS: Final = ("fact", "row", "type and unit", "lowest", "highest", "allowed", "seal")
_JOINT: Final = " | "
_WHITE: Final = re.compile(r"\s+|_x000[Dd]_")


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One row of the sheet Evidence, as it was written.

    Attributes:
        fact: Name of the fact.
        row: Its row, from 2.
        kind: Type and unit: ``integer people``.
        lowest: Smallest number that can be true; None for no bound.
        highest: Largest number that can be true; None for no bound.
        allowed: Closed list of texts; empty for any.
        seal: Digest of the fixed cells of the row.
    """

    fact: str
    row: int
    kind: str
    lowest: Decimal | None = None
    highest: Decimal | None = None
    allowed: tuple[str, ...] = ()
    seal: str = ""


@dataclass(frozen=True, slots=True)
class WorkbookDeclaration:
    """What a gonogo workbook says of itself.

    Attributes:
        program: Program id.
        release: Release id.
        ruleset: ``name@version``.
        ruleset_sha256: Digest of the ruleset with its overlays.
        asked: Rows of the sheet Evidence.
    """

    program: str
    release: str
    ruleset: str
    ruleset_sha256: str
    asked: tuple[AskedRow, ...] = ()

    def rows(self) -> list[tuple[str, ...]]:
        """Return the cells of the hidden sheet, all of them text."""
        head = (self.program, self.release, self.ruleset, self.ruleset_sha256)
        found: list[tuple[str, ...]] = [(FORM_NAME, FORM_VERSION), *zip(_HEAD, head, strict=True), _FACTS]
        for one in self.asked:
            bounds = ("" if bound is None else format(bound, "f") for bound in (one.lowest, one.highest))
            found.append((one.fact, str(one.row), one.kind, *bounds, _JOINT.join(one.allowed), one.seal))
        return found


def seal_of(texts: Iterable[str]) -> str:
    """Return the digest of the fixed cells of a row; how blanks and line ends are written does not count."""
    plain = "\x1f".join(_WHITE.sub(" ", text).strip() for text in texts)
    return hashlib.sha256(plain.encode()).hexdigest()


def is_gonogo_workbook(workbook: Workbook) -> bool:
    """Whether a workbook has the hidden sheet."""
    return DECLARATION_SHEET in workbook.sheet_names


def read_declaration(workbook: Workbook) -> WorkbookDeclaration:
    """Return what a workbook says of itself.

    Raises:
        SourceRefusal: It is no gonogo workbook, one of another version, or its hidden sheet was changed.
    """
    if not is_gonogo_workbook(workbook):
        raise SourceRefusal(
            f"{workbook.file_name} is not a workbook that `gonogo workbook` wrote; make one and fill it in"
        )
    sheet = workbook.sheet(DECLARATION_SHEET)
    if _text(sheet, 1, 1) != FORM_NAME:
        raise _changed(sheet, 1, 1)
    if _text(sheet, 1, 2) != FORM_VERSION:
        raise SourceRefusal(
            f"{sheet.where(1, 2)}: the form has the version {_text(sheet, 1, 2)[:20]!r}; this gonogo reads "
            f"{FORM_VERSION!r}; make the workbook again"
        )
    for row, key in enumerate(_HEAD, 2):
        if _text(sheet, row, 1) != key or not _text(sheet, row, 2):
            raise _changed(sheet, row, 1)
    program, release, ruleset, digest = (_text(sheet, row, 2) for row in range(2, 2 + len(_HEAD)))
    first = 2 + len(_HEAD)
    if tuple(_text(sheet, first, column) for column in range(1, len(_FACTS) + 1)) != _FACTS:
        raise _changed(sheet, first, 1)
    asked = [_asked(sheet, row) for row in range(first + 1, sheet.last_row + 1)]
    for key in ("fact", "row"):
        values = [getattr(one, key) for one in asked]
        if len(set(values)) < len(values):
            raise SourceRefusal(f"{sheet.where()} names a {key} twice; make the workbook again")
    return WorkbookDeclaration(program, release, ruleset, digest, tuple(asked))


def _asked(sheet: Worksheet, row: int) -> AskedRow:
    fact, number, kind, low, high, allowed, seal = (_text(sheet, row, column) for column in range(1, len(_FACTS) + 1))
    if not re.fullmatch("[1-9][0-9]{0,5}", number, re.ASCII) or not fact or not kind:
        raise _changed(sheet, row, 1)
    try:
        lowest, highest = (read_decimal(bound) if bound else None for bound in (low, high))
    except ValueError as error:
        raise _changed(sheet, row, 4) from error
    return AskedRow(fact, int(number), kind, lowest, highest, _split(allowed), seal)


def _split(allowed: str) -> tuple[str, ...]:
    return tuple(allowed.split(_JOINT)) if allowed else ()


def _text(sheet: Worksheet, row: int, column: int) -> str:
    value = sheet.value(row, column)
    if not isinstance(value, str):
        raise _changed(sheet, row, column)
    return value


def _changed(sheet: Worksheet, row: int, column: int) -> SourceRefusal:
    return SourceRefusal(
        f"{sheet.where(row, column)}: the hidden sheet was changed, so nobody knows which questions the answers "
        "belong to; make the workbook again"
    )
