"""Make the plugin importable from its source where it is not installed; what is installed is tested on its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

if importlib.util.find_spec("gonogo_sample_agency") is None:
    sys.path.append(str(Path(__file__).resolve().parents[1] / "src"))
