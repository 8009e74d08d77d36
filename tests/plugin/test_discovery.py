"""Discovery: what is installed is listed, never imported; names are never a matter of luck."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.errors import PluginError
from gonogo.model.program import AllowedPlugin
from gonogo.plugin.discovery import discover, plugin_rows
from gonogo.testing.programs import write_distribution


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


class TestDiscover:
    def test_lists_without_importing(self, site: Path):
        """A plugin whose import ends the process must not end `gonogo lint`."""
        write_distribution(site, "agency-tools", "2.1", {"deadly": "deadly_module"})
        (site / "deadly_module.py").write_text("import os\nos._exit(0)\n", encoding="utf-8")

        entry = discover()["deadly"]

        assert (entry.module, entry.distribution, entry.version) == ("deadly_module", "agency-tools", "2.1")
        assert entry.search == str(site)
        assert not entry.builtin

    def test_refuses_one_name_from_two_distributions(self, site: Path):
        """A second `helpdesk` that somebody installs must not silently answer instead of the first."""
        write_distribution(site, "agency-tools", "2.1", {"the-desk": "one"})
        write_distribution(site, "agency-other", "0.3", {"the-desk": "two"})

        with pytest.raises(PluginError) as caught:
            discover()

        assert "agency-tools 2.1" in str(caught.value)
        assert "agency-other 0.3" in str(caught.value)
        assert caught.value.exit_code == 2

    @pytest.mark.parametrize("second", ["agency-tools", "agency_tools", "Agency.Tools"])
    def test_refuses_a_distribution_that_is_there_in_two_versions(self, site: Path, second: str):
        """An upgrade broke off: the reviewed version is announced, and the other one's code would run."""
        write_distribution(site, "agency-tools", "2.1", {"the-desk": "one"})
        write_distribution(site, second, "2.2", {"the-desk": "one"})

        with pytest.raises(PluginError, match=r"2 versions: 2\.1, 2\.2"):
            discover()

    def test_one_version_that_two_folders_announce_is_one(self, site: Path, monkeypatch: pytest.MonkeyPatch):
        """An editable installation is announced in its source folder too."""
        write_distribution(site / "source", "agency-tools", "2.1", {"the-desk": "one"})
        write_distribution(site, "agency-tools", "2.1", {"the-desk": "one"})
        monkeypatch.syspath_prepend(str(site / "source"))

        assert discover()["the-desk"].version == "2.1"

    @pytest.mark.parametrize("value", ["module:attribute", "not a module", "os.path; import x", ""])
    def test_refuses_an_entry_that_is_not_a_module(self, site: Path, value: str):
        """An entry point is a module of the plugin and nothing else."""
        write_distribution(site, "agency-tools", "2.1", {"the-desk": value})

        with pytest.raises(PluginError, match="not a module"):
            discover()

    def test_another_distribution_is_never_built_in(self, site: Path):
        """Naming gonogo's own module does not make a distribution gonogo's own."""
        write_distribution(site, "agency-tools", "2.1", {"mine": "gonogo.collectors.table"})

        assert not discover()["mine"].builtin


class TestRows:
    def test_tell_what_may_run(self, site: Path):
        """`plugins list` answers the question that follows an error: is it installed, and is it allowed?"""
        write_distribution(site, "Agency_Tools", "2.1", {"a": "one"})
        write_distribution(site, "agency-other", "0.3", {"b": "two"})
        write_distribution(site, "agency-third", "1.0", {"c": "three"})
        allow = [
            AllowedPlugin(distribution="agency-tools", version="2.1"),
            AllowedPlugin(distribution="agency-other", version="0.2"),
        ]

        rows = plugin_rows((entry for name, entry in discover().items() if name in "abc"), allow)

        assert [(row.name, row.status) for row in rows] == [
            ("a", "allowed"),
            ("b", "not allowed: the program allows version 0.2"),
            ("c", "not allowed"),
        ]
