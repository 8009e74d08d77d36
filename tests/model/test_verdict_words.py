"""What stands at the head of a page must not read like the verdict below it."""

import pytest

from gonogo.model.verdict import Verdict
from gonogo.model.verdict_words import reads_like_a_verdict, reads_like_readiness, verdicts_in


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
    assert verdicts_in(text) == verdicts


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("M3: Approval. Nothing blocks", True),
        ("Nothing blocks", True),
        ("Verdict: fine", True),
        ("GO", True),
        ("G O", True),
        ("\uff27 \uff2f", True),
        ("N. O. G. O.", True),
        ("A G O", False),
        ("CUI//SP-PRVCY", False),
        ("Approved for public release; distribution is unlimited", False),
        ("Go-live of the M3 program", False),
        ("APPROVED", True),
        ("Go-live approved", True),
        ("Cutover is authorized", True),
        ("Launch has been confirmed", True),
        ("Harborline, cleared for production", True),
        ("Ready for go-live", True),
        ("Ready", True),
        ("Go-live approval package", False),
        ("Getting ready for go-live", False),
        ("Ready or not, the old system ends", False),
        ("The approved approach", False),
        ("Production support, accepted and approved by both sides", False),
    ],
)
def test_a_marking_that_reads_like_a_verdict_is_seen(text, reads):
    """`marking: GO` stood right above verdict=NO-GO."""
    assert reads_like_a_verdict(text) is reads


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Ready for go-live", True),
        ("READY", True),
        ("R e a d y", True),
        ("All 26 criteria met", True),
        ("Every gate is green", True),
        ("26 of 26 checks passed", True),
        ("Criteria: satisfied", True),
        ("Green", True),
        ("\uff27\uff32\uff25\uff25\uff2e", True),
        ("Status: green", True),
        ("All systems go", True),
        ("go", True),
        ("Go-live", True),
        ("Cleared for cutover", True),
        ("No open blockers", True),
        ("Approved", True),
        ("CUI//SP-PRVCY", False),
        ("CUI//SP-PRVCY//FED ONLY", False),
        ("FOUO", False),
        ("UNCLASSIFIED", False),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", False),
        ("TLP:GREEN", False),
        ("TLP: AMBER+STRICT", False),
        ("Draft for discussion", False),
        ("Draft, ready for review", False),
        ("Approved for public release; distribution is unlimited", False),
        ("Pre-decisional and deliberative; do not release", False),
        ("Internal to the go-live team", False),
    ],
)
def test_a_marking_that_reads_like_readiness_is_seen(text, reads):
    """It says who may see the page; a reader of page one takes `Ready for go-live` for the answer."""
    assert reads_like_readiness(text) is reads
