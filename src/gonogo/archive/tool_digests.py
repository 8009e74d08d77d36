"""What made the record: gonogo and everything that it stands on, by version and by the digest of its list of files."""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

from gonogo.model.canonical import digest_of_bytes

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRA = re.compile(r"""extra\s*==\s*['"]""")


def tool_digests() -> dict[str, Any]:
    """Return the version of Python, and each installed distribution that gonogo needs.

    ``record_sha256`` is the digest of the distribution's RECORD, which lists every file of it with its digest; null
    where the installation has none.
    """
    found: dict[str, Distribution] = {}
    waiting = ["gonogo"]
    while waiting:
        name = _folded(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # for another system, or another version of Python
            continue
        needs = [each for each in found[name].requires or () if not _EXTRA.search(each)]
        waiting += [match.group() for match in map(_NAME.match, needs) if match]
    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "platform": sys.platform,
        "distributions": [_entry(found[name]) for name in sorted(found)],
    }


def _entry(installed: Distribution) -> dict[str, str | None]:
    record = installed.read_text("RECORD")
    return {
        "name": installed.metadata["Name"],
        "version": installed.version,
        "record_sha256": None if record is None else digest_of_bytes(record.encode()),
    }


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
