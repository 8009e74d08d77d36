"""Tables of a large folder are drafted by two processes, and the program is the one that a single process writes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week import proposals
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.profiles.shelf import shipped_profiles


def started(root: Path) -> str:
    """Start a program in a folder with the examples of many profiles; return its file."""
    (root / "evidence").mkdir(parents=True)
    for profile in shipped_profiles()[::6]:
        for example in profile.examples:
            (root / "evidence" / example.file).write_bytes((profile.path.parent / example.file).read_bytes())
    start(root, conduct(root, invented_office()))
    return (root / "gonogo.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("threads_from_now")
def test_the_program_does_not_tell_how_many_drafted_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop and a pipeline propose the same; what a twin hands over has lost nothing."""
    forks: list[int] = []
    really = os.fork

    def counted() -> int:
        forks.append(0)
        return really()

    monkeypatch.setattr(os, "fork", counted)
    monkeypatch.setattr(proposals, "_PAYS", 1)
    found: list[tuple[str, int]] = []
    for turn, processors in enumerate((1, 1, 2)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, many=processors: set(range(many)), raising=False)
        forks.clear()
        found.append((started(tmp_path / str(turn) / "program"), len(forks)))

    # The first one also asks plugins what they recognize, which is done once a process.
    _, (alone, by_one), (together, by_two) = found
    assert alone == together
    assert alone.count("\n  - id: ") > 8
    assert by_two == by_one + 1
