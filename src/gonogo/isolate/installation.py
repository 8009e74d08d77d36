"""Where the interpreter and its libraries lie: all that a child may read beside what it is handed."""

from __future__ import annotations

import contextlib
import glob
import importlib.metadata
import os
import re
import shutil
import site
import sys
import sysconfig
from functools import cache
from typing import Final

_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SYSTEM: Final = (
    *("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64"),
    *("/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo"),
    *("/usr/share/locale", "/etc/mime.types", "/dev/urandom", "/dev/random"),
    *("/proc/meminfo", "/proc/cpuinfo", "/proc/stat", "/proc/filesystems", "/proc/sys/vm/overcommit_memory"),
    *("/sys/fs/cgroup", "/sys/devices/system/cpu"),
)
"""Libraries, zones, and what a library asks to learn how large this machine is; no text that a person wrote."""
_NETWORKED: Final = (
    *("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf", "/etc/services"),
    *("/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates"),
    *("/run/systemd/resolve/resolv.conf", "/run/systemd/resolve/stub-resolv.conf"),
)


@cache
def libraries() -> tuple[str, ...]:
    """Return what belongs to the interpreter, to everything installed for it, and to the system's libraries."""
    found = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    found += site.getsitepackages()
    found += _required()
    found += [os.path.join(prefix, "lib") for prefix in (sys.base_prefix, sys.base_exec_prefix) if prefix != "/usr"]
    found += [os.path.join(sys.prefix, "pyvenv.cfg"), _PACKAGE]
    found += {os.path.dirname(path) for path in _mapped() if ".so" in os.path.basename(path)}
    found += _java()
    return tuple(dict.fromkeys(path for path in (*found, *_SYSTEM) if path))


def _required() -> list[str]:
    """Return the folders of what gonogo requires, which may lie in a user's own site or where a .pth file points."""
    found: list[str] = []
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        for line in importlib.metadata.requires("gonogo") or ():
            name = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
            with contextlib.suppress(importlib.metadata.PackageNotFoundError):  # of an extra, or of another system
                found.append(str(importlib.metadata.distribution(name).locate_file("")))
    return list(dict.fromkeys(found))


def _java() -> list[str]:
    """Return the folders of Java, if the machine has one: its homes, and where links of a home put its settings."""
    found: list[str] = []
    command = shutil.which("java", path=os.defpath)
    homes = [os.environ.get("JAVA_HOME", ""), os.path.dirname(os.path.dirname(os.path.realpath(command or "")))]
    for home in homes:
        if os.path.isfile(os.path.join(home, "lib", "server", "libjvm.so")):
            settings = os.path.join(home, "conf", "logging.properties")
            found += [home, os.path.dirname(os.path.realpath(settings))]
    return found


@cache
def folders() -> tuple[str, ...]:
    """Return the folders from which packages are imported that lie elsewhere: of them only the names may be read."""
    return (os.path.dirname(_PACKAGE),)


def networked() -> tuple[str, ...]:
    """Return what resolving a name and checking a certificate needs beside."""
    return _NETWORKED


@cache
def programs() -> tuple[str, ...]:
    """Return the interpreter's own file and the loader that the kernel starts it with."""
    loaders = [path for pattern in ("/lib/ld-*", "/lib64/ld-*", "/lib/*/ld-*") for path in glob.glob(pattern)]
    loaders += [path for path in _mapped() if os.path.basename(path).startswith("ld-")]
    return tuple(dict.fromkeys(map(os.path.realpath, (sys.executable, *loaders))))


@cache
def _mapped() -> tuple[str, ...]:
    """Return the files that this process has loaded, wherever a distribution of Linux puts them."""
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as stream:
            lines = [line.rstrip("\n").split(maxsplit=5) for line in stream]
    except OSError:
        return ()
    return tuple(sorted({line[5] for line in lines if len(line) == 6 and line[5].startswith("/")}))
