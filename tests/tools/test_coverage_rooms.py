"""`make coverage` counts each file in its room, and hides none."""

import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tools"))

from coverage_rooms.__main__ import room_of, table  # noqa: E402  # tools is no package of the distribution


def summary(lines: tuple[int, int], branches: tuple[int, int]) -> dict[str, int]:
    return {
        "covered_lines": lines[0],
        "num_statements": lines[1],
        "covered_branches": branches[0],
        "num_branches": branches[1],
    }


def test_files_of_a_room_are_added_up_and_not_averaged() -> None:
    """An average lets a short file that is tested whole hide a long one that is not."""
    told = table(
        {
            "src/gonogo/core/short.py": summary((1, 1), (2, 2)),
            "src/gonogo/core/long.py": summary((1, 9), (0, 6)),
            "src/gonogo/audit/log.py": summary((5, 5), (0, 0)),
        }
    )

    assert [line.split() for line in told[1:]] == [
        ["audit", "100.0%", "none", "0", "of", "0"],
        ["core", "20.0%", "25.0%", "6", "of", "8"],
        ["all", "46.7%", "25.0%", "6", "of", "8"],
    ]


def test_a_file_is_counted_where_it_lies() -> None:
    """A room inside of a room is told by itself; what lies in none is told too."""
    assert room_of("src/gonogo/collectors/program/raid/scales.py") == "collectors/program/raid"
    assert room_of("src/gonogo/text.py") == "gonogo"
