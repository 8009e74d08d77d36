"""A text as its reader sees it."""

import pytest

from gonogo.model.shown_text import shown_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>A-1</b>", "A-1"),
        ("A&#45;1", "A-1"),
        ("A&#x2d;1", "A-1"),
        ('="A-1"', "A-1"),
        ('="say ""no"""', 'say "no"'),
        ("A_x002D_1", "A-1"),
        ("<o:p></o:p>A-1", "A-1"),
        ("&lt;b&gt;A-1&lt;/b&gt;", "A-1"),
        ("<s>yes</s> no", " no"),
        ("<del>a <b>b</b> c</del>d", "d"),
        ("<s>a <s>b</s> c</s>d", "d"),
        ("a<!-- <b>no</b> -->b", "ab"),
        ("<style>p {color: red}</style>yes", "  yes"),
        ('<span style="display:none">no</span>yes', "yes"),
        ('<span style="color:red">yes</span>', "yes"),
        ("{color:red}yes{color}", "yes"),
        ("one<br/>two", "one two"),
    ],
)
def test_what_wraps_a_text_is_taken_away(text, shown):
    """A rich-text field, a workbook or a tracker writes the same word in another way."""
    assert shown_text(text) == shown


@pytest.mark.parametrize(
    "text", ["<REQ-7>", "<a 1>", "AT&T", "a & b;", "x < y > z", "profit&loss", "~~", "{{name}}", "="]
)
def test_signs_that_are_no_markup_stay(text):
    """A requirement in angle brackets is its id."""
    assert shown_text(text) == text


def test_what_is_struck_to_the_end_is_not_shown():
    """A browser draws the line to the end where nothing ends it."""
    assert shown_text("a <s>yes") == "a "


@pytest.mark.parametrize("part", ["<s>", "<p a=", "<!--", "&#", "{color:", "~~", "<p " + " " * 40])
def test_markup_without_an_end_takes_no_longer_than_its_length(part):
    """A cell of a hostile file is read in one pass: this test would run for minutes if it were not."""
    assert len(shown_text(part * 20_000)) <= len(part) * 20_000
