"""The limits of durable-rules 2.0.28 and what happens past them: why gonogo checks each before it starts.

Each row was measured before the design was fixed; ``test_durable_wrong_answers.py`` has the wrong answers. Every probe
runs in a child, with a bounded time where the engine hangs. Not rerun here: the 131,071 rulesets of a process (measured
again on this release: error 112 after 21 s), and the leak of 988 KiB for each ruleset that is made and deleted.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest


def one(test: dict[str, Any]) -> dict[str, Any]:
    return {"x": {"all": [{"m": test}]}}


def many(count: int, test: Any) -> dict[str, Any]:
    """As many rules, the test of each made from its number."""
    return {f"x{number}": {"all": [{"m": test(number)}]} for number in range(count)}


def patterns(count: int) -> dict[str, Any]:
    return {"x": {"all": [{f"m{number}": {"k": number}} for number in range(count)]}}


def joins(count: int) -> dict[str, Any]:
    joined = [{f"p{number}": {"a": f"p{number}"}} for number in range(count)]
    return {"x": {"all": [{"a": {"k": "a"}}, {"b": {"$and": [{"k": "y"}, *joined]}}]}}


def wide(count: int, **more: Any) -> dict[str, Any]:
    return {f"p{number}": 1 for number in range(count)} | more


def setting(**settings: Any) -> dict[str, Any]:
    return {"x": {"all": [{"m": {"k": 1}}], **settings}}


def priorities(low: Any, high: Any) -> dict[str, Any]:
    return {"low": {"all": [{"m": {"k": 1}}], "pri": low}, "high": {"all": [{"m": {"k": 1}}], "pri": high}}


K = {"k": 1}


class Row(NamedTuple):
    label: str
    what: str
    rules: dict[str, Any]
    facts: list[Any]
    gives: Any
    wall_s: float = 20.0


def number(text: str, gives: str) -> Row:
    return Row(
        f"number {text}", "Python's own text of it is refused", one(K), [f'{{"id": "1", "k": 1, "v": {text}}}'], [gives]
    )


ROWS = [
    Row("511 tests", "under one parent", many(511, lambda n: {"p": n}), [{"p": 5}], ["x5"]),
    Row("512 tests", "the assert never returns (b21)", many(512, lambda n: {"p": n}), [{"p": 5}], "hangs", 1.5),
    Row(
        "513 tests", "compiling never returns, and signals are not heard (b21, t65)",
        many(513, lambda n: {"p": n}), [], "hangs", 1.5,
    ),
    Row(
        "4096 rules", "in a ruleset",
        many(4096, lambda n: {"$and": [{"p": n // 64}, {"q": n % 64}]}), [{"p": 5, "q": 5}], ["x325"],
    ),
    Row("4097 rules", "are refused", many(4097, lambda n: {"$and": [{"p": n // 64}, {"q": n % 64}]}), [], "error 106"),
    Row("255 of one test", "rules that end in the same test", many(255, lambda n: K), [{"q": 1}], ["code 1"]),
    Row(
        "128 or of one test", "successors of one test",
        many(128, lambda n: {"$or": [K, {"q": n}]}), [{"q": 5}], ["x5"],
    ),
    Row("129 or of one test", "are refused (b23)", many(129, lambda n: {"$or": [K, {"q": n}]}), [], "error 107"),
    Row(
        "129 nex of one test", "are refused (b23)",
        many(129, lambda n: {"$and": [K, {"$nex": {f"p{n}": 1}}]}), [], "error 107",
    ),
    Row(
        "65 matches", "one fact, 65 sibling tests: nothing is evaluated (b20)",
        many(65, lambda n: {"$gte": {"v": n}}), [{"v": 99}], ["error 303"],
    ),
    Row("16 patterns", "in a rule", patterns(16), [{"k": n} for n in range(16)], ["x"]),
    Row(
        "17 patterns", "compile, and fail at run time (b25)",
        patterns(17), [{"k": n} for n in range(17)], ["error 304"],
    ),
    Row("29 joins", "with the marks of the group 31 expressions", joins(29), [wide(29, k="a"), wide(29, k="y")], ["x"]),
    Row("30 joins", "are refused", joins(30), [], "error 113"),
    Row("252 properties", "beside the id", one(K), [wide(251, k=1)], ["x"]),
    Row("253 properties", "the fact is refused (b26)", one(K), [wide(252, k=1)], ["error 302"]),
    Row("16 MiB text", "the fact is refused", one(K), [{"k": 1, "s": "z" * 2**24}], ["error 314"]),
    Row("9 MB id", "ends the process (b49)", one(K), [{"k": 1, "id": "z" * 9_000_000}], "SIGSEGV"),
    Row(
        "200,000 deep", "ends the process (b50)",
        one(K), ['{"id":"1","k":1,"a":' + "[" * 200_000 + "]" * 200_000 + "}"], "SIGSEGV",
    ),
    Row("priority -1", "sorts last: it is 65,535 (b40)", priorities(-1, 5), [K], ["high", "low"]),
    Row("priority 65537", "is 1", priorities(65537, 2), [K], ["low", "high"]),
    Row("priority high", "is 0", priorities("high", 1), [K], ["low", "high"]),
    Row("count 2", "takes two facts", setting(count=2), [K, K], ["x"]),
    Row("count 65536", "is 0 and fires at the first fact", setting(count=65536), [K], ["x"]),
    Row("count and cap", "compile, and fail at run time", setting(count=2, cap=2), [K, K], "error 307"),
    *[number(text, "error 204") for text in ("1e-05", "1e-09", "1e+16", "1e+300", "5e-324")],
    number("1.0e-05", "x"),
    number("Infinity", "error 202"),
    Row(
        "division by zero", "ends the process (b19)",
        one({"v": {"$div": {"$l": {"$m": "a"}, "$r": {"$m": "b"}}}}), [{"v": 1, "a": 1, "b": 0}], "SIGFPE",
    ),
    Row("mt digits", "a dialect of its own: %d is a digit", one({"$mt": {"p": "%d+"}}), [{"p": "123"}], ["x"]),
    Row("mt backslash", "and backslash-d is not", one({"$mt": {"p": "\\d+"}}), [{"p": "123"}], ["code 1"]),
    Row("mt anchors", "nor are anchors", one({"$mt": {"p": "^a$"}}), [{"p": "a"}], ["code 1"]),
    Row("mt whole", "the whole text must match", one({"$mt": {"p": "a"}}), [{"p": "ab"}], ["code 1"]),
    Row("mt wide class", "a wide class kills while compiling", one({"$mt": {"p": "[一-鿿]+"}}), [], "SIGSEGV"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[row.label for row in ROWS])
def test_the_limit_is_where_it_was_measured(row, probe):
    """Gonogo stays well inside each limit by a check of its own; the engine's own answer would come too late."""
    assert probe("fired", row.rules, row.facts, wall_s=row.wall_s) == row.gives, row.what


def test_256_rules_of_one_test_are_luck(probe):
    """b22: the list loses its end. It crashes or, with luck in what follows it in memory, fires."""
    answer = probe("fired", many(256, lambda n: K), [K])

    assert answer == "SIGSEGV" or len(answer) >= 256


def test_257_rules_of_one_test_are_refused_or_not_by_luck(probe):
    """b22: most processes say error 108; some take the rules, and cannot be trusted from then on."""
    assert probe("fired", many(257, lambda n: K), []) in ("error 108", "SIGSEGV", [])


@pytest.mark.parametrize(("count", "gives"), [(1024, "fine"), (1025, "MemoryError")])
def test_a_ruleset_holds_1024_states(count, gives, probe):
    """b36: gonogo uses one state for each ruleset, and never a sid."""
    assert probe("states", one(K), count) == gives


@pytest.mark.parametrize(
    ("facts", "gives"),
    [("[]", "SIGSEGV"), ("[{}]", "SIGSEGV"), ('[{"id": "1", "k": 1}, {}, {"id": "2", "k": 1}]', "hangs")],
    ids=["nothing", "an empty fact", "an empty fact inside"],
)
def test_an_empty_batch_or_fact_is_deadly(facts, gives, probe):
    """b07, b08: [] itself returns, with a state offset that was never set; code that uses it dies."""
    assert probe("batch", one(K), facts, wall_s=1.5) == gives


def test_an_empty_group_fires_for_ever(probe):
    """b41: the Host never returns."""
    assert probe("host", {"x": {"$and": []}}, {"id": "1", "k": 1}, "name", wall_s=1.5) == "hangs"


def test_deleting_a_state_frees_garbage_unless_something_fired(probe):
    """b31: gonogo never deletes a state; the process ends instead, the only clean release.

    What is freed depends on what lay in that memory, so that not every process dies of it.
    """
    assert probe("delete_state", one(K), True) == "alive"
    assert any(probe("delete_state", one(K), False) in ("SIGSEGV", "SIGABRT") for _ in range(5))


def test_a_stored_fact_takes_about_8_kib(probe):
    """The memory limit of the child, and the cap on comparisons, rest on this figure."""
    assert 6 < probe("kib_per_fact", one(K), 10_000) < 10
