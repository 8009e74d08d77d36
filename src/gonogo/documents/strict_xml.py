"""XML, read strictly: no document type, no entity, nothing from another file. The only importer of defusedxml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["DocumentType", "ParseError", "elements", "stream_parser", "whole"]


class DocumentType(ValueError):
    """The document declares its type or an entity, which evidence never needs."""


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
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    forbidden = True
    if plain_type:
        forbidden = _PLAIN_TYPE.match(stream.read(8192)) is None
        stream.seek(0)
    try:
        yield from iterparse(stream, ("start", "end"), forbid_dtd=forbidden)
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
