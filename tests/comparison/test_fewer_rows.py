"""A filtered export looks like progress: that it has fewer rows than the last one is said, and why nobody knows."""

from __future__ import annotations

import pytest

from gonogo.comparison.compare import compare
from gonogo.model.evidence import Source

SAID = "rows that were there are gone, and nothing says whether they were done, filtered out or removed."


def counted(made, value, rows, *, sha="a", binding="tracker", fact="defects.critical_open"):
    """A count of a table of so many rows."""
    source = Source(binding=binding, locator=f"defects.csv, {rows:,} rows, left out: 1 total", sha256=(sha * 64,))
    return made.evidence(value, sha=sha, source=source, fact=fact)


def sentences(before, after):
    """What the comparison says of fewer rows."""
    return [each.sentence for each in compare(before, after).notices if "in the last run" in each.sentence]


@pytest.mark.parametrize(("now", "says"), [(40, True), (41, False), (42, False)])
def test_fewer_rows_are_told_although_no_value_changed(made, now, says):
    """41 rows became 34, and the open ones are gone; the count of critical ones was 0 and is 0."""
    before = made.of(answers=[counted(made, 0, 41)])
    after = made.of(answers=[counted(made, 0, now, sha="b")])

    assert bool(sentences(before, after)) is says


def test_the_sentence_says_how_many_and_what_nobody_knows(made):
    """Once for a source, however many facts count its rows."""
    facts = ("defects.critical_open", "defects.high_open")
    before = made.of(answers=[counted(made, 0, 1041, fact=fact) for fact in facts])
    after = made.of(answers=[counted(made, 0, 34, sha="b", fact=fact) for fact in facts])

    assert sentences(before, after) == [
        f"tracker: defects.csv has 34 rows, and had 1,041 in the last run: 1,007 {SAID}"
    ]


@pytest.mark.parametrize(("sha", "binding"), [("a", "tracker"), ("b", "other")])
def test_the_same_bytes_and_another_source_have_lost_nothing(made, sha, binding):
    """Settings may leave out more, and that is reported as such; two lists are not compared by their rows."""
    before = made.of(answers=[counted(made, 0, 41)])
    after = made.of(answers=[counted(made, 0, 34, sha=sha, binding=binding)])

    assert not sentences(before, after)
