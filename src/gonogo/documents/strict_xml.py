"""XML, read strictly: no document type, no entity, nothing from another file. The only importer of defusedxml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["DocumentType", "ParseError", "elements", "stream_parser", "whole"]


class DocumentType(ValueError):
    """The document declares its type or an entity, which evidence never needs."""


def elements(stream: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """Yield ``start`` and ``end`` of each element, in the order of the document; the caller clears what it has read.

    Raises:
        DocumentType: A document type or an entity is declared.
        ParseError: Not well-formed, or not complete.
        ValueError, LookupError: An encoding that nobody knows.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        yield from iterparse(stream, ("start", "end"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise DocumentType(str(error)) from error


def whole(xml: bytes) -> Element:
    """Return the root element of a small document.

    Raises:
        DocumentType: A document type or an entity is declared.
        ParseError: Not well-formed, or not complete.
        ValueError, LookupError: An encoding that nobody knows.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        raise DocumentType(str(error)) from error
    return root


def stream_parser() -> tuple[Any, type[Exception]]:
    """Return a parser that is fed in pieces, and what it raises where a document type or an entity is declared.

    Its ``parser`` is expat itself: elements and text go to the handlers that are set there.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    return DefusedXMLParser(target=object(), forbid_dtd=True), DefusedXmlException


def ready() -> None:
    """Import the library now, so that no child has to."""
    import defusedxml.ElementTree  # noqa: F401  # a module that is there is not imported again
