"""Where a program's log lies, read of its one file alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.program import own_log as module
from gonogo.program.own_log import OwnLog, own_log


def said(folder: Path, text: str | bytes) -> OwnLog:
    file = folder / "gonogo.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return own_log(file)


class TestWhatItSays:
    @pytest.mark.parametrize(
        ("text", "program", "folder"),
        [
            ("program: {id: p-1}\nlog: ./record\n", "p-1", "./record"),
            ("program: {id: p-1}\n", "p-1", "audit"),
            ("log: record\n", None, "record"),
            ("program: {id: p 1}\n", None, "audit"),
            ("program: p-1\nlog: [record]\n", None, "audit"),
            ("- program\n", None, "audit"),
        ],
    )
    def test_id_and_log_are_read_and_nothing_else(
        self, tmp_path: Path, text: str, program: str | None, folder: str
    ) -> None:
        """A report needs no more of a program; what is not said as it should be is as if it were not said."""
        assert said(tmp_path, text) == OwnLog(program, folder)

    @pytest.mark.parametrize("log", ["../other", "/var/log", "~/log", "a\\b", "C:/log"])
    def test_a_log_outside_of_the_program_is_never_taken(self, tmp_path: Path, log: str) -> None:
        """A program that names one is refused when it is loaded; nobody is led there by a report either."""
        assert said(tmp_path, f"program: {{id: p-1}}\nlog: '{log}'\n").folder == "audit"

    def test_a_mistake_elsewhere_keeps_nobody_from_the_log(self, tmp_path: Path) -> None:
        """The run of last week can be shown although somebody is just editing the bindings."""
        text = "schema: 1\nprogram: {id: p-1, customre: A}\npeople: gone.yaml\nlog: ./record\n"

        assert said(tmp_path, text) == OwnLog("p-1", "./record")

    @pytest.mark.parametrize("text", [b"", b"log: [", b"log: a\nlog: b\n", b"\xff\xfe"])
    def test_what_cannot_be_read_has_its_log_in_the_usual_place(self, tmp_path: Path, text: bytes) -> None:
        """The file is broken, the record is not."""
        assert said(tmp_path, text) == OwnLog(None, "audit")

    def test_a_file_that_is_gone_has_it_there_too(self, tmp_path: Path) -> None:
        """It may vanish between two looks."""
        assert own_log(tmp_path / "gonogo.yaml") == OwnLog(None, "audit")


class TestOnce:
    def test_the_same_bytes_are_parsed_once_and_changed_ones_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A report asks three times; a page that stays open must see what somebody changed."""
        parsed = []
        really = module.read_yaml
        monkeypatch.setattr(module, "read_yaml", lambda data, name: parsed.append(data) or really(data, name))

        folders = [said(tmp_path, f"log: {name}\n").folder for name in ("once", "once", "twice")]

        assert folders == ["once", "once", "twice"]
        assert parsed == [b"log: once\n", b"log: twice\n"]
