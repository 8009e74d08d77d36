"""Build the style sheet of the U.S. Web Design System that the HTML report carries: what it uses, and nothing else.

    python tools/uswds.py

It needs npm and a registry once; the result is committed, and nothing else of the packages is. What remains are the
rules of USWDS for plain elements and for the ``usa-`` classes that the template names, without anything that a file of
its own cannot have (fonts and images to fetch).
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

USWDS: Final = "3.14.0"
SASS: Final = "1.108.2"
ROOT: Final = Path(__file__).resolve().parent.parent
TEMPLATES: Final = ROOT / "src/gonogo/report/templates"
PARTS: Final = (
    *("uswds-elements", "usa-link", "usa-list", "usa-skipnav", "usa-tag", "usa-table"),
    *("usa-summary-box", "usa-banner", "usa-accordion"),
)
ENTRY: Final = """@use "uswds-core" with (
  $theme-show-compile-warnings: false, $theme-show-notifications: false, $theme-font-type-sans: "public-sans",
  $theme-image-path: "", $theme-font-path: "", $theme-body-background-color: "white",
);
"""
HEAD: Final = (
    f"/* U.S. Web Design System {USWDS}: what this page uses of it, by tools/uswds.py; see USWDS-NOTICE.txt. */\n"
)
_DROPPED: Final = re.compile(
    r"\[aria-|\.usa-js|:disabled|dialog|::file-selector|webkit-search|svg:not|:visited|data-sort|ul li ul"
)
_UNFIT: Final = re.compile(r"url\(|^-|overflow-x: hidden")
"""Declarations that a file of its own cannot have, that name one browser, or that would hide what is too wide."""
_ELEMENTS: Final = frozenset(
    (
        *("html", "body", "main", "h1", "h2", "h3", "h4", "p", "a", "ul", "ol", "li", "dl", "dt", "dd", "strong"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "header", "footer", "nav", "section", "article"),
        *("details", "summary", "fieldset", "legend", "label", "input", "figure", "svg"),
    )
)


def main() -> None:
    """Fetch, compile, purge and write."""
    names = set(re.findall(r"usa-[a-z_-]+", (TEMPLATES / "report.html").read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        packages = [f"@uswds/uswds@{USWDS}", f"sass@{SASS}"]
        subprocess.run(["npm", "install", "--no-save", "--ignore-scripts", *packages], cwd=place, check=True)
        (place / "entry.scss").write_text(ENTRY + "".join(f'@forward "{part}";\n' for part in PARTS))
        sass = [place / "node_modules/.bin/sass", "--no-source-map", "--quiet", "--style=expanded"]
        roots = ["-I", place / "node_modules/@uswds/uswds/packages", place / "entry.scss"]
        css = subprocess.run([*sass, *roots], capture_output=True, text=True, check=True).stdout
    (TEMPLATES / "uswds.css").write_text(HEAD + "".join(purged(css, names)), encoding="utf-8")


def purged(css: str, names: set[str]) -> Iterator[str]:
    """Yield the rules whose every selector part the page has, one a line; what no rule is left of is left out."""
    for prelude, body in _blocks(re.sub(r"/\*.*?\*/|@charset[^;]*;", "", css, flags=re.DOTALL)):
        if prelude.startswith("@media"):
            inner = "".join(purged(body, names))
            if inner and "hover" not in prelude and "forced-colors" not in prelude:
                yield f"{prelude} {{\n{inner}}}\n"
            continue
        if prelude.startswith("@"):
            continue
        kept = [each for each in (" ".join(part.split()) for part in _selectors(prelude)) if _used(each, names)]
        declarations = [" ".join(each.split()) for each in body.split(";") if each.strip()]
        fonts = "font-family" if kept != ["html"] else "\0"  # what every element inherits is said once
        declarations = [each for each in declarations if not _UNFIT.search(each) and not each.startswith(fonts)]
        if kept and declarations:
            yield f"{', '.join(kept)} {{ {'; '.join(declarations)} }}\n"


def _used(selector: str, names: set[str]) -> bool:
    if _DROPPED.search(selector):
        return False
    classes = set(re.findall(r"\.([\w-]+)", selector))
    elements = set(re.findall(r"(?:^|[\s>+~(])([a-z][a-z0-9]*)", selector))
    return classes <= names and elements <= _ELEMENTS


def _selectors(prelude: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, mark in enumerate(prelude):
        depth += (mark == "(") - (mark == ")")
        if mark == "," and not depth:
            yield prelude[start:at].strip()
            start = at + 1
    yield prelude[start:].strip()


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    at = 0
    while (start := css.find("{", at)) >= 0:
        depth, end = 1, start + 1
        while depth:
            depth += (css[end] == "{") - (css[end] == "}")
            end += 1
        yield css[at:start].strip(), css[start + 1 : end - 1]
        at = end


if __name__ == "__main__":
    main()
