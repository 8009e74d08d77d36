"""Run a command and tell how it ended, how long it took, and who was left of it: orphans of it come here.

``python keeper.py COMMAND...``; one JSON document on standard output.
"""

import ctypes
import json
import os
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36

if sys.platform == "linux":
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
began = time.monotonic()
done = subprocess.run(sys.argv[1:], capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL)
seconds = time.monotonic() - began
left = []
try:
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as stream:
        left = stream.read().split()
except OSError:
    pass
told = {"code": done.returncode, "out": done.stdout, "err": done.stderr, "left": left, "seconds": seconds}
json.dump(told, sys.stdout)
