"""What git writes, and what git says of the same history."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest
from tests.collectors.system.git.made_bundles import read

from gonogo.collectors.system.git.commit_graph import CommitGraph
from gonogo.collectors.system.git.git_bundle import read_head
from gonogo.collectors.system.git.joined_trees import only_joins
from gonogo.collectors.system.git.pack import Pack
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
    """Whether git says that a merge brings a line of work, and that its files are those that joining both gives."""
    if git(folder, "merge-base", first, second) == [second]:
        return False
    tree = git(folder, "rev-parse", f"{merge}^{{tree}}")[0]
    return joined(folder, first, second) == tree


def joined(folder: Path, first: str, second: str) -> str:
    """The tree that git makes of two commits; empty where a person has to decide."""
    command = ["git", "-C", str(folder), "merge-tree", "--write-tree", first, second]
    done = subprocess.run(command, capture_output=True, env={"PATH": os.environ["PATH"], **APART})
    return done.stdout.decode().splitlines()[0] if done.returncode == 0 else ""


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
    assert 0 < len(empty) <= len(merges)
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


def edited(chance: random.Random, folder: Path, parent: str, name: str) -> str:
    """Commit on a parent: a line changed, added or taken away in one file, or a file moved, added or deleted."""
    files = dict(line.split("\t")[::-1] for line in git(folder, "ls-tree", "-r", parent))
    path = chance.choice(sorted(files))
    text = git(folder, "show", f"{parent}:{path}")
    at, what = chance.randrange(len(text) + 1), chance.choice(["change", "add", "take", "move", "new", "delete"])
    if what == "change" or what == "take":
        text[at : at + 1] = [f"{name} changed"] if what == "change" else []
    if what == "add":
        text.insert(at, f"{name} added")
    blob = git(folder, "hash-object", "-w", "--stdin", given=("\n".join(text) + "\n").encode())[0]
    if what in ("move", "delete") and len(files) > 2:
        kept = files.pop(path)
        if what == "move":
            files[f"moved-{name}"] = kept
    else:
        files[f"new-{name}" if what == "new" else path] = f"100644 blob {blob}"
    return committed(folder, files, name, parent)


def committed(folder: Path, files: dict[str, str], name: str, *parents: str) -> str:
    tree = git(folder, "mktree", given="".join(f"{what}\t{path}\n" for path, what in files.items()).encode())[0]
    return git(folder, "commit-tree", tree, "-m", name, *(word for each in parents for word in ("-p", each)))[0]


def test_a_merge_joins_where_git_says_so(tmp_path: Path) -> None:
    """Two lines went on; what joining them gives is no change, and one file more, or less, is."""
    chance = random.Random(11)
    git(tmp_path, "init", "-q", "--bare", "-b", "main")
    lines = "".join(f"line {number}\n" for number in range(30))
    blob = git(tmp_path, "hash-object", "-w", "--stdin", given=lines.encode())[0]
    start = committed(tmp_path, dict.fromkeys("abcd", f"100644 blob {blob}"), "start")
    clean, made, tips = 0, dict[str, bool](), [start]
    for number in range(60):
        base = chance.choice(tips[-6:])
        sides = [base, base]
        for step in range(chance.randint(2, 5)):
            sides[step % 2] = edited(chance, tmp_path, sides[step % 2], f"{number}-{step}")
        tree = joined(tmp_path, *sides)
        if not tree:
            continue
        clean += 1
        good = git(tmp_path, "commit-tree", tree, "-m", "joins", "-p", sides[0], "-p", sides[1])[0]
        made[good] = True
        made[edited_merge(chance, tmp_path, good, sides)] = False
        tips.append(good)
    for number, each in enumerate(made):
        git(tmp_path, "update-ref", f"refs/heads/m{number}", each)
    data = bundled(tmp_path)
    graph = CommitGraph(head := read_head(data, "b"), Pack(data, head.objects_at, head.algorithm, "b"), "b")

    told = {each: only_joins(graph, each) for each in made}
    pairs = [(chance.choice(list(made)), chance.choice(list(made))) for _ in range(40)]
    for one, other in pairs:
        assert sorted(graph.parted_at(one, other)) == sorted(git(tmp_path, "merge-base", "--all", one, other))

    assert clean > 20
    assert [each for each, good in made.items() if told[each] and not good] == []
    missed = [each for each, good in made.items() if good and not told[each]]
    assert len(missed) * 10 <= clean, "git follows a file that was moved and changed at once; then somebody looks at it"


def edited_merge(chance: random.Random, folder: Path, merge: str, sides: list[str]) -> str:
    """A merge with a change that nobody made on either line."""
    after = edited(chance, folder, merge, "evil")
    while git(folder, "rev-parse", f"{after}^{{tree}}") == git(folder, "rev-parse", f"{merge}^{{tree}}"):
        after = edited(chance, folder, merge, "evil")
    tree = git(folder, "rev-parse", f"{after}^{{tree}}")[0]
    return git(folder, "commit-tree", tree, "-m", "evil", "-p", sides[0], "-p", sides[1])[0]
