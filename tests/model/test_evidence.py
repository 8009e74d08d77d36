"""What evidence is about: what a document says of itself, and what its binding says."""

import pytest

from gonogo.model.evidence import Subject

ONE = Subject(release="R1", build="build-42")


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (ONE, Subject(), ONE),
        (Subject(), ONE, ONE),
        (Subject(), Subject(), Subject()),
        (ONE, Subject(environment="prod"), Subject(release="R1", build="build-42", environment="prod")),
        (ONE, Subject(release="R1"), ONE),
        (ONE, Subject(release="R2"), None),
        (ONE, Subject(build="build-43"), None),
    ],
)
def test_both_together_or_nothing_where_they_contradict_each_other(mine, theirs, both):
    """Evidence about another release must never count because its binding names the right one."""
    assert mine.merged(theirs) == both
