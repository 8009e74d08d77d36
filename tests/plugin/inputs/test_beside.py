"""Beside the file that is read: what ``not_evidence`` leaves out, and newer files that nobody reads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule, Handling, InputPath, Marking
from gonogo.model.reply import Beside, LeftAside
from gonogo.plugin.inputs import beside
from gonogo.plugin.inputs.beside import BesideFiles, means
from gonogo.plugin.inputs.opened import InputFault, open_inputs
from gonogo.testing.programs import binding_of, program_of

DATED = AsOf(rule=AsOfRule.FILE_NAME, pattern=r"(\d{4}-\d{2}-\d{2})")
PII = Handling(marking=Marking.PII)


def read(
    root: Path, path: str, *files: str, settled: dict[str, str] | None = None, bound: tuple[str, ...] = (), **more
) -> tuple[str, BesideFiles]:
    """Put files, open the one that is meant, and return its path with what was met beside it."""
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    newest = more.pop("newest", False)
    as_of = DATED if newest else AsOf(rule=AsOfRule.DOCUMENT)
    entry = InputPath(name="file", paths=(path,), as_of=as_of, pick_newest=newest)
    around = BesideFiles(settled or {}, (path, *bound))
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
            f"No file is left for {path}: e/d.csv was left out by not_evidence; bind another file, or take it "
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


COPIES = ["d (1).csv", "d - Copy.csv", "Copy of d.csv", "d (John's conflicted copy).csv", "d-LAPTOP-7Q1.csv"]


class TestCopies:
    @pytest.mark.parametrize("copy", COPIES)
    @pytest.mark.parametrize("path", ["e/d.csv", "e/*d*.csv", "e/d.*"])
    def test_a_copy_of_the_same_bytes_stops_nothing_and_is_told(self, tmp_path, copy, path):
        """Saved twice from the mail: it does not matter which is read, and the original is."""
        found, around = read(tmp_path, path, "e/d.csv", f"e/{copy}")

        assert found == "e/d.csv"
        assert around.beside == [Beside(path=f"e/{copy}", than="e/d.csv", by="copy")]

    @pytest.mark.parametrize("copy", COPIES)
    def test_the_exact_path_settles_which_one_counts_and_the_other_is_told(self, tmp_path, copy):
        """The program says which file it means; what it does not say stands on page one."""
        (tmp_path / "e").mkdir()
        (tmp_path / "e" / copy).write_text("y")
        found, around = read(tmp_path, "e/d.csv", "e/d.csv")

        assert found == "e/d.csv"
        assert around.beside == [Beside(path=f"e/{copy}", than="e/d.csv", by="conflict")]

    @pytest.mark.parametrize("path", ["e/*d*.csv", "e/d.*", "?/d.csv", "*/d.csv"])
    def test_a_pattern_settles_nothing(self, tmp_path, path):
        """Which of two that differ is meant, a pattern does not say."""
        (tmp_path / "e").mkdir()
        (tmp_path / "e" / "d (1).csv").write_text("y")

        with pytest.raises(InputFault, match="conflicting copies") as caught:
            read(tmp_path, path, "e/d.csv")

        assert caught.value.reason is GapReason.CONFLICT

    def test_one_copy_that_differs_among_equal_ones_is_a_conflict(self, tmp_path):
        """The equal one must not hide the other, and is not named as one that conflicts."""
        (tmp_path / "e").mkdir()
        (tmp_path / "e" / "d (2).csv").write_text("y")

        with pytest.raises(InputFault, match=r"e/d \(2\).csv, e/d.csv look like") as caught:
            read(tmp_path, "e/d*.csv", "e/d.csv", "e/d (1).csv")

        assert "d (1)" not in caught.value.sentence

    def test_two_copies_without_their_original_are_two_files(self, tmp_path):
        """Nothing tells which of them would be the original."""
        with pytest.raises(InputFault, match="matches 2 files"):
            read(tmp_path, "e/d*.csv", "e/d (1).csv", "e/d (2).csv")

    def test_equal_copies_of_the_newest_do_not_stop_it(self, tmp_path):
        """Every week's file, and this week's twice."""
        found, around = read(
            tmp_path, "d*.csv", "d 2027-04-18.csv", "d 2027-04-19.csv", "d 2027-04-19 (1).csv", newest=True
        )

        assert found == "d 2027-04-19.csv"
        assert [(each.path, each.by) for each in around.beside] == [("d 2027-04-19 (1).csv", "copy")]

    def test_what_another_binding_names_is_a_document_of_its_own(self, tmp_path):
        """`d 2.csv` may be the second part; a pattern that would meet it says nothing of it."""
        assert read(tmp_path, "e/d.csv", "e/d.csv", "e/d 2.csv", bound=("e/d 2.csv",))[1].beside == []
        assert len(read(tmp_path, "e/d.csv", "e/d.csv", "e/d 2.csv", bound=("e/d*.csv",))[1].beside) == 1

    @pytest.mark.parametrize(("content", "by"), [("x", "copy"), ("y", "conflict")])
    def test_of_personal_data_no_name_is_told(self, tmp_path, content, by):
        """Synchronizing programs write people's names into file names."""
        (tmp_path / "d (Ada Kirsch's conflicted copy).csv").write_text(content)
        _, around = read(tmp_path, "d.csv", "d.csv", handling=PII)

        assert around.beside == [Beside(path="a file that is named like a copy of it", than="d.csv", by=by)]

    @pytest.mark.parametrize("there", ["folder", "link", "longer", "shorter", "pipe"])
    def test_what_cannot_be_compared_is_not_the_same(self, tmp_path, there):
        """A link, a folder or a pipe may be anything; nothing waits for it."""
        other = tmp_path / "d (1).csv"
        if there == "folder":
            other.mkdir()
        elif there == "link":
            other.symlink_to(tmp_path / "d.csv")
        elif there == "pipe":
            os.mkfifo(other)
        else:
            other.write_text("xx" if there == "longer" else "")

        assert [each.by for each in read(tmp_path, "d.csv", "d.csv")[1].beside] == ["conflict"]

    @pytest.mark.parametrize(("most", "same"), [(2, False), (3, True), (4, True)])
    def test_only_files_up_to_a_limit_are_compared(self, tmp_path, monkeypatch, most, same):
        """Comparing must not take longer than reading."""
        monkeypatch.setattr(beside, "MOST", most)
        for name in ("a", "b"):
            (tmp_path / name).write_text("xyz")
        folder = os.open(tmp_path, os.O_RDONLY)

        assert beside.same_bytes(folder, "a", "b") is same
        os.close(folder)

    @pytest.mark.parametrize(("last", "same"), [(b"x", True), (b"y", False)])
    def test_every_byte_is_compared(self, tmp_path, last, same):
        """Two exports may differ in their last row alone."""
        (tmp_path / "a").write_bytes(b"x" * (2**20 + 1))
        (tmp_path / "b").write_bytes(b"x" * 2**20 + last)
        folder = os.open(tmp_path, os.O_RDONLY)

        assert beside.same_bytes(folder, "a", "b") is same
        os.close(folder)


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
        """Tuesday's export is next to Monday's, and Monday's is what the verdict rests on."""
        _, around = read(tmp_path, "e/d-2027-04-18.csv", "e/d-2027-04-18.csv", other)

        assert around.beside == ([Beside(path=other, than="e/d-2027-04-18.csv", by=by)] if by else [])

    @pytest.mark.parametrize(
        ("mine", "other", "newer"),
        [
            ("plan v2.xml", "plan v1.xml", None),
            ("plan v2.xml", "plan v3.xml", "version"),
            ("plan v9.xml", "plan v10.xml", "version"),
            ("plan_v1.2.xml", "plan_v1.10.xml", "version"),
            ("plan 2.xml", "plan 3.xml", "name"),
            ("plan v1.xml", "plan v01.xml", "name"),
            ("plan v1 rev 2.xml", "plan v2 rev 2.xml", "name"),
            ("plan_v1.xml", "plan_v1_FINAL.xml", "name"),
            ("plan_v1.xml", "plan v2.xml", "name"),
            ("plan_v1.xml", "plan_2027-04-19.xml", "name"),
            ("plan_v1.xml", "plan.xml", "name"),
            ("plan_v1.xml", "~$plan_v1.xml", None),
            ("plan_v1.xml", "planning.xml", None),
            ("plan v2.xml", "risks v3.xml", None),
        ],
    )
    def test_a_higher_version_in_an_equal_name_is_newer_and_any_other_nearly_equal_name_is_told(
        self, tmp_path, mine, other, newer
    ):
        """The run knows no less than `lint`: the file called FINAL holds the failures."""
        _, around = read(tmp_path, mine, mine, other)

        assert [(each.path, each.by) for each in around.beside] == ([(other, newer)] if newer else [])

    def test_of_several_each_is_told_and_the_newest_first(self, tmp_path):
        names = [f"d-2027-04-{day}.csv" for day in (18, 20, 19)]

        assert [each.path for each in read(tmp_path, names[0], *names)[1].beside] == [names[1], names[2]]

    def test_a_file_that_is_older_than_one_that_is_read_is_history(self, tmp_path):
        """Two exports are bound; the one between them is newer than the first and says nothing."""
        names = ("d-2027-04-18.csv", "d-2027-04-19.csv", "d-2027-04-20.csv")

        assert read(tmp_path, names[0], *names, bound=(names[2],))[1].beside == []

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

        assert read(tmp_path, "d-*.csv", *names, newest=True) == (names[1], BesideFiles(bound=("d-*.csv",)))


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

    def test_a_file_of_nearly_the_same_name_is_told_without_its_name(self, tmp_path):
        """What follows `roster` may be somebody's name."""
        (hidden,) = read(tmp_path, "roster.csv", "roster.csv", "roster_final.csv", handling=PII)[1].beside

        assert (hidden.path, hidden.by) == ("a file of nearly the same name", "name")


def test_a_path_means_a_name_however_its_accents_are_written():
    """macOS and Windows write one name differently."""
    assert means("e/re\u0301sume\u0301.csv", "e/r\u00e9sum\u00e9.csv")
    assert not means("e/resume.csv", "e/r\u00e9sum\u00e9.csv")
