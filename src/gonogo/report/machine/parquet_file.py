"""One flat table as an Apache Parquet file: plain values, no compression, one row group; equal rows give equal bytes.

Every column is optional. The layout is that of the format's own specification: pages of values, then a footer in
Thrift's compact protocol that says where they are.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from gonogo.report.machine.criteria_table import Cell, CellForm, TableColumn

_MAGIC: Final = b"PAR1"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OPTIONAL: Final = 1
_PLAIN: Final = 0
_RLE: Final = 3
_UNCOMPRESSED: Final = 0
_BOOL_TRUE, _I32, _I64, _BINARY, _LIST, _STRUCT = 1, 5, 6, 8, 9, 12
"""Types of Thrift's compact protocol."""

Field = tuple[int, int, Any]
"""Number, type and value of one field of a Thrift structure."""


class _Stored(NamedTuple):
    """How a kind of column is stored: the physical type, the older and the newer word for what it means."""

    physical: int
    converted: int | None
    logical: Sequence[Field] | None


_STORED: Final[Mapping[CellForm, _Stored]] = {
    CellForm.BOOLEAN: _Stored(0, None, None),
    CellForm.DAY: _Stored(1, 6, [(6, _STRUCT, [])]),
    CellForm.INTEGER: _Stored(2, None, None),
    CellForm.MOMENT: _Stored(2, 10, [(8, _STRUCT, [(1, _BOOL_TRUE, None), (2, _STRUCT, [(2, _STRUCT, [])])])]),
    CellForm.TEXT: _Stored(6, 0, [(1, _STRUCT, [])]),
}


def parquet(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], about: Mapping[str, str], by: str) -> bytes:
    """Return the file.

    Args:
        columns: Names and kinds.
        rows: As many cells as columns; None for an empty one.
        about: What the file says of itself, as keys and values.
        by: What wrote it.
    """
    body, chunks = bytearray(_MAGIC), []
    for at, column in enumerate(columns):
        page = _page(column, [row[at] for row in rows])
        chunks.append(_chunk(column, len(rows), len(body), len(page)))
        body += page
    group = [
        (1, _LIST, (_STRUCT, chunks)),
        (2, _I64, len(body) - len(_MAGIC)),
        (3, _I64, len(rows)),
    ]
    footer = _struct(
        [
            (1, _I32, 1),
            (2, _LIST, (_STRUCT, [[(4, _BINARY, "criteria"), (5, _I32, len(columns))], *map(_element, columns)])),
            (3, _I64, len(rows)),
            (4, _LIST, (_STRUCT, [group])),
            (5, _LIST, (_STRUCT, [[(1, _BINARY, key), (2, _BINARY, text)] for key, text in about.items()])),
            (6, _BINARY, by),
        ]
    )
    return bytes(body + footer + struct.pack("<I", len(footer)) + _MAGIC)


def _element(column: TableColumn) -> list[Field]:
    stored = _STORED[column.kind]
    fields: list[Field] = [(1, _I32, stored.physical), (3, _I32, _OPTIONAL), (4, _BINARY, column.name)]
    if stored.converted is not None:
        fields.append((6, _I32, stored.converted))
    if stored.logical is not None:
        fields.append((10, _STRUCT, stored.logical))
    return fields


def _chunk(column: TableColumn, rows: int, offset: int, size: int) -> list[Field]:
    about: list[Field] = [
        (1, _I32, _STORED[column.kind].physical),
        (2, _LIST, (_I32, [_PLAIN, _RLE])),
        (3, _LIST, (_BINARY, [column.name])),
        (4, _I32, _UNCOMPRESSED),
        (5, _I64, rows),
        (6, _I64, size),
        (7, _I64, size),
        (9, _I64, offset),
    ]
    return [(2, _I64, offset), (3, _STRUCT, about)]


def _page(column: TableColumn, cells: Sequence[Cell]) -> bytes:
    """Return a page with its header: which cells are there, then the values of those."""
    levels = _bits([cell is not None for cell in cells])
    groups = _varint(len(levels) << 1 | 1) + levels
    data = struct.pack("<I", len(groups)) + groups + _values(column.kind, [cell for cell in cells if cell is not None])
    about = [(1, _I32, len(cells)), (2, _I32, _PLAIN), (3, _I32, _RLE), (4, _I32, _RLE)]
    return _struct([(1, _I32, 0), (2, _I32, len(data)), (3, _I32, len(data)), (5, _STRUCT, about)]) + data


def _values(kind: CellForm, cells: Sequence[Any]) -> bytes:
    if kind is CellForm.BOOLEAN:
        return _bits(cells)
    if kind is CellForm.INTEGER:
        return struct.pack(f"<{len(cells)}q", *cells)
    if kind is CellForm.DAY:
        return struct.pack(f"<{len(cells)}i", *((cell - _EPOCH.date()).days for cell in cells))
    if kind is CellForm.MOMENT:
        return struct.pack(f"<{len(cells)}q", *((cell - _EPOCH) // timedelta(microseconds=1) for cell in cells))
    texts = [cell.encode() for cell in cells]
    return b"".join(struct.pack("<I", len(text)) + text for text in texts)


def _bits(flags: Sequence[bool]) -> bytes:
    """Return flags eight to a byte, the first in the lowest bit."""
    return bytes(sum(flag << place for place, flag in enumerate(flags[at : at + 8])) for at in range(0, len(flags), 8))


def _struct(fields: Sequence[Field]) -> bytes:
    found, last = bytearray(), 0
    for number, kind, value in fields:
        found.append((number - last) << 4 | kind)
        found += _value(kind, value)
        last = number
    return bytes(found) + b"\0"


def _value(kind: int, value: Any) -> bytes:
    if kind == _BOOL_TRUE:
        return b""
    if kind in (_I32, _I64):
        return _varint(value << 1)  # no number here is negative
    if kind == _BINARY:
        text: bytes = value.encode()
        return _varint(len(text)) + text
    if kind == _STRUCT:
        return _struct(value)
    of, items = value
    size = bytes([len(items) << 4 | of]) if len(items) < 15 else bytes([0xF0 | of]) + _varint(len(items))
    return size + b"".join(_value(of, item) for item in items)


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])
