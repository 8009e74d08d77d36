"""Plugins that lie, hang, crash or take another's name: none makes a verdict better."""

import textwrap

import pytest

from gonogo.testing.programs import write_distribution, write_plugin

HEAD = """
    import os, signal, sys, time
    from gonogo.model.fact import FactType
    from gonogo.plugin.spec import LocalFact, NoSettings, hookimpl

    FACTS = (
        LocalFact("e2e_passed_ratio", FactType.RATIO, "x"),
        LocalFact("icd_approved_ratio", FactType.RATIO, "x"),
        LocalFact("critical_open", FactType.INTEGER, "x", "interfaces"),
    )

    class Evil:
        name = "evil"
        facts = FACTS
        settings = NoSettings
        network = ()

        def declare(self, settings):
            return self.facts

        def collect(self, job, settings):
            good = [
                FACTS[0].counted(part=23, whole=23, as_of=job.now),
                FACTS[1].counted(part=23, whole=23, as_of=job.now),
                FACTS[2].value(0, as_of=job.now),
            ]
"""
TAIL = """
    @hookimpl
    def gonogo_register_collectors(register):
        register(Evil())
"""
WAYS = {
    "ends with success": ("os._exit(0)", "interfaces."),
    "ends with success after one answer": ("yield good[0]; os._exit(0)", "interfaces."),
    "raises SystemExit(0)": ("yield good[0]; sys.exit(0)", "interfaces."),
    "raises": ("raise ValueError('no')", "ValueError: no"),
    "is killed": ("os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
    "crashes": ("os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
    "hangs": ("time.sleep(600)", "did not finish within 2 s"),
    "hangs and ignores being asked to end": (
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass",
        "interfaces.",
    ),
    "answers nothing": ("return iter(())", "did not answer"),
    "answers two of three": ("yield good[0]; yield good[1]", "interfaces.critical_open"),
    "answers twice": ("yield from good; yield good[0]", "answered 2 times"),
    "answers for others": (
        "from gonogo.plugin.spec import Answer\nyield from good\nyield Answer('open', value=0, as_of=job.now)",
        "never declared",
    ),
    "answers a float": (
        "from gonogo.plugin.spec import Answer\nyield Answer('e2e_passed_ratio', value=1.0, as_of=job.now)",
        "interfaces.e2e_passed_ratio",
    ),
    "answers NaN": (
        "from decimal import Decimal\nfrom gonogo.plugin.spec import Answer\n"
        "yield Answer('e2e_passed_ratio', value=Decimal('NaN'), as_of=job.now)",
        "interfaces.e2e_passed_ratio",
    ),
    "answers more than all": ("yield FACTS[0].counted(part=46, whole=23, as_of=job.now)", "cannot be true"),
    "answers nothing of nothing": ("yield FACTS[0].counted(part=0, whole=0, as_of=job.now)", "0 of 0 proves nothing"),
    "answers from the future": (
        "from datetime import timedelta\nyield from good[1:]\n"
        "yield FACTS[0].counted(part=23, whole=23, as_of=job.now + timedelta(hours=1))",
        "after the assessment",
    ),
    "answers without a moment": (
        "from gonogo.plugin.spec import Answer\nyield from good[1:]\n"
        "yield Answer('e2e_passed_ratio', part=23, whole=23)",
        "is not of the protocol",
    ),
    "floods": ("os.write(1, b'x' * 50_000_000)", "wrote more than it may"),
    "writes a forged answer where the answer belongs": (
        "os.write(3, b'{\"complete\": true}'); os._exit(0)",
        "interfaces.",
    ),
    "runs away and leaves somebody else": (
        "os._exit(0) if os.fork() else time.sleep(1); yield from good",
        "interfaces.",
    ),
}


def install(folder, tmp_path, monkeypatch, body, *, allow="1.0"):
    """Let the plugin answer for the interfaces instead of the table."""
    source = textwrap.dedent(HEAD) + textwrap.indent(textwrap.dedent(body), " " * 8) + "\n" + textwrap.dedent(TAIL)
    site = tmp_path / "site"
    write_plugin(site, "evil", source, own=False)
    write_distribution(site, "evil-dist", "1.0", {"evil": "evil"})
    monkeypatch.syspath_prepend(str(site))
    text = folder.bytes("gonogo.yaml").decode()
    start = text.index("  - id: interfaces\n")
    end = text.index("  # JUnit XML against the test plan")
    deadline = "2s" if body == WAYS["hangs"][0] else "30s"  # a busy machine must not be taken for a plugin that hangs
    told = f"collector: evil, as: interfaces, side: provider, producer: Evil, deadline: {deadline}"
    binding = f"  - {{id: interfaces, {told}}}\n"
    allowed = f"plugins: {{allow: [{{distribution: evil-dist, version: '{allow}'}}]}}\n" if allow else ""
    folder.put("gonogo.yaml", text[:start] + binding + "\n" + text[end:] + allowed)


class TestPlugins:
    @pytest.mark.parametrize(("body", "says"), WAYS.values(), ids=WAYS)
    def test_a_plugin_that_misbehaves_proves_nothing(self, body, says, decided, tmp_path, monkeypatch):
        """Its facts are gaps that say so, and nothing else changes."""
        found = decided(lambda f: install(f, tmp_path, monkeypatch, body))

        assert found.code == 1, found.told[-3000:]
        assert says in found.told

    def test_a_run_with_it_ends_with_1(self, spoiled, tmp_path, monkeypatch):
        """The command itself comes to what the ways above come to."""
        body, says = WAYS["ends with success after one answer"]

        found = spoiled(lambda f: install(f, tmp_path, monkeypatch, body))

        assert found.code == 1, found.told[-3000:]
        assert says in found.told
        assert "Traceback" not in found.told

    def test_an_honest_one_counts(self, decided, tmp_path, monkeypatch):
        """So that the ways above fail for what they do."""
        found = decided(lambda f: install(f, tmp_path, monkeypatch, "yield from good"))

        assert found.code == 0, found.told[-3000:]

    @pytest.mark.parametrize("allow", ["", "2.0"])
    def test_one_that_the_program_does_not_allow_is_never_started(self, allow, decided, tmp_path, monkeypatch):
        """Neither another version of it."""
        found = decided(
            lambda f: install(f, tmp_path, monkeypatch, f"open({str(tmp_path / 'ran')!r}, 'w')", allow=allow)
        )

        assert found.code == 2
        assert "evil-dist 1.0" in found.told
        assert not (tmp_path / "ran").exists()

    @pytest.mark.parametrize("name", ["junit", "table"])
    def test_two_plugins_with_one_name_are_refused_naming_both(self, name, spoiled, tmp_path, monkeypatch):
        """Which one answers must never be a matter of luck."""
        site = tmp_path / "site"
        write_distribution(site, "shadow-dist", "6.6", {name: "shadow"})
        monkeypatch.syspath_prepend(str(site))

        found = spoiled(lambda f: None, whole=True)

        assert found.code == 2
        assert "shadow-dist 6.6" in found.told
        assert "gonogo" in found.told
