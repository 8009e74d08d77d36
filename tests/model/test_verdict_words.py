"""What stands at the head of a page must not read like the verdict below it."""

import pytest

from gonogo.model.decision import Verdict
from gonogo.model.verdict_words import reads_like_a_verdict, told_verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("GO", [Verdict.GO]),
        ("NO-GO", [Verdict.NO_GO]),
        ("NO GO, NOGO", [Verdict.NO_GO, Verdict.NO_GO]),
        ("CONDITIONAL GO", [Verdict.CONDITIONAL_GO]),
        ("verdict=GO", [Verdict.GO]),
        ("NO-GO then GO", [Verdict.NO_GO, Verdict.GO]),
        ("G\u041e", [Verdict.GO]),  # Cyrillic O
        ("G\u200bO", [Verdict.GO]),
        ("\uff27\uff2f", [Verdict.GO]),  # full width
        ("Go-live, go, CARGO, GOVERNMENT, GOV, AGO, GO-LIVE", []),
    ],
)
def test_verdicts_are_told_in_capitals_and_as_words(text, verdicts):
    """`Go-live readiness` is a title; `GO` alone is an answer, whatever its letters are made of."""
    assert told_verdicts(text) == verdicts


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("M3: Approval. Nothing blocks", True),
        ("Nothing blocks", True),
        ("Verdict: fine", True),
        ("GO", True),
        ("CUI//SP-PRVCY", False),
        ("Approved for public release; distribution is unlimited", False),
        ("Go-live of the M3 program", False),
    ],
)
def test_a_marking_that_reads_like_a_verdict_is_seen(text, reads):
    """`marking: GO` stood right above verdict=NO-GO."""
    assert reads_like_a_verdict(text) is reads
