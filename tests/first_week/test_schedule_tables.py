"""A schedule as a table is called one, with the format that proves something; a table with dates is none."""

import pytest

from gonogo.first_week.schedule_tables import schedule_note


@pytest.mark.parametrize(
    ("headings", "collector"),
    [
        ("ID|Active|Task Mode|Name|Duration|Start|Finish|Predecessors|Outline Level", "schedule:mspdi"),
        ("Unique_ID|Task_Name|Percent_Complete|Start_Date|Finish_Date|Predecessors", "schedule:mspdi"),
        ("WBS|Name|Start|Finish|% Complete", "schedule:mspdi"),
        ("Activity ID|Activity Name|Original Duration|Start|Finish|Total Float", "schedule:xer"),
        ("WBS|Name|Start|Finish", ""),
        ("Name|Start|Finish|Site", ""),
        ("WBS|Name|Predecessors|Finish", ""),
        ("Activity ID|Activity Name|Status", ""),
        ("", ""),
    ],
)
def test_a_schedule_saved_as_a_table_is_recognized_by_its_headings(headings: str, collector: str) -> None:
    """Two headings that only a schedule has, beside name, start and finish; one alone is in many lists."""
    note = schedule_note(headings.split("|"))

    assert bool(note) is bool(collector)
    assert note.endswith(collector)
