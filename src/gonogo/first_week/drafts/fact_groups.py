"""Which group of facts a table is about, such as ``training`` or ``cr``: by the words of its name and headings."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final

from gonogo.first_week.good_words import KINDS, plain_word
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.first_week.row_kinds import kind_column
from gonogo.model.fact import FactDeclaration, Vocabulary

_CALLED: Final[dict[str, frozenset[str]]] = {
    "cr": word_set("change changes request requests anderungsantrag anderungsanfrage"),
    "rtm": word_set("requirement requirements traceability rtm"),
    "mapping": word_set("map maps mapping crosswalk codes code chart accounts"),
    "config": word_set("configuration config ci setup konfiguration konfigurationselement konfigurationsliste"),
    "interfaces": word_set("interface interfaces icd partner schnittstelle schnittstellen"),
    "sit": word_set("sit integration"),
    "uat": word_set("uat acceptance"),
    "regression": word_set("regression"),
    "defects": word_set("defect defects bug bugs severity ticket tickets"),
    "perf": word_set("load performance peak"),
    "mock": word_set("mock conversion conversions"),
    "cutover": word_set("cutover runbook step steps"),
    "rehearsal": word_set("rehearsal rehearsals runbook dress deviation deviations"),
    "reports": word_set("report reports parity"),
    "contracts": word_set("contract contracts piid vendor"),
    "sla": word_set("sla slas catalogue catalog"),
    "agreement": word_set("agreement iaa gtc"),
    "training": word_set("training schulung schulungen lms course courses roles seats learning"),
    "process": word_set("process processes"),
    "sop": word_set("procedure procedures sop sops guides"),
    "comms": word_set("comms communication communications message messages audience"),
    "cutover_comms": word_set("notified acknowledged affected"),
    "customer_om": word_set("staffing staff retained onboard place"),
    "provider_staff": word_set("staffing staff onboard place"),
    "helpdesk": word_set("helpdesk desk incident incidents calls"),
    "pulse": word_set("survey pulse aware"),
    "labor": word_set("union unions labor bargaining notices"),
    "privacy": word_set("sorn privacy pii"),
    "ato": word_set("ato authorization"),
    "contingency": word_set("contingency rollback"),
}
"""What offices call the things that the facts of a group count, beside the words of the facts themselves."""
_IDLE: Final = word_set(
    "a all and any are at be been by each for from has have in into is it its least no not of on one only or other out "
    "per so than that the their them there these to was when which who whose will with yet nobody item items status "
    "date name id number version final draft copy new old open done type title owner due"
)
_IRREGULAR: Final = {"criteria": "criterion", "people": "person"}
_NAME: Final = 3.0
_ENOUGH: Final = 1.5


@lru_cache(maxsize=8)
def _groups(facts: tuple[FactDeclaration, ...]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return the telling words of each group: those that call it, and those of what its facts mean."""
    calls: dict[str, set[str]] = defaultdict(set)
    means: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        group = fact.name.rpartition(".")[0]
        calls[group] |= stems(ascii_words(group)) | stems(_CALLED.get(group, ()))
        means[group] |= stems(ascii_words(f"{fact.name.rpartition('.')[2]} {fact.meaning}"))
    return {group: frozenset(words) for group, words in calls.items()}, {
        group: frozenset(words - calls[group]) for group, words in means.items()
    }


def called(group: str) -> set[str]:
    """Return what offices call the things of a group, in the singular."""
    return stems(_CALLED.get(group, ())) | stems([group])


def stems(words: Iterable[str]) -> set[str]:
    """Return the telling words in the singular."""
    one = {_IRREGULAR.get(word, word) for word in words if word not in _IDLE}
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in one}


def ranked_groups(
    name: str, headings: Iterable[str], vocabulary: Vocabulary, required: Collection[str] = ()
) -> list[tuple[str, float]]:
    """Return the groups that a table may be about with their scores, the likeliest first.

    Args:
        name: Of the file, without its folder.
        headings: Of its columns.
        vocabulary: Facts of the ruleset.
        required: Those that its criteria read; a group without any of them is not proposed.
    """
    facts = tuple(fact for fact in map(vocabulary.get, vocabulary.names()) if fact and fact.name in required)
    calls, means = _groups(facts)
    often = Counter(word for words in (*calls.values(), *means.values()) for word in words)
    mine: Mapping[str, float] = _weights(name, headings)
    found = [
        (
            group,
            sum(
                weight
                * (3.0 if word in calls[group] else 1.0 if word in means[group] else 0.0)
                / (1 + math.log2(often[word] or 1))
                for word, weight in mine.items()
            ),
        )
        for group in calls
    ]
    return sorted(((group, score) for group, score in found if score >= _ENOUGH), key=lambda one: -one[1])


def names_unread(words: Iterable[str], vocabulary: Vocabulary, required: Collection[str]) -> bool:
    """Whether words name a group of which no criterion reads a fact, such as *regression*, and none that one reads.

    What calls itself so is no other kind of test, although its columns are those of all tests.

    Args:
        words: Of the names of a file and its sheet, of headings, and what every row says.
        vocabulary: Facts of the ruleset.
        required: Those that its criteria read.
    """
    groups = {name.rpartition(".")[0] for name in vocabulary.names()}
    read = {name.rpartition(".")[0] for name in required}
    said = stems(words)
    others = set().union(*(called(group) for group in read))
    return any(said & (called(group) - others) for group in groups - read)


def names_rows(mapping: TableMapping, group: str) -> bool:
    """Whether what tells the rows of a table apart is called as the things of a group are: a PIID is a contract's."""
    guess = mapping.columns.get(mapping.key.partition(", ")[0])
    return guess is not None and bool(stems(ascii_words(guess.heading)) & called(group))


def kinds_in(mapping: TableMapping) -> list[str]:
    """Return the words that say what kind of thing the rows are: ``Bug``; they are worth as much as headings."""
    column = kind_column(mapping)
    return [] if column is None or not column.shown else [word for word in column.values if plain_word(word) in KINDS]


def _weights(name: str, headings: Iterable[str]) -> dict[str, float]:
    weights = dict.fromkeys(stems(word for heading in headings for word in ascii_words(heading)), 1.0)
    for word in stems(ascii_words(name.rpartition(".")[0] or name)):
        weights[word] = weights.get(word, 0.0) + _NAME
    return weights
