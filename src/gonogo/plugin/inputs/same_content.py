"""Files that nobody reads and that say by their headings what a bound file says: another version under another name.

By bytes alone: a file that nobody bound is never parsed here. The headings that a binding reads are looked for in the
first part of a text, or of the texts of a workbook; where a binding names no heading, the root of an XML document or
the sheets of a workbook tell.
"""

from __future__ import annotations

import html
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from gonogo.model.program import Binding, Program
from gonogo.model.reply import Beside
from gonogo.plugin.inputs.aside_folders import is_aside
from gonogo.plugin.inputs.beside import BesideFiles, means, spelled_out
from gonogo.plugin.inputs.leftovers import composed
from gonogo.plugin.inputs.likeness import likeness
from gonogo.plugin.inputs.overlooked import evidence_files

_HEAD: Final = 2**18
"""Bytes of a text, or of one part of a workbook, that are looked at."""
_PARTS: Final = 24
_LINES: Final = 40
_FEW: Final = 3
"""Fewer headings than this are those of many lists; then the names of the files have to share a word."""
_ZIP: Final = b"PK\x03\x04"
_GZIP: Final = b"\x1f\x8b"
_PACKED: Final = 2**22
"""Bytes of a workbook in an archive that are looked at."""
_PARAGRAPH: Final = re.compile(rb"<text:p(?: [^>]*)?>([^<]*)</text:p>")
_UNREADABLE: Final = re.compile(r"(?i)\.(?:zip|gz|7z|rar|bz2|xz|xls|xlsb|ods|numbers|mdb|accdb|eml|msg)")
"""Endings of files in which nothing here finds headings, although they may hold the list."""
_ENDS: Final = re.compile(rb"</(?:\w{1,20}:)?(?:si|is)>")
_RUN: Final = re.compile(rb"<(?:\w{1,20}:)?t(?: [^<>]*)?>([^<]*)</")
_SHEETS: Final = re.compile(rb"<(?:\w{1,20}:)?sheet [^<>]*?\bname=\"([^<>\"]*)\"")
_UNNAMED: Final = re.compile(r"(?:sheet|tabelle|feuil|hoja) ?[0-9]*")
_ROOT: Final = re.compile(r"<([A-Za-z_][\w:.-]*)((?:\s[^<>]*)?)>")
_SPACE: Final = re.compile(r"\sxmlns=[\"']([^\"']*)[\"']")
_KEY: Final = re.compile(r"\"((?:[^\"\\]|\\.)*)\"\s*:")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_FORM: Final = re.compile(r"(?i)(?:\.[a-z][a-z0-9]{0,7}){1,2}$")
_ALIKE: Final = "a file that `gonogo status PROGRAM` names"


@dataclass(frozen=True)
class HeadOfFile:
    """What the first part of a file shows.

    Attributes:
        cells: Its texts, a set for each line of a table; all of them together where lines cannot be told.
        made: What the whole of it is, for a file without headings of its own; empty where nothing tells.
    """

    cells: tuple[frozenset[str], ...] = ()
    made: str = ""

    def holds(self, headings: frozenset[str]) -> bool:
        """Whether one line has at least three of four headings."""
        return any(4 * len(headings & line) >= 3 * len(headings) for line in self.cells) if headings else False


def head_of(path: Path) -> HeadOfFile:
    """Return what the first part of a file shows; nothing where it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return HeadOfFile()
            data = stream.read(_HEAD)
            if data.startswith(_ZIP):
                return _workbook(zipfile.ZipFile(stream))
            if data.startswith(_GZIP):
                data = zlib.decompressobj(wbits=31).decompress(data, _HEAD)
    except (OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        return HeadOfFile()
    return _text(data)


def _workbook(archive: zipfile.ZipFile, *, packed: bool = False) -> HeadOfFile:
    names = archive.namelist()
    parts = [name for name in names if name == "xl/sharedStrings.xml" or name.startswith("xl/worksheets/sheet")]
    if not parts:
        return HeadOfFile() if packed else _packed(archive)
    found: set[str] = set()
    for name in parts[:_PARTS]:
        with archive.open(name) as stream:
            data = stream.read(_HEAD)
        for text in _ENDS.split(data)[:-1]:
            found.add(_compared(html.unescape(b"".join(_RUN.findall(text)).decode("utf-8", "replace"))))
    made = ""
    if "xl/workbook.xml" in names:
        with archive.open("xl/workbook.xml") as stream:
            said = [html.unescape(each.decode("utf-8", "replace")) for each in _SHEETS.findall(stream.read(_HEAD))]
        named = sorted(name for each in said if not _UNNAMED.fullmatch(name := _compared(each)))
        made = f"sheets {named}" if len(named) > 1 else ""
    return HeadOfFile((frozenset(found),), made)


def _packed(archive: zipfile.ZipFile) -> HeadOfFile:
    """Return what the files in an archive show: exports that somebody zipped, or the sheets of OpenDocument."""
    cells: list[frozenset[str]] = []
    for name in archive.namelist()[:_PARTS]:
        with archive.open(name) as stream:
            data = stream.read(_HEAD)
        if data.startswith(_ZIP):
            with archive.open(name) as stream:
                inner = io.BytesIO(stream.read(_PACKED))
            cells += _workbook(zipfile.ZipFile(inner), packed=True).cells
        elif name == "content.xml":
            texts = _PARAGRAPH.findall(data)
            cells.append(frozenset(_compared(html.unescape(each.decode("utf-8", "replace"))) for each in texts))
        else:
            cells += _text(data).cells
    return HeadOfFile(tuple(cells))


def _text(data: bytes) -> HeadOfFile:
    text = _decoded(data)
    start = text.lstrip()
    if start.startswith("<"):
        root = _ROOT.search(start)
        space = _SPACE.search(root[2]) if root is not None else None
        return HeadOfFile(made=f"root {root[1]} {space[1] if space is not None else ''}" if root is not None else "")
    if start.startswith(("{", "[")):
        return HeadOfFile((frozenset(map(_compared, _KEY.findall(start))),))
    lines = [line for line in start.splitlines()[:_LINES] if line.strip()]
    return HeadOfFile(
        tuple(frozenset(_compared(each.strip().strip('"')) for each in re.split(r"[,;\t|]", line)) for line in lines)
    )


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _compared(text: str) -> str:
    return " ".join(composed(text).split()).casefold()


def headings_read(settings: Any) -> frozenset[str]:
    """Return the headings that the settings of a binding name, as they are compared."""
    return frozenset(map(_compared, _headings(settings)))


def _headings(settings: Any) -> Iterator[str]:
    if isinstance(settings, Mapping):
        for key, value in settings.items():
            if key == "header" and isinstance(value, str):
                yield value
            else:
                yield from _headings(value)
    elif isinstance(settings, list | tuple):
        for each in settings:
            yield from _headings(each)


@dataclass
class LooseFiles:
    """The files of a program's folders of evidence that no binding reads and nobody has settled.

    Attributes:
        program: The program.
        root: Its folder.
    """

    program: Program
    root: Path
    _heads: dict[str, HeadOfFile] = field(default_factory=dict)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Their paths; none of a folder into which people put what they no longer use."""
        return tuple(path for path in self._every if not _is_aside(path))

    @cached_property
    def _every(self) -> tuple[str, ...]:
        bound = [(words, each) for each in self.program.bindings for entry in each.inputs for words in entry.paths]
        read = [words for words, each in bound if each.confirmed is None]  # no other is read
        known = [*read, *(self.program.not_evidence or {})]
        return tuple(
            path
            for path in evidence_files(self.root, [words for words, _ in bound])
            if not any(means(words, path) for words in known)
        )

    def note(self, binding: Binding, read: Iterable[str], around: BesideFiles, *, personal: bool) -> None:
        """Note each of them that says by its headings what a binding reads, or by its name that it is newer.

        The name tells in any folder and any format: a newer list as text, in an archive, or put away too early.

        Args:
            binding: The binding.
            read: The paths of what it read, as they are shown.
            around: Where it is noted; what is noted there by its name is not noted again.
            personal: Whether names that the binding does not spell out are never shown.
        """
        if not self._every:
            return
        headings = headings_read(binding.settings)
        noted = {each.path for each in around.beside}
        for old in read:
            for path in self._every:
                how = None if path in noted else self._how(headings, old, path)
                if how is None:
                    continue
                spelled = not personal or spelled_out(old.rpartition("/")[2], path.rpartition("/")[2])
                found = Beside(path=composed(path) if spelled else _ALIKE, than=old, by=how)
                if found not in around.beside:
                    around.beside.append(found)

    def _how(
        self, headings: frozenset[str], old: str, path: str
    ) -> Literal["date", "version", "name", "headings"] | None:
        """Return by what a file may be a newer version of one that is read; None where nothing tells."""
        mine, theirs = _any_form(old), _any_form(path)
        named = "name" if mine == theirs else likeness(mine, theirs)
        if _is_aside(path):
            return named if named in ("date", "version") else None
        if named == "older" or named == "copy":
            return None if named == "older" or not self._alike(headings, old, path) else "headings"
        if named is not None and named != "name":
            return named
        if self._alike(headings, old, path):
            return "headings"
        return named if _UNREADABLE.search(path.rpartition("/")[2]) is not None else None

    def _alike(self, headings: frozenset[str], old: str, path: str) -> bool:
        if headings:
            near = len(headings) >= _FEW or bool(_words(old) & _words(path))
            return near and self._head(path).holds(headings)
        made = self._head(old).made
        return bool(made) and made == self._head(path).made

    def _head(self, path: str) -> HeadOfFile:
        if path not in self._heads:
            self._heads[path] = head_of(self.root / path)
        return self._heads[path]


def _any_form(path: str) -> str:
    """Return the name of a file as one of the same form as any other, so that two are told apart by the rest of it."""
    name = path.rpartition("/")[2]
    return f"{_FORM.sub('', name)}.any"


def _is_aside(path: str) -> bool:
    return any(map(is_aside, path.split("/")[:-1]))


def _words(path: str) -> set[str]:
    return {each.casefold() for each in _WORD.findall(path.rpartition("/")[2].rpartition(".")[0])}
