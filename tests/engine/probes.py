"""What is done to durable-rules in the tests that make it err, crash or hang: run as a process of its own.

``python -I probes.py`` reads one JSON request a line, ``[function, arguments, seconds]``, forks, and answers with one
JSON line: what the function returned, or ``hangs``, ``SIGSEGV`` (or another signal), ``error 303`` (the engine's code),
or the exception's name. A fresh process, because some of these rows depend on what lies in the heap: forked from a test
runner that has been busy for a minute they would come out otherwise.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from typing import Any

import durable_rules_engine as native


def code_of(error: BaseException) -> str:
    """Return ``error 303`` for an error of the engine, else the name of the exception."""
    return (
        "error " + str(error).partition("error code: ")[2] if isinstance(error, native.error) else type(error).__name__
    )


def fired(rules: dict[str, Any], facts: list[Any]) -> list[str]:
    """Assert facts one by one, drain each time, and list what fired, with ``code 1`` or ``error 303`` where refused."""
    handle = native.create_ruleset("r", json.dumps(rules, ensure_ascii=False))
    seen: list[str] = []
    for number, fact in enumerate(facts):
        text = fact if isinstance(fact, str) else json.dumps({"id": f"i{number}", **fact}, ensure_ascii=False)
        try:
            code, offset = native.assert_fact(handle, text)
        except native.error as error:
            seen.append(code_of(error))
            continue
        if code:
            seen.append(f"code {code}")
        started = native.start_action_for_state(handle, offset)
        firing = started[1] if started else None
        while firing:
            seen.append(next(iter(json.loads(firing))))
            firing = native.complete_and_start_action(handle, offset)
    return seen


def late_blockers(names: list[str]) -> int:
    """Count the alias names for which a blocker that is asserted second, before any dispatch, does not block."""
    count = 0
    for name in names:
        rules = {"x": {"all": [{"m": {"k": "a"}}, {f"{name}$not": {"k": "b"}}]}}
        handle = native.create_ruleset("r", json.dumps(rules))
        offset = native.assert_fact(handle, '{"id": "1", "k": "a"}')[1]
        native.assert_fact(handle, '{"id": "2", "k": "b"}')
        count += native.start_action_for_state(handle, offset) is not None
    return count


def in_locale(name: str, folder: str, plays: list[list[Any]]) -> list[list[str]]:
    """Play (rules, facts) pairs in a process with that locale."""
    import locale

    os.environ["LOCPATH"] = folder
    locale.setlocale(locale.LC_ALL, name)
    return [fired(rules, facts) for rules, facts in plays]


def batch(rules: dict[str, Any], facts: str) -> list[int]:
    """Assert a batch and dispatch; return the code and how many facts are there afterwards."""
    handle = native.create_ruleset("r", json.dumps(rules))
    code, offset = native.assert_facts(handle, facts)
    native.start_action_for_state(handle, offset)
    return [code, len(json.loads(native.get_facts(handle, "0")))]


def states(rules: dict[str, Any], count: int) -> str:
    """Use so many sids in one ruleset."""
    handle = native.create_ruleset("r", json.dumps(rules))
    for sid in range(count):
        native.assert_fact(handle, json.dumps({"id": "1", "sid": str(sid), "k": 1}))
    return "fine"


def delete_state(rules: dict[str, Any], fires: bool) -> str:
    """Delete a state after its one rule fired, or before."""
    handle = native.create_ruleset("r", json.dumps(rules))
    _code, offset = native.assert_fact(handle, '{"id": "1", "k": 1}')
    if fires:
        native.start_action_for_state(handle, offset)
        native.complete_and_start_action(handle, offset)
    native.delete_state(handle, "0")
    return "alive"


def kib_per_fact(rules: dict[str, Any], count: int) -> float:
    """Return the growth of resident memory for each stored fact, in KiB."""
    import resource

    handle = native.create_ruleset("r", json.dumps(rules))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for fact in range(count):
        native.assert_fact(handle, json.dumps({"id": f"i{fact}", "k": 1}))
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / count


def host(tests: dict[str, Any], facts: Any, action: str) -> list[Any]:
    """Run the documented way, with Host and Python actions but without its threads; return its log and exception."""
    import durable.engine

    log: list[Any] = []
    clock = [0.0]
    durable.engine._unix_now = lambda: clock[0]

    class Still(durable.engine.Host):
        def _run(self) -> None:
            pass

    def make(name: str) -> Any:
        def note(c: Any) -> None:
            log.append(c.m.id if action == "ids" else name)
            if action == "exit":
                raise SystemExit(9)
            if action == "slow":
                clock[0] += 11
            if action == "assert":
                c.assert_fact({"nobody": 1})
                log.append("after")

        def defaulted(c: Any, why: str = name) -> None:
            log.append(name)  # why is a callback: two parameters make an action asynchronous

        return defaulted if action == "default" else note

    still = Still()
    still.set_rulesets({"r": {name: {"all": [{"m": test}], "run": make(name)} for name, test in tests.items()}})
    try:
        still.assert_fact("r", facts)
    except Exception as error:  # noqa: BLE001  # foreign code; its name is the result
        return [log, type(error).__name__]
    return [log, ""]


def _answer(function: str, arguments: list[Any], seconds: float) -> Any:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            answer = json.dumps(globals()[function](*arguments))
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is the answer
            answer = json.dumps(code_of(error))
        os.write(write, answer.encode())
        os._exit(0)
    os.close(write)
    said, end = b"", time.monotonic() + seconds
    while select.select([read], [], [], max(0.0, end - time.monotonic()))[0]:
        if not (piece := os.read(read, 65536)):
            break
        said += piece
    else:
        os.kill(pid, signal.SIGKILL)
    os.close(read)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        number = signal.Signals(os.WTERMSIG(status))
        return "hangs" if number is signal.SIGKILL else number.name
    return json.loads(said)


if __name__ == "__main__":
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))
    for line in sys.stdin:
        print(json.dumps(_answer(*json.loads(line))), flush=True)
