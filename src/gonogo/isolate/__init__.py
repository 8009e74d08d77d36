"""Child processes: started, bounded, watched and ended so that nothing they do can hurt or fool the host.

``run(tasks)`` starts each task in a child of its own (level L1): own session, no new privileges, dies with the host,
limits on time, processor, memory, files and output, no descriptor but its own, and a result channel on which only one
complete, correctly framed answer counts. Everything else is an :class:`ChildOutcome` with a reason. A task with
``walls`` is kept from files, network, processes and the kernel as well (level L2), where this machine can; the
outcome says how far that is.

Imports no other room of gonogo. It is importable on platforms without ``fork``, where ``run`` says so. What a child is
started for belongs in the rooms above.
"""

from gonogo.isolate.channel import early
from gonogo.isolate.kernel import hide
from gonogo.isolate.running import run
from gonogo.isolate.sealed import seal, sealed
from gonogo.isolate.task import ChildOutcome, Limits, Reason, Task, python_command
from gonogo.isolate.walls import L1, L2, LEVELS, WALLS, StandingWalls, Walls

__all__ = [
    "L1",
    "L2",
    "LEVELS",
    "WALLS",
    "ChildOutcome",
    "Limits",
    "Reason",
    "StandingWalls",
    "Task",
    "Walls",
    "early",
    "hide",
    "python_command",
    "run",
    "seal",
    "sealed",
]
