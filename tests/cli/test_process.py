"""Real processes: what only the whole of one shows. Imports, signals, pipes, full disks, hostile surroundings."""

import json
import os
import signal
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest
from tests.cli.forked import forked

from gonogo.audit.history import open_history
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.model.event import EventType
from gonogo.testing.programs import write_distribution, write_plugin

GONOGO = [sys.executable, "-m", "gonogo"]
CONSOLE = Path(sys.executable).with_name("gonogo")
BLOCKED = """
import contextlib, io, json, os, sys

class Windows:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "resource", "termios", "tty", "pty", "pwd", "grp", "syslog", "icalendar", "xlsxwriter"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Windows())
for name in ("fcntl", "resource", "termios", "pwd", "grp"):
    sys.modules.pop(name, None)
for name in ("fork", "forkpty", "setsid", "waitpid", "killpg", "geteuid", "getuid", "pidfd_open", "memfd_create"):
    if hasattr(os, name):
        delattr(os, name)
from gonogo.cli import run
for words in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as out:
        with contextlib.redirect_stderr(io.StringIO()) as err:
            code = run(words)
    print(json.dumps([code, out.buffer.getvalue().decode(), err.getvalue()]), flush=True)
"""
WITHOUT_POSIX = {
    "report": ["report", "{0}"],
    "log": ["log", "verify", "{0}"],
    "requests": ["requests", "{0}", "--from-log", "--as-of", "{1}"],
    "lint": ["lint", "{0}/rules"],
    "facts": ["facts"],
    "schema": ["schema"],
    "plugins": ["plugins", "list"],
    "explain": ["explain", "operations.desk.staffed", "--program", "{0}"],
    "assess": ["assess", "{0}"],
}
LATE = """
    import time
    from pathlib import Path

    from gonogo.model.fact import FactType
    from gonogo.plugin.spec import LocalFact, NoSettings, hookimpl

    OPEN = LocalFact("open_posts", FactType.INTEGER, "Open posts.", "posts")

    class Late:
        name = "late"
        facts = (OPEN,)
        settings = NoSettings
        network = ()

        def declare(self, settings):
            return self.facts

        def collect(self, job, settings):
            Path({marker!r}).write_text("started")
            time.sleep(300)
            yield OPEN.value(0, as_of=job.now)

    @hookimpl
    def gonogo_register_collectors(register):
        register(Late())
"""


def ended(command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)


def plant(folder, *names):
    for name in names:
        (folder / f"{name}.py").write_text("import os\nos._exit(0)\n")


@pytest.fixture(scope="module")
def without_posix(stated_once):
    """What each command does without POSIX and without the libraries of files that are handed out, in one process."""
    commands = [
        [part.format(stated_once.root, stated_once.as_of) for part in words] for words in WITHOUT_POSIX.values()
    ]
    found = ended([sys.executable, "-c", BLOCKED, json.dumps(commands)])
    assert (found.returncode, found.stderr) == (0, "")
    return dict(zip(WITHOUT_POSIX, map(json.loads, found.stdout.splitlines()), strict=True))


class TestImports:
    @pytest.mark.parametrize("option", ["--version", "--help"])
    def test_a_question_about_gonogo_itself_imports_nothing_heavy(self, option):
        """A start must stay quick; a library that is broken must not keep anybody from the help."""
        script = (
            "import sys; from gonogo.cli import run; code = run(sys.argv[1:]); "
            "heavy = {'pydantic', 'structlog', 'rich', 'pluggy', 'yaml', 'duckdb', 'jinja2'} & set(sys.modules); "
            "sys.exit(f'imported {heavy}' if heavy else code)"
        )

        found = ended([sys.executable, "-c", script, option])

        assert (found.returncode, found.stderr) == (0, "")

    @pytest.mark.parametrize("command", [name for name in WITHOUT_POSIX if name != "assess"])
    def test_reading_needs_no_posix(self, command, without_posix):
        """A customer's lead reads the report on a Windows laptop."""
        code, out, err = without_posix[command]

        assert (code, err) == (0, "")
        assert out

    def test_assessing_without_posix_is_undecided_and_says_where_to_go(self, without_posix):
        """Not a traceback, and not a verdict."""
        code, out, err = without_posix["assess"]

        assert (code, out) == (4, "")
        assert "WSL 2" in err
        assert "Traceback" not in err


class TestSurroundings:
    @pytest.mark.parametrize("flags", [["-OO"], ["-P"]], ids=str)
    def test_modules_planted_in_the_working_folder_are_not_imported(self, flags, denied, tmp_path):
        """And no check is an assert. (`python -m gonogo` where a gonogo.py lies is that file: Python's own rule.)"""
        plant(tmp_path, "json", "signal", "click", "yaml", "pydantic", "durable_rules_engine", "sitecustomize")

        found = ended([sys.executable, *flags, "-m", "gonogo", *denied.arguments], cwd=tmp_path)

        assert found.returncode == 1, found.stderr
        assert found.stdout.splitlines()[-1] == "verdict=NO-GO"

    @pytest.mark.skipif(not CONSOLE.exists(), reason="the console script is not installed beside this Python")
    def test_an_empty_entry_of_pythonpath_does_not_bring_the_working_folder_in(self, denied, tmp_path):
        """`PYTHONPATH=$TOOLS:` while TOOLS is not set: Python takes the empty entry for the current folder."""
        plant(tmp_path, "json", "contextlib", "signal", "click", "yaml", "pydantic")
        env = {**os.environ, "PYTHONPATH": os.pathsep}

        found = ended([str(CONSOLE), *denied.arguments], cwd=tmp_path, env=env)

        assert found.returncode == 1, found.stderr
        assert found.stdout.splitlines()[-1] == "verdict=NO-GO"

    @pytest.mark.parametrize(
        ("flags", "variables", "decided"), [(["-i"], {}, True), ([], {"PYTHONINSPECT": "1"}, False)], ids=str
    )
    def test_an_interpreter_that_goes_on_reading_does_not_end_with_a_code_of_its_own(
        self, flags, variables, decided, denied
    ):
        """`python -i` ends with 0 when its input does, whatever was decided."""
        command = [sys.executable, *flags, "-m", "gonogo"]
        arguments = denied.arguments if decided else ["assess", str(denied.root / "nowhere")]

        found = ended([*command, *arguments], stdin=subprocess.DEVNULL, env={**os.environ, **variables})

        assert (found.returncode, found.stdout.splitlines()[-1:]) == ((1, ["verdict=NO-GO"]) if decided else (2, []))

    def test_no_distribution_runs_in_the_host_as_a_plugin_of_pydantic(self, stated, tmp_path):
        """Only what the program names is started, and in a child."""
        info = tmp_path / "stranger-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[pydantic]\nstranger = stranger:plugin\n")
        (tmp_path / "stranger.py").write_text("import os\nos._exit(0)\n")

        found = ended([*GONOGO, *stated.arguments], env={**os.environ, "PYTHONPATH": str(tmp_path)})

        assert found.returncode == 0, found.stderr
        assert found.stdout.splitlines()[-1] == "verdict=GO"

    def test_the_time_zones_of_the_host_change_no_digest(self, stated_run, tmp_path):
        """A day of the program begins at one moment, on a machine with old or changed zone data too."""
        wrong = tmp_path / "zones" / "America" / "New_York"
        wrong.parent.mkdir(parents=True)
        data = files("tzdata") / "zoneinfo" / "Pacific" / "Kiritimati"
        wrong.write_bytes(data.read_bytes())

        ended([*GONOGO, *stated_run.arguments], env={**os.environ, "PYTHONTZPATH": str(tmp_path / "zones")})

        here, there = open_history(stated_run.log).runs
        assert here.digest == there.digest

    @pytest.mark.skipif(not CONSOLE.exists(), reason="the console script is not installed beside this Python")
    def test_the_console_script_minds_no_trap_and_no_variable(self, denied, tmp_path):
        """How it is really called."""
        plant(tmp_path, "json", "gonogo", "contextlib", "os", "durable_rules_engine")

        found = ended([str(CONSOLE), *denied.arguments], cwd=tmp_path, env={**os.environ, "PYTHONOPTIMIZE": "2"})

        assert found.returncode == 1, found.stderr
        assert found.stdout.splitlines()[-1] == "verdict=NO-GO"

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252:strict"])
    def test_output_is_utf_8_whatever_python_thinks_of_the_terminal(self, encoding, stated):
        """A dash in a sentence must not end a run with a traceback."""
        stated.edit("rules/ruleset.yaml", "statement: The sponsor", "statement: It is done – the sponsor")

        def terminal():
            name, _, errors = encoding.partition(":")
            sys.stdout = os.fdopen(1, "w", encoding=name, errors=errors or None, closefd=False)

        code, out, err = forked(
            ["explain", "operations.desk.staffed", "--program", str(stated.root)], first=terminal
        ).ended()

        assert (code, err) == (0, "")
        assert "–" in out

    def test_the_engine_that_cannot_be_imported_is_undecided_with_the_remedy(self, stated, tmp_path):
        """It is installed, and broken: what Python 3.13 does to it."""
        (tmp_path / "shim").mkdir()
        (tmp_path / "shim" / "durable_rules_engine.py").write_text("raise ImportError('undefined symbol')\n")

        def shim():
            sys.path.insert(0, str(tmp_path / "shim"))
            sys.modules.pop("durable_rules_engine", None)

        found = forked(stated.arguments, first=shim).ended()
        asked = forked(["doctor", str(stated.root)], first=shim).ended()

        assert found[:2] == (4, "")
        assert "undefined symbol" in found[2]
        assert "pip install" in found[2]
        assert [entry.type for entry in read_log(stated.log)] == [EventType.LOG_OPENED, EventType.RUN_ABORTED]
        assert asked[0] == 1
        assert "MISS Rule engine" in asked[1]

    def test_completion_works_through_the_shim(self):
        """What the shell really calls."""
        env = {**os.environ, "_GONOGO_COMPLETE": "bash_complete", "COMP_WORDS": "gonogo pr", "COMP_CWORD": "1"}

        found = ended(GONOGO, env=env)

        assert (found.returncode, found.stderr) == (0, "")
        assert "progress" in found.stdout


class TestPipes:
    def test_a_reader_that_goes_away_ends_quietly(self):
        """`gonogo facts | head -1`"""
        with subprocess.Popen([*GONOGO, "facts"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            err = process.stderr.read()
            code = process.wait(60)

        assert (code, err) == (4, b"")

    def test_surroundings_that_refuse_are_a_sentence_and_not_a_traceback(self, stated, tmp_path):
        """A help text on a full disk; a shell in a folder that was deleted."""
        gone = tmp_path / "gone"
        gone.mkdir()

        with Path("/dev/full").open("wb") as full:
            unread = subprocess.run([*GONOGO, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        lost = ended(["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", *GONOGO, *stated.arguments], cwd=gone)

        for found in (unread, lost):
            assert found.returncode == 4
            assert found.stderr.startswith("error[G500] the system refused")
            assert "Traceback" not in found.stderr

    def test_a_verdict_that_nobody_could_hear_is_not_returned(self, stated):
        """The run is recorded; the exit code is not the verdict's."""
        with Path("/dev/full").open("wb") as full:
            code, _, err = forked(stated.arguments, stdout=full).ended()

        assert code == 4
        assert "gonogo report" in err
        assert "Traceback" not in err
        assert open_history(stated.log).runs[0].verdict is not None

    @pytest.mark.parametrize("closed", [[1], [0, 1, 2]])
    def test_closed_streams_never_give_a_better_code_and_never_harm_the_log(self, closed, denied):
        """`>&-`: files that are opened next get the numbers of the streams."""

        def close():
            for number in closed:
                os.close(number)

        process = subprocess.Popen([*GONOGO, *denied.arguments], preexec_fn=close)

        assert process.wait(120) in (1, 4)
        assert verify_log(denied.log).ok

    def test_nobody_watching_means_nothing_on_stderr(self, stated):
        """A pipeline's log holds results, not progress."""
        code, out, err = forked(stated.arguments).ended()

        assert (code, err) == (0, "")
        assert out

    def test_colour_only_where_a_person_watches(self, stated_run):
        """And not where NO_COLOR is set; progress shows on that person's stderr."""
        pty = pytest.importorskip("pty")

        def watched(**more):
            ours, theirs = pty.openpty()

            def surroundings():
                os.environ.pop("NO_COLOR", None)
                os.environ.update({"TERM": "xterm", "COLUMNS": "100", **more})

            process = forked(stated_run.arguments, stdout=theirs, stderr=theirs, first=surroundings)
            os.close(theirs)
            parts = []
            while True:
                try:
                    part = os.read(ours, 65536)
                except OSError:
                    break
                if not part:
                    break
                parts.append(part)
            os.close(ours)
            assert process.ended()[0] == 0
            return b"".join(parts)

        coloured, plain = watched(), watched(NO_COLOR="1")

        assert b"\x1b[" in coloured
        assert "Collecting evidence …".encode() in coloured
        assert b"\x1b" not in plain


class TestRecord:
    def test_a_full_disk_gives_no_verdict(self, stated):
        """The log's first bytes fit, the run does not."""
        resource = pytest.importorskip("resource")

        code, out, err = forked(
            stated.arguments, first=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
        ).ended()

        assert (code, out) == (4, "")
        assert "audit log" in err
        assert not [entry for entry in read_log(stated.log) if entry.type is EventType.RUN_FINISHED]

    def test_two_runs_at_once_are_both_recorded_whole(self, stated):
        """Two pipelines, one program."""
        both = [forked(stated.arguments) for _ in range(2)]
        told = [process.ended() for process in both]

        assert [code for code, _, _ in told] == [0, 0], told
        found = verify_log(stated.log)
        assert found.ok
        assert [entry.state.value for entry in found.runs] == ["finished", "finished"]

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_an_interrupted_run_is_recorded_as_aborted_and_undecided(self, number, stated, tmp_path):
        """A cancelled pipeline: exit 4, no verdict, nobody left running."""
        marker = tmp_path / "started"
        site = tmp_path / "site"
        write_plugin(site, "late", LATE.format(marker=str(marker)), own=False)
        write_distribution(site, "late-dist", "1.0", {"late": "late"})
        stated.edit(
            "gonogo.yaml",
            "  - id: statements\n",
            "  - {id: late, collector: late, as: late, side: provider, producer: Late}\n  - id: statements\n",
        )
        stated.file.write_text(
            stated.file.read_text() + "plugins: {allow: [{distribution: late-dist, version: '1.0'}]}\n"
        )
        stated.edit(
            "rules/facts.yaml",
            "facts:\n",
            "facts:\n  - {name: late.open_posts, type: integer, unit: posts, meaning: Open., question: How many?}\n",
        )

        def begin():
            signal.signal(number, signal.SIG_DFL)  # a suite in the background may ignore it
            if number == signal.SIGINT:
                signal.signal(number, signal.default_int_handler)
            sys.path.insert(0, str(site))

        process = forked(stated.arguments, first=begin)
        while not (marker.exists() or _executed_below(process.pid)) and not process.over():
            time.sleep(0.02)  # behind its walls the plugin cannot write the marker

        os.kill(process.pid, number)
        code, out, err = process.ended()

        assert (code, out) == (4, ""), err
        assert "interrupted" in err
        assert "Traceback" not in err
        assert [entry.type for entry in read_log(stated.log)] == [EventType.LOG_OPENED, EventType.RUN_ABORTED]
        assert [entry.state.value for entry in open_history(stated.log).runs] == ["aborted"]


def _executed_below(pid: int) -> bool:
    """Whether a third party's child runs below a process."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return b"gonogo.plugin.serving" in Path(f"/proc/{pid}/cmdline").read_bytes() or any(
            _executed_below(int(child)) for child in children
        )
    except OSError:
        return False
