"""The tool that writes docs/reference refuses to describe another installation than this checkout."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())


def test_an_installation_without_a_plugin_of_this_checkout_writes_no_pages(tmp_path):
    """An old installation knows fewer collectors; their pages would be deleted, and nobody asked for that."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    head = '[project.entry-points."gonogo.plugins"]\n'
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8").replace(head, f'{head}newest = "gonogo.newest"\n')
    (tmp_path / "pyproject.toml").write_text(pyproject, encoding="utf-8")

    ended = subprocess.run(
        [sys.executable, "tools/reference.py", "pages"], cwd=tmp_path, check=False, capture_output=True, text=True
    )

    assert ended.returncode == 1
    assert "The installed gonogo is not this one: newest." in ended.stderr
    assert not (tmp_path / "pages").exists()
