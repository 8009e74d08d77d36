"""XML that declares its type is refused wherever that stands, and a document is the same in pieces as whole."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from defusedxml.ElementTree import DefusedXMLParser

from gonogo.documents.strict_xml import DocumentType, ParseError, elements, growing_root, whole

READERS: dict[str, Callable[[bytes], object]] = {
    "elements": lambda xml: list(elements(BytesIO(xml))),
    "whole": whole,
    "growing_root": lambda xml: list(growing_root(BytesIO(xml))),
}
BOMB = '<!DOCTYPE a [<!ENTITY x "lol">]><a>&x;</a>'


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest) -> Callable[[bytes], object]:
    return READERS[request.param]


@pytest.mark.parametrize(
    "xml",
    [
        BOMB.encode(),
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a SYSTEM "a.dtd"><a/>',
        b"<!-- " + b"x" * 20_000 + b" -->" + BOMB.encode(),
        ('<?xml version="1.0" encoding="utf-16"?>' + BOMB).encode("utf-16"),
        b"\xef\xbb\xbf" + BOMB.encode(),
    ],
    ids=["entity", "bare", "external", "after a long comment", "UTF-16", "byte order mark"],
)
def test_a_document_type_is_refused_before_anything_is_read(read: Callable[[bytes], object], xml: bytes):
    """One short declaration can stand for gigabytes, or for a file of this machine."""
    with pytest.raises(DocumentType):
        read(xml)


def test_what_a_parser_keeps_back_until_the_end_is_looked_at_too(monkeypatch: pytest.MonkeyPatch):
    """Expat 2.6 keeps a long piece back until it has more; this one keeps everything back."""

    class Late(DefusedXMLParser):  # type: ignore[misc]  # the library has no types
        kept = b""

        def feed(self, data: bytes) -> None:
            self.kept += data

        def close(self) -> object:
            super().feed(self.kept)
            return super().close()

    monkeypatch.setattr("defusedxml.ElementTree.DefusedXMLParser", Late)
    with pytest.raises(DocumentType):
        whole(BOMB.encode())


@pytest.mark.parametrize(
    "xml",
    [b"<a><!DOCTYPE a></a>", b"<a/><!DOCTYPE a>", b"<a><!ENTITY x 'y'></a>", b"<a>&x;</a>", b"<a b='&x;'/>"],
    ids=["type inside", "type behind", "entity inside", "entity that is not declared", "in an attribute"],
)
def test_behind_the_first_element_a_declaration_is_no_xml(read: Callable[[bytes], object], xml: bytes):
    """The look for declarations ends at the first element: nothing behind it may pass as one."""
    with pytest.raises(ParseError):
        read(xml)


@pytest.mark.parametrize(
    "xml", [b"", b"  ", b"<!-- a -->", b"<a><b>", b"<a></b>", b"<a/>b", b"<a/><a/>", b"<a>\x00</a>"]
)
def test_what_is_no_whole_document_is_refused(read: Callable[[bytes], object], xml: bytes):
    with pytest.raises(ParseError):
        read(xml)


@pytest.mark.parametrize("name", ["nonsense", "shift_jis", "utf-7"])
def test_an_encoding_that_is_not_known_is_refused(read: Callable[[bytes], object], name: str):
    with pytest.raises((LookupError, ValueError)):
        read(f'<?xml version="1.0" encoding="{name}"?><a>x</a>'.encode())


def test_a_plain_type_may_name_a_file_where_the_caller_knows_such_files():
    xml = b'<!DOCTYPE a SYSTEM "report.dtd"><a>x</a>'

    assert [event for event, _ in elements(BytesIO(xml), plain_type=True)] == ["start", "end"]
    for other in (BOMB.encode(), b'<!DOCTYPE a SYSTEM "r" [<!ENTITY x "y">]><a/>'):
        with pytest.raises(DocumentType):
            list(elements(BytesIO(other), plain_type=True))


def test_what_stands_before_an_error_is_handed_over_first():
    """The message is then about the first thing that is wrong."""
    steps = growing_root(BytesIO(b"<a><b>1</b><c></a>"))

    root, complete = next(steps)

    assert ([child.tag for child in root], complete) == (["b", "c"], False)
    with pytest.raises(ParseError):
        next(steps)


@pytest.mark.parametrize("chunk", [1, 2, 7, 1000])
def test_a_document_in_pieces_holds_what_it_holds_as_a_whole(chunk: int):
    xml = "<a><b>é<!-- c -->ü</b><b><c>1</c><c>2</c></b><d/>\n</a>".encode()

    steps = list(growing_root(BytesIO(xml), chunk))

    assert [complete for _, complete in steps] == [False] * (len(steps) - 1) + [True]
    root = steps[-1][0]
    assert [(child.tag, child.text, len(child)) for child in root] == [("b", "éü", 0), ("b", None, 2), ("d", None, 0)]
