"""Trends: what the vocabulary says of another fact over a span, with every mistake at its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.model.trend import Trend, TrendMeasure
from gonogo.ruleset.loader import load_ruleset

Site = Callable[[dict[str, str]], Path]
Files = dict[str, str]

TREND = """\
  - name: sit.shrunk_ratio
    type: ratio
    trend: {of: sit.executed_ratio, measure: shrink, over: 28d}
    meaning: By what share the plan shrank.
    question: Nobody is asked; gonogo's record answers.
"""


def files(good: Files, *edits: tuple[str, str], more: str = "") -> Files:
    text = TREND + more
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return {**good, "tiny/facts.yaml": good["tiny/facts.yaml"] + text}


def test_a_trend_names_its_fact_its_measure_and_its_span(good: Files, site: Site):
    """It belongs to the rules, so that no program chooses how far back anybody looks."""
    site(files(good))
    vocabulary = load_ruleset("tiny").vocabulary

    assert vocabulary["sit.shrunk_ratio"].trend == Trend(
        of="sit.executed_ratio", measure=TrendMeasure.SHRINK, over_s=28 * 86400
    )
    assert str(vocabulary["sit.shrunk_ratio"].trend) == "shrink of sit.executed_ratio over 28d"
    assert "trend" not in vocabulary["sit.executed_ratio"].document()


COUNT = """\
  - {name: sit.rise, type: integer, unit: cases, meaning: m., question: q?,
     trend: {of: sit.blocked_cases, measure: change, over: 14d}}
  - {name: sit.blocked_cases, type: integer, unit: cases, meaning: m., question: q?}
"""


@pytest.mark.parametrize(
    ("edit", "more", "code", "words"),
    [
        (("of: sit.executed_ratio", "of: sit.exected_ratio"), "", "G120", "'sit.exected_ratio' is not a fact"),
        (("measure: shrink", "measure: shrunk"), "", "G114", "shrunk"),
        (("over: 28d", "over: 4 weeks"), "", "G116", "4 weeks"),
        (("over: 28d", "span: 28d"), "", "G110", "span"),
        (("of: sit.executed_ratio", "of: sit.shrunk_ratio"), "", "G138", "is computed by gonogo"),
        (("type: ratio\n", "type: integer\n    unit: cases\n"), "", "G138", "is not what `shrink` of"),
        (("of: sit.executed_ratio", "of: ims.float_days"), "", "G138", "`shrink` needs a ratio"),
        (("measure: shrink", "measure: change"), "", "G138", "`change` needs an integer"),
        (("unit: cases, meaning: m., question: q?,", "unit: steps, meaning: m., question: q?,"), COUNT, "G138",
         "'sit.rise' is not what `change` of 'sit.blocked_cases' makes"),
        (("type: ratio\n", "type: ratio\n    bound: build\n"), "", "G138", "neither a sample nor bound to a build"),
    ],
)  # fmt: skip
def test_each_mistake_stands_at_its_place(
    good: Files, site: Site, edit: tuple[str, str], more: str, code: str, words: str
):
    """Who writes rules finds the line; who reads them can trust what loads."""
    site(files(good, edit, more=more))

    with pytest.raises(ConfigurationError) as caught:
        load_ruleset("tiny")

    problem = next(problem for problem in caught.value.problems if problem.code == code)
    assert words in problem.what
    assert str(problem.where).startswith("tiny/facts.yaml:")


def test_a_highest_and_a_lowest_value_may_be_of_a_share(good: Files, site: Site):
    """They are values that a source gave, whatever their type."""
    site(files(good, ("measure: shrink", "measure: lowest"), more=COUNT))

    assert load_ruleset("tiny").vocabulary.computed("sit.rise")
