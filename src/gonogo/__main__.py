"""The entry point: standard library only, so that whatever fails further in still ends with the right exit code."""

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]  # `python -m` puts the working folder first: a json.py that lies there is not ours to run

import os  # Python itself has imported it before us

try:
    _HERE = os.getcwd()
except OSError:  # it is gone
    _HERE = ""
if os.path.dirname(os.path.dirname(__file__)) != _HERE:
    # An empty entry of PYTHONPATH means the working folder, and evidence may lie in it.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", _HERE)]

import contextlib
import gc
import signal
from types import FrameType

TYPE_CHECKING = False  # importing typing would take a third of the start of `gonogo --version`
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> "NoReturn":
    """Run the command line. Anything unforeseen ends with 4, never with a code that a verdict could have.

    The process ends right here. Taking the interpreter apart first would take as long as reading a program does, and
    with `python -i` or PYTHONINSPECT it would go on reading, and end with a code of its own. Where not even a defect
    can be told any more, because there is no memory to tell it with, the interpreter would end with 1: a NO-GO.
    """
    code = 4
    try:
        code = _flushed(_run())
    finally:
        os._exit(code)


def _flushed(code: int) -> int:
    with contextlib.suppress(AttributeError, OSError, ValueError):  # there is none, or nobody reads it
        sys.stderr.flush()
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        return code or 4  # what was said is lost, so it was not done
    except AttributeError:  # there is none
        pass
    return code


def _run() -> int:
    try:
        if sys.argv[1:] == ["--version"]:
            return _version()  # what machines ask most often is answered before anything is imported for it
        _listen()
        # Whatever is installed as a plugin of pydantic would otherwise be imported into the process that decides.
        os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
        os.environ["PYTHONTZPATH"] = ""  # the zones of our own dependency: a day begins at one moment on every host
        gc.set_threshold(1_000_000, 20, 20)  # a run makes many objects that stay, and hardly a cycle
        from gonogo.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return _undecided("error[G002] interrupted; no verdict is returned.")
    except SystemExit:
        return _undecided("error[G003] something below ended the process; no verdict is returned.")
    except MemoryError:
        return _undecided("error[G500] the system gave no more memory; no verdict is returned.")
    except BaseException:  # noqa: BLE001 - the last line of defence: a defect must not end with 0, 1 or 3
        import traceback

        trace = traceback.format_exc()
        return _undecided(f"{trace}error[G000] this is a defect of gonogo; no verdict is returned. Please report it.")


def _version() -> int:
    from gonogo.version import VERSION

    try:
        print(f"gonogo {VERSION}", flush=True)  # noqa: T201 - writes nothing where stdout is closed
    except OSError as error:
        return _undecided(f"error[G500] the version cannot be written: {error.strerror}")
    return 0


def _listen() -> None:
    """Take a request to end as an interruption, so that children are ended and the run is recorded as aborted."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # nohup ignores SIGHUP: so do we
            signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _undecided(sentence: str) -> int:
    with contextlib.suppress(OSError, ValueError, AttributeError):  # stderr is full or closed: the code still says it
        sys.stderr.write(sentence + "\n")
    return 4


if __name__ == "__main__":
    main()
