"""Examples of profiles are read as a run reads evidence: in the collector's child."""

from dataclasses import replace

from gonogo.first_week.profile_trial import tried_profiles
from gonogo.profiles.shelf import profile_named

INCIDENTS = profile_named("servicenow-incidents")


def test_what_is_wrong_about_an_example_is_said_fact_by_fact():
    """The author sees which answer, what came of the file, and why."""
    first, *_ = INCIDENTS.examples
    cases = (
        first,
        replace(first, right={"p1_open": "1"}),
        replace(first, right={**first.right, "p3_open": "0"}),
        replace(first, settings={"tables": {"incidents": {"control": {"cut_at": [6]}}}}),
    )

    found = [wrong for _, _, wrong in tried_profiles([replace(INCIDENTS, examples=cases)])]

    assert found[0] == []
    assert found[1] == ["p2_open: the example does not say what is right; it comes to 2"]
    assert found[2] == ["p3_open: the example has an answer for it, and the profile none"]
    assert len(found[3]) == 2
    assert "p1_open: comes to gap, and 1 is right (servicenow-incidents.example.csv has exactly 6 rows" in found[3][0]
