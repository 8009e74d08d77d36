"""Ten conditions to copy over the facts that a requirement names, each of the fact's own type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gonogo.model.fact import FactDeclaration, FactType, Vocabulary

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")
_TEN: Final = 10
_NUMBER: Final = (
    "{0} == 0",
    "{0} != 0",
    "{0} > 0",
    "{0} >= 1",
    "{0} < 3",
    "{0} <= 3",
    "{0} >= 1 and {0} <= 5",
    "{0} < 1 or {0} > 5",
    "not ({0} > 3)",
    "{0} <= 3 and {0} != 1",
)
_SHARE: Final = (
    "{0} == 100%",
    "{0} != 100%",
    "{0} > 90%",
    "{0} >= 95%",
    "{0} < 10%",
    "{0} <= 5%",
    "{0} >= 50% and {0} <= 90%",
    "{0} < 50% or {0} > 90%",
    "not ({0} < 95%)",
    "{0} >= 95% and {0} <= 100%",
)
_TRUTH: Final = ("{0}", "not {0}")
_DAY: Final = (
    "{0} < go_live",
    "{0} <= go_live",
    "{0} > go_live",
    "{0} < go_live - 14d",
    "{0} >= go_live - 14d",
    "{0} < now",
    "now - {0} <= 14d",
    "now - {0} > 14d",
    "{0} >= go_live - 14d and {0} < go_live",
    "not ({0} > now)",
)
_TEXT: Final = ('{0} == "{1}"', '{0} != "{1}"', '{0} in ["{1}", "{2}"]', '{0} not in ["{1}", "{2}"]')
_FORMS: Final = {
    FactType.BOOLEAN: _TRUTH,
    FactType.INTEGER: _NUMBER,
    FactType.DECIMAL: _NUMBER,
    FactType.RATIO: _SHARE,
    FactType.INSTANT: _DAY,
}
_OTHERS: Final = (
    "FACT <= 3",
    "FACT >= 95%",
    "FACT",
    "not FACT",
    'FACT == "WORD"',
    'FACT in ["WORD", "WORD"]',
    "FACT >= 1 and FACT <= 5",
    "FACT < go_live",
    "now - FACT <= 14d",
    "FACT >= go_live - 14d and FACT < go_live",
)
"""Forms in which no fact is named; names in capitals are none, so a form that nobody filled in is refused."""


def to_copy(text: str, vocabulary: Vocabulary) -> str:
    """Return ten conditions as part of a sentence: those over the facts that a text names, then the forms of others.

    Args:
        text: What stands where a condition is expected.
        vocabulary: Facts of the ruleset.
    """
    named = [fact for name in dict.fromkeys(_NAME.findall(text)) if (fact := vocabulary.get(name)) is not None]
    ready = [condition for fact in named[:1] for condition in _conditions(fact)][:_TEN]
    forms = _OTHERS[: _TEN - len(ready)]
    parts = (("to copy: ", ready), ("to copy, with a fact of yours: ", forms))
    return "; ".join(lead + ", ".join(f"`{each}`" for each in texts) for lead, texts in parts if texts)


def _conditions(fact: FactDeclaration) -> Iterator[str]:
    if fact.type is FactType.TEXT:
        words = fact.allowed or ("WORD",)
        if not any('"' in word for word in words):
            yield from (form.format(fact.name, words[0], words[min(1, len(words) - 1)]) for form in _TEXT)
        return
    yield from (form.format(fact.name) for form in _FORMS.get(fact.type, ()))
