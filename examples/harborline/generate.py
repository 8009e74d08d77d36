"""Write the three Harborline programs: ``python examples/harborline/generate.py [FOLDER]``.

Without a folder they are written where they stand in the repository. The same bytes come out every time.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from generator import gate as before
from generator import junit, people, program, raid, schedule, statements, tables, tracker
from generator.figures import SCENARIOS, read_figures
from generator.hardened import programs
from generator.hardened.story import read_story

HERE = Path(__file__).resolve().parent
SOURCES = (schedule, raid, junit, tables, statements, people, program)


def main(folder: Path = HERE) -> None:
    """Write every program anew below ``folder``; what an earlier run left of their evidence goes first."""
    for scenario in SCENARIOS:
        target = folder / scenario
        shutil.rmtree(target / "evidence", ignore_errors=True)
        figures = read_figures(scenario)
        for source in SOURCES:
            source.write(target, figures)
        hardened = target / "m3-hardened"
        shutil.rmtree(hardened / "evidence", ignore_errors=True)
        programs.write(hardened, read_story(scenario))
    for gate in ("go", "nogo"):
        tracker.write(folder / "engagement" / gate)
        before.write(folder / "engagement" / gate)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
