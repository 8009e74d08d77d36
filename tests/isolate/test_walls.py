"""What the walls keep a child from, if this kernel has them; and the account of those that stand."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import venv
from pathlib import Path

import pydantic
import pytest

import gonogo
from gonogo.isolate import (
    L1,
    L2,
    WALLS,
    ChildOutcome,
    Limits,
    StandingWalls,
    Task,
    Walls,
    channel,
    installation,
    run,
    scratch,
)
from gonogo.isolate.walls import NETWORK, OTHERS, READING, SCRATCH, SURVIVORS, WRITING, read_account, standing

SHORT = Limits(wall_s=5.0, cpu_s=10, scratch_bytes=2**20)


def walled(work, scratch: Path | None = None, *, alone: bool = False, limits: Limits = SHORT, **more) -> ChildOutcome:
    walls = Walls(
        reads=installation.libraries(),
        lists=installation.folders(),
        executes=installation.programs(),
        alone=alone,
        **more,
    )
    [outcome] = run(
        [Task("child", b"", limits, work=work, walls=walls, scratch=str(scratch) if scratch is not None else "")]
    )
    return outcome


def tried(*acts) -> object:
    """Return work that tries acts and answers with the name of what each raised, or with what it returned."""

    def work(*_) -> bytes:
        found = []
        for act in acts:
            try:
                found.append(str(act()))
            except OSError as error:
                found.append(type(error).__name__)
        return json.dumps(found).encode()

    return work


def answers(outcome: ChildOutcome) -> list[str]:
    assert outcome.ok, outcome
    found: list[str] = json.loads(outcome.payload)
    return found


def needs(outcome: ChildOutcome, *names: str) -> bool:
    """Whether this machine raised those walls; a machine that cannot says so, which the last tests hold it to."""
    return set(names) <= set(outcome.standing.enforced)


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "spaced"])
class TestWalls:
    def test_reads_nothing_that_it_was_not_handed(self, alone, tmp_path: Path):
        """The evidence of another binding, the log and somebody's home are files like any other."""
        (tmp_path / "evidence.csv").write_text("id\n1\n")
        outcome = walled(
            tried(
                lambda: (tmp_path / "evidence.csv").read_text(),
                lambda: os.listdir(tmp_path),
                lambda: os.open("/etc/passwd", os.O_RDONLY),
                lambda: os.listdir("/proc"),
                lambda: len(Path(os.__file__).read_text()) > 0,
            ),
            alone=alone,
        )

        if needs(outcome, READING):
            assert answers(outcome) == [*["PermissionError"] * 4, "True"]

    def test_changes_nothing_outside_its_scratch(self, alone, tmp_path: Path):
        """Neither content, nor name, nor mode, nor time."""
        kept = tmp_path / "kept"
        kept.write_text("kept")
        before = kept.stat()
        outcome = walled(
            tried(
                lambda: kept.write_text("changed"),
                lambda: os.truncate(kept, 0),
                lambda: kept.unlink(),
                lambda: kept.rename(tmp_path / "moved"),
                lambda: os.chmod(kept, 0o777),
                lambda: os.utime(kept, (0, 0)),
                lambda: (tmp_path / "new").mkdir(),
                lambda: (tmp_path / "link").symlink_to(kept),
            ),
            tmp_path / "scratch",
            alone=alone,
        )

        if needs(outcome, WRITING):
            assert set(answers(outcome)) <= {"PermissionError", "OSError"}
            assert (kept.stat(), kept.read_text()) == (before, "kept")  # reading it here moves its time of access

    def test_has_a_scratch_folder_that_is_gone_afterwards(self, alone, tmp_path: Path):
        """What it wrote may be personal."""
        scratch = tmp_path / "scratch"

        def work(*_) -> bytes:
            (scratch / "file").write_text("mine")
            return (scratch / "file").read_bytes()

        outcome = walled(work, scratch, alone=alone)

        assert outcome.payload == b"mine"
        assert not scratch.exists()

    def test_a_link_out_of_the_scratch_leads_nowhere(self, alone, tmp_path: Path):
        """A link is followed to the file that it names, and that file is closed."""
        (tmp_path / "secret").write_text("secret")
        scratch = tmp_path / "scratch"

        def act() -> str:
            (scratch / "link").symlink_to(tmp_path / "secret")
            return (scratch / "link").read_text()

        outcome = walled(tried(act), scratch, alone=alone)

        if needs(outcome, READING):
            assert answers(outcome) == ["PermissionError"]
        assert (tmp_path / "secret").read_text() == "secret"

    def test_a_scratch_folder_that_overflows_ends_there(self, alone, tmp_path: Path):
        """A full disk stops more than the gate."""
        scratch = tmp_path / "scratch"

        def work(*_) -> bytes:
            for number in range(64):
                (scratch / str(number)).write_bytes(bytes(2**17))
                time.sleep(0.02)
            time.sleep(3)
            return b"all written"

        outcome = walled(work, scratch, alone=alone)

        assert (outcome.reason, outcome.payload) != ("", b"all written")
        assert outcome.reason in {"flood", "exception"}
        assert outcome.seconds < 3
        assert not scratch.exists()

    def test_opens_no_socket(self, alone):
        """No network, and no daemon of this machine."""
        outcome = walled(
            tried(
                lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
                lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
                lambda: socket.socket(socket.AF_UNIX),
            ),
            alone=alone,
        )

        if needs(outcome, NETWORK):
            assert answers(outcome) == ["OSError"] * 3

    def test_signals_nobody(self, alone):
        """Not even to ask whether somebody is there."""
        host = os.getpid()
        outcome = walled(tried(lambda: os.kill(host, 0), lambda: os.kill(1, signal.SIGTERM)), alone=alone)

        if needs(outcome, OTHERS):
            assert set(answers(outcome)) <= {"PermissionError", "ProcessLookupError", "None"}
            assert answers(outcome)[0] != "None"

    def test_leaves_nobody_behind(self, alone, tmp_path: Path):
        """A double fork with a session of its own is how a process outlives its parent."""
        mark = tmp_path / "mark"

        def flee() -> int:
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(0.6)
                    mark.write_text("I am still here")
                os._exit(0)
            return 0

        outcome = walled(tried(flee), alone=alone)
        time.sleep(0.9)

        if needs(outcome, SURVIVORS):
            assert not mark.exists()


class TestSpaced:
    def test_tells_how_its_work_ended(self):
        """The first process of its namespace stands between, and passes on what it saw."""
        assert walled(lambda *_: os._exit(3)).detail.endswith("(exit status 3)")
        assert walled(lambda *_: os.kill(os.getpid(), signal.SIGKILL)).detail == "it crashed (SIGKILL)"
        assert walled(lambda *_: os.abort()).detail == "it crashed (SIGABRT)"

    def test_is_ended_in_time_with_all_that_it_started(self):
        """Each of them ignores whatever can be ignored."""

        def work(*_) -> bytes:
            for _ in range(20):
                if os.fork() == 0:
                    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
                    while True:
                        time.sleep(1)
            while True:
                time.sleep(1)

        outcome = walled(work, limits=Limits(wall_s=0.5))

        assert outcome.reason == "deadline"
        assert outcome.seconds < 1.5

    def test_a_granted_network_is_open_and_said_to_be(self):
        """What the program grants is not enforced, and the record must not say that it was."""
        outcome = walled(tried(lambda: socket.socket(socket.AF_INET).close()), network=True)

        assert answers(outcome) == ["None"]
        assert NETWORK in outcome.standing.unenforced
        assert NETWORK not in outcome.standing.enforced


def test_a_scratch_folder_of_many_empty_files_is_too_much(tmp_path: Path):
    """Files without content take inodes, and the host would count and remove them without end."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "first").touch()

    assert not scratch.over(str(tmp_path), 2**40, most=2)
    (tmp_path / "deep" / "second").touch()
    assert scratch.over(str(tmp_path), 2**40, most=2)
    assert not scratch.over(str(tmp_path), 2**40)


def test_a_scratch_folder_of_its_own_holds_no_device_and_no_program_of_another_user(tmp_path: Path):
    """Both would be ways out that no list of files names; and its size is the kernel's business, not the host's."""

    def work(*_) -> bytes:
        with open("/proc/self/mountinfo", encoding="utf-8") as stream:
            return json.dumps([line.split() for line in stream if str(tmp_path / "scratch") in line]).encode()

    outcome = walled(work, tmp_path / "scratch")

    if needs(outcome, SCRATCH):
        assert outcome.ok, outcome
        [mounted] = json.loads(outcome.payload)
        assert {"nosuid", "nodev"} <= set(mounted[5].split(","))
        assert "size=1024k" in mounted[-1]


class TestAccount:
    def test_all_walls_make_the_second_level(self):
        """And one missing does not."""
        for walls in (Walls(), Walls(alone=True), Walls(required=True)):
            assert standing(WALLS, walls).level == L2
            for name in WALLS:
                assert standing(set(WALLS) - {name}, walls).level == L1
                assert standing(set(WALLS) - {name}, walls).unenforced == (name,)

    def test_a_granted_network_is_no_missing_wall(self):
        """A person granted it; that is told, and the level is that of the rest."""
        found = standing(set(WALLS) - {NETWORK}, Walls(network=True))

        assert (found.level, found.unenforced) == (L2, (NETWORK,))

    @pytest.mark.parametrize("payload", [b"", b"{", b"{}", b'["unheard of"]', b"[1]", b"\xff"])
    def test_an_account_that_says_nothing_is_the_first_level(self, payload):
        """A child that ended before it could tell proves nothing about its walls."""
        found = read_account(payload, Walls())

        assert (found.level, found.enforced) == (L1, ())

    def test_a_child_without_walls_is_of_the_first_level(self):
        """Whatever it says."""
        assert read_account(json.dumps(list(WALLS)).encode(), None) == StandingWalls()

    def test_a_child_cannot_add_to_its_account(self):
        """The account is the first thing that is said; a second one voids the answer."""

        def work(*_) -> bytes:
            channel.send(channel.WALLS, json.dumps(list(WALLS)).encode())
            return b"fine"

        outcome = walled(work)

        assert (outcome.reason, outcome.payload) == ("incomplete", b"")
        assert "walls" in outcome.detail

    def test_only_gonogo_s_own_code_needs_no_private_scratch(self, tmp_path: Path):
        """Where file systems cannot be closed, files that are deleted and held open escape the counting."""
        outcome = walled(lambda *_: b"", tmp_path / "scratch")

        assert (SCRATCH in outcome.standing.enforced) == (SURVIVORS in outcome.standing.enforced)


def test_a_machine_without_numbers_has_no_walls_and_still_runs(monkeypatch: pytest.MonkeyPatch):
    """macOS, and a processor that nobody has listed: a child of level L1, and not one that cannot be started."""
    from gonogo.isolate import kernel, landlock, seccomp

    monkeypatch.setattr(kernel, "NUMBERS", {})
    monkeypatch.setattr(landlock, "abi", lambda: 0)
    monkeypatch.setattr(seccomp, "known", lambda: False)

    outcome = walled(lambda *_: b"fine")

    assert (outcome.payload, outcome.level, outcome.standing.enforced) == (b"fine", L1, ())


def test_libraries_are_where_they_lie_not_where_most_people_have_them(tmp_path: Path):
    """A library in a user's own site, or where a .pth file points, was refused to the collector that imports it."""
    code = "from gonogo.isolate import installation; print(*installation.libraries(), sep='\\n')"
    folders = [Path(module.__file__).parents[1] for module in (gonogo, pydantic)]
    venv.EnvBuilder(symlinks=True, with_pip=False).create(tmp_path / "other")
    [packages] = (tmp_path / "other" / "lib").glob("python*/site-packages")
    (packages / "elsewhere.pth").write_text("".join(f"{folder}\n" for folder in folders))

    done = subprocess.run(
        [tmp_path / "other" / "bin" / "python", "-I", "-c", code], capture_output=True, text=True, check=True
    )

    assert str(folders[1]) in done.stdout.splitlines()
