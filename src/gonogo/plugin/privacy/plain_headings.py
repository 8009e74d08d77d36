"""Headings that surely name no person: each word of them is one that headings are made of.

A heading says what a column holds and may be told of any file. But nobody can tell that a text above cells is a heading,
and a list may have a column for each of its people. So a heading is told where every word of it is known.
"""

from __future__ import annotations

from typing import Final

from gonogo.plugin.privacy.recognize import KNOWN_IN_HEADINGS, heading_words

_NAMES_TOO: Final = frozenset("bill grant page judge clerk mentor guest".split())
"""Words of headings that people bear as names."""
_PLAIN: Final = (KNOWN_IN_HEADINGS - _NAMES_TOO) | frozenset(
    """
    a accepted action actions actual added after all amount an and answer any approved approval approvals as assigned at
    available baseline before begin begun blocked by changed check checked close closed closure code comment comments
    completion condition confirmed count covered created current date dates day decided decision defects delivered
    description detail details detected disposition documented done due duration e2e effective email end ended entered
    entry error estimate evidence exit expected expiry external finish finished fix fixed for found from go group held
    high history id identified ids if in internal issued kind last later latest length link links list live local
    logged lower mail mapped mapping mandatory met missing mitigation modified modification month name needed new next
    no note notes notice number obligatory of old on onboard open opened optional or order original other overdue owned
    owner passed pending percent planned possible previous primary progress proof published quarter raised rate rated
    rating reason received recorded ref reference registered rejected related remark remarks remaining reported
    required requested resolved resolution resolve responsible result results retest revised revision root scheduled
    scope secondary sent set severity sev short sign signed size solution source stage start started state states
    status step still sub submitted sum summary tag tags target tested text the then through ticket till time title to
    total trained training type types unit until up update updated updates url usage used user valid validated value
    values verified version via view wave week weight when where with within without workaround worked year yes
    estado fecha titulo situacion descripcion prioridad responsable vencimiento etat statut titre datum stand titel
    """.split()
)


def names_nobody(heading: str) -> bool:
    """Whether a heading may be told of a file about people: every word of it is one that headings are made of."""
    words = heading_words(heading)
    return any(len(word) > 1 for word in words) and all(word in _PLAIN or word.isdigit() for word in words)
