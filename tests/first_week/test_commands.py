"""The commands as a person meets them: exit codes, stdout for results, and a terminal that asks again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlsxwriter
from tests.warm import WITHOUT_POSIX, Warm

from gonogo.documents.yaml import MappingNode, read_yaml

PAIRS = (("--customer", "NIWA"), ("--provider", "CFSC"), ("--release", "R1"), ("--time-zone", "America/New_York"))
OPTIONS = tuple(part for pair in PAIRS for part in pair)
GO_LIVE = ("--go-live", "2027-05-03T06:00")


class TestInit:
    def test_options_make_a_program_and_say_what_is_left(self, tmp_path: Path, warm: Warm) -> None:
        """The result is on stdout, and the next step with it."""
        (tmp_path / "evidence").mkdir()
        (tmp_path / "evidence" / "ims.xer").write_bytes(b"ERMHDR\t19.12\n")

        done = warm("init", tmp_path, *OPTIONS, *GO_LIVE, "--yes")

        assert done.returncode == 0, done.stderr
        assert "evidence/ims.xer: Primavera XER" in done.stdout
        assert "golive: name of the go-live activity" in done.stdout
        assert f"then gonogo progress {tmp_path}\n" in done.stdout
        asks = f"gonogo workbook {tmp_path} -o {tmp_path}/evidence.xlsx >> {tmp_path}/gonogo.yaml\n"
        assert done.stdout.endswith(asks)

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ((), "--go-live is needed"),
            (("--go-live", "2027-05-03"), "has no time of day"),
            ((*GO_LIVE, "--time-zone", "America/NewYork"), "America/New_York"),
            ((*GO_LIVE, "--evidence", "nowhere"), "there is no folder nowhere"),
            ((*GO_LIVE, "--ruleset", "m3-basline"), "m3-baseline"),
            ((*GO_LIVE, "--people", "nobody.txt"), "nobody.txt cannot be read"),
            (("--go-live", "2027-03-14T02:30"), "does not exist in America/New_York"),
        ],
    )
    def test_a_wrong_option_is_exit_2_and_writes_nothing(
        self, tmp_path: Path, arguments: tuple[str, ...], words: str, warm: Warm
    ) -> None:
        """A script must not go on with half a program."""
        given = [part for name, value in PAIRS if name not in arguments for part in (name, value)]
        done = warm("init", tmp_path / "p", *given, *arguments)

        assert done.returncode == 2
        assert words in done.stderr
        assert not (tmp_path / "p").exists()

    def test_a_program_that_is_there_is_exit_2(self, tmp_path: Path, warm: Warm) -> None:
        """And it is untouched."""
        (tmp_path / "gonogo.yaml").write_text("mine\n")

        done = warm("init", tmp_path, *OPTIONS, *GO_LIVE)

        assert (done.returncode, (tmp_path / "gonogo.yaml").read_text()) == (2, "mine\n")
        assert "never overwritten" in done.stderr

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
    def test_a_person_is_asked_and_asked_again(self, tmp_path: Path) -> None:
        """On a terminal a wrong answer costs one more line, not a new start."""
        import pty

        answers = ["NIWA", "CFSC", "", "EST", "America/New_York", "2027-05-03", "2027-05-03T06:00", "", "", "", ""]
        child, terminal = pty.fork()
        if child == 0:
            os.execv(sys.executable, [sys.executable, "-m", "gonogo", "init", str(tmp_path / "p")])
        screen = b""
        deadline = time.monotonic() + 60
        sent = 0
        try:
            while time.monotonic() < deadline:
                try:
                    data = os.read(terminal, 4096)
                except OSError:
                    break
                if not data:
                    break
                screen += data
                if screen.rstrip(b" ").endswith(b":") and sent < len(answers):
                    os.write(terminal, answers[sent].encode() + b"\n")
                    sent += 1
        finally:
            os.close(terminal)
        _, status = os.waitpid(child, 0)

        told = screen.decode()
        assert os.waitstatus_to_exitcode(status) == 0, told
        assert "did you mean `America/New_York`?" in told
        assert "has no time of day" in told
        assert (tmp_path / "p" / "gonogo.yaml").is_file()


class TestMap:
    def test_the_mapping_is_yaml_on_stdout(self, tmp_path: Path, warm: Warm) -> None:
        """It is pasted, or redirected into a file."""
        (tmp_path / "états v2.csv").write_text("id,status\n1,Open\n2,Closed\n3,Open\n4,Closed\n", encoding="utf-8")

        done = warm("map", tmp_path / "états v2.csv")

        root = read_yaml(done.stdout.encode(), "map")
        assert done.returncode == 0, done.stderr
        assert isinstance(root, MappingNode)
        assert list(root.entries) == ["settings"]

    def test_facts_of_the_vocabulary_are_suggested_as_comments(self, tmp_path: Path, warm: Warm) -> None:
        """By their words; a person decides."""
        (tmp_path / "rtm.csv").write_text(
            "requirement,status,in scope\n" + "".join(f"R{i},{['Approved', 'Deferred'][i % 2]},Yes\n" for i in range(9))
        )

        done = warm("map", tmp_path / "rtm.csv")

        assert "#   approved_ratio: {share: {where: 'status == \"Approved\"'}}" in done.stdout
        assert "say `as: rtm`" in done.stdout

    @pytest.mark.parametrize(
        ("name", "arguments", "words"),
        [
            ("none.csv", (), "is no file"),
            ("t.json", (), "JSON without a list of records"),
            ("t.csv", ("--sheet", "Log"), "not a workbook"),
            ("t.csv", ("--ruleset", "nobody"), "there is no ruleset"),
        ],
    )
    def test_what_cannot_be_mapped_is_exit_2(
        self, tmp_path: Path, name: str, arguments: tuple[str, ...], words: str, warm: Warm
    ) -> None:
        """With one sentence and no traceback."""
        (tmp_path / "t.csv").write_text("a,b\n1,2\n")
        (tmp_path / "t.json").write_text("[]")

        done = warm("map", tmp_path / name, *arguments)

        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr
        assert "Traceback" not in done.stderr


class TestRulesetUpgrade:
    def test_it_shows_first_and_replaces_only_when_told(self, tmp_path: Path, warm: Warm) -> None:
        """The criteria of a program change only by a person's decision."""
        assert warm("init", tmp_path, *OPTIONS, *GO_LIVE).returncode == 0
        copy = tmp_path / "ruleset" / "m3-baseline" / "ruleset.yaml"
        copy.write_text(copy.read_text().replace("max_age: 7d", "max_age: 30d", 1))

        shown = warm("ruleset", "upgrade", tmp_path)
        refused = warm("ruleset", "upgrade", tmp_path, "--yes")
        replaced = warm("ruleset", "upgrade", tmp_path, "--yes", "--discard-edits")
        again = warm("ruleset", "upgrade", tmp_path)

        assert (shown.returncode, refused.returncode, replaced.returncode, again.returncode) == (0, 2, 0, 0)
        assert "tightened: evidence may be 30 days old, then 7 days" in shown.stdout
        assert "Edited in this program since it was copied: ruleset.yaml." in shown.stdout
        assert "Nothing was replaced" in shown.stdout
        assert "would be lost" in refused.stderr
        assert "ask exactly the same" in again.stdout


class TestWindowsLaptop:
    """`init`, `map` and `ruleset upgrade` serve where there is no fork, no flock and no rlimit."""

    def test_init_and_upgrade_import_nothing_of_posix(self, tmp_path: Path, laptop: Warm) -> None:
        """The imports are blocked, as they would be missing there."""
        (tmp_path / "evidence").mkdir()
        (tmp_path / "evidence" / "t.csv").write_text("id,n\n1,2\n2,3\n")
        (tmp_path / "evidence" / "sit.xml").write_text("<testsuite><testcase name='1'/></testsuite>")
        (tmp_path / "evidence" / "ims.xer").write_text("ERMHDR\t1\n")

        started = laptop("init", tmp_path, *OPTIONS, *GO_LIVE)
        shown = laptop("ruleset", "upgrade", tmp_path)

        assert (started.returncode, shown.returncode) == (0, 0), started.stderr + shown.stderr

    def test_init_over_a_real_workbook_too(self, shared: Path, tmp_path: Path, laptop: Warm) -> None:
        """Recognized by its sheets, and opened for its impact scale."""
        data = (shared / "gsa-m3" / "M3-Playbook-RAID-Log-Template.xlsx").read_bytes()
        (tmp_path / "evidence").mkdir()
        (tmp_path / "evidence" / "raid.xlsx").write_bytes(data)

        started = laptop("init", tmp_path, *OPTIONS, *GO_LIVE)

        assert started.returncode == 0, started.stderr

    @pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
    def test_map_imports_nothing_of_posix(self, tmp_path: Path, name: str, laptop: Warm) -> None:
        """The laptop on which the workbooks are."""
        (tmp_path / "t.csv").write_text("id,n\n1,2\n2,3\n")
        made = xlsxwriter.Workbook(tmp_path / "t.xlsx")
        sheet = made.add_worksheet("A")
        for row in range(3):
            sheet.write_row(row, 0, ["id", "n"] if not row else [f"k{row}", row])
        made.close()

        mapped = laptop("map", tmp_path / name)

        assert mapped.returncode == 0, mapped.stderr

    def test_init_and_map_load_nothing_that_only_a_run_needs(self, tmp_path: Path) -> None:
        """A laptop waits for what it imports, and a database is not there at all."""
        (tmp_path / "t.csv").write_text("id,n\n1,2\n2,3\n")
        calls = [["init", str(tmp_path / "p"), *OPTIONS, *GO_LIVE], ["map", str(tmp_path / "t.csv")]]
        code = (
            f"{WITHOUT_POSIX}\nfrom gonogo.cli import run\nassert [run(call) for call in {calls!r}] == [0, 0]\n"
            'heavy = {"duckdb", "durable", "durable_rules_engine", "structlog"} & set(sys.modules)\n'
            "assert not heavy, heavy"
        )

        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

        assert done.returncode == 0, done.stderr
