"""Beside the file that is read: what ``not_evidence`` leaves out, and newer files that nobody reads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule, Handling, InputPath, Marking
from gonogo.model.reply import Beside, LeftAside
from gonogo.plugin.beside import Surroundings, means
from gonogo.plugin.inputs import InputFault, open_inputs
from gonogo.testing.programs import binding_of, program_of

DATED = AsOf(rule=AsOfRule.FILE_NAME, pattern=r"(\d{4}-\d{2}-\d{2})")
PII = Handling(marking=Marking.PII)


def read(
    root: Path, path: str, *files: str, settled: dict[str, str] | None = None, bound: tuple[str, ...] = (), **more
) -> tuple[str, Surroundings]:
    """Put files, open the one that is meant, and return its path with what was met beside it."""
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    newest = more.pop("newest", False)
    as_of = DATED if newest else AsOf(rule=AsOfRule.DOCUMENT)
    entry = InputPath(name="file", paths=(path,), as_of=as_of, pick_newest=newest)
    around = Surroundings(settled or {}, (path, *bound))
    [opened] = open_inputs(binding_of("table", inputs=(entry,), **more), root, program_of().identity, around=around)
    os.close(opened.descriptor)
    return opened.path, around


class TestLeftOut:
    @pytest.mark.parametrize(
        "copy",
        ["d (1).csv", "d - Copy.csv", "d (John's conflicted copy).csv", "Copy of d.csv"],
    )
    @pytest.mark.parametrize("path", ["e/d*.csv", "e/d.csv"])
    def test_a_copy_that_is_called_no_evidence_is_read_by_no_pattern_and_is_noted(self, tmp_path, copy, path):
        """The office said which of the two counts; the report says that it was said."""
        found, around = read(tmp_path, path, "e/d.csv", f"e/{copy}", settled={f"e/{copy}": "saved twice"})

        assert found == "e/d.csv"
        assert around.left_out == [LeftAside(path=f"e/{copy}", reason="saved twice")]

    def test_a_pattern_settles_as_a_path_does_and_in_its_own_folder_alone(self, tmp_path):
        found, around = read(tmp_path, "e/d*.csv", "e/d.csv", "e/d-old.csv", settled={"e/*-old.csv": "history"})

        assert found == "e/d.csv"
        assert [each.path for each in around.left_out] == ["e/d-old.csv"]
        with pytest.raises(InputFault, match="exactly one is expected"):
            read(tmp_path, "e/d*.csv", settled={"*-old.csv": "history", "other/d-old.csv": "history"})

    @pytest.mark.parametrize("path", ["e/d*.csv", "e/d.csv"])
    def test_where_nothing_is_left_that_is_said(self, tmp_path, path):
        """`No file matches` would send somebody to look for a file that lies there."""
        with pytest.raises(InputFault) as caught:
            read(tmp_path, path, "e/d.csv", settled={"e/d.csv": "wrong one"})

        assert caught.value.reason is GapReason.MISSING
        assert caught.value.sentence == (
            f"No file is left that {path} means: e/d.csv was left out by not_evidence; bind another file, or take it "
            "out of not_evidence."
        )

    def test_a_folder_is_no_file(self, tmp_path):
        """`not_evidence: {e: ...}` takes nothing away by accident."""
        assert read(tmp_path, "e/d.csv", "e/d.csv", settled={"e": "old"})[0] == "e/d.csv"

    def test_a_file_that_no_binding_would_have_met_is_not_noted(self, tmp_path):
        """Minutes and slides are what not_evidence is for."""
        _, around = read(tmp_path, "e/d.csv", "e/d.csv", "e/minutes.txt", settled={"e/minutes.txt": "for people"})

        assert around.left_out == []

    def test_of_personal_data_the_programs_own_words_are_noted(self, tmp_path):
        """A file's name may be somebody's; what the program file says, is said already."""
        name = "e/r (Ada Kirsch's conflicted copy).csv"
        _, around = read(tmp_path, "e/r*.csv", "e/r.csv", name, settled={"e/r (*).csv": "copies"}, handling=PII)

        assert around.left_out == [LeftAside(path="e/r (*).csv", reason="copies")]


class TestNewer:
    @pytest.mark.parametrize(
        ("other", "by"),
        [
            ("e/d-2027-04-17.csv", None),
            ("e/d-2027-04-19.csv", "date"),
            ("e/x-2027-04-19.csv", None),
            ("e/d-2027-04-19.xlsx", None),
            ("e/~$d-2027-04-19.csv", None),
            ("f/d-2027-04-19.csv", None),
        ],
    )
    def test_a_later_date_in_an_equal_name_is_newer(self, tmp_path, other, by):
        """Tuesday's export lies beside Monday's, and Monday's is what the verdict rests on."""
        _, around = read(tmp_path, "e/d-2027-04-18.csv", "e/d-2027-04-18.csv", other)

        assert around.beside == ([Beside(path=other, than="e/d-2027-04-18.csv", by=by)] if by else [])

    @pytest.mark.parametrize(
        ("mine", "other", "newer"),
        [
            ("plan v2.xml", "plan v1.xml", False),
            ("plan v2.xml", "plan v3.xml", True),
            ("plan v9.xml", "plan v10.xml", True),
            ("plan_v1.2.xml", "plan_v1.10.xml", True),
            ("plan 2.xml", "plan 3.xml", False),
            ("plan v1.xml", "plan v01.xml", False),
            ("plan v1 rev 2.xml", "plan v2 rev 2.xml", False),
            ("plan v2.xml", "risks v3.xml", False),
        ],
    )
    def test_a_higher_version_in_an_equal_name_is_newer(self, tmp_path, mine, other, newer):
        _, around = read(tmp_path, mine, mine, other)

        assert [(each.path, each.by) for each in around.beside] == ([(other, "version")] if newer else [])

    def test_of_several_the_newest_is_told(self, tmp_path):
        names = [f"d-2027-04-{day}.csv" for day in (18, 20, 19)]

        assert [each.path for each in read(tmp_path, names[0], *names)[1].beside] == [names[1]]

    def test_what_another_binding_reads_and_a_folder_are_not_overlooked(self, tmp_path):
        """The pilot's export and the main wave's are both bound."""
        names = ("d-2027-04-18.csv", "d-2027-04-19.csv")
        (tmp_path / "d-2027-04-20.csv").mkdir()

        assert read(tmp_path, names[0], *names, bound=(names[1],))[1].beside == []
        assert len(read(tmp_path, names[0], *names)[1].beside) == 1

    def test_a_newer_file_that_is_called_no_evidence_is_noted_as_left_out(self, tmp_path):
        """Otherwise the warning could be silenced, and with it the bad numbers."""
        names = ("d-2027-04-18.csv", "d-2027-04-19.csv")
        _, around = read(tmp_path, names[0], *names, settled={names[1]: "a trial export"})

        assert around.beside == []
        assert around.left_out == [LeftAside(path=names[1], reason="a trial export")]

    def test_the_newest_that_a_pattern_picks_leaves_nothing_newer(self, tmp_path):
        names = ("d-2027-04-18.csv", "d-2027-04-19.csv")

        assert read(tmp_path, "d-*.csv", *names, newest=True) == (names[1], Surroundings(bound=("d-*.csv",)))


class TestPersonal:
    @pytest.mark.parametrize(
        ("pattern", "shown"),
        [("r_*.csv", "r_2027-04-19.csv"), ("r*.csv", "r*.csv"), ("*_2027-04-19.csv", "*_2027-04-19.csv")],
    )
    def test_a_name_that_is_the_bindings_words_and_a_date_is_told(self, tmp_path, pattern, shown):
        """Which of six rosters was picked must be known; a name that holds anything else may be somebody's."""
        assert read(tmp_path, pattern, "r_2027-04-19.csv", handling=PII)[0] == shown

    def test_of_several_the_one_that_is_picked_is_told(self, tmp_path):
        names = ("r_2027-04-18.csv", "r_2027-04-19.csv")

        assert read(tmp_path, "r_*.csv", *names, newest=True, handling=PII)[0] == names[1]

    def test_a_newer_file_is_told_by_name_only_where_the_binding_spells_it(self, tmp_path):
        names = ("r_2027-04-18.csv", "r_2027-04-19.csv")
        (spelled,) = read(tmp_path, names[0], *names, handling=PII)[1].beside
        (hidden,) = read(tmp_path, "*_2027-04-18.csv", handling=PII)[1].beside

        assert (spelled.path, spelled.than) == (names[1], names[0])
        assert (hidden.path, hidden.than) == ("a file of the same name but for its date or version", "*_2027-04-18.csv")


def test_a_path_means_a_name_however_its_accents_are_written():
    """macOS and Windows write one name differently."""
    assert means("e/re\u0301sume\u0301.csv", "e/r\u00e9sum\u00e9.csv")
    assert not means("e/resume.csv", "e/r\u00e9sum\u00e9.csv")
