"""A recorded run as it is compared: which findings read a fact."""

from dataclasses import replace

from gonogo.comparison.shrunk_lists import readings_of

FACT = "defects.critical_open"


def test_the_readers_of_a_fact_are_those_that_looking_through_all_finds(made):
    """A comparison looks at them alone; one that is left out would be a setback that nobody hears of."""
    asked = made.judged(0)
    again, other = (asked.model_copy(update={"criterion": name}) for name in ("system.defects.low", "system.other"))
    run = replace(
        made.of([asked, other, again], answers=[made.evidence(0)]),
        requirements={
            "system.defects.open": "defects.critical_open <= max_open",
            "system.defects.low": "not (defects.critical_open <= max_open) or defects.total >= 3",
            "system.other": "unreadable (",
        },
    )
    for fact in (FACT, "defects.total", "defects.unheard"):
        found = [
            each for each in run.findings if list(readings_of(fact, each, run.requirements.get(each.criterion, "")))
        ]
        assert run.readers.get(fact, []) == found
    assert [each.criterion for each in run.readers[FACT]] == [
        "system.defects.open",
        "system.other",
        "system.defects.low",
    ]
