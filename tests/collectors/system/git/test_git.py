"""The history of the code: what is on the branch, what came after the freeze, and what of it nobody can know."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import ClassVar

import pytest
from tests.collectors.system.git.made_bundles import Made, day, on_main, packed, read, sealed
from tests.spoiled import no_better

from gonogo.collectors.system.git import GitCollector, pack
from gonogo.collectors.system.git.commit_graph import CommitGraph
from gonogo.collectors.system.git.git_bundle import LONGEST_HEAD, BundleHead, read_head
from gonogo.collectors.system.git.pack import Pack
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal, SettingsRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import SAMPLE_NOW


def good() -> tuple[Made, list[str]]:
    made = Made()
    return made, made.chain(day(1), day(5), day(9))


GOOD, IDS = good()
BUNDLE = on_main(GOOD, IDS[2], **{"v4.2.16": IDS[2]})


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.system.git"
    settings: ClassVar = {"branch": "main", "frozen_at": "2027-04-07"}
    files: ClassVar = {"file": ("history.bundle", BUNDLE)}


class TestTheBuild:
    @pytest.mark.parametrize("build", [IDS[1], IDS[1][:7], IDS[1].upper()])
    def test_a_build_is_the_commit_whose_id_begins_like_its_name(self, build):
        """Pipelines write seven digits or all of them."""
        answers = read(BUNDLE, build)

        assert answers["build_on_branch"].value is True
        assert answers["build_committed"].value == day(5)
        assert answers["commits_not_in_build"].value == 1
        assert answers["commits_not_in_build"].open_items == (IDS[2][:12],)
        assert answers["build_on_branch"].subject.build == build

    @pytest.mark.parametrize("build", ["v4.2.16", "4.2.16"])
    def test_or_that_of_a_tag(self, build):
        """Releases are called by their tags."""
        assert read(BUNDLE, build)["commits_not_in_build"].value == 0

    @pytest.mark.parametrize(
        ("build", "reason"),
        [
            ("", GapReason.MISSING),
            (IDS[1][:6], GapReason.MISSING),
            ("f" * 40, GapReason.MISSING),
            ("4.2.17", GapReason.MISSING),
            ([IDS[1], "4.2.16"], GapReason.MIXED_SUBJECTS),
        ],
    )
    def test_a_build_that_is_no_one_commit_is_a_gap(self, build, reason):
        """The history of another repository says nothing about this build."""
        answers = read(BUNDLE, build, frozen_at="2027-04-07", tag="v4.2.16")

        for name in ("build_on_branch", "build_committed", "commits_not_in_build", "tag_on_build"):
            assert answers[name].gap is reason
        assert answers["commits_since_freeze"].value == 1

    def test_a_tag_that_is_called_like_another_commit_is_a_gap(self):
        """A person who may push a tag could else choose the commit."""
        data = on_main(GOOD, IDS[2], **{IDS[1][:7]: IDS[2]})

        assert read(data, IDS[1][:7])["build_on_branch"].gap is GapReason.MIXED_SUBJECTS

    def test_a_build_of_another_branch_is_not_on_this_one(self):
        """It was built from what nobody released."""
        made, ids = good()
        aside = made.commit(ids[0], at=day(6))
        answers = read(made.bundle({"refs/heads/main": ids[2], "refs/heads/x": aside}), aside)

        assert answers["build_on_branch"].value is False
        assert answers["commits_not_in_build"].value == 2

    def test_two_ids_that_begin_alike_are_a_gap(self, monkeypatch):
        """Neither is the build for sure."""
        monkeypatch.setattr("gonogo.collectors.system.git.named_commits._SHORTEST", 0)

        assert read(BUNDLE, "")["build_on_branch"].gap is GapReason.MISSING
        made = Made()
        ids = made.chain(*(day(1, hour) for hour in range(20)))
        twice = next(each[0] for each in ids if sum(other[0] == each[0] for other in ids) > 1)
        assert read(on_main(made, ids[-1]), twice)["build_on_branch"].gap is GapReason.MIXED_SUBJECTS


class TestTheClone:
    @pytest.mark.parametrize("remote", ["origin", "upstream"])
    @pytest.mark.parametrize(("here", "there", "stale"), [(1, 2, True), (2, 2, False), (2, 1, False)])
    def test_a_branch_that_was_not_pulled_is_a_gap(self, here, there, stale, remote):
        """Commits after the freeze are on a remote's branch; the clone's own branch of that name ends before them."""
        made = Made()
        ids = made.chain(day(1), day(2), day(3))
        data = made.bundle({"refs/heads/main": ids[here], f"refs/remotes/{remote}/main": ids[there]})
        if not stale:
            assert read(data, ids[1])["commits_not_in_build"].value == here - 1
            return

        with pytest.raises(CollectorRefusal, match="commits on it that the clone's branch does not; pull the branch"):
            read(data, ids[1])

    @pytest.mark.parametrize("loose", ["HEAD", "refs/remotes/origin/HEAD"])
    @pytest.mark.parametrize(
        ("at", "named", "stale"), [(2, False, True), (2, True, False), (1, False, False), (0, False, False)]
    )
    def test_commits_on_no_branch_are_a_gap(self, loose, at, named, stale):
        """The last fix was committed on a detached HEAD, or lies on the branch that the remote calls its own."""
        made = Made()
        ids = made.chain(day(1), day(2), day(3))
        refs = {"refs/heads/main": ids[1], loose: ids[at]} | ({"refs/heads/work": ids[at]} if named else {})
        data = made.bundle(refs)
        if not stale:
            assert read(data, ids[1])["commits_not_in_build"].value == 0
            return

        with pytest.raises(CollectorRefusal, match="a commit that was checked out, has commits on it that the clone's"):
            read(data, ids[1])

    def test_a_work_branch_of_the_remote_is_no_part_of_the_released_one(self):
        """Many remotes call the branch of daily work their own."""
        made = Made()
        ids = made.chain(day(1), day(2), day(3))
        work = dict.fromkeys(("refs/remotes/origin/HEAD", "refs/remotes/origin/develop"), ids[2])

        assert read(made.bundle({"refs/heads/main": ids[1]} | work), ids[1])["commits_not_in_build"].value == 0


class TestTheTag:
    @pytest.mark.parametrize(
        ("text", "signed"),
        [
            ("Release\n", False),
            ("-----BEGIN PGP SIGNATURE-----\nx\n", True),
            ("Release\n-----BEGIN SSH SIGNATURE-----\nx\n", True),
            ("Release\n-----BEGIN SIGNED MESSAGE-----\nx\n", True),
            ("It has no -----BEGIN PGP SIGNATURE-----\n", False),
        ],
    )
    def test_an_annotated_tag_may_carry_a_signature(self, text, signed):
        """What a message quotes in a sentence is none."""
        made, ids = good()
        answers = read(on_main(made, ids[2], release=made.tag("release", ids[2], text)), ids[2], tag="release")

        assert answers["tag_on_build"].value is True
        assert answers["tag_annotated"].value is True
        assert answers["tag_carries_signature"].value is signed

    def test_a_plain_tag_is_a_name_for_a_commit_and_no_more(self):
        """Nobody knows who set it, or when."""
        answers = read(BUNDLE, IDS[1], tag="v4.2.16")

        assert [answers[f"tag_{name}"].value for name in ("on_build", "annotated", "carries_signature")] == [False] * 3

    @pytest.mark.parametrize("plain", [True, False])
    def test_a_plain_tag_from_which_something_is_counted_is_told_as_one(self, plain):
        """Moved to a later commit it makes what was never reviewed part of the release before."""
        made, ids = good()
        data = on_main(made, ids[2], v1=ids[0] if plain else made.tag("v1", ids[0]))
        answers = read(data, ids[2], tag="v1", since="v1", frozen_from="v1")
        told = "v1 (a plain tag: nothing shows who set it, or whether it stood elsewhere before)"

        for fact in ("tag_on_build", "unreviewed_commits", "commits_since_freeze"):
            assert (told in answers[fact].where) is plain
            assert "v1" in answers[fact].where
        by_commit = read(data, ids[2], since=ids[0], frozen_from=ids[0])
        assert "plain tag" not in by_commit["unreviewed_commits"].where

    def test_a_tag_of_a_tag_names_its_commit(self):
        """git allows it."""
        made, ids = good()
        outer = made.tag("outer", made.tag("inner", ids[2]))

        assert read(on_main(made, ids[2], outer=outer), ids[2], tag="outer")["tag_on_build"].value is True

    def test_a_tag_that_calls_itself_otherwise_was_moved(self):
        """The object of another tag lies under the name of the release, or of the release before."""
        made = Made()
        ids = made.chain(day(1), day(2), day(3))
        of_two, of_one = made.tag("v2", ids[1]), made.tag("v1", ids[0])

        moved = read(on_main(made, ids[2], v1=of_two, v3=ids[2]), ids[2], tag="v1", since="v1")
        assert moved["tag_on_build"].detail.endswith(
            "holds under the name v1 a tag that calls itself v2; name that one"
        )
        assert moved["tag_annotated"].gap
        assert moved["unreviewed_commits"].gap
        assert moved["build_on_branch"].value is True
        right = read(on_main(made, ids[2], v1=of_one), ids[2], since="v1")
        assert right["unreviewed_commits"].value == 2

    def test_a_tag_that_is_not_there_is_missing(self):
        """It may have been left out of the bundle."""
        answers = read(BUNDLE, IDS[2], tag="v9")

        assert answers["tag_annotated"].gap is GapReason.MISSING
        assert answers["tag_annotated"].detail == "history.bundle holds no tag v9; make the bundle with --all"


class TestTheFreeze:
    @pytest.mark.parametrize(
        ("frozen", "count"),
        [("2027-04-09T08:00", 0), ("2027-04-09T07:59", 1), ("2027-04-05T07:59", 2), ("2027-04-05T08:00", 1)],
    )
    def test_a_commit_after_the_freeze_counts(self, frozen, count):
        """Noon in UTC is eight in Washington; a commit of that very moment is not after it."""
        answer = read(BUNDLE, frozen_at=frozen)["commits_since_freeze"]

        assert answer.value == count
        assert answer.open_items == tuple(each[:12] for each in (IDS[2], IDS[1])[:count])

    def test_a_commit_with_an_old_time_on_top_of_late_ones_counts(self):
        """A clock is easily set back; the order of commits is not."""
        made = Made()
        ids = made.chain(day(1), day(9), day(2))

        assert read(on_main(made, ids[2]), frozen_at="2027-04-05")["commits_since_freeze"].value == 2

    def test_a_merge_after_the_freeze_counts_with_what_it_brought(self):
        """Work done before the freeze and merged after it is new on the branch."""
        made, ids = good()
        aside = made.chain(day(2), day(3), start=ids[0])
        merge = made.commit(ids[1], aside[-1], at=day(10))

        answers = read(on_main(made, merge), frozen_at="2027-04-07")
        assert answers["commits_since_freeze"].value == 3
        assert answers["commits_since_freeze"].open_items[0] == merge[:12]

    def test_if_everything_is_later_everything_counts(self):
        """Then nothing says either how the guarded files were."""
        answers = read(BUNDLE, frozen_at="2027-03-01", guarded=["a.txt"])

        assert answers["commits_since_freeze"].value == 3
        assert answers["guarded_files_changed"].gap is GapReason.NOT_PROVABLE

    @pytest.mark.parametrize(("minutes", "gap"), [(-1, None), (0, None), (1, GapReason.NOT_PROVABLE)])
    def test_a_freeze_that_is_ahead_is_a_gap(self, minutes, gap):
        """No commit after it is no good news yet."""
        moment = SAMPLE_NOW + timedelta(minutes=minutes)

        assert read(BUNDLE, frozen_at=moment.isoformat())["commits_since_freeze"].gap is gap

    def test_a_tag_or_commit_says_it_without_a_clock(self):
        """No time is compared then."""
        data = on_main(GOOD, IDS[2], freeze=IDS[0])

        for name in ("freeze", IDS[0], IDS[0][:9]):
            assert read(data, frozen_from=name)["commits_since_freeze"].value == 2

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("nowhere", "is no tag and no commit"),
            ("other", "is not on the branch main"),
            (IDS[1][:8], "names several commits"),
        ],
    )
    def test_a_freeze_that_is_not_on_the_branch_is_a_gap(self, name, sentence):
        """Everything would be later, or nothing."""
        made, ids = good()
        data = on_main(made, ids[2], other=made.commit(ids[0], at=day(3)), **{ids[1][:8]: ids[0]})

        assert sentence in read(data, frozen_from=name)["commits_since_freeze"].detail


class TestGuardedFiles:
    BEFORE: ClassVar = {"db/1.sql": "1", "db/2.sql": "2", "app/x.py": "x", "conf.yaml": "c"}

    def changed(self, after: dict[str, str], *guarded: str):
        made = Made()
        ids = [made.commit(at=day(1), files=self.BEFORE)]
        ids.append(made.commit(ids[0], at=day(9), files=after))
        return read(on_main(made, ids[1]), frozen_at="2027-04-05", guarded=guarded)["guarded_files_changed"]

    @pytest.mark.parametrize(
        ("after", "found"),
        [
            ({}, ()),
            ({"app/x.py": "y"}, ()),
            ({"db/1.sql": "9"}, ("db/1.sql",)),
            ({"db/more/3.sql": "3", "conf.yaml": "d"}, ("conf.yaml", "db/more/3.sql")),
            ({"db/2.sql": None}, ("db/2.sql",)),
            ({"db/2.sql": None, "db/2.sql/x": "2"}, ("db/2.sql", "db/2.sql/x")),
            ({"conf.yaml": None}, ("conf.yaml",)),
        ],
    )
    def test_files_that_are_new_other_or_gone_are_named(self, after, found):
        """What goes live is what is in the tree."""
        files = {name: text for name, text in (self.BEFORE | after).items() if text is not None}
        answer = self.changed(files, "db", "conf.yaml")

        assert (answer.value, answer.open_items) == (len(found), found)

    @pytest.mark.parametrize("path", ["migrations", "migrations/old", "db/old/1.sql", "conf.yaml/db"])
    def test_a_path_that_never_was_is_missing(self, path):
        """A misspelt folder never changes, and below a file there is none."""
        answer = self.changed(self.BEFORE, "db", path)

        assert (answer.gap, answer.detail) == (
            GapReason.MISSING,
            f"{path} is not on the branch, now or when it was frozen",
        )

    def trees(self, before: bytes, after: bytes):
        """What is said of two folders that are made byte by byte."""
        made = Made()
        ids: list[str] = []
        for number, content in ((1, before), (9, after)):
            root = made.put("tree", b"40000 db\0" + bytes.fromhex(made.put("tree", content)))
            plain = made.objects[made.commit(*ids, at=day(number))][1]
            ids = [made.put("commit", plain.replace(made.tree({"a.txt": "a"}).encode(), root.encode()))]
        return read(on_main(made, ids[0]), frozen_at="2027-04-05", guarded=["db"])["guarded_files_changed"]

    @pytest.mark.parametrize("mode", [b"100755", b"120000", b"160000"])
    def test_a_file_that_may_be_run_now_or_is_a_link_is_another_one(self, mode):
        """Its content is the same, and what it does when it is installed is not."""
        entry = b"%s run.sh\0" + bytes.fromhex("ab" * 20)
        answer = self.trees(entry % b"100644", entry % mode)

        assert (answer.value, answer.open_items) == (1, ("db/run.sh",))

    def test_a_zero_before_the_mode_of_a_folder_says_nothing(self):
        """Old tools wrote 040000."""
        below = Made().put("tree", b"")
        entry = b"%s more\0" + bytes.fromhex(below)

        assert self.trees(entry % b"40000", entry % b"040000").value == 0

    @pytest.mark.parametrize(
        "damaged",
        [
            b"100644 a",
            b"100644\0" + bytes(20),
            b"100644 \0" + bytes(20),
            b"100644 a/b\0" + bytes(20),
            b"100644 a\0" + bytes(19),
            b"100644 a\0" + bytes(20) + b"100644 b\0" + bytes(19),
        ],
    )
    def test_a_folder_that_cannot_be_read_is_a_gap(self, damaged):
        """What is cut off may be the file that changed; an id of twenty bytes is whole."""
        answer = self.trees(b"100644 a\0" + bytes(20), damaged)

        assert (answer.gap, "has a folder that cannot be read" in answer.detail) == (GapReason.MALFORMED, True)
        assert self.trees(b"100644 a\0" + bytes(20), b"100644 a\0" + bytes(20)).value == 0

    def test_a_folder_that_a_partial_clone_lacks_is_a_gap(self):
        """`--filter=tree:0` leaves folders out."""
        made = Made()
        ids = [made.commit(at=day(1), files=self.BEFORE)]
        ids.append(made.commit(ids[0], at=day(9), files=self.BEFORE | {"db/1.sql": "9"}))
        trees = [name for name, (kind, _) in made.objects.items() if kind == "tree"]

        answers = read(made.bundle({"refs/heads/main": ids[1]}, without=trees), frozen_at="2027-04-05", guarded=["db"])

        assert answers["commits_since_freeze"].value == 1
        assert answers["guarded_files_changed"].gap is GapReason.NOT_PROVABLE
        assert "does not hold the folders of a commit" in answers["guarded_files_changed"].detail

    def test_names_that_no_terminal_should_print_are_made_harmless(self):
        """A path of a repository is anybody's text."""
        answer = self.changed(self.BEFORE | {"db/\x1b[31m\n": "x"}, "db")

        assert answer.open_items == ("db/?[31m?",)


class TestChangesAndReviews:
    def found(self, *commits: dict, files=None, **settings):
        made = Made()
        start = at = made.commit(at=day(1))
        for number, commit in enumerate(commits):
            at = made.commit(at, at=day(2, number), **commit)
        wanted = {"since": start, "frozen_from": start, "change": "HARB-[0-9]+"} | settings
        return read(on_main(made, at), at, more=files or {}, **wanted)

    @pytest.mark.parametrize(("approved", "named"), [((), 2), (("harb-12", "HARB-1"), 1), (("HARB-1",), 0)])
    def test_a_message_names_its_change(self, approved, named):
        """Anywhere in it, and one that was approved if somebody says which were."""
        messages = ["HARB-12 rates", "rates\n\nPart of HARB-13 or HARB-14.", "harb-14", "HARB-", "quick fix"]
        files = {
            "approved": ("changes.csv", "\n".join(["Key,Follows", *(f"{each},HARB-13" for each in approved)]).encode())
        }
        more = {"files": files, "approved": "Key"} if approved else {}
        answers = self.found(*({"message": text} for text in messages), **more)

        assert (answers["change_named_ratio"].part, answers["change_named_ratio"].whole) == (named, 5)
        assert answers["unapproved_since_freeze"].value == 5 - named
        assert len(answers["unapproved_since_freeze"].open_items) == 5 - named

    @pytest.mark.parametrize(
        ("message", "unnamed"),
        [("[harb-1] x", 0), ("x [HARB-2] [HARB-1]", 0), ("[HARB-2] x", 1), ("HARB-1 x", 1), ("[] x", 1)],
    )
    def test_the_group_of_the_pattern_is_the_name(self, message, unnamed):
        """Brackets around a name are not in the list of approved changes."""
        files = {"approved": ("changes.csv", b"Key\nHARB-1\n")}
        answers = self.found({"message": message}, files=files, approved="Key", change=r"(?i)\[(HARB-[0-9]+)?\]")

        assert answers["unapproved_since_freeze"].value == unnamed

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            (b"Key\n", "no approved change"),
            (b"Key,Status\n ,HARB-1\n", "no approved change"),
            (b"Id\nHARB-1\n", "does not have the column Key once"),
            (b"Key,Key\nHARB-1,HARB-2\n", "does not have the column Key once"),
            (b"Key,Status\nHARB-1\n", "line 2, has 1 columns; the header has 2"),
            (b"Key\n\xff\n", "not UTF-8 at byte 4"),
            (b'Key\n"HARB-1\n', "not strict CSV"),
            (b"", "does not have the column Key once"),
        ],
    )
    def test_a_list_of_approved_changes_that_cannot_be_read_is_refused(self, text, sentence):
        """Else every change would count, or none."""
        with pytest.raises(CollectorRefusal, match=sentence):
            self.found({"message": "HARB-1"}, files={"approved": ("changes.csv", text)}, approved="Key")

    def test_a_list_and_its_column_go_together(self):
        """A list that nobody looks at approves nothing."""
        with pytest.raises(CollectorRefusal, match="give both"):
            self.found({"message": "HARB-1"}, files={"approved": ("changes.csv", b"Key\nHARB-1\n")})
        with pytest.raises(CollectorRefusal, match="give both"):
            self.found({"message": "HARB-1"}, approved="Key")

    def test_an_older_list_of_approved_changes_makes_the_answers_older(self):
        """What it approves is known for its day only."""
        files = {"approved": ("changes.csv", b"Key\nHARB-1\n")}
        answers = self.found(
            {"message": "HARB-1"}, files=files, approved="Key", as_of={"approved": day(1), "file": None}
        )

        assert answers["unreviewed_commits"].as_of == day(1)

    def test_a_release_without_commits_of_its_own_is_a_gap(self):
        """None unreviewed of none is no good news."""
        answers = self.found()

        assert answers["unreviewed_commits"].gap is GapReason.NOT_PROVABLE
        assert answers["change_named_ratio"].gap is GapReason.NOT_PROVABLE
        assert read(BUNDLE, since=IDS[0])["unreviewed_commits"].gap is GapReason.MISSING

    @pytest.mark.parametrize(
        ("message", "counts"),
        [
            ("x\n\nReviewed-by: Ben <ben@agency.example>", True),
            ("x\n\nwhy\n\nHARB: 1\nREVIEWED-BY: Ben <ben@agency.example>\n", True),
            ("x\n\nReviewed-by: Ada Kirsch <ADA@agency.example>", False),
            ("x\n\nReviewed-by: Ada Kirsch <ada+review@agency.example>", False),
            ("x\n\nReviewed-by: Ben <ben+review@agency.example>", True),
            ("x\n\nReviewed-by: nobody <none>", False),
            ("x\n\nReviewed-by: <ben@agency.example>", True),
            ("x\n\nReviewed-by: ada  KIRSCH <ada.kirsch@home.example>", False),
            ("x\n\nReviewed-by: Ada <ada.smith@agency.example>", True),
            ("x\n\nReviewed-by: Kirsch, Ada <ak@contractor.example>", False),
            ("x\n\nCo-authored-by: Ben <ben@agency.example>\nReviewed-by: Ben <ben@agency.example>", False),
            ("x\n\nco-authored-by: Ben <ben@agency.example>\n\nReviewed-by: Ben <ben@agency.example>", False),
            ("x\n\nCo-authored-by: Cy <cy@agency.example>\nReviewed-by: Ben <ben@agency.example>", True),
            ("x\n\nReviewed-by: CI <ci@agency.example>\nReviewed-by: Ben <ben@agency.example>", True),
            ("x\n\nReviewed-by: Ben", False),
            ("x\n\nReviewed-by: Ben <ben@agency.example>\n\nnot the last lines", False),
            ("Reviewed-by: Ben <ben@agency.example>", False),
            ("x\n\nAcked-by: Ben <ben@agency.example>", False),
            ("x", False),
        ],
    )
    def test_a_reviewer_is_somebody_else_in_the_last_lines(self, message, counts):
        """An author who reviews the own change is no reviewer."""
        assert self.found({"message": message})["unreviewed_commits"].value == 1 - counts

    @pytest.mark.parametrize(
        ("others", "files", "counts"),
        [
            ([], {"a": "x"}, True),
            (["old"], {"a": "x"}, True),
            (["same"], {"a": "x"}, True),
            (["ahead"], {"a": "x"}, True),
            (["ahead"], {"a": "ahead"}, False),
            (["aside"], {"a": "x"}, True),
            (["other"], {"a": "first", "b": "other"}, False),
            (["other"], {"a": "first", "b": "y"}, True),
            (["other"], {"a": "first"}, True),
            (["other"], {"a": "first", "b": "other", "c": "more"}, True),
            (["other", "aside"], {"a": "first", "b": "other"}, True),
        ],
    )
    def test_a_merge_that_only_joins_is_no_change_of_its_own(self, others, files, counts):
        """A second parent that brings nothing made any commit a merge, which nobody has to review."""
        made = Made()
        start = made.commit(at=day(1), files={"a": "start"})
        first = made.commit(start, at=day(2), files={"a": "first"})
        lines = {
            "old": start,
            "same": first,
            "ahead": made.commit(first, at=day(2, 18), files={"a": "ahead"}),
            "aside": made.commit(start, at=day(2, 18), files={"a": "aside"}),
            "other": made.commit(start, at=day(2, 20), files={"a": "start", "b": "other"}),
        }
        merge = made.commit(first, *(lines[each] for each in others), at=day(3), files=files)
        answers = read(on_main(made, merge), merge, since=start)

        brought = len({"ahead", "aside", "other"} & set(others))
        assert answers["unreviewed_commits"].value == 1 + brought + counts

    def test_lines_that_both_sides_changed_are_put_together(self):
        """What both lines changed elsewhere in one file is joined by git; where they meet, somebody decided."""
        made = Made()
        text = [f"{number}\n" for number in range(9)]

        def with_line(*at: int) -> str:
            return "".join("new\n" if number in at else line for number, line in enumerate(text))

        start = made.commit(at=day(1), files={"a": "".join(text)})
        for mine, theirs, result, counts in (
            ((1,), (7,), (1, 7), 0),
            ((1,), (7,), (1, 5, 7), 1),
            ((1,), (7,), (1,), 1),
            ((1,), (3,), (1, 3), 0),
            ((1,), (2,), (1, 2), 1),
            ((1,), (1,), (1,), 0),
        ):
            one, other = (
                made.commit(start, at=day(2, hour), files={"a": with_line(*at)})
                for hour, at in ((1, mine), (2, theirs))
            )
            merge = made.commit(one, other, at=day(3), files={"a": with_line(*result)}, message=f"{result}")
            answers = read(on_main(made, merge), merge, since=start)

            assert answers["unreviewed_commits"].value == 2 + counts, (mine, theirs, result)

    def test_without_the_contents_of_files_nobody_knows_what_joining_gives(self):
        """A bundle made with --filter=blob:none; then somebody has to have reviewed the merge."""
        made = Made()
        start = made.commit(at=day(1), files={"a": "1\n2\n3\n", "b": "b"})
        one = made.commit(start, at=day(2, 1), files={"a": "x\n2\n3\n", "b": "b"})
        other = made.commit(start, at=day(2, 2), files={"a": "1\n2\ny\n", "b": "b"})
        merge = made.commit(one, other, at=day(3), files={"a": "x\n2\ny\n", "b": "b"})
        blobs = [name for name, (kind, _) in made.objects.items() if kind == "blob"]
        whole = made.bundle({"refs/heads/main": merge})
        partial = made.bundle({"refs/heads/main": merge}, without=blobs)

        assert read(whole, merge, since=start)["unreviewed_commits"].value == 2
        assert read(partial, merge, since=start)["unreviewed_commits"].value == 3

    @pytest.mark.parametrize(
        ("name", "limit", "counts"), [("LARGEST_FILE", 5, 1), ("MOST_OF_FILES", 5, 1), ("LARGEST_FILE", 6, 0)]
    )
    def test_large_files_are_not_put_together(self, monkeypatch, name, limit, counts):
        """Somebody looks at such a merge."""
        monkeypatch.setattr(f"gonogo.collectors.system.git.pack.{name}", limit)
        made = Made()
        start = made.commit(at=day(1), files={"a": "1\n2\n3\n"})
        one = made.commit(start, at=day(2, 1), files={"a": "x\n2\n3\n"})
        other = made.commit(start, at=day(2, 2), files={"a": "1\n2\ny\n"})
        merge = made.commit(one, other, at=day(3), files={"a": "x\n2\ny\n"})

        assert read(on_main(made, merge), merge, since=start)["unreviewed_commits"].value == 2 + counts

    def test_a_merge_of_lines_that_parted_twice_joins_by_either(self):
        """Two lines were joined crosswise before, so they parted at two commits."""
        made = Made()
        start = made.commit(at=day(1), files={"a": "s"})
        one = made.commit(start, at=day(2, 1), files={"a": "s", "b": "1"})
        two = made.commit(start, at=day(2, 2), files={"a": "s", "c": "2"})
        left = made.commit(one, two, at=day(2, 3), files={"a": "s", "b": "1", "c": "2"})
        right = made.commit(two, one, at=day(2, 4), files={"a": "s", "b": "1", "c": "2"}, message="again")
        last = made.commit(right, at=day(2, 5), files={"a": "s", "b": "1", "c": "3"})
        merge = made.commit(left, last, at=day(3), files={"a": "s", "b": "1", "c": "3"})

        assert read(on_main(made, merge), merge, since=start)["unreviewed_commits"].value == 3

    def test_a_time_that_was_set_back_is_as_late_as_the_author_says(self):
        """`git commit` with an older committer's date put a change before the freeze."""
        for minutes, later in ((-1, 0), (0, 0), (1, 1)):
            made, freeze = Made(), day(3)
            start = made.commit(at=day(1))
            end = made.commit(start, at=day(2), authored=freeze + timedelta(minutes=minutes))
            found = read(on_main(made, end), end, frozen_at=freeze.isoformat())
            assert found["commits_since_freeze"].value == later

    @pytest.mark.parametrize(
        ("rows", "refused"),
        [
            ("Change,Status\nHARB-1,Approved\nHARB-2,Rejected\n", True),
            ("Change,Approval\nHARB-1,Approved\nHARB-2,Not Approved\n", True),
            ("Change,State\nHARB-1,Closed Complete\nHARB-2,\n", True),
            ("Change,Decision\nHARB-1,Approved\nHARB-2,Draft\n", True),
            ("Change,State\nHARB-1,Closed Complete\nHARB-2,Scheduled\n", False),
            ("Change,Status\nHARB-1,Approved\n,Rejected\n", False),
            ("Change,Risk\nHARB-1,High\nHARB-2,Rejected\n", False),
        ],
    )
    def test_a_list_with_a_change_that_is_not_approved_approves_nothing(self, rows, refused):
        """An export of all changes looks like one of the approved ones, but for a column that nobody read."""
        more = {"files": {"approved": ("changes.csv", rows.encode())}, "approved": "Change"}
        if not refused:
            assert self.found({"message": "HARB-1 rates"}, **more)["unapproved_since_freeze"].value == 0
            return
        with pytest.raises(CollectorRefusal, match="export the approved changes alone"):
            self.found({"message": "HARB-1 rates"}, **more)

    def test_the_release_before_is_part_of_the_build(self):
        """A commit of a side branch that holds what nobody reviewed made the span shorter."""
        made = Made()
        start = made.commit(at=day(1))
        new = made.commit(start, at=day(2))
        aside = made.commit(new, at=day(3))
        end = made.commit(new, at=day(4))
        for since, told in ((aside, f"say since: {new[:12]}"), (made.commit(at=day(1, 5)), "is not part of the build")):
            found = read(made.bundle({"refs/heads/main": end, "refs/heads/aside": since}), end, since=since)
            assert found["unreviewed_commits"].gap is GapReason.NOT_PROVABLE
            assert told in found["unreviewed_commits"].detail
        assert read(on_main(made, end), end, since=new)["unreviewed_commits"].value == 1
        assert read(on_main(made, end), end, since=start)["unreviewed_commits"].value == 2

    def test_other_lines_may_name_reviewers(self):
        """Gerrit, GitLab and the kernel have their own."""
        message = {"message": "x\n\nAcked-by: Ben <ben@agency.example>"}

        assert self.found(message, trailers=["Acked-by"])["unreviewed_commits"].value == 0

    def test_a_release_of_merges_alone_is_a_gap(self):
        """No commit that is counted is in it, and none unreviewed of none is no good news."""
        made = Made()
        start = made.commit(at=day(1))
        aside = made.commit(start, at=day(2))
        merge = made.commit(start, aside, at=day(3), message="Merge")
        answers = read(on_main(made, merge), merge, since=aside, frozen_from=start, change="HARB-[0-9]+")

        assert answers["unreviewed_commits"].gap is GapReason.NOT_PROVABLE
        assert answers["change_named_ratio"].gap is GapReason.NOT_PROVABLE

    def test_a_change_is_named_in_the_message_and_not_in_an_address(self):
        """An account may be called after a project."""
        answers = self.found({"message": "quick fix", "by": "HARB-1@agency.example"})

        assert answers["unapproved_since_freeze"].value == 1

    @pytest.mark.parametrize(("merged_by", "part"), [("ben@agency.example", 2), ("ada@agency.example", 0), ("", 0)])
    def test_who_merges_the_work_of_others_reviews_it(self, merged_by, part):
        """As a pull request is merged by a second person; commits on the branch itself were merged by nobody."""
        made = Made()
        start = made.commit(at=day(1))
        aside = made.chain(day(2), day(3), start=start)
        direct = made.commit(start, at=day(4))
        merge = made.commit(direct, aside[-1], at=day(5), by=merged_by, message="Merge")
        answer = read(on_main(made, merge), merge, since=start)["unreviewed_commits"]

        assert answer.value == 3 - part
        assert direct[:12] in answer.open_items

    def test_who_merges_is_a_person(self):
        """A service merges what it is told to, and looks at nothing."""
        made = Made()
        start = made.commit(at=day(1))
        aside = made.commit(start, at=day(2))
        merge = made.commit(start, aside, at=day(3), by="ci-bot@agency.example", message="Merge")
        bundle = on_main(made, merge)

        assert read(bundle, merge, since=start)["unreviewed_commits"].value == 1
        known = {"persons": ["CI-bot@agency.example"]}
        assert read(bundle, merge, since=start, **known)["unreviewed_commits"].value == 0

    @pytest.mark.parametrize("machine", ["Ben", "ben@AGENCY.example"])
    def test_a_service_that_the_settings_name_reviews_nothing(self, machine):
        """Its name is the agency's own."""
        message = {"message": "x\n\nReviewed-by: Ben <ben+1@agency.example>"}

        assert self.found(message)["unreviewed_commits"].value == 0
        assert self.found(message, machines=[machine])["unreviewed_commits"].value == 1

    def test_a_merge_brings_only_what_was_not_on_the_branch_before(self):
        """Work aside often begins at the newest commit, which nobody has looked at for that."""
        made = Made()
        start = made.commit(at=day(1))
        earlier = made.commit(start, made.commit(start, at=day(2)), at=day(3), message="Merge")
        direct = made.commit(earlier, at=day(4))
        aside = made.commit(direct, at=day(5))
        merge = made.commit(direct, aside, at=day(6), by="ben@agency.example", message="Merge")
        answer = read(on_main(made, merge), merge, since=start)["unreviewed_commits"]

        assert answer.value == 2
        assert direct[:12] in answer.open_items
        assert aside[:12] not in answer.open_items

    def test_work_is_reviewed_by_who_merged_it_first(self):
        """A second merge that holds it too was no look at it; else the author's own merge would be healed later."""
        made = Made()
        start = made.commit(at=day(1))
        aside = made.commit(start, at=day(2))
        own = made.commit(start, aside, at=day(3), message="Merge")
        further = made.commit(aside, at=day(4))
        merge = made.commit(own, further, at=day(5), by="ben@agency.example", message="Merge")
        answer = read(on_main(made, merge), merge, since=start)["unreviewed_commits"]

        assert answer.open_items == (aside[:12],)

    def test_a_commit_without_an_address_is_reviewed_by_nobody_else(self):
        """An empty author differs from everybody."""
        message = "x\n\nReviewed-by: B <b@agency.example>"

        assert self.found({"message": message, "by": ""})["unreviewed_commits"].value == 1

    def test_names_of_people_are_in_no_answer(self):
        """Authors are personal data."""
        made, ids = good()
        answers = read(on_main(made, ids[2]), ids[2], since=ids[0], frozen_at="2027-04-02")

        assert "ada" not in repr(answers).lower()
        assert "kirsch" not in repr(answers).lower()


class TestWhatIsNotTheWholeHistory:
    def test_a_history_that_ends_too_early_is_a_gap(self):
        """A shallow clone has no ancestors; whether the build is one of them cannot be told."""
        with pytest.raises(CollectorRefusal, match="shallow clone") as refusal:
            read(GOOD.bundle({"refs/heads/main": IDS[2]}, without=[IDS[0]]), IDS[2])

        assert refusal.value.reason is GapReason.NOT_PROVABLE
        assert IDS[0][:12] in str(refusal.value)

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (BUNDLE.replace(b"bundle\n", b"bundle\n-" + IDS[0].encode() + b" HARB-1\n", 1), "only what came after"),
            (GOOD.bundle({"refs/heads/main": IDS[2], f"refs/replace/{IDS[0]}": IDS[1]}), "git replace"),
            (GOOD.bundle({"refs/heads/next": IDS[2]}), "no branch main, or nobody has committed to it; it holds next"),
            (GOOD.bundle({"refs/tags/main": IDS[2]}), "no branch at all"),
            (GOOD.bundle({"refs/heads/main": "0" * 40}), "names a commit that it holds"),
            (GOOD.bundle({"refs/heads/main": "0" * 40, "refs/heads/x": IDS[0]}), "ends where commit 000000000000"),
            (BUNDLE.replace(b"# v2", b"# v4"), "no git bundle of version 2 or 3"),
            (GOOD.bundle(head="# v3 git bundle\n@object-format=sha512", refs={"refs/heads/main": IDS[2]}), "not read"),
            (GOOD.bundle(head="# v2 git bundle\n@filter=blob:none", refs={"refs/heads/main": IDS[2]}), "no branch and"),
            (b"# v2 git bundle\n\n" + GOOD.pack(), "without commits"),
            (BUNDLE.replace(b"refs/tags/v4.2.16", b"refs/heads/main"), "names refs/heads/main twice"),
            (BUNDLE[:60], "ends before its objects"),
            (BUNDLE[:-1], "cut or damaged"),
            (BUNDLE.partition(b"PACK")[0] + b"JUNK", "no objects of git's pack format"),
        ],
    )
    def test_what_is_no_whole_bundle_is_refused(self, data, sentence):
        """Part of a history has fewer commits after the freeze."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(data, IDS[2])

    @pytest.mark.parametrize(("more", "fits"), [(-1, True), (0, True), (1, False)])
    def test_a_head_of_four_megabytes_is_read(self, more, fits):
        """A file of one line without end would be searched for ever."""
        first = f"# v2 git bundle\n{IDS[2]} refs/heads/"
        data = f"{first}{'m' * (LONGEST_HEAD - len(first) - 2 + more)}\n\n".encode()
        if fits:
            assert read_head(data, "x").objects_at == LONGEST_HEAD + more
        else:
            with pytest.raises(CollectorRefusal, match="cut, or its branches and tags take more than 4 MB"):
                read_head(data, "x")

    def test_of_many_branches_six_are_named(self):
        """A repository may have a thousand."""
        refs = {f"refs/heads/b{number}": IDS[2] for number in range(8)}

        with pytest.raises(CollectorRefusal, match=r"it holds b0, b1, b2, b3, b4, b5 and 2 more$"):
            read(GOOD.bundle(refs), IDS[2])
        with pytest.raises(CollectorRefusal, match=r"b5$"):
            read(GOOD.bundle(dict(list(refs.items())[:6])), IDS[2])

    def test_names_of_branches_are_not_repeated_for_a_source_of_personal_data(self):
        """People call branches after themselves."""
        with pytest.raises(CollectorRefusal) as refusal:
            read(GOOD.bundle({"refs/heads/ada-kirsch": IDS[2]}), IDS[2])

        assert "ada-kirsch" in str(refusal.value)
        assert refusal.value.told == "history.bundle holds no branch main, or nobody has committed to it"

    def test_a_repository_from_tomorrow_is_refused(self):
        """Its newest commit was made after the assessment."""
        made = Made()

        with pytest.raises(CollectorRefusal, match="after the assessment"):
            read(on_main(made, made.commit(at=day(20))))

    def test_it_held_when_the_newest_commit_of_any_branch_was_made(self):
        """The bundle cannot be older than that; a release branch is quiet on purpose."""
        made, ids = good()
        data = made.bundle({"refs/heads/main": ids[2], "refs/heads/next": made.commit(ids[2], at=day(17))})

        assert read(data, ids[2])["build_on_branch"].as_of == day(17)
        assert read(data, ids[2], as_of=day(18))["build_on_branch"].as_of == day(18)


class TestPacks:
    def one(self, *entries: bytes, count: int | None = None):
        head = f"# v2 git bundle\n{IDS[2]} refs/heads/main\n\n".encode()
        return read(head + sealed(entries, count=count), IDS[2])

    @pytest.mark.parametrize(
        ("entries", "sentence"),
        [
            ([packed(5, b"")], "of a kind that git does not have"),
            ([packed(3, b"abc", size=2)], "longer than it says"),
            ([packed(3, b"abc", size=4)], "shorter than it says"),
            ([packed(3, b"abc")[:-5]], "ends within an object"),
            ([b"\x33" + b"abc"], "cannot be unpacked"),
            ([b"\xb0" + b"\xff" * 30], "without its size"),
            ([packed(3, b"abc"), b"\x50more"], "of a kind"),
            ([packed(2, b"", size=2**26)], "67,108,864 bytes"),
            ([packed(6, b"x", b"\x01")], "made of one that is not there"),
            ([packed(7, b"x", b"\0" * 20)], "made of others by their id"),
            ([packed(1, b"base"), packed(6, b"\x05\x01\x01x", bytes([len(packed(1, b"base"))]))], "out of its parts"),
        ],
    )
    def test_what_is_no_object_is_refused(self, entries, sentence):
        """By a sentence, and never by a crash."""
        with pytest.raises(CollectorRefusal, match=sentence):
            self.one(*entries)

    @pytest.mark.parametrize(
        ("name", "limit", "sentence"),
        [
            ("MOST_OBJECTS", 5, "holds 7 objects, more than 5"),
            ("MOST_INFLATED", 2**10, "blob:none"),
            ("LARGEST_OBJECT", 100, "more than 100"),
        ],
    )
    def test_a_pack_that_is_too_large_is_refused(self, monkeypatch, name, limit, sentence):
        """A small file can unpack to any size."""
        monkeypatch.setattr(pack, name, limit)
        made = Made()
        ids = made.chain(*(day(1, hour) for hour in range(5)))
        with pytest.raises(CollectorRefusal, match=sentence):
            read(on_main(made, ids[-1]), ids[-1])

    def test_a_chain_of_changes_that_has_no_end_is_refused(self, monkeypatch):
        """git's own limit is 4,095."""
        monkeypatch.setattr(pack, "_DEEPEST", 3)
        monkeypatch.setattr(pack, "_CACHED", 0)
        entries = [packed(1, b"base")]
        for _ in range(3):
            entries.append(packed(6, b"\x04\x04\x90\x04", bytes([len(entries[-1])])))
        other = packed(1, b"other")
        with pytest.raises(CollectorRefusal, match="names a commit that it holds"):
            self.one(*entries, other)
        with pytest.raises(CollectorRefusal, match="too long"):
            self.one(*entries, other, packed(6, b"\x04\x04\x90\x04", bytes([len(entries[-1] + other)])))

    def test_more_or_fewer_objects_than_it_says_are_refused(self):
        """The rest would be read by nobody; the digest at the end is no object."""
        with pytest.raises(CollectorRefusal, match="more than its objects"):
            self.one(packed(3, b"a"), packed(3, b"b"), count=1)
        with pytest.raises(CollectorRefusal, match="an object without its size"):
            self.one(packed(3, b"a"), packed(3, b"b"), count=3)

    def test_folders_without_end_are_refused(self, monkeypatch):
        """Ten folders of ten equal folders, ten deep, are eleven objects and ten thousand million files."""
        monkeypatch.setattr("gonogo.collectors.system.git.tree_difference._MOST", 50)
        made = Made()
        below = made.put("tree", b"100644 f\0" + bytes.fromhex(made.put("blob", b"x")))
        for _ in range(3):
            below = made.put("tree", b"".join(b"40000 d%d\0" % n + bytes.fromhex(below) for n in range(10)))
        first = made.commit(at=day(1), files={"d0": "x"})
        bomb = made.objects[made.commit(first, at=day(9))][1].replace(
            made.tree({"a.txt": "a"}).encode(), below.encode()
        )
        answers = read(on_main(made, made.put("commit", bomb)), frozen_at="2027-04-05", guarded=["d0"])

        assert "would have to be compared" in answers["guarded_files_changed"].detail

    @pytest.mark.parametrize(
        "content",
        [b"", b"tree x\n\nm", b"tree x\ncommitter A <a> 99999999999999 +0000\n\nm", b"committer A <a> 1 +0000"],
    )
    def test_a_commit_without_a_folder_or_a_time_is_refused(self, content):
        """Whether it came after the freeze cannot be told."""
        made = Made()
        with pytest.raises(CollectorRefusal, match="has no tree, or no time"):
            read(on_main(made, made.put("commit", content)))

    @pytest.mark.parametrize(("seconds", "year"), [(0, 1970), (253_402_300_799, 9999)])
    def test_a_commit_of_any_time_that_there_is_can_be_read(self, seconds, year):
        """Imported histories begin in 1970."""
        made = Made()
        tree = made.tree({"a": "a"})
        made.put("commit", f"tree {tree}\nauthor A <a> 1 +0000\ncommitter A <a> {seconds} +0000\n\nm".encode())
        graph = CommitGraph(BundleHead({}, "sha1", 0), Pack(made.pack(), 0, "sha1", "x"), "x")

        assert [graph.commit(each).committed.year for each in made.objects if graph.is_commit(each)] == [year]

    def test_ids_of_sha256_are_read_too(self):
        """Repositories of `--object-format=sha256`."""
        made = Made("sha256")
        files = {"db/1.sql": "1"}
        ids = made.chain(day(1), day(9), files=files)
        answers = read(on_main(made, ids[1]), ids[0], frozen_at="2027-04-05", guarded=["db"])

        assert answers["commits_not_in_build"].value == 1
        assert answers["guarded_files_changed"].value == 0


class TestSettings:
    @pytest.mark.parametrize(
        ("settings", "sentence"),
        [
            ({"frozen_at": "soon"}, "is no day and no time"),
            ({"frozen_at": "2027-04-05", "frozen_from": "x"}, "not both"),
            ({"guarded": ["db"]}, "guarded needs the freeze"),
            ({"change": "HARB-[0-9]+"}, "needs the release before or the freeze"),
            ({"approved": "Key"}, "give change"),
            ({"change": "(", "since": "v4.2.16"}, "cannot be used"),
            ({"change": "(HARB)*", "since": "v4.2.16"}, "every commit would fit"),
            ({"machines": ["Ben@x.example"], "persons": ["ben@X.example"]}, "under machines too"),
        ],
    )
    def test_settings_that_contradict_themselves_are_refused(self, settings, sentence):
        """Before anything is read."""
        with pytest.raises(SettingsRefusal, match=sentence):
            read(BUNDLE, **settings)


class TestStart:
    @pytest.mark.parametrize(
        ("refs", "branch"),
        [
            ({"refs/heads/release/1": IDS[0], "refs/tags/x": IDS[1]}, "release/1"),
            ({"refs/heads/a": IDS[0], "refs/heads/b": IDS[1], "HEAD": IDS[1]}, "b"),
            ({"refs/heads/a": IDS[0], "refs/heads/b": IDS[0], "HEAD": IDS[0]}, None),
            ({"refs/heads/a": IDS[0], "refs/heads/b": IDS[1]}, None),
            ({"refs/tags/a": IDS[0]}, None),
        ],
    )
    def test_the_branch_is_proposed_if_the_bundle_shows_one(self, refs, branch):
        """A person checks it."""
        start = GitCollector().start(GOOD.bundle(refs), "h.bundle")

        assert (start.settings["branch"] if start else None) == branch
        assert GitCollector().start(b"junk", "h.bundle") is None

    def test_what_is_proposed_for_the_release_before_answers_nothing(self):
        """A person who confirms it blindly gets a gap that says what to give."""
        answers = read(BUNDLE, IDS[2], **GitCollector().start(BUNDLE, "h.bundle").settings)

        assert "TAG-OF-THE-RELEASE-BEFORE is no tag and no commit" in answers["unreviewed_commits"].detail
        assert answers["build_on_branch"].value is True


@pytest.mark.fuzz
def test_a_spoiled_bundle_shows_no_better_history():
    """No crash, and never fewer commits after the freeze; the pack's own digest is made to fit again."""
    made, ids = good()
    aside = made.chain(day(2), start=ids[0], files={"db/1.sql": "1"})
    head = made.commit(ids[2], aside[0], at=day(10), files={"db/1.sql": "2", "a.txt": "a"})
    tag = made.tag("v1", ids[2], "-----BEGIN PGP SIGNATURE-----\n")

    def look(data: bytes):
        begin = max(data.find(b"PACK"), 0)
        body = data[begin:-20]
        settings = {"frozen_at": "2027-04-07", "guarded": ["db"], "since": ids[0], "change": "HARB", "tag": "v1"}
        return read(data[:begin] + body + hashlib.sha1(body).digest(), head, as_of=SAMPLE_NOW, **settings)

    fewer = frozenset(["commits_since_freeze", "commits_not_in_build", "guarded_files_changed", "unreviewed_commits"])
    more = frozenset(["change_named_ratio", "build_on_branch", "tag_on_build", "tag_annotated"])

    def numbers(data: bytes):
        return {name: answer for name, answer in look(data).items() if name in fewer | more}

    data = made.bundle({"refs/heads/main": head, "refs/tags/v1": tag})
    assert no_better(numbers, data, fewer_is_better=fewer, more_is_better=more) == []
