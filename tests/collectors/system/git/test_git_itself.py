"""What git writes, and what git says of the same history."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest
from tests.collectors.system.git.made_bundles import read

from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal

START = 1_806_500_000
APART = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_TERMINAL_PROMPT": "0"}


def git(folder: Path, *words: str, given: bytes = b"") -> list[str]:
    """Run git apart from the configuration of the machine; return its lines."""
    who = {f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **APART, **who}
    done = subprocess.run(["git", "-C", str(folder), *words], input=given, capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


def stream(chance: random.Random, commits: int = 60) -> bytes:
    """Return a random history for `git fast-import`: two branches that are merged now and then."""
    made, tips = [], {"main": 0, "work": 0}
    for mark in range(1, commits + 1):
        branch = "main" if mark == 1 or chance.random() < 0.5 else "work"
        other = "work" if branch == "main" else "main"
        when = START + mark * 3600 - chance.randrange(3) * 1800
        message = chance.choice(["HARB-7 rates", "rates"])
        lines = [f"commit refs/heads/{branch}", f"mark :{mark}", f"author A <a@x.example> {when} +0000"]
        lines += [f"committer A <a@x.example> {when} +0000", f"data {len(message)}", message]
        above = tips[branch] or tips["main"]
        lines += [f"from :{above}"] if above else []
        if tips[branch] and tips[other] and chance.random() < 0.25:
            lines.append(f"merge :{tips[other]}")
        path = chance.choice(["db/{}.sql", "app/{}.py", "app/deep/{}.py"]).format(chance.randrange(12))
        text = "".join(f"line {chance.randrange(9)}\n" for _ in range(40))
        lines += [f"M 100644 inline {path}", f"data {len(text)}", text]
        tips[branch] = mark
        made += lines
    made += ["reset refs/tags/freeze", f"from :{commits // 3}", "reset refs/heads/main", f"from :{tips['main']}"]
    return "\n".join(
        [*made, "tag v1", f"from :{tips['main']}", "tagger A <a@x.example> 1808000000 +0000", "data 1", "x"]
    ).encode()


def joins(folder: Path, merge: str, first: str, second: str) -> bool:
    """Whether git says that a merge brings a line of work, and adds nothing where it need not have been made."""
    [base] = git(folder, "merge-base", first, second)
    if base == second:
        return False
    trees = git(folder, "rev-parse", f"{merge}^{{tree}}", f"{second}^{{tree}}")
    return base != first or trees[0] == trees[1]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that git made."""
    folder = tmp_path_factory.mktemp("history")
    git(folder, "init", "-q", "--bare", "-b", "main")
    git(folder, "fast-import", "--quiet", given=stream(random.Random(3)))
    return folder


def bundled(folder: Path, *words: str, name: str = "all.bundle") -> bytes:
    """Return a bundle that git makes."""
    git(folder, "bundle", "create", "-q", name, *(words or ("--all",)))
    return (folder / name).read_bytes()


def test_it_counts_what_git_counts(repository):
    """On a history with merges, in a pack with changes of changes."""
    build = git(repository, "rev-parse", "main~9")[0]
    data = bundled(repository)
    base = git(repository, "merge-base", "main", "freeze")[0]
    answers = read(data, build, tag="v1", frozen_from=base, guarded=["db", "app/deep"], since=base, change="HARB-")

    assert answers["build_on_branch"].value is True
    assert answers["commits_not_in_build"].value == int(git(repository, "rev-list", "--count", f"{build}..main")[0])
    assert answers["commits_since_freeze"].value == int(git(repository, "rev-list", "--count", f"{base}..main")[0])
    changed = git(repository, "diff", "--name-only", "--no-renames", base, "main", "--", "db", "app/deep")
    assert answers["guarded_files_changed"].open_items == tuple(sorted(changed))
    merges = [line.split() for line in git(repository, "rev-list", "--merges", "--parents", f"{base}..{build}")]
    empty = [each for each, first, second in merges if not joins(repository, each, first, second)]
    plain = [*git(repository, "rev-list", "--no-merges", f"{base}..{build}"), *empty]
    named = set(plain) & {*git(repository, "rev-list", "--grep=HARB-", f"{base}..{build}")}
    assert 0 < len(empty) < len(merges)
    assert (answers["change_named_ratio"].part, answers["change_named_ratio"].whole) == (len(named), len(plain))
    assert len(named) < len(plain) > 5
    assert [answers[f"tag_{what}"].value for what in ("annotated", "carries_signature", "on_build")] == [
        True,
        False,
        False,
    ]


def test_contents_of_files_may_be_left_out(repository):
    """The bundle is smaller, and holds no code."""
    whole = bundled(repository)
    small = bundled(repository, "--filter=blob:none", "--all", name="small.bundle")
    settings = {"frozen_from": git(repository, "merge-base", "main", "freeze")[0], "guarded": ["db"]}
    without, with_all = (
        {name: answer.value for name, answer in read(data, "v1", **settings).items()} for data in (small, whole)
    )

    assert len(small) < len(whole)
    assert without == with_all
    assert with_all["guarded_files_changed"]


def test_a_shallow_clone_is_a_gap(repository, tmp_path):
    """Pipelines clone one commit by default."""
    git(tmp_path, "clone", "-q", "--bare", "--depth=3", f"file://{repository}", "shallow")

    with pytest.raises(CollectorRefusal, match="shallow clone") as refusal:
        read(bundled(tmp_path / "shallow"), "v1")
    assert refusal.value.reason is GapReason.NOT_PROVABLE


def test_a_bundle_of_what_is_new_is_a_gap(repository):
    """As tools make them that keep copies up to date."""
    with pytest.raises(CollectorRefusal, match="only what came after"):
        read(bundled(repository, "main", "^freeze", name="new.bundle"), "v1")
