"""Child processes: started, bounded, watched and ended so that nothing they do can hurt or fool the host.

``run(tasks)`` starts each task in a child of its own (level L1): own session, no new privileges, dies with the host,
limits on time, processor, memory, files and output, no descriptor but its own, and a result channel on which only one
complete, correctly framed answer counts. Everything else is an :class:`Outcome` with a reason.

Imports nothing of gonogo but its errors; importable on platforms without ``fork``, where ``run`` says so.
"""

from gonogo.isolate.channel import early
from gonogo.isolate.host import run
from gonogo.isolate.task import LEVEL, Limits, Outcome, Reason, Task, python_command

__all__ = ["LEVEL", "Limits", "Outcome", "Reason", "Task", "early", "python_command", "run"]
