"""The database that is opened before the fork: no thread, nothing shared, and never in the process that opened it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# A fresh process each, because the one that runs the tests has used the database and may not be forked any more.
START = """
import os, sys
from gonogo.collectors.table import before_fork
from gonogo.collectors.table.ahead import take
before_fork()
def child(work):
    pid = os.fork()
    if pid == 0:
        print(work(), flush=True)
        os._exit(0)
    os.waitpid(pid, 0)
def tables(connection):
    return connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
"""


def output_of(script: str) -> list[str]:
    """Return the lines that a fresh process prints."""
    done = subprocess.run([sys.executable, "-c", START + script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="nobody can tell here how many threads there are")
class TestAhead:
    def test_it_starts_no_thread(self):
        """A fork of a process with threads may hang for ever in a lock that nobody will release."""
        assert output_of("print(len(os.listdir('/proc/self/task')))") == ["1"]

    def test_a_child_takes_it_once(self):
        """Two collections in one process must not find each other's tables."""
        script = "child(lambda: [take('/tmp') is not None, take('/tmp') is not None])"

        assert output_of(script) == ["[True, False]"]

    def test_whoever_opened_it_does_not_get_it(self):
        """A table that the host loaded would be seen by every child after that."""
        assert output_of("print(take('/tmp'))") == ["None"]

    def test_what_one_child_does_no_other_sees(self):
        """One child per binding: nothing that one of them reads may reach the answers of another."""
        script = """
def first():
    connection = take("/tmp")
    connection.execute("CREATE TABLE secrets AS SELECT 1 AS n")
    connection.execute("SET lock_configuration = true")
    return tables(connection)
child(first)
child(lambda: tables(take("/tmp")))
"""

        assert output_of(script) == ["[('secrets',)]", "[]"]

    def test_it_writes_into_the_scratch_folder_of_the_child_and_fetches_nothing(self):
        """Its settings are those of a database that the child would have opened."""
        script = """
names = ("temp_directory", "threads", "memory_limit", "TimeZone")
names += ("autoload_known_extensions", "python_enable_replacements")
def settings():
    connection = take("/tmp/scratch")
    return [str(connection.execute(f"SELECT current_setting('{name}')").fetchone()[0]) for name in names]
child(settings)
"""

        assert output_of(script) == ["['/tmp/scratch', '1', '1.0 GiB', 'UTC', 'False', 'False']"]

    def test_a_thread_of_somebody_else_is_no_reason_against_it(self):
        """Test runners and monitoring libraries run threads; their children would each open a database of their own."""
        script = """
import threading
from gonogo.collectors.table import ahead
ahead._opened.clear()
ahead._owner.clear()
gate = threading.Event()
threading.Thread(target=gate.wait, daemon=True).start()
before_fork()
child(lambda: take('/tmp').execute('SELECT 41 + 1').fetchall())
"""

        assert output_of(script) == ["[(42,)]"]

    def test_one_that_started_a_thread_is_not_kept(self):
        """Each child opens its own instead: the thread would not exist there, and its locks might be held."""
        script = """
from gonogo.collectors.table import ahead
ahead._opened.clear()
two = ahead.connect
ahead.connect = lambda scratch, threads, memory: two(scratch, threads=2, memory=memory)
before_fork()
print(ahead._opened)
"""

        assert output_of(script) == ["[]"]

    def test_where_threads_cannot_be_counted_none_is_opened(self):
        """What cannot be checked is not kept."""
        script = """
from gonogo.collectors.table import ahead
ahead._opened.clear()
listdir = os.listdir
def refused(path="."):
    if path == "/proc/self/task":
        raise OSError
    return listdir(path)
os.listdir = refused
before_fork()
print(ahead._opened)
"""

        assert output_of(script) == ["[]"]
