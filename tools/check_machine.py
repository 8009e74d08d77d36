"""Before anything is installed: is this a Python that gonogo runs on, and can durable-rules be compiled?"""

import shutil
import sys
import sysconfig
from pathlib import Path


def complaints() -> list[str]:
    """Return what is missing, each with the way to get it."""
    found = []
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        found.append(
            f"Python {sys.version_info[0]}.{sys.version_info[1]} is not supported: gonogo runs on 3.11, 3.12 and 3.13. "
            "Name another: make demo PYTHON=python3.11"
        )
    if not any(shutil.which(name) for name in ("cc", "gcc", "clang")):
        found.append(
            "no C compiler was found, and durable-rules, the rule engine, is published as source only. "
            "On Debian and Ubuntu: apt-get install gcc libc6-dev. On macOS: xcode-select --install"
        )
    headers = Path(sysconfig.get_path("include")) / "Python.h"
    if not headers.exists():
        found.append(
            f"the headers of this Python are missing ({headers.name}). "
            "On Debian and Ubuntu: apt-get install python3-dev"
        )
    try:
        import ensurepip  # noqa: F401 - only whether it is there
    except ImportError:
        found.append("this Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv")
    return found


if __name__ == "__main__":
    for complaint in complaints():
        sys.stderr.write(f"error[G020] {complaint}\n")
    sys.exit(2 if complaints() else 0)
