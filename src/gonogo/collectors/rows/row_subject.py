"""What a column says that its rows are about: a build, a release, an environment, a test cycle, or nothing of the kind.

Pure, over a heading and the values below it, so that people who set up a binding see what collecting will see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gonogo.collectors.rows import row_words as words
from gonogo.model.build_name import spellings

_LONGEST: Final = 60
"""Under another heading a longer value, or one of several lines, is prose: it names nothing."""
_DATE: Final = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[ T].*)?|[0-9]{1,2}[- ][a-z]{3}[- ][0-9]{2,4}")
_BUILD: Final = re.compile(words.BUILD_VALUE)
_DIGEST: Final = re.compile(r"(?:\S+@)?(?:sha-?[0-9]{1,3}|md5|git)[:=-][0-9a-f]{7,128}|[0-9a-f]{41,128}")
_RELEASE: Final = re.compile(words.RELEASE_VALUE)
_CYCLE: Final = re.compile(words.CYCLE_VALUE)
_SIGNS: Final = re.compile(r"[^0-9a-z#]+")
_SHORTEST_BUILD: Final = 4


class About(StrEnum):
    """What a row can be about."""

    BUILD = "build"
    RELEASE = "release"
    ENVIRONMENT = "environment"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class BoundSubjects:
    """What the evidence is bound to, each in lower case; empty where nobody says.

    Attributes:
        builds: Every spelling of every name of the build.
        releases: Every name of the release.
        environments: Every name of the environment.
        spelled: Names of the build as they are written.
        written: Names of the release and of the environment, in lower case, as they are written.
    """

    builds: frozenset[str] = frozenset()
    releases: frozenset[str] = frozenset()
    environments: frozenset[str] = frozenset()
    spelled: frozenset[str] = frozenset()
    written: tuple[tuple[str, str], ...] = ()

    def words(self, kind: About) -> str:
        """Return the names of one kind in words, as the program writes them."""
        if kind is About.BUILD:
            return ", ".join(sorted(self.spelled))
        known = dict(self.written)
        return ", ".join(sorted(known.get(name, name) for name in self.of(kind)))

    def of(self, kind: About) -> frozenset[str]:
        """Return the names of one kind."""
        return {
            About.BUILD: self.builds,
            About.RELEASE: self.releases,
            About.ENVIRONMENT: self.environments,
            About.CYCLE: frozenset(),
        }[kind]


NOTHING: Final = BoundSubjects()


def bound_to(
    *, builds: Iterable[str] = (), releases: Iterable[str] = (), environments: Iterable[str] = ()
) -> BoundSubjects:
    """Return what evidence is bound to."""
    spelled, releases, environments = frozenset(builds), tuple(releases), tuple(environments)
    folds = [frozenset(map(folded, names)) for names in (releases, environments)]
    written = tuple((folded(name), name.strip()) for names in (releases, environments) for name in names)
    every = frozenset(spelling for name in spelled for spelling in spellings(name))
    return BoundSubjects(every, folds[0], folds[1], spelled, written)


def folded(value: str) -> str:
    """Return a value as it is compared: without blanks around it, in lower case."""
    return unicodedata.normalize("NFKC", value).strip().casefold()


def plain(text: str) -> str:
    """Return a heading, or a value that is compared like one: lower case, other signs as single blanks."""
    return " ".join(_SIGNS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split())


def about(
    heading: str, values: Collection[str], bound: BoundSubjects = BoundSubjects(), *, rows: int = 0
) -> About | None:
    """Return what a column tells its rows apart by, where that has to be settled; else None.

    A column that holds only what the evidence is bound to settles itself. One value where nothing is bound settles
    itself too: nothing is mixed. Where the one value is another than the bound one, that is to be settled.

    Args:
        heading: As the file has it.
        values: Its distinct values; blank ones say nothing.
        bound: What the evidence is bound to.
        rows: How many rows the table has; 0 where that is not known.
    """
    distinct = sorted({folded(value) for value in values} - {""})
    name = plain(heading)
    if not distinct or name in words.DESCRIBES:
        return None
    kind = _kind(name, distinct, bound, rows)
    if kind is None:
        return None
    own = bound.of(kind)
    if own.issuperset(distinct) or (len(distinct) == 1 and not own):
        return None
    return kind


def may_name(heading: str, values: Collection[str]) -> bool:
    """Return whether a column holds builds or releases in some exports: nobody knows before a program is bound."""
    name = plain(heading)
    distinct = {folded(value) for value in values} - {""}
    named = (bool(_RELEASE.fullmatch(plain(value)) or _BUILD.fullmatch(value)) for value in distinct)
    return name in words.MAYBE and any(named)


def worth_watching(heading: str, sample: Collection[str], bound: BoundSubjects) -> bool:
    """Return whether a column that nobody reads is to be looked at as a whole, judged by its first values."""
    name = plain(heading)
    if name in words.DESCRIBES:
        return False
    if _numbers_others(name):
        return False
    named = words.RELEASE | words.ENVIRONMENT | words.CYCLE | words.MAYBE
    return (
        name in named
        or _names_build(name)
        or _by_values(sorted(set(map(folded, set(sample))) - {""}), bound, 0) is not None
    )


def _kind(name: str, distinct: list[str], bound: BoundSubjects, rows: int) -> About | None:
    alone = rows >= 4 and len(distinct) * 2 > rows
    """Nearly every row has a value of its own: the column tells items apart, not what they are about."""
    if _is_status(distinct):
        return None
    if _names_build(name):
        looks = sum(map(_looks_like_build, distinct))
        short = [value for value in distinct if _looks_like_build(value) or not _prose(value)]
        return About.BUILD if (looks and looks * 2 >= len(short)) or bound.builds & set(distinct) else None
    for kind, headings in (
        (About.RELEASE, words.RELEASE),
        (About.ENVIRONMENT, words.ENVIRONMENT),
        (About.CYCLE, words.CYCLE),
    ):
        if name in headings:
            return kind if not alone or bound.of(kind) & set(distinct) else None
    if name in words.MAYBE and bound.releases & set(distinct):
        return About.RELEASE
    if name in words.VERSIONS and any(map(_numbered_like(bound), distinct)):
        return About.BUILD
    found = _by_values(distinct, bound, rows)
    if found is About.RELEASE and _numbers_others(name) and not bound.builds & set(distinct):
        return None
    return found


def _numbers_others(name: str) -> bool:
    """Whether a heading is that of other things that are numbered like releases: ``risk id``, ``requirement``."""
    used = set(name.split())
    return bool(used & words.OTHER_NUMBERED) and not used & {"release", "releases", "wave", "waves", "rollout"}


def _by_values(distinct: list[str], bound: BoundSubjects, rows: int) -> About | None:
    """Return what the values alone are about: they must leave no doubt."""
    if {build for build in bound.builds if len(build) >= _SHORTEST_BUILD} & set(distinct):
        return About.BUILD
    if len(distinct) < 2 or 0 < rows < len(distinct) * 2 or any(map(_prose, distinct)):
        return None
    simple = [plain(value) for value in distinct]
    if words.ENVIRONMENT_WORDS.issuperset(simple) and len(words.CLEAR_ENVIRONMENTS & set(simple)) >= 2:
        return About.ENVIRONMENT
    if all(map(_RELEASE.fullmatch, simple)):
        return About.RELEASE
    if all(map(_CYCLE.fullmatch, simple)) and any(character.isdigit() for text in simple for character in text):
        return About.CYCLE
    return None


def _names_build(name: str) -> bool:
    """Whether a heading says that its column names the build: a listed one, or ``build`` and words around it."""
    used = set(name.split())
    return name in words.BUILD or (bool(used & {"build", "builds"}) and used <= words.AROUND_BUILD)


def _numbered_like(bound: BoundSubjects) -> Callable[[str], bool]:
    """Return whether a value is numbered like a bound build: as many parts, at least three, and the first the same."""
    known = {(parts[0], len(parts)) for parts in map(_parts, bound.builds) if len(parts) >= 3}
    return lambda value: bool(parts := _parts(value)) and (parts[0], len(parts)) in known


def _parts(value: str) -> list[str]:
    return value.split(".") if _BUILD.fullmatch(value) else []


def _looks_like_build(value: str) -> bool:
    return any(form.fullmatch(value) for form in (_BUILD, _DIGEST, _DATE)) or value.isdigit()


def _is_status(distinct: list[str]) -> bool:
    return all(plain(value) in words.STATUS_WORDS for value in distinct)


def _prose(value: str) -> bool:
    return len(value) > _LONGEST or "\n" in value
