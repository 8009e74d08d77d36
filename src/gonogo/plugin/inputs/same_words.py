"""Whether the names of two files say the same but for their age: `config items wk49` beside `Configuration items`.

For files whose content is one list already. By words alone, and with care: a release, a part or a word of its own is
another list until a person says otherwise.
"""

from __future__ import annotations

import re
from typing import Final

from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.name_words import is_age, tells_a_part

_TOKEN: Final = re.compile(r"([^\W\d_]+)([0-9]*)")
_STEM: Final = 5
"""Letters that two forms of one word share, such as `validation` and `validated`."""
_SHORT: Final = 3
"""Letters of the shortest beginning that stands for a word, such as `ack`."""


def same_words(name: str, other: str) -> bool:
    """Whether a file's name has no word that the other's has not, but for what tells its age.

    Args:
        name: The new file, without its folder.
        other: The bound one.
    """
    mine, theirs = _tokens(name), _tokens(other)
    own = {token for token in mine if not is_age(token[0])}
    return bool(own) and all(_is_said(word, number, theirs) for word, number in own)


def _is_said(word: str, number: str, theirs: set[tuple[str, str]]) -> bool:
    if number or tells_a_part(word):
        return (word, number) in theirs  # R2 is not R1
    return any(_alike(word, each) for each, _ in theirs)


def _tokens(name: str) -> set[tuple[str, str]]:
    """Return the words of a name, each with the digits that stand right behind it."""
    day = dated(name)
    stem = (day.wild if day is not None else name).rpartition(".")[0] or name
    return {(word.casefold(), number) for word, number in _TOKEN.findall(stem)}


def _alike(one: str, other: str) -> bool:
    """Whether two words are one, shortened or in another form."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORT:
        return one == other
    return long.startswith(short) or (len(short) > _STEM and short[:_STEM] == long[:_STEM])
