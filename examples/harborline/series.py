"""Write GO under m3-hardened as it stood at each milestone: ``python examples/harborline/series.py FOLDER``.

FOLDER gets a program for T-60, T-30, T-14, T-5 and T-0, each with the lock of the GO example.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from generator.hardened import programs
from generator.hardened.story import MILESTONES, read_story

LOCKED = Path(__file__).resolve().parent / "go" / "m3-hardened"


def main(folder: Path) -> None:
    """Write the programs below ``folder``."""
    for milestone in MILESTONES:
        write(milestone, folder / milestone)


def write(milestone: str, target: Path) -> None:
    """Write the program as it stood at a milestone."""
    programs.write(target, read_story("go", milestone))
    shutil.copytree(LOCKED / "record", target / "record", dirs_exist_ok=True)
    shutil.copyfile(LOCKED / "gonogo.lock", target / "gonogo.lock")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
