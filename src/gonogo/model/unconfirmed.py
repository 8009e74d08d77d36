"""What is said of a binding that no person has confirmed: its source is not read, and its facts are gaps."""

from __future__ import annotations

from gonogo.model.program import Binding


def why_unconfirmed(binding: Binding) -> str:
    """Return why the source of a binding is not read; empty for a binding that a person has confirmed."""
    if binding.confirmed is None:
        return ""
    if binding.waits_for:
        return (
            f"The binding {binding.id} was confirmed and waits, so nothing is read by it: {binding.waits_for} may be a "
            f"newer version of what it reads. `gonogo add PROGRAM {_quoted(binding.waits_for)}` says how to settle it."
        )
    paths = [path for entry in binding.inputs for path in entry.paths]
    what = f"{paths[0]} was" if len(paths) == 1 else f"its {len(paths)} paths were" if paths else "its source was"
    file = f" {_quoted(paths[0])}" if paths else ""
    return (
        f"The binding {binding.id} waits for a person to confirm it, so {what} not read. Check it, then run "
        f"`gonogo add PROGRAM{file} --confirm`."
    )


def _quoted(path: str) -> str:
    """Return a path as a shell takes it."""
    return f"'{path}'" if any(not (sign.isalnum() or sign in "-_./") for sign in path) else path
