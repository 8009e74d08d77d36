"""Records of a large document in which only plain fields stand, read by one pattern for each form that they have.

Planning tools write thousands of records in a few forms: the same elements, in the same order, with other texts. From
an example of a form that comes again and again a pattern is made, and the reader of any record says what its groups
mean. What fits no pattern goes to that reader, in its place among the others. What cannot be read by itself goes to the
parser of the document with all that stands behind it, which says what is wrong and where.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import IO, TYPE_CHECKING, Any, Final

from gonogo.documents.strict_xml import ParseError, begun
from gonogo.plugin.spec import CollectorRefusal

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PIECE: Final = 1 << 18
MOST_HELD: Final = 1 << 20
"""Bytes of a record that are looked at together; a longer one is read in pieces by the parser of the document."""
LONGEST: Final = 100_000
"""Characters of a record up to which no field of it can be too long."""
WORTH: Final = 100
"""After so many records with as many tags that fit no pattern one is made: that takes as long as reading so many."""
MOST_FORMS: Final = 48
_TAIL: Final = 64
_HEAD: Final = 512

_BEGINNING: Final = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml\s+version=["']1\.0["'](?:\s+encoding=["'](?:UTF|utf)-8["'])?"""
    rb"""(?:\s+standalone=["'](?:yes|no)["'])?\s*\?>)?\s*<[A-Za-z]"""
)
_GAP: Final = "[ \t\r\n]*+"
_PLAIN: Final = "[^<>&\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*+"
_VALUE: Final = f"({_PLAIN}(?:&(?:amp|lt|gt|quot|apos);{_PLAIN})*+)"
_UNREAD: Final = f"{_PLAIN}(?:(?:\r|&(?:amp|lt|gt|quot|apos|#1[03]|#x[AD]);){_PLAIN})*+"
_SIGNS: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_TOKEN: Final = re.compile(r"<(/?)([A-Za-z_][A-Za-z0-9_]*)( ?/)?>([^<>&]*)")

Fields = tuple[tuple[str, ...], Callable[[list[str]], tuple[str, ...]]]
"""Names of fields, and what takes their texts out of the groups of a pattern."""


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    fields: Fields
    records: tuple[tuple[str, tuple[Fields, ...]], ...]

    def record(self, texts: list[str]) -> dict[str, Any]:
        names, values = self.fields
        record: dict[str, Any] = dict(zip(names, values(texts), strict=True))
        for name, entries in self.records:
            record[name] = [dict(zip(inner, found(texts), strict=True)) for inner, found in entries]
        return record


class PlainRecords:
    """Takes records out of a document before its parser sees them.

    Attributes:
        root: The root as the parser has it by now; None before it has begun.
    """

    def __init__(
        self,
        namespace: str,
        root: str,
        containers: dict[str, str],
        read: Callable[[Element], list[dict[str, Any]]],
        sink: Callable[[str, dict[str, Any]], None],
    ) -> None:
        """Make the reader of one document.

        Args:
            namespace: Of the document.
            root: Name of its root.
            containers: Elements right below the root, each with the name of the records that go to the sink.
            read: Reads a document that has such records alone.
            sink: Where they go, in the order of the document.
        """
        self.root: Element | None = None
        self._namespace, self._name, self._containers = namespace, root, containers
        self._read, self._sink = read, sink
        self._opening = re.compile(b"<(" + "|".join(containers).encode() + b")>")
        self._forms: dict[tuple[str, int], list[_Form]] = defaultdict(list)
        self._seen: Counter[tuple[str, int]] = Counter()

    def pieces(self, stream: IO[bytes]) -> Iterator[bytes]:
        """Yield the document in pieces, without the records that were taken: blanks stand where they stood."""
        data = b""
        while len(data) < _HEAD and (piece := stream.read(PIECE)):
            data += piece
        beginning = _BEGINNING.match(data)
        plain, start = beginning is not None, 0 if beginning is None else beginning.end() - 1
        while plain:
            plain = data.find(b"<!", start) < 0 and data.find(b"<?", start) < 0  # then a tag is what looks like one
            found = self._opening.search(data) if plain else None
            if found is not None:
                yield data[: found.end()]
                name, data = found[1].decode(), data[found.end() :]
                if self._is_open(name):
                    data = yield from self._records(name, data, stream)
            elif plain:
                if data[:-_TAIL]:
                    yield data[:-_TAIL]
                    data = data[-_TAIL:]
                piece = stream.read(PIECE)
                if not piece:
                    break
                data += piece
            start = 0
        if data:
            yield data
        while piece := stream.read(PIECE):
            yield piece

    def _is_open(self, name: str) -> bool:
        """Whether the parser is right behind the beginning of an element below the root."""
        if self.root is None or not len(self.root):
            return False
        last = self.root[-1]
        return last.tag == f"{{{self._namespace}}}{name}" and not len(last) and not last.text

    def _records(self, container: str, data: bytes, stream: IO[bytes]) -> Generator[bytes, None, bytes]:
        """Take the records of an element that has begun; return what stands behind the last of them."""
        closing = f"</{self._containers[container]}>".encode()
        while True:
            end = data.rfind(closing) + len(closing)
            if end < len(closing):
                piece = stream.read(PIECE) if len(data) < MOST_HELD else b""
                if not piece:
                    return data
                data += piece
                continue
            try:
                text = data[:end].decode()
            except UnicodeDecodeError:
                return data
            taken = self._taken(container, text)
            if taken:
                yield _blanks(text[:taken])
            if taken < len(text):
                return text[taken:].encode() + data[end:]
            data = data[end:] + stream.read(PIECE)

    def _taken(self, container: str, text: str) -> int:
        """Take the records with which a text begins; return how many characters they have with the blanks between."""
        name = self._containers[container]
        begins, closing = re.compile(f"{_GAP}(<{name}>)").match, f"</{name}>"
        at, run = 0, -1
        while (begin := begins(text, at)) is not None:
            start = begin.start(1)
            end = text.find(closing, start) + len(closing)
            record = self._plain(name, text, start, end)
            if record is None:
                run = start if run < 0 else run
            else:
                if run >= 0 and not self._others(container, text[run:start]):
                    return run
                run = -1
                self._sink(name, record)
            at = end
        if run >= 0 and not self._others(container, text[run:at]):
            return run
        return at

    def _plain(self, name: str, text: str, start: int, end: int) -> dict[str, Any] | None:
        """Return a record that fits a pattern; None for another one, from which the next pattern may be made."""
        key = name, text.count("<", start, end)
        for form in self._forms.get(key, ()):
            found = form.pattern.match(text, start, end)
            if found is not None and end - start <= LONGEST:
                texts = [each.strip() for each in found.groups()]
                return form.record(texts if text.find("&", start, end) < 0 else [_said(each) for each in texts])
        self._seen[key] += 1
        if self._seen[key] % WORTH == 0 and sum(map(len, self._forms.values())) < MOST_FORMS:
            made = self._form(name, text[start:end])
            if made is not None:
                self._forms[key].append(made)
        return None

    def _others(self, container: str, text: str) -> bool:
        """Read records that fit no pattern; return whether they could be read by themselves.

        Raises:
            CollectorRefusal: One of them is refused.
        """
        try:
            root = begun(self._wrapped(container, text))
        except (ParseError, ValueError):
            return False
        for record in self._read(root):
            self._sink(self._containers[container], record)
        return True

    def _wrapped(self, container: str, text: str) -> bytes:
        inside = f"<{container}>{text}</{container}>"
        return f'<{self._name} xmlns="{self._namespace}">{inside}</{self._name}>'.encode()

    def _form(self, name: str, text: str) -> _Form | None:
        """Return the form of a record that has come; None where it is not plain, or refused.

        The texts of an example of it are numbers, so that the record that is read of it tells where each field stands.
        """
        tokens = []
        at = 0
        while (token := _TOKEN.match(text, at)) is not None:
            tokens.append(token)
            at = token.end()
        if at < len(text):
            return None
        example, pattern, number, value = [], [], 0, False
        for token, following in zip(tokens, [*tokens[1:], None], strict=True):
            tag = token[0][: len(token[0]) - len(token[4])]
            value = (
                not token[1] and not token[3] and following is not None and following[0].startswith(f"</{token[2]}>")
            )
            example.append(f"{tag}{number}" if value else tag)
            pattern.append((tag, number if value else None))
            number += value
        container = next(key for key, record in self._containers.items() if record == name)
        try:
            [record] = self._read(begun(self._wrapped(container, "".join(example))))
        except (CollectorRefusal, ParseError, ValueError):
            return None
        return _formed(record, pattern)


def _blanks(text: str) -> bytes:
    """Return blanks in as many lines as a text, the last as long, so that the parser knows where an error is."""
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    return b"\n" * lines + b" " * (len(text) - max(text.rfind("\n"), text.rfind("\r")) - 1)


def _said(text: str) -> str:
    """Return what a text says that has signs such as ``&amp;``."""
    for written, sign in _SIGNS if "&" in text else ():
        text = text.replace(written, sign)
    return text


def _formed(record: dict[str, Any], tags: list[tuple[str, int | None]]) -> _Form | None:
    """Return the form that an example's record and tags have; None if a field of it stands in no text."""
    nested = {name: entries for name, entries in record.items() if isinstance(entries, list)}
    own = {name: text for name, text in record.items() if name not in nested}
    inner = [entry for entries in nested.values() for entry in entries]
    read = sorted(int(text) for entry in (own, *inner) for text in entry.values() if text)
    if any(not text for entry in (own, *inner) for text in entry.values()) or not all(inner) or not own:
        return None
    place = {str(number): index for index, number in enumerate(read)}
    pattern = "".join(
        tag + (_GAP if number is None else _VALUE if str(number) in place else _UNREAD) for tag, number in tags
    )
    return _Form(
        re.compile(pattern.removesuffix(_GAP)),
        _fields(own, place),
        tuple((name, tuple(_fields(entry, place) for entry in entries)) for name, entries in nested.items()),
    )


def _fields(entry: dict[str, str], place: dict[str, int]) -> Fields:
    indexes = [place[text] for text in entry.values()]
    first = indexes[0]
    return tuple(entry), itemgetter(*indexes) if len(indexes) > 1 else lambda texts: (texts[first],)
