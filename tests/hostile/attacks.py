"""What a hostile collector tries: one function each, which returns True if it got what it wanted.

This text becomes plugins: one for every function without an underscore that is in ``DEADLY`` or ``ALONE``, and one that
tries all the others in turn. It runs in a child only; no test imports it.
``place`` names what is worth attacking: ``root`` (the program), ``site`` (where plugins are installed), ``marks`` (a
folder that anybody may write to), ``package`` (gonogo's own), ``libraries`` (where packages are installed), ``port``.

No attack harms the machine where nothing stops it: others are asked for what one could do to them, and left alone.
"""

from __future__ import annotations

import atexit
import ctypes
import errno
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

DEADLY = {
    "hangs": 2,
    "hangs_deaf_to_signals": 2,
    "holds_the_interpreter_in_c": 2,
    "forks_without_end": 2,
    "stops_itself": 2,
    "floods_standard_output": 20,
    "floods_standard_error": 20,
    "floods_its_answers": 20,
    "ends_before_it_answers": 20,
    "ends_with_success_after_it_answered": 20,
    "kills_itself": 20,
    "crashes": 20,
    "closes_its_channel": 20,
    "forges_an_answer_for_others": 20,
    "forges_an_account_of_its_walls": 20,
    "answers_for_others": 20,
    "answers_twice": 20,
    "answers_from_a_fork": 20,
}
"""Attacks after which the collector's own fact must be a gap, and its deadline in seconds."""

ALONE = (
    "fills_its_scratch",
    "fills_its_scratch_with_names",
    "keeps_what_it_deleted",
    "rewrites_its_own_input",
    "signals_its_group",
    "leaves_a_child_behind",
    "leaves_a_time_bomb_behind",
    "leaves_a_thread_behind",
    "waits_for_the_end",
    "eats_memory",
    "opens_everything",
    "inherits_a_descriptor",
)
"""Other attacks that need a process to themselves: for what they do to it, or for what it may have open."""

CHANNEL = 3


def _calls(number: int, *arguments: int) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    return int(libc.syscall(ctypes.c_long(number), *(ctypes.c_long(each) for each in arguments)))


def _by_machine(x86_64: int, aarch64: int) -> int:
    return aarch64 if os.uname().machine == "aarch64" else x86_64


def _others() -> list[int]:
    """Every process that may be the host, whether or not it can be seen."""
    near = range(max(2, os.getpid() - 300), os.getpid())
    try:
        seen = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        seen = []
    return [pid for pid in (*seen, *near, os.getppid()) if pid not in (0, 1, os.getpid())]


def _any(acts) -> bool:
    """Whether one of many acts worked; what an act raises is a failure of that act."""
    found = False
    for act in acts:
        try:
            found = bool(act()) or found
        except (OSError, ValueError, MemoryError):
            continue
    return found


# What is on disk ------------------------------------------------------------------------------------------------------


def rewrites_a_sibling_s_scratch(job, place):
    """The evidence of another collector while it is being read."""
    folders = [Path(job.scratch).parent, Path("/tmp"), Path("/dev/shm"), Path("/var/tmp")]
    found = [path for folder in folders for path in _below(folder) if "gonogo-run-" in str(path)]
    others = [path for path in found if not str(path).startswith(job.scratch)]
    return _any(lambda path=path: path.write_bytes(b"id\n") for path in others)


def _below(folder, depth=3):
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and depth:
            yield from _below(entry.path, depth - 1)
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)


def rewrites_evidence(job, place):
    """The file that the desk's collector reads, in this run or the next."""
    return _any([lambda: (Path(place.root) / "evidence/desk.csv").write_text("post,state\nD1,filled\n"), lambda: False])


def replaces_evidence_by_a_rename(job, place):
    """Nothing is written to the old file, so that no lock on it helps."""
    new = Path(place.root) / "evidence/new.csv"
    return _any([lambda: new.write_text("post,state\nD1,filled\n") and new.replace(new.with_name("desk.csv")) and True])


def rewrites_the_log(job, place):
    """What was decided before."""
    return _any([lambda: (Path(place.root) / "audit/000001.jsonl").write_text("{}\n")])


def empties_the_log(job, place):
    """To cut a file is not to write to it."""
    return _any([lambda: os.truncate(Path(place.root) / "audit/000001.jsonl", 0) is None])


def closes_the_log_to_the_host(job, place):
    """A run that cannot be recorded is a run that never was."""
    return _any([lambda: os.chmod(Path(place.root) / "audit", 0) is None])


def makes_old_evidence_young(job, place):
    """By its time of modification."""
    return _any([lambda: os.utime(Path(place.root) / "evidence/desk.csv", (2**31, 2**31)) is None])


def rewrites_the_ruleset(job, place):
    """What is asked."""
    return _any([lambda: (Path(place.root) / "rules/ruleset.yaml").write_text("schema: 1\n")])


def adds_a_waiver(job, place):
    """What is set aside."""
    return _any([lambda: (Path(place.root) / "waivers.yaml").write_text("schema: 1\nwaivers: []\n")])


def rewrites_the_program(job, place):
    """What is bound, and who may run."""
    return _any([lambda: (Path(place.root) / "gonogo.yaml").write_text("schema: 1\n")])


def rewrites_a_module_that_the_host_may_import_later(job, place):
    """One of the modules beside its own, and gonogo's package."""
    return _any(
        lambda path=path: path.write_text("# nothing\n")
        for path in (Path(place.site) / "bystander.py", Path(place.package) / "hostile_mark.py")
    )


def adds_a_pth_file(job, place):
    """Python runs it at every start."""
    return _any(
        lambda path=path: (Path(path) / "hostile_mark.pth").write_text("# nothing\n")
        for path in (place.libraries, place.site)
    )


def follows_a_link_out_of_its_scratch(job, place):
    """To a folder, and to a file."""
    scratch = Path(job.scratch)
    (scratch / "folder").symlink_to(place.root)
    (scratch / "file").symlink_to(Path(place.root) / "gonogo.yaml")
    return _any(
        [
            lambda: (scratch / "folder/evidence/desk.csv").write_text("post,state\nD1,filled\n"),
            lambda: (scratch / "file").write_text("schema: 1\n"),
            lambda: (scratch / "folder/evidence/desk.csv").read_text(),
        ]
    )


def links_a_file_into_its_scratch(job, place):
    """A hard link has another name and the same content."""
    link = Path(job.scratch) / "link"
    return _any([lambda: os.link(Path(place.root) / "gonogo.yaml", link) is None and link.write_text("schema: 1\n")])


def reads_what_it_was_not_handed(job, place):
    """Evidence of others, the register of people, the machine's own files."""
    names = ("evidence/desk.csv", "people.yaml", "gonogo.yaml", "audit/000001.jsonl")
    return _any(
        lambda path=path: Path(path).read_bytes()
        for path in (*(f"{place.root}/{name}" for name in names), "/etc/passwd", "/etc/shadow", "/etc/hostname")
    )


def leaves_a_mark(job, place):
    """In a folder that anybody may write to."""
    return _any([lambda: (Path(place.marks) / "leaves_a_mark").write_text("here")])


def fills_its_scratch(job, place):
    """The disk that the log lies on too."""
    written = 0
    with open(Path(job.scratch) / "large", "wb") as stream:
        while written < 2**29:
            written += stream.write(bytes(2**22))
    return True


def fills_its_scratch_with_names(job, place):
    """Files without content need room too."""
    for number in range(60_000):
        (Path(job.scratch) / str(number)).touch()
    return True


def keeps_what_it_deleted(job, place):
    """Nobody sees the size of a file without a name."""
    held = []
    for number in range(12):
        path = Path(job.scratch) / str(number)
        held.append(open(path, "wb", buffering=0))  # noqa: SIM115
        path.unlink()
        for _ in range(8):
            held[-1].write(bytes(2**22))
    return True


def rewrites_its_own_input(job, place):
    """The copy that was hashed, by the name that the system gives to a descriptor."""
    [entry] = job.files
    return _any(
        [
            lambda: os.write(entry.descriptor, b"x"),
            lambda: os.ftruncate(entry.descriptor, 0) is None,
            lambda: os.write(os.open(f"/proc/self/fd/{entry.descriptor}", os.O_RDWR), b"x"),
        ]
    )


# Other processes ------------------------------------------------------------------------------------------------------


def reads_the_host_s_environment(job, place):
    """Where tokens are."""
    return _any(lambda pid=pid: b"GONOGO_CANARY" in Path(f"/proc/{pid}/environ").read_bytes() for pid in set(_others()))


def reads_the_host_s_memory(job, place):
    """Where everything is."""
    return _any(lambda pid=pid: os.open(f"/proc/{pid}/mem", os.O_RDWR) > 0 for pid in set(_others()))


def takes_the_host_s_descriptors(job, place):
    """By their names."""
    return _any(lambda pid=pid: os.listdir(f"/proc/{pid}/fd") for pid in set(_others()))


def walks_into_the_host_s_folders(job, place):
    """By the root and the working folder of another process."""
    return _any(
        lambda path=path: os.listdir(path)
        for pid in set(_others())
        for path in (os.path.join(f"/proc/{pid}", "root", "etc"), f"/proc/{pid}/cwd")
    )


def traces_the_host(job, place):
    """As a debugger does that stops nobody."""
    ptrace = _by_machine(101, 117)
    return _any(lambda pid=pid: _calls(ptrace, 0x4206, pid, 0, 0) == 0 for pid in set(_others()))


def reads_memory_by_a_call(job, place):
    """Without a file."""
    reads = _by_machine(310, 270)
    buffer = ctypes.create_string_buffer(8)
    local = (ctypes.c_ulong * 2)(ctypes.addressof(buffer), 8)
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in set(_others()):
        libc.syscall(ctypes.c_long(reads), ctypes.c_long(pid), local, 1, local, 1, 0)
        if ctypes.get_errno() not in (errno.EPERM, errno.ESRCH):
            return True
    return False


def signals_the_host(job, place):
    """Quietly: whether it could be ended is known without ending it."""
    groups = [lambda: os.kill(os.getppid(), 0) is None and os.getppid() > 1]
    return _any([*groups, *(lambda pid=pid: os.kill(pid, 0) is None for pid in set(_others()))])


def signals_its_group(job, place):
    """Everybody who may be in it."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    return False


def limits_the_host(job, place):
    """A process that may ask for the limits of another may set them."""
    import resource

    return _any(lambda pid=pid: resource.prlimit(pid, resource.RLIMIT_NOFILE) for pid in set(_others()))


# The kernel and the network -------------------------------------------------------------------------------------------


def makes_namespaces_of_its_own(job, place):
    """In which it would have every right."""
    return _any([lambda: _calls(_by_machine(272, 97), 0x10000000) == 0])


def mounts(job, place):
    """Something else over what the host reads."""
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.mount(b"tmpfs", str(place.root).encode(), b"tmpfs", 0, None) == 0


def changes_its_root(job, place):
    """To where links lead elsewhere."""
    return _any([lambda: os.chroot(job.scratch) is None])


def asks_for_keys(job, place):
    """Those that the user's session holds."""
    return _calls(_by_machine(250, 219), 0, -3, 0) >= 0


def loads_a_program_into_the_kernel(job, place):
    """And looks at everything."""
    return _calls(_by_machine(321, 280), 0, 0, 0) >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS)


def uses_a_ring_of_calls(job, place):
    """Which no filter sees."""
    parameters = ctypes.create_string_buffer(120)
    return _calls(425, 1, ctypes.addressof(parameters)) >= 0


def connects_by_tcp(job, place):
    """To send out what it read."""
    return _any([lambda: socket.create_connection(("127.0.0.1", int(place.port)), 1)])


def sends_a_datagram(job, place):
    """Which needs no connection."""

    def act():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            return out.sendto(b"x", ("127.0.0.1", int(place.port)))

    return _any([act])


def connects_to_a_daemon(job, place):
    """By the name of a socket in the file system, and by one that is in none."""

    def act(name):
        with socket.socket(socket.AF_UNIX) as out:
            return out.connect(name) is None

    return _any([lambda: act(f"{place.marks}/socket"), lambda: act(f"\0gonogo-{place.port}")])


# What it is and what it leaves behind ---------------------------------------------------------------------------------


def hangs(job, place):
    """For ever."""
    while True:
        time.sleep(60)


def hangs_deaf_to_signals(job, place):
    """For ever, whatever it is told."""
    for number in signal.valid_signals():
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        time.sleep(60)


def holds_the_interpreter_in_c(job, place):
    """No thread and no handler of its own gets a turn."""
    return sum(range(10**15))


def stops_itself(job, place):
    """A stopped process neither answers nor ends."""
    os.kill(os.getpid(), signal.SIGSTOP)
    time.sleep(60)


def forks_without_end(job, place):
    """Each child as deaf as the last."""
    started = 0
    while started < 40:
        if os.fork() == 0:
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            os.setsid()
            while True:
                time.sleep(60)
        started += 1
    while True:
        time.sleep(60)


def leaves_a_child_behind(job, place):
    """Which keeps the pipes open."""
    if os.fork() == 0:
        time.sleep(90)
        os._exit(0)
    return False


def leaves_a_time_bomb_behind(job, place):
    """Twice forked, in a session of its own, and in no hurry."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in range(CHANNEL + 1):
                os.close(number)
            time.sleep(3)
            for path in (Path(place.marks) / "bomb", Path(place.root) / "evidence/desk.csv"):
                _any([lambda path=path: path.write_text("post,state\nD1,filled\n")])
            time.sleep(90)
        os._exit(0)
    return False


def leaves_a_thread_behind(job, place):
    """Which goes on while the answer is sent."""

    def later():
        time.sleep(0.5)
        _any([lambda: (Path(place.marks) / "thread").write_text("here")])

    threading.Thread(target=later).start()
    return False


def waits_for_the_end(job, place):
    """An exit hook runs after everything else, and ends with success."""
    atexit.register(lambda: os._exit(0))
    return False


def eats_memory(job, place):
    """More than a machine has."""
    held = [bytes(2**30) for _ in range(64)]
    return len(held) == 64


def opens_everything(job, place):
    """Until the system has no descriptor left."""
    held = []
    while len(held) < 5000:
        held.append(os.dup(CHANNEL))
    return True


def inherits_a_descriptor(job, place):
    """Of the host: its log, its lock, its terminal."""
    mine = {0, 1, 2, CHANNEL, *(entry.descriptor for entry in job.files)}
    return [number for number in range(256) if number not in mine and _is_open(number)] != []


def _is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def ends_before_it_answers(job, place):
    """With success."""
    os._exit(0)


def ends_with_success_after_it_answered(job, place):
    """Half an answer does not count."""
    threading.Timer(0.2, lambda: os._exit(0)).start()
    time.sleep(30)


def kills_itself(job, place):
    """Nobody can catch that."""
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(30)


def crashes(job, place):
    """In native code."""
    ctypes.string_at(0)


def closes_its_channel(job, place):
    """And claims to have answered."""
    os.close(CHANNEL)
    return False


def floods_standard_output(job, place):
    """Until somebody's memory is full."""
    while True:
        os.write(1, b"x" * 65536)


def floods_standard_error(job, place):
    """The same, where it is louder."""
    while True:
        os.write(2, b"x" * 65536)


def floods_its_answers(job, place):
    """On the channel where the answer belongs."""
    while True:
        os.write(CHANNEL, b"x" * 65536)


def forges_an_answer_for_others(job, place):
    """A whole frame of its own, with the fact of the desk in it."""
    from gonogo.isolate import channel

    body = (
        '{"protocol":1,"nonce":"0","complete":true,"expected":1,"obtained":1,"items":[{"fact":"open_posts","value":0}]}'
    )
    channel.send(channel.RESULT, body.encode())
    os._exit(0)


def forges_an_account_of_its_walls(job, place):
    """To be believed where a ruleset asks for walls."""
    from gonogo.isolate import WALLS, channel

    channel.send(channel.WALLS, repr(list(WALLS)).replace("'", '"').encode())
    return False


def answers_for_others(job, place):
    """By name."""
    from gonogo.plugin.spec import Answer

    return [Answer("../desk.open_posts", value=0, as_of=job.now), Answer("desk.open_posts", value=0, as_of=job.now)]


def answers_twice(job, place):
    """Once each way."""
    return [False, False]


def answers_from_a_fork(job, place):
    """Two processes come back from one call."""
    if os.fork() == 0:
        sys.stdout = None
        return False
    time.sleep(0.3)
    return [False, False]
