"""Write ``src/gonogo/model/confusables.py``: letters of other scripts that look like a Latin letter or a digit.

    pip install confusable-homoglyphs==3.3.1 && python tools/confusables.py

The package carries the data of Unicode's ``confusables.txt`` (UTS 39). What our own folding (NFKC, lower case, no
marks) makes a Latin letter of anyway is left out, so that a name is compared with a table of a page.
"""

from __future__ import annotations

import json
import string
import textwrap
import unicodedata
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/gonogo/model/confusables.py"
HEAD = '''"""Letters of other scripts that look like a Latin letter or a digit. By tools/confusables.py; do not edit.

Derived from Unicode's confusables.txt (UTS 39), through confusable-homoglyphs 3.3.1.
Copyright (c) 1991-2024 Unicode, Inc. Unicode License v3, https://www.unicode.org/license.txt
"""

from __future__ import annotations

from typing import Final

LOOKALIKES: Final[dict[str, str]] = {
'''


def folded(char: str) -> str:
    """Return what plain folding makes of a character."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", char).casefold())
    return "".join(part for part in text if unicodedata.category(part)[0] != "M")


def main() -> None:
    """Write the table."""
    data = json.loads((files("confusable_homoglyphs") / "confusables.json").read_text(encoding="utf-8"))
    lines = [HEAD]
    for letter in string.digits + string.ascii_letters:
        alike = sorted({entry["c"] for entry in data.get(letter, ()) if len(entry["c"]) == 1})
        kept = [char for char in alike if unicodedata.category(char)[0] in "LN" and not folded(char).isascii()]
        if kept:
            text = "".join(kept).encode("unicode_escape").decode("ascii")
            parts = textwrap.wrap(text.replace("\\", " \\").strip(), 96)
            lines.append(f'    "{letter}": (\n' if len(parts) > 1 else f'    "{letter}": ')
            quoted = [f'"{part.replace(" ", "")}"' for part in parts]
            lines.append(
                "".join(f"        {part}\n" for part in quoted) + "    ),\n" if len(parts) > 1 else f"{quoted[0]},\n"
            )
    lines.append("}\n")
    TARGET.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
