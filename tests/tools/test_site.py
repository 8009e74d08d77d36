"""The documentation as a web site: every page, its contents, and a search that works offline."""

import importlib.util
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())


@pytest.fixture(scope="module")
def site_tool():
    place = importlib.util.spec_from_file_location("site_tool", ROOT / "tools/site.py")
    module = importlib.util.module_from_spec(place)
    sys.modules[place.name] = module
    place.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    target = tmp_path_factory.mktemp("site") / "site"
    made = subprocess.run([sys.executable, "tools/site.py", target], cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr[-3000:]
    return target


class _Fetched(HTMLParser):
    """What a browser fetches for a page without being asked: scripts, styles, images, frames."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in {"script", "img", "iframe", "source", "video", "object"}:
            self.found.append(attributes.get("src") or attributes.get("data") or "")
        if tag == "link" and attributes.get("rel") in {"stylesheet", "preload", "icon"}:
            self.found.append(attributes.get("href") or "")


@pytest.mark.heavy
def test_every_image_of_a_page_is_on_the_site(site):
    """Also one that stands in HTML, which Sphinx does not take along."""
    for page in site.rglob("*.html"):
        parser = _Fetched()
        parser.feed(page.read_text(encoding="utf-8"))
        images = [address for address in parser.found if address.endswith((".png", ".svg"))]
        assert [address for address in images if not (page.parent / address).is_file()] == [], page
    assert (site / "docs/images/session.svg").is_file()


@pytest.mark.heavy
def test_the_site_has_every_page_and_fetches_nothing_from_elsewhere(site, site_tool):
    """An agency puts it on a share without internet: what is missing there stays missing."""
    pages = list(site_tool._pages())

    assert [page for page in pages if not (site / page).with_suffix(".html").is_file()] == []
    assert "docs/how-to/bind-evidence.md" in pages
    for page in site.rglob("*.html"):
        parser = _Fetched()
        parser.feed(page.read_text(encoding="utf-8"))
        assert [address for address in parser.found if re.match(r"(?:https?:)?//", address)] == [], page


@pytest.mark.heavy
def test_the_contents_of_the_site_are_the_parts_of_the_page_of_pages(site):
    """A page that is in the list of pages but not in the contents would be found by nobody on the site."""
    front = (site / "index.html").read_text(encoding="utf-8")
    parts = re.findall(r"^\*\*([^*]+)\*\*", (ROOT / "docs/README.md").read_text(encoding="utf-8"), re.MULTILINE)

    captions = re.findall(r'class="caption-text">([^<]*)<', front)
    assert captions[:-1] == [part for part in parts if part in captions]
    assert {"Set up and run", "Deploy on a decision", "Words"} <= set(captions)
    assert 'href="docs/how-to/bind-evidence.html"' in front


@pytest.mark.heavy
def test_the_search_knows_words_of_the_pages(site):
    """The search is an index beside the pages; no server answers it."""
    index = (site / "searchindex.js").read_text(encoding="utf-8")

    assert index.startswith("Search.setIndex(")
    for word in ("waiver", "harborlin", "quorum"):
        assert f'"{word}"' in index


def test_a_folder_that_is_no_site_is_left_alone(site_tool, tmp_path):
    """Somebody names the wrong folder; what lies in it is not removed."""
    (tmp_path / "minutes.docx").write_text("x")

    with pytest.raises(SystemExit, match="is no site; name another folder"):
        site_tool.build(tmp_path)

    assert (tmp_path / "minutes.docx").read_text() == "x"


def test_a_warning_of_the_builder_stops_the_site(site_tool, tmp_path, monkeypatch):
    """A link that leads nowhere on the site is found when it is built, not by a reader."""
    monkeypatch.setattr(site_tool, "lay_out", _broken)

    with pytest.raises(SystemExit, match="the site has faults"):
        site_tool.build(tmp_path / "site")


def _broken(source):
    (source / "conf.py").write_text('extensions = ["myst_parser"]\n')
    (source / "index.md").write_text("# One\n\n[nowhere](nowhere.md)\n")


def test_links_to_folders_and_to_the_page_of_pages_lead_somewhere_on_the_site(site_tool):
    """In the checkout a folder opens; a site has no page for it."""
    assert site_tool._LINK.search("![a picture](x.png)") is None
    assert site_tool._home("[all](docs/README.md)", ROOT / "docs/README.md", "README.md") == "[all](index.md)"
    assert (
        site_tool._home("[all](../README.md)", ROOT / "docs/README.md", "docs/how-to/x.md") == "[all](../../index.md)"
    )
    assert site_tool._from_root("../README.md") == "README.md"
    assert site_tool._from_root("how-to/x.md") == "docs/how-to/x.md"
