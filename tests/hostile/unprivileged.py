"""Run a command as a user without rights: ``python unprivileged.py COMMAND...``, as root.

Where the interpreter or this checkout lies in a folder that only root may enter, this process sees an open folder in
its place, with the same things in it; nobody else does.
"""

import ctypes
import os
import sys

NOBODY = 65534
_NEWNS, _PRIVATE, _BIND, _REC = 0x20000, 1 << 18, 0x1000, 0x4000
_HELD = "/run/gonogo-hostile"
_libc = ctypes.CDLL(None, use_errno=True)


def _must(result: int, what: str) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), what)


def _mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    text = [each.encode() or None for each in (source, target, kind)]
    _must(_libc.mount(*text, ctypes.c_ulong(flags), data.encode() or None), f"mount {target}")


def closed(path: str) -> str:
    """Return the outermost folder above ``path`` that others may not enter; empty for none."""
    parts = path.split("/")[1:-1]
    for number in range(1, len(parts) + 1):
        folder = "/" + "/".join(parts[:number])
        if not os.stat(folder).st_mode & 0o001:
            return folder
    return ""


def main() -> None:
    """Open the way in a mount namespace of this process's own, give up every right, become the command."""
    _must(_libc.unshare(_NEWNS), "unshare")
    _mount("", "/", flags=_REC | _PRIVATE)
    needed = {os.path.realpath(sys.executable), os.path.realpath(sys.base_prefix) + "/x", os.path.abspath(__file__)}
    needed.add(os.path.join(sys.prefix, "x"))
    ways = {}
    for path in needed:
        folder = closed(path)
        if folder:
            below = os.path.join(folder, os.path.relpath(path, folder).split("/")[0])
            ways.setdefault(below, (folder, f"{_HELD}-{len(ways)}"))  # one place each, whichever asks first
    for below, (_, held) in ways.items():
        os.makedirs(held, exist_ok=True)
        _mount(below, held, flags=_BIND | _REC)
    for folder in {folder for folder, _ in ways.values()}:
        _mount("tmpfs", folder, "tmpfs", data="mode=755")
    for below, (_, held) in ways.items():
        os.makedirs(below)
        _mount(held, below, flags=_BIND | _REC)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    os.execv(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
