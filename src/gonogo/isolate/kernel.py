"""System calls that Python has no name for: their numbers by machine, and one way to make them.

Only Linux on x86_64 and aarch64 is known; elsewhere :data:`NUMBERS` is empty and nothing here is called.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from functools import cache
from typing import Any, Final

_NEW: Final = {  # calls newer than the split of the tables have one number everywhere
    "pidfd_send_signal": 424,
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "fspick": 433,
    "pidfd_open": 434,
    "clone3": 435,
    "pidfd_getfd": 438,
    "process_madvise": 440,
    "mount_setattr": 442,
    "quotactl_fd": 443,
    "landlock_create_ruleset": 444,
    "landlock_add_rule": 445,
    "landlock_restrict_self": 446,
    "memfd_secret": 447,
    "process_mrelease": 448,
    "fchmodat2": 452,
    "setxattrat": 463,
    "removexattrat": 466,
    "open_tree_attr": 467,
    "file_setattr": 469,
}
_TABLES: Final[dict[str, str]] = {
    "x86_64": (
        "socket=41 socketpair=53 clone=56 fork=57 vfork=58 kill=62 semget=64 msgget=68 shmget=29 truncate=76 chmod=90 "
        "fchmod=91 chown=92 fchown=93 lchown=94 ptrace=101 syslog=103 utime=132 mknod=133 personality=135 vhangup=153 "
        "modify_ldt=154 pivot_root=155 adjtimex=159 chroot=161 acct=163 settimeofday=164 mount=165 umount2=166 "
        "swapon=167 swapoff=168 reboot=169 sethostname=170 setdomainname=171 iopl=172 ioperm=173 init_module=175 "
        "delete_module=176 quotactl=179 setxattr=188 lsetxattr=189 fsetxattr=190 removexattr=197 lremovexattr=198 "
        "fremovexattr=199 tkill=200 rt_sigqueueinfo=129 lookup_dcookie=212 tgkill=234 utimes=235 mbind=237 "
        "set_mempolicy=238 mq_open=240 kexec_load=246 add_key=248 request_key=249 keyctl=250 migrate_pages=256 "
        "mknodat=259 fchownat=260 futimesat=261 fchmodat=268 unshare=272 move_pages=279 utimensat=280 "
        "rt_tgsigqueueinfo=297 perf_event_open=298 fanotify_init=300 prlimit64=302 name_to_handle_at=303 "
        "open_by_handle_at=304 clock_adjtime=305 setns=308 process_vm_readv=310 process_vm_writev=311 kcmp=312 "
        "finit_module=313 seccomp=317 kexec_file_load=320 bpf=321 userfaultfd=323 clock_settime=227 capset=126"
    ),
    "aarch64": (
        "socket=198 socketpair=199 clone=220 kill=129 semget=190 msgget=186 shmget=194 truncate=45 fchmod=52 fchown=55 "
        "ptrace=117 syslog=116 personality=92 vhangup=58 pivot_root=41 adjtimex=171 chroot=51 acct=89 "
        "settimeofday=170 mount=40 umount2=39 swapon=224 swapoff=225 reboot=142 sethostname=161 setdomainname=162 "
        "init_module=105 delete_module=106 quotactl=60 setxattr=5 lsetxattr=6 fsetxattr=7 removexattr=14 "
        "lremovexattr=15 fremovexattr=16 tkill=130 rt_sigqueueinfo=138 lookup_dcookie=18 tgkill=131 mbind=235 "
        "set_mempolicy=237 mq_open=180 kexec_load=104 add_key=217 request_key=218 keyctl=219 migrate_pages=238 "
        "mknodat=33 fchownat=54 fchmodat=53 unshare=97 move_pages=239 utimensat=88 rt_tgsigqueueinfo=240 "
        "perf_event_open=241 fanotify_init=262 prlimit64=261 name_to_handle_at=264 open_by_handle_at=265 "
        "clock_adjtime=266 setns=268 process_vm_readv=270 process_vm_writev=271 kcmp=272 finit_module=273 "
        "seccomp=277 kexec_file_load=294 bpf=280 userfaultfd=282 clock_settime=112 capset=91"
    ),
}


def table(machine: str) -> dict[str, int]:
    """Return the numbers of the calls on a machine; empty for one that is not known."""
    if machine not in _TABLES:
        return {}
    pairs = (entry.partition("=") for entry in _TABLES[machine].split())
    return {**{name: int(number) for name, _, number in pairs}, **_NEW}


MACHINE: Final = platform.machine() if sys.platform == "linux" and sys.maxsize > 2**32 else ""
NUMBERS: Final = table(MACHINE)

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_CAPBSET_DROP: Final = 24
PR_SET_NO_NEW_PRIVS: Final = 38


@cache
def _library() -> Any:
    return ctypes.PyDLL(None, use_errno=True)  # keeps the interpreter's lock: after a clone there is nobody to ask


def call(name: str, *arguments: Any) -> int:
    """Make a system call by name; whole numbers travel as unsigned longs.

    Raises:
        OSError: The kernel refused it, or has no such call.
    """
    if name not in NUMBERS:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), name)
    given = [ctypes.c_ulong(each) if isinstance(each, int) else each for each in arguments]
    result = int(_library().syscall(ctypes.c_long(NUMBERS[name]), *given))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)
    return result


def prctl(option: int, *arguments: int) -> None:
    """Set something of this process; fewer than four arguments are filled up with 0.

    Raises:
        OSError: The kernel refused it.
    """
    filled = [ctypes.c_ulong(each) for each in (*arguments, 0, 0, 0, 0)[:4]]
    if _library().prctl(ctypes.c_int(option), *filled) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), "prctl")


def hide() -> None:
    """Close this process's memory, environment and descriptors in ``/proc`` to others of its user; Linux only.

    Root is not kept out by this.
    """
    if sys.platform == "linux":
        prctl(PR_SET_DUMPABLE, 0)
