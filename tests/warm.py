"""``gonogo`` without its start: one process has loaded everything, and forks for each command that is typed.

To start Python and to import the program costs more than most commands do. A command that is run here has arguments,
environment, working folder and streams of its own, and ends as a process ends; only its start was made before. Where
the start is the claim (what is imported, what PYTHONPATH does, a signal to the process), a test starts a real one.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

_CLIENT = """\
#!{python} -IS
import _socket, marshal, os, sys
ends = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
ends.connect({address!r})
umask = os.umask(0)
asked = marshal.dumps((sys.argv[1:], os.getcwd(), dict(os.environ), umask))
streams = b"".join(number.to_bytes(4, sys.byteorder) for number in range(3))
ends.sendmsg([len(asked).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
ends.sendall(asked)
os._exit(int(ends.recv(3) or 70))
"""

WITHOUT_POSIX = """
import asyncio, os, subprocess, sys  # on Windows they do without; here they look for it as they are imported
import shutil
shutil._use_fd_functions = False  # on Windows folders are removed by path

GONE = {"fcntl", "resource", "termios", "tty", "pty", "pwd", "grp", "syslog", "durable", "durable_rules_engine"}

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in GONE:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
for name in GONE:
    sys.modules.pop(name, None)
for name in (
    "fork", "forkpty", "setsid", "waitpid", "wait4", "killpg", "kill_group", "geteuid", "getuid", "getegid", "getgid",
    "pidfd_open", "memfd_create", "posix_spawn", "set_blocking", "fchmod", "fchown", "chown", "mkfifo", "sysconf",
    "getrusage", "O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "O_NONBLOCK",
):
    if hasattr(os, name):
        delattr(os, name)
"""
"""Takes away what a Windows laptop does not have: executed before gonogo is loaded."""


class Warm:
    """A process that waits for commands, and a folder for the path in which it is called ``gonogo``."""

    def __init__(self, prelude: str = "") -> None:
        """Start it; ``prelude`` is Python that it executes before it loads the program."""
        self._place = tempfile.TemporaryDirectory(prefix="warm-")
        folder = Path(self._place.name)
        os.chmod(folder, 0o755)
        self._address = str(folder / "socket")
        self.commands = folder / "bin"
        self.commands.mkdir()
        client = self.commands / "gonogo"
        client.write_text(_CLIENT.format(python=sys.executable, address=self._address), encoding="utf-8")
        client.chmod(0o755)
        command = [sys.executable, "-P", __file__, self._address, prelude]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._server.stdout is not None
        assert self._server.stdout.readline() == b"ready\n", "it does not start"

    def __call__(
        self, *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one command, without input, and return how it ended and what it said."""
        words = [str(each) for each in arguments]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, open(os.devnull, "rb") as nothing:
            code = self._ask(words, cwd or Path.cwd(), os.environ if env is None else env, (nothing, out, err))
            said = []
            for stream in (out, err):
                stream.seek(0)
                said.append(stream.read().decode("utf-8"))
        return subprocess.CompletedProcess(words, code, *said)

    def _ask(self, words: list[str], cwd: Path, env: Mapping[str, str], streams: tuple[IO[bytes], ...]) -> int:
        umask = os.umask(0)
        os.umask(umask)
        asked = marshal.dumps((words, str(cwd), dict(env), umask))
        with socket.socket(socket.AF_UNIX) as ends:
            ends.connect(self._address)
            socket.send_fds(ends, [len(asked).to_bytes(4, "big")], [stream.fileno() for stream in streams])
            ends.sendall(asked)
            code = ends.recv(3)
        assert code, "the process that waits for commands has ended"
        return int(code)

    def path(self) -> str:
        """Return the path of a shell that finds this ``gonogo`` first, and then what this Python has."""
        return os.pathsep.join([str(self.commands), str(Path(sys.executable).parent), os.environ["PATH"]])

    def close(self) -> None:
        """End it."""
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(60)
        assert self._server.stdout is not None
        self._server.stdout.close()
        self._place.cleanup()


def serve(address: str, prelude: str) -> None:
    """Load the program, then fork for whatever is asked, until the standard input ends."""
    # What the prelude may take away from the commands is needed here.
    fork, wait, dup2, end = os.fork, os.waitpid, os.dup2, os._exit
    exec(compile(prelude, "prelude", "exec"), {})
    from gonogo.plugin.settled import close

    close()  # no command runs yet, so this only loads
    import gc

    gc.collect()
    gc.freeze()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    os.chmod(address, 0o666)
    listening.listen(64)
    woken, waking = socket.socketpair()
    waking.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
    running: dict[int, socket.socket] = {}
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        ready, _, _ = select.select([listening, woken, 0], [], [])
        if 0 in ready:
            end(0)
        if woken in ready:
            woken.recv(4096)
            while running:
                pid, status = wait(-1, os.WNOHANG)
                if pid == 0:
                    break
                code = os.waitstatus_to_exitcode(status)
                with running.pop(pid) as asking, contextlib.suppress(OSError):  # who asked may have been killed
                    asking.sendall(str(code if code >= 0 else 128 - code).encode())
        if listening in ready:
            asking, _ = listening.accept()
            head, streams, _, _ = socket.recv_fds(asking, 4, 3)
            asked = b""
            while len(asked) < int.from_bytes(head, "big"):
                asked += asking.recv(1 << 20)
            pid = fork()
            if pid == 0:
                for number, stream in enumerate(streams):
                    dup2(stream, number)
                for each in (*streams, listening, woken, waking, asking, *running.values()):
                    each.close() if isinstance(each, socket.socket) else os.close(each)
                _command(*marshal.loads(asked))
            running[pid] = asking
            for stream in streams:
                os.close(stream)


def _command(words: list[str], cwd: str, env: dict[str, str], umask: int) -> None:
    """Be the command, as if it had been started: main() ends this process."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    os.umask(umask)
    time.tzset()
    tempfile.tempdir = None  # asked anew: TMPDIR may be another
    sys.argv = ["gonogo", *words]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        given = {"mode": "w" if number else "r", "errors": "backslashreplace" if number == 2 else "strict"}
        setattr(sys, name, open(number, encoding="utf-8", closefd=False, **given))  # noqa: SIM115
    from gonogo.__main__ import main

    main()


if __name__ == "__main__":
    serve(*sys.argv[1:])
