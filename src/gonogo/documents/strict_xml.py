"""XML, read strictly: no document type, no entity, nothing from another file. The only importer of defusedxml.

A document type, and with it an entity, can only be declared before the first element: what follows one is not
well-formed to expat. So defusedxml reads up to the first element, and the same bytes then go to the parser of the
standard library that is written in C, which is several times as quick.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain
from typing import IO, TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["DocumentType", "ParseError", "begun", "elements", "growing_root", "whole"]

_PIECE: Final = 4096
"""Few documents say more than this before their first element; of one that does, ever larger pieces are read."""
_CHUNK: Final = 1 << 18


class DocumentType(ValueError):
    """The document declares its type or an entity, which evidence never needs."""


class _FirstElement(Exception):  # no error: it ends the look at what stands before
    """The first element begins."""


_PLAIN_TYPE: Final = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml[^>]{0,200}\?>)?(?:\s|<!--(?:(?!--).){0,4000}?-->)*"""
    rb"""<!DOCTYPE\s+[A-Za-z]{1,40}\s+(?:SYSTEM|PUBLIC\s+(?:"[^"]{0,200}"|'[^']{0,200}'))"""
    rb"""\s+(?:"[^"]{0,200}"|'[^']{0,200}')\s*>""",
    re.DOTALL,
)
"""A document type that only names another file, which nobody reads: no entities, no values of attributes."""


def elements(stream: IO[bytes], *, plain_type: bool = False) -> Iterator[tuple[str, Element]]:
    """Yield ``start`` and ``end`` of each element, in the order of the document; the caller clears what it has read.

    Args:
        stream: The document, at its beginning.
        plain_type: Whether it may declare a document type that only names a file, as JaCoCo's and Cobertura's do.

    Raises:
        DocumentType: A document type or an entity is declared.
        ParseError: Not well-formed, or not complete.
        ValueError, LookupError: An encoding that nobody knows.
    """
    from xml.etree.ElementTree import iterparse

    forbidden = True
    if plain_type:
        forbidden = _PLAIN_TYPE.match(stream.read(8192)) is None
        stream.seek(0)
    _refuse_types(stream, forbidden=forbidden)
    yield from iterparse(stream, ("start", "end"))


def whole(xml: bytes) -> Element:
    """Return the root element of a small document.

    Raises:
        DocumentType: A document type or an entity is declared.
        ParseError: Not well-formed, or not complete.
        ValueError, LookupError: An encoding that nobody knows.
    """
    from xml.etree.ElementTree import fromstring

    _refuse_types(BytesIO(xml))
    return fromstring(xml)  # no document type, so no entity


def begun(xml: bytes) -> Element:
    """Return the root element of a small document whose root gonogo itself began: nothing can be declared in it.

    Raises:
        ParseError: Not well-formed, or not complete.
    """
    from xml.etree.ElementTree import fromstring

    return fromstring(xml)  # no document type, so no entity


def growing_root(
    stream: IO[bytes], chunk: int = _CHUNK, pieces: Callable[[IO[bytes]], Iterator[bytes]] | None = None
) -> Iterator[tuple[Element, bool]]:
    """Yield the root after each piece of a document, with what the pieces so far hold, and whether that is all.

    The last element at each level may not be complete before the whole document is. The caller takes what is, and
    deletes it, so that memory stays flat. What stands before an error is yielded before the error is raised.

    Args:
        stream: The document, at its beginning.
        chunk: How many bytes a piece has.
        pieces: Hands over the document from its beginning, for one that takes something out of it first.

    Raises:
        DocumentType: A document type or an entity is declared.
        ParseError: Not well-formed, or not complete.
        ValueError, LookupError: An encoding that nobody knows.
    """
    from xml.etree.ElementTree import TreeBuilder, XMLParser

    _refuse_types(stream)
    builder = TreeBuilder()
    document = builder.start("", {})
    parser = XMLParser(target=builder)  # no document type, so no entity
    error: ParseError | None = None
    every = iter(lambda: stream.read(chunk), b"") if pieces is None else pieces(stream)
    for piece in chain(every, (b"",)):
        try:
            parser.feed(piece) if piece else parser.close()
        except ParseError as found:
            error = found
        if len(document):
            yield document[0], not piece and error is None
        if error is not None:
            raise error


def _refuse_types(stream: IO[bytes], *, forbidden: bool = True) -> None:
    """Read what stands before the first element, and go back to the beginning.

    Raises:
        DocumentType: A document type or an entity is declared there.
        ParseError: It is not well-formed.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    def begin(_tag: str, _attributes: object) -> None:
        raise _FirstElement

    parser = DefusedXMLParser(target=object(), forbid_dtd=forbidden)
    parser.parser.StartElementHandler = begin
    size = _PIECE
    try:
        while piece := stream.read(size):
            parser.feed(piece)
            size *= 2
        parser.close()  # a newer expat keeps a long piece back until it has more, or hears that there is no more
    except _FirstElement:
        pass
    except DefusedXmlException as error:
        raise DocumentType(str(error)) from error
    stream.seek(0)


def ready() -> None:
    """Import the library now, so that no child has to."""
    import defusedxml.ElementTree  # noqa: F401  # a module that is there is not imported again
