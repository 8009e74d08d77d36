"""The profiles that ship with gonogo, read and checked once, when they are written down as JSON.

``make docs`` writes ``shipped.json``, and a test compares it with the profiles. An entry is believed for the very bytes
that it was made from: where a profile has others, or the entry does not read as it should, the profile itself is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

from gonogo.documents.files import read_file
from gonogo.profiles.profile import Example, FactsOf, Profile, WordList
from gonogo.profiles.profile_reading import read_profile

FILE: Final = Path(__file__).with_name("shipped.json")
_LISTS: Final = (
    *("made_from", "formats", "telling", "foreign", "sheets", "file_names"),
    *("about_people", "asks", "not_provable", "traps"),
)


def written(profiles: Iterable[Profile]) -> bytes:
    """Return the content of ``shipped.json``, a line for each profile."""
    lines = [
        f"{json.dumps(profile.path.name)}: {json.dumps(_entry(profile), ensure_ascii=False)}" for profile in profiles
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def read_shipped(path: Path, file: Path = FILE) -> Profile:
    """Return a profile that ships with gonogo.

    Raises:
        ConfigurationError: It is not written down for these bytes, and has mistakes.
    """
    try:
        entry = _texts(file)[path.name]
        if entry["sha256"] != hashlib.sha256(read_file(path)).hexdigest():
            return read_profile(path)
        return _profile(path, dict(entry))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return read_profile(path)


def _entry(profile: Profile) -> dict[str, Any]:
    return {key: value for key, value in asdict(profile).items() if key not in ("path", "needed", "_columns")}


@cache
def _texts(file: Path) -> Any:
    return json.loads(file.read_bytes())


def _profile(path: Path, entry: dict[str, Any]) -> Profile:
    for name in _LISTS:
        entry[name] = tuple(entry[name])
    entry["words"] = {name: WordList(each["meaning"], tuple(each["usual"])) for name, each in entry["words"].items()}
    entry["facts"] = tuple(FactsOf(tuple(each["prefixes"]), each["facts"]) for each in entry["facts"])
    entry["examples"] = tuple(
        Example(
            each["file"],
            each["prefix"],
            {name: tuple(words) for name, words in each["answers"].items()},
            each["settings"],
            each["right"],
        )
        for each in entry["examples"]
    )
    return Profile(**entry, path=path)
