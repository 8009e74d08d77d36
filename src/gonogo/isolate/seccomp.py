"""A fixed filter of system calls, as the kernel's own small programs: what no collector ever needs is refused.

The filter is a list of refusals, not of permissions: a library that is updated may use calls that nobody listed, and a
collector that dies of one proves nothing. What is listed opens other processes, the kernel, keys, mounts, namespaces.
"""

from __future__ import annotations

import ctypes
import errno
import struct
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from gonogo.isolate.kernel import MACHINE, NUMBERS, call, table

ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32: Final = 0x40000000
_LOAD: Final = 0x20
_JUMP_EQUAL: Final = 0x15
_JUMP_AT_LEAST: Final = 0x35
_JUMP_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_ERRNO: Final = 0x00050000
_SET_MODE_FILTER: Final = 1
_SPEC_ALLOW: Final = 1 << 2

NAMESPACES: Final = 0x7E020080
"""Every flag of ``clone`` that makes a namespace."""
_THREAD: Final = 0x10000
_AF_UNIX: Final = 1
_INTERNET: Final = (2, 10, 16)
"""IPv4, IPv6, and the kernel's own socket by which name resolution learns which of the two there is."""

NEVER: Final = (
    *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp", "pidfd_getfd"),
    *("bpf", "perf_event_open", "userfaultfd", "fanotify_init", "lookup_dcookie", "memfd_secret"),
    *("keyctl", "add_key", "request_key"),
    *("mount", "umount2", "pivot_root", "chroot", "mount_setattr", "move_mount", "open_tree", "open_tree_attr"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "unshare", "setns"),
    *("kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "reboot"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register"),
    *("swapon", "swapoff", "acct", "quotactl", "quotactl_fd", "syslog", "vhangup", "iopl", "ioperm", "modify_ldt"),
    *("settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "sethostname", "setdomainname", "personality"),
    *("name_to_handle_at", "open_by_handle_at", "mbind", "set_mempolicy", "move_pages", "migrate_pages"),
    *("shmget", "semget", "msgget", "mq_open", "mknod", "mknodat"),
)
"""Refused in every walled child."""
METADATA: Final = (
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat"),
    *("utime", "utimes", "futimesat", "utimensat", "truncate", "file_setattr"),
    *("setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr"),
    "removexattrat",
)
"""What changes a file without opening it to write, which Landlock does not see."""
_SIGNALS: Final = ("tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open", "pidfd_send_signal")


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value & 0xFFFFFFFF)


def _refuse(number: int) -> bytes:
    return _step(_RETURN, _ERRNO | number)


def program(*, machine: str, network: bool, metadata: bool, alone: int | None) -> bytes:
    """Return the filter's instructions.

    Args:
        machine: ``x86_64`` or ``aarch64``; a call by another machine's table ends the process.
        network: Whether it may open internet sockets.
        metadata: Whether it may change modes, owners, times and attributes of files.
        alone: Process id of one that starts no other process and signals none but itself; None where it may.
    """
    numbers = table(machine)
    steps = [
        _step(_LOAD, 4),
        _step(_JUMP_EQUAL, ARCHITECTURES[machine], 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, 0),
        *((_step(_JUMP_AT_LEAST, _X32, 0, 1), _refuse(errno.ENOSYS)) if machine == "x86_64" else ()),
    ]

    def on(name: str, then: Iterable[bytes]) -> None:
        """Add what happens for one call; the block must end every path by itself."""
        if name in numbers:
            block = list(then)
            steps.append(_step(_JUMP_EQUAL, numbers[name], 0, len(block)))
            steps.extend(block)

    refused = [*NEVER, *(() if metadata else METADATA), *(() if alone is None else (*_SIGNALS, "fork", "vfork"))]
    for name in refused:
        on(name, [_refuse(errno.EPERM)])
    on("clone3", [_refuse(errno.ENOSYS)])  # its flags lie in memory, where no filter can look: the C library goes back
    on("clone", _clone(alone is not None))
    on("prlimit64", _argument(0, lambda: [_step(_JUMP_EQUAL, 0, 1, 0)]))
    families = [*(_INTERNET if network else ())]
    on("socket", _one_of(families, errno.EAFNOSUPPORT))
    on("socketpair", _one_of([_AF_UNIX], errno.EAFNOSUPPORT))
    if alone is not None:
        for name in ("kill", "tgkill"):
            on(name, _one_of([alone], errno.EPERM))
    steps.append(_step(_RETURN, _ALLOW))
    return b"".join(steps)


def _argument(number: int, test: Callable[[], list[bytes]]) -> list[bytes]:
    """Load the low half of an argument; the test jumps over the refusal to what allows."""
    return [_step(_LOAD, 16 + 8 * number), *test(), _refuse(errno.EPERM), _step(_RETURN, _ALLOW)]


def _one_of(values: list[int], number: int) -> list[bytes]:
    tests = [_step(_JUMP_EQUAL, value, len(values) - place, 0) for place, value in enumerate(values)]
    return [_step(_LOAD, 16), *tests, _refuse(number), _step(_RETURN, _ALLOW)]


def _clone(threads_only: bool) -> list[bytes]:
    refuse_others = [_step(_JUMP_ANY_BIT, _THREAD, 1, 0), _refuse(errno.EPERM)] if threads_only else []
    return [
        _step(_LOAD, 16),
        _step(_JUMP_ANY_BIT, NAMESPACES, 0, 1),
        _refuse(errno.EPERM),
        *refuse_others,
        _step(_RETURN, _ALLOW),
    ]


@cache
def known() -> bool:
    """Whether there is a filter for this machine."""
    return MACHINE in ARCHITECTURES


def install(instructions: bytes) -> None:
    """Put this process, and whatever it starts, under a filter. It must have given up new privileges before.

    Raises:
        OSError: The kernel refuses it.
    """
    buffer = ctypes.create_string_buffer(instructions, len(instructions))
    head = struct.pack("=HxxxxxxQ", len(instructions) // 8, ctypes.addressof(buffer))
    call("seccomp", _SET_MODE_FILTER, _SPEC_ALLOW, ctypes.c_char_p(head))


def filter_here(*, network: bool, metadata: bool, alone: int | None) -> bytes:
    """Return the instructions for this machine."""
    return program(machine=MACHINE, network=network, metadata=metadata, alone=alone)


__all__ = ["ARCHITECTURES", "METADATA", "NAMESPACES", "NEVER", "NUMBERS", "filter_here", "install", "known", "program"]
