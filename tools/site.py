"""Build the documentation as a web site: ``python tools/site.py build/site``.

Every page of the checkout keeps its place, so a link that works in the checkout works on the site. The front page and
the contents come from docs/README.md: each of its bold lines begins a part, and the links below it are the pages. The
search runs in the browser; no page asks another machine for anything. A warning of Sphinx stops the build.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
FRONT: Final = "docs/README.md"
_LINK: Final = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")
_IMAGE: Final = re.compile(r"""!\[[^\]]*\]\(([^)\s]+)\)|<img src="([^"]+)\"""")
"""An image as Markdown, which Sphinx takes along, or as HTML, which it leaves as it is."""
_PART: Final = re.compile(r"^\*\*([^*]+)\*\*", re.MULTILINE)
_CONF: Final = """
project = "gonogo"
copyright = "The gonogo developers"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "gonogo"
html_static_path = []
html_show_sphinx = False
html_copy_source = False
myst_heading_anchors = 6
# GitHub shows a block of these languages as text too.
suppress_warnings = ["misc.highlighting_failure"]
"""


def build(target: Path) -> None:
    """Write the site into ``target``, in the place of an earlier one.

    Raises:
        SystemExit: Sphinx warned of something; its words are on stderr.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        lay_out(source)
        if target.exists() and not (target / "searchindex.js").is_file():
            raise SystemExit(f"{target} is there already and is no site; name another folder")
        shutil.rmtree(target, ignore_errors=True)
        asked = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", str(source), str(target)]
        if subprocess.run(asked, check=False).returncode:
            raise SystemExit("the site has faults; see above")
        for page in _pages():
            for image in _images(page):
                _copy(image, target)


def lay_out(source: Path) -> None:
    """Lay the pages out in ``source`` as Sphinx reads them."""
    pages = tuple(_pages())
    for page in pages:
        _put(source / page, _words(page, pages))
        for linked in (*_linked(page), *_images(page)):
            _copy(linked, source)
    _put(source / "index.md", _front(pages))
    _put(source / "conf.py", _CONF)


def _pages() -> Iterator[str]:
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    listed_pages = (page for page in listed.splitlines() if page != FRONT and (ROOT / page).is_file())
    return (page for page in listed_pages if not page.startswith("tests/"))


def _words(page: str, pages: tuple[str, ...]) -> str:
    """Return a page with links to folders as plain words, because the site has no page for a folder."""
    here = (ROOT / page).parent

    def kept(found: re.Match[str]) -> str:
        words, link = found.groups()
        file = (here / link.partition("#")[0]).resolve()
        if link.startswith(("#", "http:", "https:", "mailto:")) or not file.is_dir():
            return _home(found.group(), file, page)
        inside = file / "README.md"
        return f"[{words}]({link.rstrip('/')}/README.md)" if str(inside.relative_to(ROOT)) in pages else words

    return _LINK.sub(kept, (ROOT / page).read_text(encoding="utf-8"))


def _home(link: str, file: Path, page: str) -> str:
    """Return the link, to the front page of the site where it leads to the list of pages."""
    if file != ROOT / FRONT:
        return link
    return re.sub(r"\([^)]*\)", f"({'../' * page.count('/')}index.md)", link)


def _linked(page: str) -> Iterator[Path]:
    """Yield the files that a page links to and that are no pages: they are copied, to be opened from the site."""
    for _words, link in _LINK.findall((ROOT / page).read_text(encoding="utf-8")):
        file = ((ROOT / page).parent / link.partition("#")[0]).resolve()
        if file.is_file() and file.suffix != ".md" and file.is_relative_to(ROOT):
            yield file


def _images(page: str) -> Iterator[Path]:
    """Yield the image files that a page shows."""
    for found in _IMAGE.finditer((ROOT / page).read_text(encoding="utf-8")):
        file = ((ROOT / page).parent / (found[1] or found[2])).resolve()
        if file.is_file() and file.is_relative_to(ROOT):
            yield file


def _front(pages: tuple[str, ...]) -> str:
    text = (ROOT / FRONT).read_text(encoding="utf-8")
    text = _LINK.sub(lambda found: f"[{found[1]}]({_from_root(found[2])})", text)
    parts = list(_PART.finditer(text))
    ends = [*(part.start() for part in parts[1:]), len(text)]
    listed: list[str] = []
    contents = []
    for part, end in zip(parts, ends, strict=True):
        mine = dict.fromkeys(link.partition("#")[0] for _words, link in _LINK.findall(text[part.end() : end]))
        mine = {link: None for link in mine if link in pages and link not in listed}
        listed += mine
        contents.append(_contents(part[1], tuple(mine)))
    contents.append(_contents("Also", tuple(page for page in pages if page not in listed)))
    return text + "".join(contents)


def _from_root(link: str) -> str:
    file = (ROOT / FRONT).parent / link
    return link if link.startswith(("#", "http")) else str(Path(*_resolved(file.relative_to(ROOT).parts)))


def _resolved(parts: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        kept = kept[:-1] if part == ".." else [*kept, part]
    return kept


def _contents(caption: str, pages: tuple[str, ...]) -> str:
    if not pages:
        return ""
    return "\n".join(["", "```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", ""])


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _copy(file: Path, source: Path) -> None:
    there = source / file.relative_to(ROOT)
    there.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, there)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python tools/site.py FOLDER")
    build(Path(sys.argv[1]))
