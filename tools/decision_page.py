"""Photograph the decision page of Harborline's NO-GO: ``python tools/decision_page.py docs/images/decision-page.png``.

It assesses a copy of the example, opens the HTML report in Debian's Chromium, and keeps page one down to what blocks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2027-04-19T12:00-04:00"


def main(image: Path) -> None:
    """Write the image."""
    with tempfile.TemporaryDirectory() as folder:
        program, page = Path(folder) / "nogo", Path(folder) / "nogo.html"
        shutil.copytree(
            ROOT / "examples/harborline/nogo", program, ignore=shutil.ignore_patterns("m3-hardened", "audit")
        )
        command = [Path(sys.executable).with_name("gonogo"), "assess", program, "--as-of", AS_OF, "-o", f"html:{page}"]
        subprocess.run(command, check=False, capture_output=True)  # a NO-GO ends with 1
        with sync_playwright() as playwright:
            path = shutil.which("chromium")
            walls = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses root
            browser = playwright.chromium.launch(executable_path=path, args=walls)
            shown = browser.new_page(viewport={"width": 1000, "height": 1000})
            shown.goto(page.as_uri())
            bottom = shown.evaluate("document.querySelector('.rows').getBoundingClientRect().bottom")
            shown.screenshot(path=image, full_page=True, clip={"x": 0, "y": 0, "width": 1000, "height": bottom + 20})
            browser.close()
    Image.open(image).convert("RGB").quantize(64).save(image, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
