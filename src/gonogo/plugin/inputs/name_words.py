"""Words of a file's name that the name of the bound file has not: `closed only` tells of a part, or of another list.

A pattern stands for a date, a version or a number of one name. What else differs between two names that it matches is
no newer version of one list until a person says so. By names alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.leftovers import composed
from gonogo.plugin.inputs.match import is_wild
from gonogo.plugin.inputs.part_numbers import lone_part, part_beyond

_WORD: Final = re.compile(r"[^\W\d_]+")
_AS_OF: Final = re.compile(r"(?i)(?<![^\W\d_])as[ ._-]+of(?![^\W\d_])")
_AGES: Final = """
    v ver version rev revision final latest asof wk week t z h at am pm utc gmt est edt cst cdt mst mdt pst pdt
    jan january feb february mar march apr april may jun june jul july aug august sep sept september
    oct october nov november dec december
    mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday
"""
"""Words that tell how old a file is, and nothing of what is in it."""
_PARTS: Final = """
    only open closed filtered partial part subset excerpt sample example template draft old copy backup except excluding
    without incomplete outdated obsolete superseded wip
"""
"""Words that tell of a part, or of a file that nobody should read, although no other name is there to compare with."""
_NO_CONTENT: Final = frozenset(_AGES.split())
_INCOMPLETE: Final = frozenset(_PARTS.split())


def is_age(word: str) -> bool:
    """Whether a word tells how old a file is, and nothing of what is in it."""
    return word.casefold() in _NO_CONTENT


def tells_a_part(word: str) -> bool:
    """Whether a word tells of a part of a list, or of a file that nobody should read."""
    return word.casefold() in _INCOMPLETE


def words_beyond(path: str, others: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a path that one of the others has not, in their order, without what tells its age.

    Where there is none, it is the number by which it may be one of several parts, such as `2` or `page 2`.

    Args:
        path: A path, or a name.
        others: Those that it is compared with.
    """
    words = tuple(dict.fromkeys(word for other in others for word in _words(path) if word not in set(_words(other))))
    part = "" if words else part_beyond(path, others)
    return (part,) if part else words


def foreign_words(pattern: str, path: str, others: Sequence[str]) -> tuple[str, ...]:
    """Return the words for which a file is not surely another version of what a pattern means; none for most files.

    Args:
        pattern: The pattern; a path means itself.
        path: One of the paths that it matches.
        others: The others that it matches. Where there is none, only the words count that tell of a part.
    """
    if not any(map(is_wild, pattern.split("/"))):
        return ()
    if others:
        return words_beyond(path, others)
    own = pattern.rpartition("/")[2]
    if not list(_words(own)):
        return ()  # a pattern without a word of its own means any name
    name = path.rpartition("/")[2]
    words = tuple(word for word in words_beyond(name, [own]) if word in _INCOMPLETE)
    part = "" if words else lone_part(name, own)
    return (part,) if part else words


def why_another_list(pattern: str, shown: str, words: Sequence[str], *, newest: bool, personal: bool) -> str:
    """Return why a file is not read for such words, and what settles it.

    Args:
        pattern: The pattern.
        shown: The file, as it may be shown.
        words: Those words.
        newest: Whether it is the newest of several that the pattern matches.
        personal: Whether the words are personal data.
    """
    said = "has other words than theirs" if personal else f"says `{' '.join(words)}`"
    said += ", and that of another one does not" if newest and not personal else ""
    found = "the newest of the files" if newest else "the one file"
    return (
        f"{shown} is {found} that {pattern} matches. Its name {said}: it may be a part of the list, or another list. "
        "If it is, list it under not_evidence; if it is the whole list, bind it by its exact path."
    )


def why_one_day(shown: str) -> str:
    """Return why none of several files of one day is read, and what settles it.

    Args:
        shown: The files, as they may be shown.
    """
    return (
        f"{shown} are of one day, so none is surely the newest: they may be parts of one list, or one a corrected "
        "export. If one holds the whole list, list the others under not_evidence; if they are parts, export the list "
        "again as one file."
    )


def _words(path: str) -> Iterator[str]:
    *folders, name = composed(path).split("/")
    day = dated(name)
    plain = day.wild if day is not None else name
    for part in (*folders, plain.rpartition(".")[0] or plain):
        for word in _WORD.findall(_AS_OF.sub(" ", part)):
            if word.casefold() not in _NO_CONTENT:
                yield word.casefold()
