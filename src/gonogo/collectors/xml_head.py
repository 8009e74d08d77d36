"""What two readers of an XML document take differently: its encoding, foreign namespaces, files that it includes."""

from __future__ import annotations

import codecs
import re
from typing import IO, Final

from gonogo.plugin.spec import CollectorRefusal

_HEAD: Final = 300
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")


def check_head(stream: IO[bytes], place: str) -> None:
    """Refuse a document if one reader would follow its byte order mark and another its declaration.

    Raises:
        CollectorRefusal: It begins with the mark of UTF-8 and declares another encoding.
    """
    head = stream.read(_HEAD)
    stream.seek(0)
    if not head.startswith(codecs.BOM_UTF8):
        return
    declared = _DECLARED.match(head, len(codecs.BOM_UTF8))
    if declared is not None and declared[1].lower() not in (b"utf-8", b"utf8"):
        named = declared[1].decode("ascii", "replace")
        raise CollectorRefusal(
            f"{place} begins with the byte order mark of UTF-8 and declares the encoding {named}, so two readers may "
            "read two texts; export it again, or correct the declaration"
        )


_OURS: Final = frozenset(
    ["testsuites", "testsuite", "testcase", "failure", "error", "skipped", "properties", "property"]
)


class Spaces:
    """Namespaces of one test report: its own is that of its root."""

    def __init__(self) -> None:
        self._own: str | None = None

    def check(self, tag: str, local: str) -> None:
        """Refuse an element that one reader takes for a part of the report, and another does not.

        Raises:
            ValueError: It is called like one, in another namespace, or includes another file.
        """
        space = tag[: -len(local)]
        if self._own is None:
            self._own = space
        if local in _OURS and space != self._own:
            raise ValueError(f"a {local} is in the foreign namespace {space[1:-1][:80]!r}")
        if "XInclude" in space:
            raise ValueError("it includes another file (XInclude); put the results into one report")
