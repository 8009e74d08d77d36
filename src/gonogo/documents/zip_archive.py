"""Zip archives, checked before anything is unpacked.

Three readers may each see another archive in the same bytes (doubled names, lying sizes, data before or after).
So the directory is checked first, and every member is unpacked once, under a cap, with its checksum.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.documents.zip_layout import check_end_record, check_layout, plain_name
from gonogo.model.refusal import SourceRefusal

MAX_RATIO: Final = 100
"""Unpacked over packed bytes, for members and archives whose size could hurt."""
RATIO_MATTERS_FROM: Final = 2**20
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x07"
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class ZipForm:
    """What an archive of a kind may be.

    Attributes:
        noun: What it is, for sentences: ``XLSX file``.
        max_members: Most members.
        max_directory: Most bytes of the directory.
        max_total: Most bytes of all members together after unpacking.
        methods: How members may be compressed.
        again: How a person gets a sound one, for sentences.
    """

    noun: str
    max_members: int
    max_directory: int
    max_total: int
    methods: tuple[int, ...] = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    again: str = ""

    @property
    def noun_with_article(self) -> str:
        """The noun with ``a`` or ``an``; the letter X is spoken with a vowel."""
        return f"{'an' if self.noun[0] in 'aeioAEIOX' else 'a'} {self.noun}"


def read_zip(data: bytes, file_name: str, form: ZipForm, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """Return the wanted members of an archive by name; the others are checked and left packed.

    Raises:
        SourceRefusal: Truncated, damaged, encrypted, not a zip archive, of another form, or built to hurt.
    """
    _check_end(data, file_name, form)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_directory(members, file_name, form)
            check_layout(data, members, file_name)
            return {member.filename: archive.read(member) for member in members if wanted(member.filename)}
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OverflowError,
        OSError,
    ) as error:
        raise SourceRefusal(f"{file_name} is a damaged or truncated {form.noun}: {error}") from error


def _check_end(data: bytes, file_name: str, form: ZipForm) -> None:
    """Check the end record, so that a directory of a million entries is never read."""
    if not data.startswith(b"PK\x03\x04"):
        raise SourceRefusal(f"{file_name} is not {form.noun_with_article}")
    end = data.rfind(_END, max(0, len(data) - 22 - 65535))
    if end < 0 or len(data) - end < 22:
        raise SourceRefusal(f"{file_name} is truncated: its zip directory is missing")
    entries, size = struct.unpack_from("<HI", data, end + 10)
    if data.rfind(_END_64, max(0, end - 20), end) >= 0:
        raise SourceRefusal(f"{file_name} uses the zip64 form, which no {form.noun} of a sane size needs")
    if entries > form.max_members or size > form.max_directory:
        raise SourceRefusal(f"{file_name} has {entries} members in its zip directory; the limit is {form.max_members}")
    check_end_record(data, end, file_name)


def _check_directory(members: Sequence[zipfile.ZipInfo], file_name: str, form: ZipForm) -> None:
    if len(members) > form.max_members:
        raise SourceRefusal(f"{file_name} has {len(members)} members; the limit is {form.max_members}")
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
            raise SourceRefusal(f"{file_name} has a member that points outside the archive: {name[:80]!r}")
        if plain_name(name) in seen:
            raise SourceRefusal(f"{file_name} has the member {name[:80]!r} twice")
        seen.add(plain_name(name))
        if member.flag_bits & _ENCRYPTED:
            raise SourceRefusal(f"{file_name} is encrypted; save it without a password")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise SourceRefusal(f"{file_name} has a symbolic link inside: {name[:80]!r}")
        if member.compress_type not in form.methods:
            raise SourceRefusal(f"{file_name} is compressed in a way that no {form.noun} is{form.again}")
        _check_size(f"the member {name[:80]!r} of {file_name}", member.file_size, member.compress_size, form)
    _check_size(file_name, sum(m.file_size for m in members), sum(m.compress_size for m in members), form)


def _check_size(what: str, unpacked: int, packed: int, form: ZipForm) -> None:
    if unpacked > form.max_total:
        raise SourceRefusal(f"{what} would unpack to {unpacked} bytes; the limit is {form.max_total}")
    if unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * packed:
        raise SourceRefusal(f"{what} would unpack to more than {MAX_RATIO} times its size, as a zip bomb does")
