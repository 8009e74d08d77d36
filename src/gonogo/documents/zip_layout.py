"""The bytes of a zip archive, entry by entry: whatever two readers could read apart is refused.

One reader starts at the first entry, another at the directory at the end; bytes that belong to no entry, entries that
overlap, and entries whose own header differs from the directory are where the two come apart.
"""

from __future__ import annotations

import posixpath
import struct
import unicodedata
import zipfile
from collections.abc import Sequence
from typing import Final

from gonogo.model.refusal import SourceRefusal

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_DESCRIPTOR: Final = (12, 16, 20, 24)
"""Bytes of a data descriptor: with or without its signature, with sizes of four or eight bytes."""
_SIZES_LATER: Final = 0x8
_UNICODE_PATH: Final = 0x7075
_UNKNOWN: Final = 0xFFFFFFFF


def check_end_record(data: bytes, end: int, file_name: str) -> None:
    """Check that the archive is the whole file: nothing before its first entry, nothing after its end.

    Raises:
        SourceRefusal: Something is.
    """
    disk, first_disk, here, entries, size, offset, comment = struct.unpack_from("<4H2IH", data, end + 4)
    if end + 22 != len(data) or comment:
        raise SourceRefusal(
            f"{file_name} has bytes after the end of its archive, so readers may see different contents"
        )
    if offset + size != end:
        raise SourceRefusal(
            f"{file_name} has bytes before its archive, or a second one inside, so readers may see different contents"
        )
    if disk or first_disk or here != entries:
        raise SourceRefusal(f"{file_name} is one part of a split archive")


def check_layout(data: bytes, members: Sequence[zipfile.ZipInfo], file_name: str) -> None:
    """Check that the entries fill the file from its first byte to the directory, each as the directory says.

    Raises:
        SourceRefusal: Two overlap, something stands between them, or a header differs from the directory.
    """
    (directory,) = struct.unpack_from("<I", data, data.rfind(b"PK\x05\x06") + 16)
    ordered = sorted(members, key=lambda member: member.header_offset)
    starts = [member.header_offset for member in ordered]
    if starts and starts[0] != 0:
        raise SourceRefusal(f"{file_name} has bytes before its first entry, so readers may see different contents")
    for member, following in zip(ordered, [*starts[1:], directory], strict=True):
        _check_name(member, file_name)
        _check_entry(data, member, following, file_name)


def plain_name(name: str) -> str:
    """Return a name as the most careless reader compares it."""
    return unicodedata.normalize("NFKC", posixpath.normpath(name.replace("\\", "/"))).casefold()


def _check_name(member: zipfile.ZipInfo, file_name: str) -> None:
    name = member.filename
    if posixpath.normpath(name) != name.removesuffix("/") or not name.isprintable():
        raise SourceRefusal(f"{file_name} has a member with a name that programs read differently: {name[:80]!r}")
    extra = member.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH:
            raise SourceRefusal(f"{file_name} has a member with two names: {name[:80]!r}")
        extra = extra[4 + size :]


def _check_entry(data: bytes, member: zipfile.ZipInfo, following: int, file_name: str) -> None:
    what = f"{file_name}: the member {member.filename[:80]!r}"
    start = member.header_offset
    if start + _LOCAL.size > following:
        raise SourceRefusal(f"{what} overlaps with the next one")
    mark, _, flags, method, _, _, checksum, packed, size, name_length, extra_length = _LOCAL.unpack_from(data, start)
    body = start + _LOCAL.size + name_length + extra_length
    name = data[start + _LOCAL.size : start + _LOCAL.size + name_length]
    raw_name = member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437", "replace")
    later = bool(flags & _SIZES_LATER)
    same = (mark, name, method, flags & 0x809) == (
        b"PK\x03\x04",
        raw_name,
        member.compress_type,
        member.flag_bits & 0x809,
    )
    for here, there in ((checksum, member.CRC), (packed, member.compress_size), (size, member.file_size)):
        same = same and (here in (there, _UNKNOWN) or (later and here == 0))
    if not same:
        raise SourceRefusal(f"{what} is described differently by its own header and by the directory")
    rest = following - body - member.compress_size
    if rest < 0:
        raise SourceRefusal(f"{what} overlaps with the next one")
    if rest and not (later and rest in _DESCRIPTOR):
        raise SourceRefusal(f"{what} is followed by bytes that belong to no member")
