"""What made the record: gonogo and everything that it stands on, by version and by digests that its wheel gives too."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

from gonogo.model.canonical import digest_of_bytes

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRA = re.compile(r"""extra\s*==\s*['"]""")
_BY_INSTALLER = re.compile(
    r"\.\./|[^,]*(?:\.pyc|\.dist-info/(?:INSTALLER|REQUESTED|direct_url\.json|RECORD|uv_[^,/]*)),"
)
"""Lines that an installer adds to the list of files: scripts, compiled files, and notes about itself."""


def tool_digests() -> dict[str, Any]:
    """Return the version of Python, and each installed distribution that gonogo uses, those of its extras included.

    ``record_sha256`` is the digest of the distribution's RECORD, which lists every file of it with its digest; null
    where the installation has none. ``wheel_files_sha256`` is that of :func:`wheel_files`, which the wheel gives too.
    ``wheel_sha256`` is the digest of the wheel itself, where it was installed from a file and the installer noted it.
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
        needs = [each for each in found[name].requires or () if name == "gonogo" or not _EXTRA.search(each)]
        waiting += [match.group() for match in map(_NAME.match, needs) if match]
    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "platform": sys.platform,
        "distributions": [_entry(found[name]) for name in sorted(found)],
    }


def wheel_files(record: str) -> bytes:
    """Return the lines of a RECORD that the wheel has too, sorted, as `grep` and `sort` give them."""
    named = (line.strip() for line in record.splitlines())
    kept = sorted(
        line for line in named if ",sha256=" in line and not _BY_INSTALLER.match(line) and ".data/" not in line
    )
    return "".join(f"{line}\n" for line in kept).encode()


def _entry(installed: Distribution) -> dict[str, str | None]:
    record = installed.read_text("RECORD")
    return {
        "name": installed.metadata["Name"],
        "version": installed.version,
        "record_sha256": None if record is None else digest_of_bytes(record.encode()),
        "wheel_files_sha256": None if record is None else digest_of_bytes(wheel_files(record)),
        "wheel_sha256": _wheel(installed.read_text("direct_url.json")),
    }


def _wheel(noted: str | None) -> str | None:
    """Return the digest of the wheel that the installer noted; None where it noted none."""
    try:
        digest = json.loads(noted or "null")["archive_info"]["hashes"]["sha256"]
    except (ValueError, KeyError, TypeError):
        return None
    return digest if isinstance(digest, str) else None


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
