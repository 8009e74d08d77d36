"""The filter of system calls, run by a small machine of our own: what it refuses, and that it refuses nothing else."""

from __future__ import annotations

import errno
import struct

import pytest

from gonogo.isolate import seccomp
from gonogo.isolate.kernel import table

MACHINES = ("x86_64", "aarch64")
ALLOW = 0x7FFF0000
KILL = 0x80000000
REFUSED = 0x00050000 | errno.EPERM
UNKNOWN = 0x00050000 | errno.ENOSYS
NO_FAMILY = 0x00050000 | errno.EAFNOSUPPORT
ME = 4711


def judge(program: bytes, number: int, *arguments: int, architecture: int) -> int:
    """Run a filter on one call, as the kernel does."""
    data = struct.pack("=IIQ6Q", number, architecture, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    steps = list(struct.iter_unpack("=HBBI", program))
    place, value = 0, 0
    for _ in range(len(steps)):
        code, yes, no, k = steps[place]
        if code == 0x20:
            (value,) = struct.unpack_from("=I", data, k)
        elif code == 0x06:
            return k
        else:
            holds = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[code]
            place += yes if holds else no
        place += 1
    raise AssertionError("the filter ran off its end")


def ask(machine: str, name: str, *arguments: int, network=False, metadata=True, alone: int | None = None) -> int:
    program = seccomp.program(machine=machine, network=network, metadata=metadata, alone=alone)
    return judge(program, table(machine)[name], *arguments, architecture=seccomp.ARCHITECTURES[machine])


@pytest.mark.parametrize("machine", MACHINES)
class TestFilter:
    def test_refuses_every_call_on_its_list(self, machine):
        """Tracing, the kernel, keys, mounts and namespaces are no collector's business."""
        known = [name for name in seccomp.NEVER if name in table(machine)]

        assert len(known) > 50
        assert {ask(machine, name) for name in known} == {REFUSED}

    @pytest.mark.parametrize(
        "name", ["ptrace", "process_vm_readv", "bpf", "perf_event_open", "keyctl", "mount", "unshare", "setns"]
    )
    def test_the_worst_are_on_the_list(self, machine, name):
        """A name that fell off the list would be missed by the test above."""
        assert ask(machine, name) == REFUSED

    def test_every_call_that_has_a_number_has_it_to_be_refused_or_used(self, machine):
        """Else a name that fell off one of the lists, such as removexattr or fork, would be missed by all tests here.

        What is left open is what raising the walls itself needs, and of one that is not alone starting and signalling
        processes, which its namespaces hold.
        """
        needed = {"capset", "seccomp", *(name for name in table(machine) if name.startswith("landlock_")), "prlimit64"}
        processes = {"clone", "fork", "vfork", "kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"}
        processes |= {"pidfd_open", "pidfd_send_signal"}
        numbered = table(machine).keys()

        assert {name for name in numbered if ask(machine, name, metadata=False, alone=ME) == ALLOW} == needed
        assert {name for name in numbered if ask(machine, name, metadata=False) == ALLOW} == needed | (
            processes & numbered
        )

    def test_lets_everything_else_through(self, machine):
        """A filter that refuses what a library needs turns honest evidence into gaps."""
        listed = {*seccomp.NEVER, "clone", "clone3", "prlimit64", "socket", "socketpair"}
        rest = {name: number for name, number in table(machine).items() if name not in listed}
        program = seccomp.program(machine=machine, network=False, metadata=True, alone=None)
        architecture = seccomp.ARCHITECTURES[machine]

        assert {
            name for name, number in rest.items() if judge(program, number, architecture=architecture) != ALLOW
        } == set()
        assert judge(program, 0, architecture=architecture) == ALLOW

    @pytest.mark.parametrize("flag", [1 << 7, 1 << 17, *(1 << bit for bit in range(25, 31))])
    def test_no_clone_makes_a_namespace(self, machine, flag):
        """A namespace of its own would give a child rights that the host took away."""
        assert ask(machine, "clone", 17) == ALLOW
        assert ask(machine, "clone", flag | 17) == REFUSED

    def test_the_new_clone_is_unknown(self, machine):
        """Its flags lie in memory, where a filter cannot look; told that it is not there, libraries use the old one."""
        assert ask(machine, "clone3") == UNKNOWN

    def test_one_that_is_alone_starts_threads_only(self, machine):
        """Nothing can be left behind by what never starts anything."""
        assert ask(machine, "clone", 0x10000 | 0x100, alone=ME) == ALLOW
        assert ask(machine, "clone", 17, alone=ME) == REFUSED

    @pytest.mark.parametrize("name", ["kill", "tgkill"])
    def test_one_that_is_alone_signals_itself_only(self, machine, name):
        """An abort is a signal to oneself."""
        assert ask(machine, name, ME, alone=ME) == ALLOW
        assert ask(machine, name, ME - 1, alone=ME) == REFUSED
        assert ask(machine, name, ME + 1, alone=ME) == REFUSED

    def test_limits_of_others_are_closed(self, machine):
        """0 means oneself."""
        assert ask(machine, "prlimit64", 0) == ALLOW
        assert ask(machine, "prlimit64", 1) == REFUSED

    @pytest.mark.parametrize(
        ("family", "without", "granted"),
        [(1, NO_FAMILY, NO_FAMILY), (2, NO_FAMILY, ALLOW), (10, NO_FAMILY, ALLOW), (40, NO_FAMILY, NO_FAMILY)],
        ids=["unix", "ipv4", "ipv6", "vsock"],
    )
    def test_sockets_are_closed_unless_the_network_is_granted(self, machine, family, without, granted):
        """And then only those of the internet: another daemon's socket on this machine is never one of them."""
        assert ask(machine, "socket", family) == without
        assert ask(machine, "socket", family, network=True) == granted

    def test_a_pair_of_sockets_reaches_nobody(self, machine):
        """Python's own libraries talk to themselves with one."""
        assert ask(machine, "socketpair", 1) == ALLOW
        assert ask(machine, "socketpair", 2) == NO_FAMILY

    def test_metadata_is_closed_where_the_mounts_are_not(self, machine):
        """Landlock does not see a change of mode, by which a child could close the audit log to the host."""
        known = [name for name in seccomp.METADATA if name in table(machine)]

        assert {ask(machine, name, metadata=False) for name in known} == {REFUSED}
        assert {ask(machine, name, metadata=True) for name in known} == {ALLOW}

    def test_another_table_of_calls_ends_the_process(self, machine):
        """By the numbers of another table every refused call has a second name."""
        program = seccomp.program(machine=machine, network=False, metadata=True, alone=None)

        assert judge(program, 0, architecture=0x40000003) == KILL


def test_the_third_table_of_x86_is_unknown():
    """Its numbers are those of the second with one bit set."""
    program = seccomp.program(machine="x86_64", network=False, metadata=True, alone=None)

    assert judge(program, 0x40000000, architecture=seccomp.ARCHITECTURES["x86_64"]) == UNKNOWN
    assert judge(program, 0x3FFFFFFF, architecture=seccomp.ARCHITECTURES["x86_64"]) == ALLOW
