"""Properties of reports that name what a result is about: a build, a release, an environment or a test cycle.

A closed list of names, compared word by word whatever their case: ``Test Environment``, ``test_environment`` and
``testEnvironment`` are one. What is not in it is not looked at; a binding says so where a name means something else.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class SubjectKind(StrEnum):
    """What a name is about."""

    NONE = ""
    BUILD = "build"
    RELEASE = "release"
    ENVIRONMENT = "environment"
    CYCLE = "cycle"
    """A test cycle, or a version of something: no field of a subject, so only several values of it matter."""


_NAMES: Final[dict[str, SubjectKind]] = {
    name: kind
    for kind, names in (
        (
            SubjectKind.BUILD,
            "build; build id; build no; build nr; build number; build version; build name; build label; build tag; "
            "build under test; tested build; build tested; commit; commit id; commit sha; commit hash; git commit; "
            "git commit id; git sha; git hash; git revision; revision; changeset; artifact; artifact version; "
            "artifact digest; image digest; image tag; software version; app version; application version; "
            "product version; version under test; tested version",
        ),
        (SubjectKind.RELEASE, "release; release id; release name; release version; release number; target release"),
        (
            SubjectKind.ENVIRONMENT,
            "environment; env; environment name; environment id; test environment; test env; tested environment; "
            "target environment; target env",
        ),
        (
            SubjectKind.CYCLE,
            "cycle; cycle id; cycle name; cycle no; cycle number; test cycle; test cycle id; test cycle name; "
            "iteration; test iteration; round; test round; version; wave",
        ),
    )
    for name in names.split("; ")
}
_DIGEST: Final = re.compile(r"(?:\S+@)?(?:(?:sha-?[0-9]{1,3}|md5)[:=-])?(?=[0-9a-f]*[0-9])[0-9a-f]{7,128}")
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def kind_of(name: str) -> SubjectKind:
    """Return what the name of a property is about."""
    return _NAMES.get(" ".join(_WORD.findall(name)).casefold(), SubjectKind.NONE)


_WHOLE_BUILD: Final = frozenset(
    [
        "build",
        "build version",
        "build name",
        "build label",
        "build tag",
        "build under test",
        "tested build",
        "build tested",
    ]
)
"""Names that leave no doubt; a build number, a commit or an image may be told beside the build and differ from it."""


def names_the_build(name: str, chosen: str) -> bool:
    """Whether a property tells the build as the chosen property does, so that both must tell the same.

    Args:
        name: Name of the property.
        chosen: Name of the property that the binding chose.
    """
    return same_name(name, chosen) or " ".join(_WORD.findall(name)).casefold() in _WHOLE_BUILD


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in capitals and punctuation at most."""
    return _bare(one) == _bare(other) != ""


def one_shape(one: str, other: str) -> bool:
    """Whether two values are of one kind: two digests, or ``rc-6`` and ``rc-7``; a commit and a number are not."""
    return _shape(one) == _shape(other)


def _shape(value: str) -> str:
    folded = value.strip().casefold()
    if _DIGEST.fullmatch(folded):
        return "digest"
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"[0-9]+", "9", folded))


def _bare(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
