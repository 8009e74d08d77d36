"""Children: whatever they do, the host goes on, and only one complete answer counts."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from gonogo.errors import IsolationFault
from gonogo.isolate import ChildOutcome, Limits, Task, early, python_command, run
from gonogo.isolate.child import RESULT_FD

SHORT = Limits(wall_s=1.0, cpu_s=10)
MIB = 2**20


def only(task: Task) -> ChildOutcome:
    [outcome] = run([task])
    return outcome


def forked(work, *, limits: Limits = SHORT, **more) -> ChildOutcome:
    return only(Task("child", b"request", limits, work=work, **more))


class TestAnswer:
    def test_a_forked_child_answers(self):
        """The plain case: request in, payload out."""
        outcome = forked(lambda request, _: request + b" answered")

        assert outcome.ok
        assert outcome.payload == b"request answered"
        assert (outcome.level, outcome.reason, outcome.detail) == ("L1", "", "")

    def test_an_executed_child_answers(self):
        """Third-party code starts in an interpreter that has never seen the host's memory."""
        outcome = only(Task("child", b"Zm9v", Limits(wall_s=20), command=python_command("base64:b64decode")))

        assert outcome.reason == "exception"  # two arguments are handed over, and b64decode refuses the second
        assert outcome.detail.startswith(("TypeError", "AssertionError", "ValueError"))

    def test_a_payload_of_many_pipe_buffers_arrives_whole(self):
        """A result is up to 8 MiB; a pipe holds 64 KiB."""
        outcome = forked(lambda *_: b"x" * (5 * MIB))

        assert outcome.payload == b"x" * (5 * MIB)

    def test_what_comes_before_a_fork_is_done_in_the_host(self):
        """What many children need is imported once, and every child after that has it."""
        done: list[int] = []
        before = lambda: done.append(os.getpid())  # noqa: E731

        outcomes = run(
            [Task(str(n), b"", SHORT, work=lambda *_: repr(done).encode(), before=before) for n in range(2)], parallel=1
        )

        assert done == [os.getpid()] * 2
        assert [outcome.payload for outcome in outcomes] == [repr(done[:1]).encode(), repr(done).encode()]

    def test_outcomes_keep_the_order_of_the_tasks(self):
        """Children end in any order; the record must not depend on it."""

        def work(request: bytes, _) -> bytes:
            time.sleep(0.2 if request == b"0" else 0)
            return request

        outcomes = run([Task(str(n), str(n).encode(), SHORT, work=work) for n in range(6)], parallel=3)

        assert [outcome.payload for outcome in outcomes] == [b"0", b"1", b"2", b"3", b"4", b"5"]

    def test_what_was_sent_early_survives_a_hang(self):
        """A collector's declaration is known even if its collection never ends."""

        def work(*_) -> bytes:
            early(b"declared")
            time.sleep(60)
            return b""

        outcome = forked(work)

        assert (outcome.reason, outcome.early) == ("deadline", b"declared")

    @pytest.mark.parametrize(("size", "reason"), [(2000, ""), (2001, "flood")])
    def test_the_declaration_counts_toward_what_may_be_sent(self, size: int, reason: str):
        """Else a collector sends twice what it may, half of it ahead of its answer."""

        def work(*_) -> bytes:
            early(b"d" * 3000)
            return b"x" * size

        outcome = forked(work, limits=replace(SHORT, output_bytes=5000))

        assert (outcome.reason, outcome.payload) == (reason, b"" if reason else b"x" * size)

    def test_descriptors_arrive_renumbered_and_readable(self, tmp_path: Path):
        """A collector sees open inputs, never paths."""
        (tmp_path / "a").write_bytes(b"first")
        (tmp_path / "b").write_bytes(b"second")
        opened = tuple(os.open(tmp_path / name, os.O_RDONLY) for name in ("b", "a"))

        outcome = forked(lambda _, given: repr([(fd, os.read(fd, 9)) for fd in given]).encode(), descriptors=opened)
        for descriptor in opened:
            os.close(descriptor)

        assert outcome.payload == b"[(4, b'second'), (5, b'first')]"


def _sleep(*_) -> bytes:
    time.sleep(60)
    return b""


def _c_loop(*_) -> bytes:
    return str(sum(range(10**15))).encode()


def _deaf(*_) -> bytes:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        time.sleep(60)


def _exit_zero(*_) -> bytes:
    os._exit(0)


def _sys_exit(*_) -> bytes:
    sys.exit(0)


def _segfault(*_) -> bytes:
    ctypes.string_at(0)
    return b""


def _memory(*_) -> bytes:
    return b"x" * (4096 * MIB)


def _flood_stdout(*_) -> bytes:
    while True:
        os.write(1, b"x" * 65536)


def _flood_stderr(*_) -> bytes:
    while True:
        print("x" * 65536, file=sys.stderr)


def _flood_result(*_) -> bytes:
    while True:
        os.write(RESULT_FD, b"x" * 65536)


def _too_large(*_) -> bytes:
    return b"x" * (9 * MIB)


def _close_result(*_) -> bytes:
    os.close(RESULT_FD)
    return b"fine"


def _garbage(*_) -> bytes:
    os.write(RESULT_FD, b'{"complete": true}')
    return b"fine"


def _raise(*_) -> bytes:
    raise ValueError("cell F12 is not a date\nsecond line")


def _hostile_message(*_) -> bytes:
    class Rude(Exception):
        def __str__(self) -> str:
            os.write(1, b"x")
            raise RuntimeError

    raise Rude


def _not_bytes(*_) -> bytes:
    return "text"  # type: ignore[return-value]


def _recursion(request, inputs) -> bytes:
    return _recursion(request, inputs)  # not `*_`: Python 3.13.0 never counts a call that packs its arguments anew


def _big_file(*_) -> bytes:
    with open("/tmp/gonogo-never", "wb") as stream:
        os.unlink("/tmp/gonogo-never")
        stream.write(b"x" * (3 * MIB))
    return b""


def _answer_then_die(*_) -> bytes:
    from gonogo.isolate import channel

    channel.send(channel.RESULT, b"GO")
    os._exit(3)


def _answer_then_hang(*_) -> bytes:
    from gonogo.isolate import channel

    channel.send(channel.RESULT, b"GO")
    return _sleep()


def _answer_twice(*_) -> bytes:
    from gonogo.isolate import channel

    channel.send(channel.RESULT, b"GO")
    return b"GO"


def _early_twice(*_) -> bytes:
    early(b"one")
    early(b"two")
    return b"GO"


def _half_a_frame(*_) -> bytes:
    from gonogo.isolate import channel

    whole = channel.frame(channel.RESULT, b"0" * 16, b"GO")
    os.write(RESULT_FD, whole[:-5])
    os._exit(0)


def _foreign_nonce(*_) -> bytes:
    from gonogo.isolate import channel

    os.write(RESULT_FD, channel.frame(channel.RESULT, b"0" * 16, b"GO"))
    os._exit(0)


HOSTILE = [
    (_sleep, "deadline", "within 1 s"),
    (_c_loop, "deadline", "within 1 s"),
    (_deaf, "deadline", "within 1 s"),
    (_exit_zero, "incomplete", "without an answer (exit status 0)"),
    (_sys_exit, "exception", "SystemExit: 0"),
    (_segfault, "signal", "SIGSEGV"),
    (_memory, "exception", "MemoryError"),
    (_flood_stdout, "flood", "more than it may"),
    (_flood_stderr, "flood", "more than it may"),
    (_flood_result, "flood", "more than it may"),
    (_too_large, "flood", "more than it may"),
    (_close_result, "incomplete", "without an answer"),
    (_garbage, "incomplete", "breaks off inside a header|no answer|not an answer"),
    (_raise, "exception", "ValueError: cell F12 is not a date"),
    (_hostile_message, "exception", "Rude"),
    (_not_bytes, "exception", "TypeError: the work returned str, not bytes"),
    (_recursion, "exception", "RecursionError"),
    (_big_file, "exception", "OSError"),
    (_answer_then_die, "exit", "exit status 3"),
    (_answer_then_hang, "deadline", "within 1 s"),
    (_answer_twice, "incomplete", "answered twice"),
    (_early_twice, "incomplete", "declaration twice"),
    (_half_a_frame, "incomplete", "breaks off|nonce of another"),
    (_foreign_nonce, "incomplete", "nonce of another task"),
]


@pytest.fixture(scope="module")
def outcomes() -> tuple[dict[str, ChildOutcome], float]:
    """All hostile children, run together as a program's collectors are."""
    hurried = Limits(wall_s=1.0, cpu_s=10, memory_bytes=512 * MIB, file_bytes=MIB)
    patient = replace(hurried, wall_s=20.0)  # a busy machine must not end them before they did what they do
    began = time.monotonic()
    tasks = [
        Task(work.__name__, b"", hurried if reason == "deadline" else patient, work=work) for work, reason, _ in HOSTILE
    ]
    outcomes = run(tasks, parallel=4)
    return {outcome.id: outcome for outcome in outcomes}, time.monotonic() - began


class TestHostileChildren:
    @pytest.mark.parametrize(("work", "reason", "says"), HOSTILE, ids=[work.__name__ for work, _, _ in HOSTILE])
    def test_gives_no_answer_and_says_why(self, outcomes, work, reason, says):
        """None of these may ever count as an answer, and a reader must learn what happened."""
        outcome = outcomes[0][work.__name__]

        assert not outcome.ok
        assert outcome.payload == b""
        assert outcome.reason == reason
        assert any(part in outcome.detail for part in says.split("|"))
        assert "\n" not in outcome.detail

    def test_ends_within_its_deadline(self, outcomes):
        """A hang costs the gate its deadline, never more than a second beyond."""
        ended = [outcome.seconds for outcome in outcomes[0].values() if outcome.reason == "deadline"]

        assert ended
        assert max(ended) < 2.0


class TestWhatAChildSees:
    def test_no_descriptor_of_the_host(self, tmp_path: Path):
        """An open log or key of the host must not be readable from a collector."""
        with open(tmp_path / "secret", "wb"):
            outcome = forked(lambda *_: repr(sorted(int(fd) for fd in os.listdir("/dev/fd"))).encode())

        seen = eval(outcome.payload)
        assert seen[:4] == [0, 1, 2, 3]
        assert len(seen) <= 5  # the fifth is the listing's own

    def test_only_the_environment_it_was_given(self, monkeypatch: pytest.MonkeyPatch):
        """Tokens reach a child only through the binding."""
        monkeypatch.setenv("GITHUB_TOKEN", "canary")

        outcome = forked(lambda *_: repr(dict(os.environ)).encode(), env={"TICKETS": "t"})

        assert eval(outcome.payload) == {"TICKETS": "t", "LC_ALL": "C", "TZ": "UTC"}

    def test_only_the_environment_it_was_given_when_executed(self, monkeypatch: pytest.MonkeyPatch):
        """The same for third-party code, down to the kernel's own record of it."""
        monkeypatch.setenv("GITHUB_TOKEN", "canary")
        script = "import os; os.write(1, open('/proc/self/environ', 'rb').read())"

        outcome = only(
            Task("child", b"", Limits(wall_s=20), command=(sys.executable, "-I", "-c", script), env={"TICKETS": "t"})
        )

        assert set(outcome.text.rstrip(b"\0").split(b"\0")) == {b"TICKETS=t", b"LC_ALL=C", b"TZ=UTC"}

    def test_its_own_session_and_no_core_dumps(self):
        """The session is what is killed; a core dump would keep evidence on disk."""

        def work(*_) -> bytes:
            return repr((os.getsid(0) == os.getpid(), resource.getrlimit(resource.RLIMIT_CORE))).encode()

        assert forked(work).payload == b"(True, (0, 0))"

    def test_what_it_writes_is_for_its_own_user(self, tmp_path: Path):
        """A scratch file holds rows of the evidence: pay, grades, names."""

        def work(*_) -> bytes:
            os.close(os.open(tmp_path / "rows", os.O_WRONLY | os.O_CREAT, 0o666))
            return oct(os.stat(tmp_path / "rows").st_mode & 0o777).encode()

        assert forked(work).payload == b"0o600"

    def test_no_tracer_of_the_host(self):
        """A debugger or coverage tool of the host would run its own code on every line of a collector's."""

        def tracer(*_) -> None:
            return None

        before = sys.gettrace(), sys.getprofile()
        sys.settrace(tracer)
        sys.setprofile(tracer)
        try:
            outcome = forked(lambda *_: repr((sys.gettrace(), sys.getprofile())).encode())
        finally:
            sys.settrace(before[0])
            sys.setprofile(before[1])

        assert outcome.payload == b"(None, None)"

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux has no_new_privs")
    def test_no_new_privileges(self):
        """A setuid program must not help a child out of its limits."""

        def work(*_) -> bytes:
            with open("/proc/self/status", encoding="ascii") as stream:
                return next(line for line in stream if line.startswith("NoNewPrivs")).encode()

        assert forked(work).payload.split() == [b"NoNewPrivs:", b"1"]


def _grandchild_holds_the_pipe(*_) -> bytes:
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    return b"answer"


def _fleeing_writer(path: Path):
    def work(*_) -> bytes:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(0.5)
                path.write_text("outlived")
                os._exit(0)
            os._exit(0)
        return b"answer"

    return work


def _children() -> set[str]:
    """Return the ids of this process's children, zombies included; other tests may have left some running."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    return set(listed.read_text().split()) if listed.exists() else set()


class TestWhatAChildLeavesBehind:
    def test_a_grandchild_that_holds_the_pipe_does_not_hold_up_the_host(self):
        """A pipe without an end must not become a hang of the gate."""
        outcome = forked(_grandchild_holds_the_pipe, limits=Limits(wall_s=30))

        assert outcome.payload == b"answer"
        assert outcome.seconds < 5

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans to the host")
    def test_a_grandchild_that_flees_its_session_is_killed(self, tmp_path: Path):
        """A process that outlives its run could change what later runs see."""
        path = tmp_path / "trace"
        before = _children()

        outcome = forked(_fleeing_writer(path))

        assert outcome.payload == b"answer"
        assert _children() == before
        assert not path.exists()

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans to the host")
    def test_a_grandchild_in_a_group_of_its_own_is_killed(self, tmp_path: Path):
        """It stays in the session, but the kill of the child's group passes it by."""
        path = tmp_path / "trace"
        before = _children()

        def work(*_) -> bytes:
            if os.fork() == 0:
                os.setpgid(0, 0)
                time.sleep(0.5)
                path.write_text("outlived")
                os._exit(0)
            return b"answer"

        outcome = forked(work)

        assert outcome.payload == b"answer"
        assert _children() == before
        assert not path.exists()

    def test_a_fork_that_comes_back_answers_only_once(self):
        """A collector that forks and lets both return must not send two answers."""

        def work(*_) -> bytes:
            os.fork()
            return b"answer"

        assert forked(work).payload == b"answer"

    def test_an_answer_of_a_child_whose_end_nobody_saw_does_not_count(self):
        """A library of the host, or its parent, may make the kernel reap children: it may have crashed."""
        before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        try:
            outcome = forked(lambda *_: b"fine")
        finally:
            signal.signal(signal.SIGCHLD, before)

        assert (outcome.ok, outcome.payload, outcome.reason) == (False, b"", "exit")

    def test_the_host_keeps_its_children_and_descriptors(self):
        """A gate that runs all day must not fill up."""
        descriptors, children = len(os.listdir("/dev/fd")), _children()

        run([Task(str(n), b"", SHORT, work=lambda *_: b"") for n in range(20)])

        assert len(os.listdir("/dev/fd")) == descriptors
        assert _children() == children

    def test_no_exit_hook_or_buffer_of_the_host_runs_in_a_child(self, tmp_path: Path):
        """Were the host's buffers flushed twice, its output and its log would hold lines twice."""
        script = (
            "import atexit, sys\n"
            "from gonogo.isolate import Task, run\n"
            "def main():\n"
            "    atexit.register(lambda: print('hook'))\n"
            "    sys.stdout.write('once ')\n"
            "    done = open(sys.argv[1], 'w'); done.write('line')\n"
            "    def work(*_): raise SystemExit(0)\n"
            "    run([Task(str(n), b'', work=work) for n in range(3)])\n"
            "main()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "file")],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )

        assert done.stdout == "once hook\n"
        assert (tmp_path / "file").read_text() == "line"


class TestRefusals:
    def test_what_the_system_refuses_is_an_outcome(self):
        """A program that does not exist is one collector's failure, not the gate's."""
        outcome = only(Task("child", b"", SHORT, command=("/nonexistent/python",)))

        assert outcome.reason == "spawn"
        assert "FileNotFoundError" in outcome.detail

    def test_a_closed_input_is_an_outcome(self):
        """A descriptor that is not open must not turn into somebody else's file."""
        outcome = forked(lambda *_: b"", descriptors=(987,))

        assert outcome.reason == "spawn"

    def test_work_and_command_are_exclusive(self):
        """A task that means both means neither."""
        with pytest.raises(IsolationFault, match="either work or a command"):
            run([Task("child", b"")])

    def test_a_platform_without_fork_is_told_so(self, monkeypatch: pytest.MonkeyPatch):
        """On a laptop without fork the reader learns where to assess instead."""
        monkeypatch.delattr(os, "fork")

        with pytest.raises(IsolationFault, match="no fork"):
            run([])

    def test_is_importable_where_posix_modules_do_not_exist(self):
        """Reports and checks run on such a laptop and import this package on the way."""
        script = (
            "import sys\n"
            "for name in ('fcntl', 'resource', 'pwd', 'termios', 'grp'): sys.modules[name] = None\n"
            "import gonogo.isolate\n"
        )
        subprocess.run([sys.executable, "-c", script], check=True, timeout=30)
