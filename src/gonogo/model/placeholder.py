"""Empty talk: what people write where they have nothing to write yet. One judgement for every room.

The rule, in this order, on a text as it is shown (:mod:`gonogo.model.shown_text`) and in its plain form (NFKC, case
folded, accents, invisible characters and punctuation taken away):

1. No letter and no digit is left, or only ``x``, ``xxx``, ``0`` or ``aaa``: it says nothing.
2. It is a bare number (``123``): nobody can tell what it counts or refers to. ``#123``, ``5%``, ``JIRA-123`` and ``see
   CHG0031234`` are an amount or a reference.
3. It is a placeholder as a whole (``T.B.D.``, ``n/a``, ``to follow``), points elsewhere in words alone (``see above``),
   or only placeholders and the small words around them are left (``nobody yet``, ``none at this time``). The commonest
   words of other languages count, and so do letters of another script that look like those of a placeholder.
   *Not needed*, *nothing is done* and *not tried* are placeholders too. So is the default text of a form (``Choose an
   item.``, :mod:`gonogo.model.form_prompts`), and what only denies, puts off, takes back or points elsewhere (``none
   identified``, ``pending approval``, ``cancelled``, ``see email``, :mod:`gonogo.model.empty_answers`).
4. It opens by saying that it is undecided (``TBD - see Bob``, ``will be worked out by June``) or that nobody is there
   (``Vacant - recruiting``, ``to be hired``), or ends so in brackets (``R. Amsel (not yet)``): the rest says why.
5. It is a label and a placeholder (``Owner: none``), or an instruction of a template (``<<Insert Name>>``, ``< enter
   the id >``, ``[describe the risk]``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from gonogo.model.confusables import LOOKALIKES
from gonogo.model.empty_answers import opens_undecided, refuses, says_only_that_there_is_none
from gonogo.model.form_prompts import TEXTS, asks
from gonogo.model.shown_text import shown_text


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORDS: Final = _listed("""
    none nil null nothing nobody noone somebody someone anybody anyone everybody whoever na tbd tba tbc tbs todo wip
    pending unknown unnamed unassigned undecided undefined undetermined unspecified unclear vacant placeholder dummy
    open later soon dunno idk xx blah asdf qwerty yes no ok okay ditto dito idem nn
    ja nein kein keine keiner keines keinen nichts niemand unbekannt offen entfallt ninguno ninguna nada nadie pendiente
    desconocido oui aucun aucune rien inconnu nessuno nessuna niente nenhum nenhuma geen нет да ок никто ничего
    неизвестно тбд твд
""")
_SMALL: Final = _listed("""
    a an and as assigned at be been being by currently decided defined far for from has have here in is it its known
    moment named not now of on or present so still that the there this time to today until we will with yet
""")
_NOT_DONE: Final = _listed("""
    noworkaround noworkarounds noworkaroundneeded noworkaroundrequired notneeded notrequired notnecessary noneneeded
    nonerequired nothingneeded nothingrequired nothingisdone nothingdone nothingtodo nothingisneeded notdone notdoneyet
    nottried nottriedyet notyettried nottested nottestedyet notyettested notyetdone nevertried nevertested untried
    untested nobodytried nobodytriedit notattempted
""")
_PHRASES: Final = _NOT_DONE | _listed("""
    notapplicable notavailable notspecified notstarted nowork noowner noplan noaction nodate tofollow willfollow follows
    tocome comingsoon tobeadded tobefilledin fillin fillmein tobewritten tobesupplied tobeprovided tobeestablished
    loremipsum insertname inserttext inserthere
    seeabove seebelow asabove sameasabove asbelow sieheoben sieheunten wieoben verarriba verabajo vermasarriba
    comoarriba voirplushaut voircidessus cidessus vedisopra comesopra veracima каквыше смвыше смотривыше смниже
    смотрениже нетданных keineangabe keineangaben nichtzutreffend noaplica sansobjet
    nan nat blank empty leer vide vacio enblanco vuoto vazio leeg пусто objectobject sampletext exampletext
    待定 待确认 待讨论 待补充 无 没有 不适用 未定 暂无 未知 空白 空 なし 該当なし 不明 検討中 未設定 未確定
""")
_VACANT: Final = re.compile(
    r"(?:vacant|unfilled|unstaffed|to be (?:hired|recruited|filled|appointed|nominated|staffed|backfilled|selected))"
    r"(?: (?:recruit[a-z]*|hiring|position|post|seat|role|since|until|in|being|backfill|req|pending|q?[0-9]+)"
    r"(?: .*)?)?"
)
"""A seat in which nobody sits, with or without what is done about it; *vacant positions* may be the matter itself."""
_NOT_YET: Final = _NOT_DONE | _listed("""
    notyet pending tofollow unconfirmed notconfirmed cancelled canceled withdrawn abandoned rejected postponed onhold
""")
"""What in brackets at the end takes back what is said before."""
_INSTRUCTION: Final = re.compile(
    r"\s*[<\[{]+\s*(?:enter|insert|add|type|provide|describe|specify|fill|list|select|choose|put|your)\b[^<>\[\]{}]*[>\]}]+\s*",
    re.IGNORECASE,
)
"""What a template asks for, in brackets, where nobody has written anything."""
_SIGNS: Final = frozenset("#%‰§№")
"""With a number they make an amount or a reference."""
_SPREADSHEET_ERROR: Final = re.compile(r"\s*#(?:[^\W\d_]+(?:/[0-9])?[!?]|¡[^\W\d_]+!|NV|ND|GETTING_DATA)\s*")
"""What a formula that cannot be calculated shows, in the languages of Excel: ``#REF!``, ``#WERT!``, ``#DIV/0!``."""
_SHOWN_AS_NOTHING: Final = re.compile(rf"{_SPREADSHEET_ERROR.pattern}|\s*~~[^~]+~~\s*")
"""Such an error, or words that a tracker strikes through."""
_TAKEN_BACK_FIRST: Final = re.compile(
    r"\W*(?:cancell?ed|withdrawn|abandoned|rejected)\s*[:;\u2013\u2014-]", re.IGNORECASE
)
_CLAUSES: Final = re.compile(r"[;.:\u2013\u2014(\n]|\s-\s|,\s")
_DIGIT: Final = re.compile(r"\d")
_SHORT: Final = 200
"""Characters of a text whose judgement is kept for the next time."""
_LATIN: Final = {char: letter for letter, chars in LOOKALIKES.items() for char in chars} | dict(
    zip("твнкмабзе", "tbhkma63e", strict=True)
)
"""Letters of other scripts by what they look like, small letters by their capitals too."""
_FILLERS: Final = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Characters of the classes of letters and symbols that print nothing."""
_NO_CAVEAT: Final = _listed("""
    none no nil null na nothing notapplicable nocaveat nocaveats noqualification noqualifications noreservation
    noreservations unqualified nonewhatsoever
""")


def _kept(char: str) -> str:
    """Return what is left of one character: itself, a blank, a mark between words, or nothing."""
    kind = unicodedata.category(char)
    if char in _FILLERS or kind[0] in "CM":
        return " " if kind == "Cc" else ""
    return char if kind[0] in "LN" else " " if kind[0] == "Z" else "\0"


_OF_ASCII: Final = {code: _kept(chr(code)) for code in range(128)}


def plain_words(text: str) -> str:
    """Return the words that a text shows as they are compared: folded, in lower case, one blank between them."""
    text = shown_text(text)
    if text.isascii():
        folded = text.lower().translate(_OF_ASCII)
    else:
        folded = "".join(map(_kept, unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())))
    # T.B.D. and n/a are one word each: a mark between single letters joins them; any other parts words.
    if "\0" in folded:
        folded = re.sub(r"(?<![^\0 ])([^\0 ])\0(?=[^\0 ](?![^\0 ]))", r"\1", folded).replace("\0", " ")
    return " ".join(folded.split())


_CARRIES_NOTHING: Final = _SMALL | _WORDS
_UNFILLED: Final = frozenset(plain_words(text).replace(" ", "") for text in re.split(r"[|\n]", TEXTS)) - {""}
_EMPTY: Final = frozenset(plain_words(text).replace(" ", "") for text in (*_WORDS, *_PHRASES)) | _UNFILLED
"""Whole texts that say nothing, without their blanks."""


def has_content(value: object) -> bool:
    """Whether a part of a plan, waiver, log or statement says anything; ``TBD``, ``—`` and ``nobody yet`` do not.

    Args:
        value: Text, or any other value: that says something unless it is empty.
    """
    if not isinstance(value, str):
        return bool(value)
    return _says_it(value) if len(value) <= _SHORT else _says_something(value)


def _says_something(value: str) -> bool:
    text = shown_text(value)
    if text.lstrip().startswith("<<") or _INSTRUCTION.fullmatch(text) or _SHOWN_AS_NOTHING.fullmatch(text):
        return False
    if not _talks(text) or _taken_back(text) or _is_refusal(text):
        return False
    label, colon, rest = text.partition(":")
    return not (colon and len(plain_words(label).split()) <= 2 and not _talks(rest))


_says_it: Final = lru_cache(maxsize=8192)(_says_something)
"""The cells of a column say few things many times."""


def is_unfilled(text: str) -> bool:
    """Whether a text is what a form or a formula shows where nobody has answered: ``Choose an item.``, ``#REF!``."""
    shown = shown_text(text)
    words = plain_words(shown)
    return _SPREADSHEET_ERROR.fullmatch(shown) is not None or asks(words) or words.replace(" ", "") in _UNFILLED


def is_caveat(value: str) -> bool:
    """Whether words that qualify a statement are a caveat. ``none`` and ``—`` are not; ``pending`` and ``?`` are."""
    squashed = plain_words(value).replace(" ", "")
    if squashed:
        return squashed not in _NO_CAVEAT
    return any(unicodedata.category(char) not in ("Pd", "Cf", "Cc", "Zs") for char in value if char not in _FILLERS)


def _talks(value: str) -> bool:
    words = plain_words(value)
    if words.isdigit() and not any(char in _SIGNS or unicodedata.category(char) == "Sc" for char in value):
        return False
    return _says(words) and (words.isascii() or _says(_latin(words)))


def _taken_back(value: str) -> bool:
    """Whether it opens with *cancelled*, or the last brackets say that it has not happened or is undecided."""
    if _TAKEN_BACK_FIRST.match(value):
        return True
    text = value.rstrip(" \t\r\n\xa0.,;:!")
    if not text.endswith((")", "]", "）")):
        return False
    words = plain_words(text[max(text.rfind(opener) for opener in "([（") + 1 : -1])
    return words.replace(" ", "") in _NOT_YET or opens_undecided(words)


def _is_refusal(value: str) -> bool:
    """Whether it says that nothing is done, and goes on with what will not happen."""
    if len(value) > 500 or "no" not in value[:12].casefold():
        return False
    return refuses([words for words in map(plain_words, _CLAUSES.split(value)) if words])


def _latin(words: str) -> str:
    """Return words as they look to somebody who reads Latin letters alone."""
    return "".join(_LATIN.get(char, char) for char in words)


def _says(words: str) -> bool:
    squashed = words.replace(" ", "")
    if not squashed or re.fullmatch(r"x+|0+|([a-z])\1\1+", squashed):
        return False
    if squashed in _EMPTY or opens_undecided(words) or _VACANT.fullmatch(words):
        return False
    if not _DIGIT.search(words) and (asks(words) or says_only_that_there_is_none(words, _CARRIES_NOTHING)):
        return False
    return len(squashed) == 1 or not all(word in _CARRIES_NOTHING for word in words.split())
