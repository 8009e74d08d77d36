"""An archive holds the whole record, is equal for equal records, and becomes a log again."""

import json
import zipfile
from pathlib import Path

import pytest

from gonogo.archive.archive_reader import unpack_log
from gonogo.archive.archive_writer import Member, pack
from gonogo.archive.tool_digests import wheel_files
from gonogo.errors import GonogoError, IntegrityError, UsageError
from gonogo.signing.trust_file import read_trust
from gonogo.workflow.exporting import export_log

from .conftest import extend


def again(archive: Path, target: Path, harm) -> Path:
    """Return a copy of an archive whose members went through ``harm``: name and bytes in, name and bytes out."""
    with zipfile.ZipFile(archive) as packed, zipfile.ZipFile(target, "w") as made:
        for name in packed.namelist():
            for new, data in harm(name, packed.read(name)):
                made.writestr(new, data)
    return target


class TestContents:
    def test_every_file_of_the_log_is_in_it(self, export, folder):
        """Records, the last checkpoint, and each one that was signed."""
        with zipfile.ZipFile(export()) as packed:
            for name in ("000001.jsonl", "checkpoint", "checkpoints/7.dsse.json", "checkpoints/7.note"):
                assert packed.read(f"log/{name}") == (folder / name).read_bytes()

    def test_what_runs_name_by_digest_lies_beside_as_a_file(self, export):
        """A reader opens the rules without searching for their record."""
        with zipfile.ZipFile(export()) as packed:
            assert json.loads(packed.read(f"material/people-{'a' * 64}.json")) == {"seats": []}

    def test_what_a_link_leads_to_is_not_packed(self, export, folder, tmp_path):
        """An archive is handed to others: a link beside the log would carry any file of the machine out with it."""
        (tmp_path / "secret").write_text("of somebody else")
        (folder / "quarantine").mkdir(exist_ok=True)
        (folder / "quarantine" / "kept").symlink_to(tmp_path / "secret")
        (folder / "quarantine" / "torn").write_text("of this log")

        with zipfile.ZipFile(export()) as packed:
            assert [name for name in packed.namelist() if "quarantine" in name] == ["log/quarantine/torn"]

    def test_two_exports_of_one_record_are_equal(self, export):
        """Two people can compare theirs by one digest."""
        assert export("a.zip").read_bytes() == export("b.zip").read_bytes()

    def test_records_that_came_after_the_check_are_not_packed(self, folder, trust, tmp_path, gate):
        """A run may be recorded while the archive is made; only what was verified is exported."""
        from gonogo.archive.contents import Contents
        from gonogo.audit.verification import verify_log

        found = verify_log(folder)
        extend(folder, range(5, 7), gate)
        pack(tmp_path / "r.zip", Contents(folder, found, "log-1", trust, b"").members())

        with zipfile.ZipFile(tmp_path / "r.zip") as packed:
            assert packed.read("log/000001.jsonl").count(b"\n") == 7
            named = [name for name in packed.namelist() if name == "log/checkpoint" or "checkpoints/" in name]
            assert named == ["log/checkpoints/7.dsse.json", "log/checkpoints/7.note"]
            packed.extractall(tmp_path / "unpacked")
        again = verify_log(tmp_path / "unpacked" / "log", trust=trust)
        assert (again.sound, again.records) == (True, 7)

    def test_keys_of_nobody_sign_no_export(self, folder, trust, export):
        """Exported with the trust file of another program, the page would vouch for a key that it does not know."""
        strange = trust.model_copy(update={"keys": trust.keys[1:]})

        with pytest.raises(IntegrityError, match="not signed by any key"):
            export(trusted=strange)

    def test_kept_sources_are_packed_only_where_they_are_asked_for(self, folder, export):
        """They may hold personal data."""
        kept = folder / "blobs/ab" / ("ab" + "0" * 62)
        kept.parent.mkdir(parents=True)
        kept.write_bytes(b"x")

        with zipfile.ZipFile(export("a.zip")) as without, zipfile.ZipFile(export("b.zip", sources=True)) as having:
            assert set(having.namelist()) - set(without.namelist()) == {f"log/blobs/ab/{kept.name}"}

    def test_what_made_the_record_is_named(self, export):
        """Each distribution by version and by the digest of its list of files."""
        with zipfile.ZipFile(export()) as packed:
            found = {each["name"] for each in json.loads(packed.read("tool.json"))["distributions"]}

        assert {"gonogo", "pydantic", "PyYAML", "icalendar"} <= found

    def test_the_trust_file_can_be_read_where_it_was_unpacked(self, folder, gate, tmp_path):
        """`gonogo log verify log --trust trust/trust.yaml` is what the reader of an archive types next."""
        (tmp_path / "keys").mkdir()
        (tmp_path / "keys/gate.pub.pem").write_bytes(gate.public.pem)
        said = "schema: 1\nprogram: p\nlock: none\nkeys:\n  - {id: gate-2027, kind: log, public: ./keys/gate.pub.pem, "
        (tmp_path / "trust.yaml").write_text(said + "from: 2026-01-01, until: 2028-12-31}\n")

        export_log(folder, tmp_path / "r.zip", trust_file=tmp_path / "trust.yaml")

        with zipfile.ZipFile(tmp_path / "r.zip") as packed:
            packed.extractall(tmp_path / "there")
        assert read_trust(tmp_path / "there/trust/trust.yaml") == read_trust(tmp_path / "trust.yaml")


class TestWheelFiles:
    WHEEL = "b.py,sha256=B,2\na.py,sha256=A,1\na-1.dist-info/METADATA,sha256=M,3\na-1.data/scripts/a,sha256=S,4\n"
    NOTED = "a-1.dist-info/RECORD,,\na-1.dist-info/INSTALLER,sha256=I,4\na-1.dist-info/uv_cache.json,sha256=U,1\n"
    MADE = "../../../bin/a,sha256=S,4\n__pycache__/a.cpython-311.pyc,,\na-1.dist-info/direct_url.json,sha256=D,9\n"

    def test_an_installation_and_its_wheel_give_the_same_lines(self):
        """Otherwise nobody can say from which wheel the tool was installed."""
        installed = "\r\n".join((self.NOTED + self.MADE).splitlines() + sorted(self.WHEEL.splitlines()))

        assert wheel_files(installed) == wheel_files(self.WHEEL)
        assert wheel_files(self.WHEEL) == b"a-1.dist-info/METADATA,sha256=M,3\na.py,sha256=A,1\nb.py,sha256=B,2\n"

    @pytest.mark.parametrize("harm", [("sha256=A", "sha256=X"), ("a.py", "x.py"), ("b.py,sha256=B,2\n", "")])
    def test_another_file_gives_other_lines(self, harm):
        """A changed, renamed or dropped file is another wheel."""
        assert wheel_files(self.WHEEL.replace(*harm)) != wheel_files(self.WHEEL)


class TestPack:
    def test_an_archive_is_never_replaced(self, tmp_path):
        """It may be the only copy of an earlier record."""
        target = tmp_path / "r.zip"
        target.write_bytes(b"earlier")

        with pytest.raises(UsageError, match="already exists"):
            pack(target, [Member("a", [b"1"])])
        assert target.read_bytes() == b"earlier"
        assert list(tmp_path.iterdir()) == [target]

    def test_a_failure_leaves_nothing(self, tmp_path):
        """Half an archive looks like one."""

        def members():
            yield Member("a", [b"1"])
            raise IntegrityError("a record was changed")

        with pytest.raises(IntegrityError):
            pack(tmp_path / "r.zip", members())
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_is_not_there_is_named(self, tmp_path):
        """With the next step."""
        with pytest.raises(UsageError, match="no folder"):
            pack(tmp_path / "nowhere" / "r.zip", [])


class TestUnpack:
    def test_the_log_comes_back_as_it_was(self, export, folder, tmp_path):
        """Byte for byte, and nothing else of the archive."""
        into = tmp_path / "again"
        into.mkdir()

        unpack_log(export(), into)

        found = sorted(path.relative_to(into).as_posix() for path in into.rglob("*") if path.is_file())
        assert found == ["000001.jsonl", "checkpoint", "checkpoints/7.dsse.json", "checkpoints/7.note"]
        assert all((into / name).read_bytes() == (folder / name).read_bytes() for name in found)

    @pytest.mark.parametrize(
        "harm",
        [
            lambda name, data: [] if name == "log/checkpoint" else [(name, data)],
            lambda name, data: [(name, data + b" ")] if name == "log/000001.jsonl" else [(name, data)],
            lambda name, data: [(name, data), ("log/000002.jsonl", b"{}")] if name == "tool.json" else [(name, data)],
            lambda name, data: [(name, data), (name, data)] if name == "log/checkpoint" else [(name, data)],
            lambda name, data: [(name, b"nonsense\n")] if name == "SHA256SUMS" else [(name, data)],
        ],
        ids=["a file is missing", "a file was changed", "a file was added", "a file is there twice", "no digests"],
    )
    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_an_archive_that_is_not_as_exported_is_refused(self, export, tmp_path, harm):
        """Before anything of it is taken over."""
        into = tmp_path / "again"
        into.mkdir()

        with pytest.raises(IntegrityError):
            unpack_log(again(export(), tmp_path / "bad.zip", harm), into)

    @pytest.mark.parametrize(
        "name", ["log/../../evil", "log/lock", "log/sub/000001.jsonl", "log/index.json", "log//etc/x"]
    )
    def test_only_files_of_a_log_are_written(self, tmp_path, name):
        """An archive cannot write beside its folder, nor plant what a log's writer trusts."""
        pack(tmp_path / "bad.zip", [Member("log/000001.jsonl", [b"x\n"]), Member(name, [b"x"])])
        into = tmp_path / "again"
        into.mkdir()

        with pytest.raises(IntegrityError, match="not a file of a log"):
            unpack_log(tmp_path / "bad.zip", into)
        assert not (tmp_path / "evil").exists()

    @pytest.mark.parametrize(("most", "fits"), [(10, False), (11, True), (12, True)])
    def test_there_is_a_limit_to_what_it_may_become(self, tmp_path, most, fits):
        """A small archive can hold more than a disk."""
        pack(tmp_path / "r.zip", [Member("log/000001.jsonl", [b"0123456789\n"])])
        into = tmp_path / "again"
        into.mkdir()

        if fits:
            assert unpack_log(tmp_path / "r.zip", into, most_bytes=most) == 1
        else:
            with pytest.raises(IntegrityError, match="more than"):
                unpack_log(tmp_path / "r.zip", into, most_bytes=most)

    @pytest.mark.parametrize("data", [b"", b"PK\x05\x06", b"not a zip at all", b"PK\x03\x04" + b"\x00" * 200])
    def test_what_is_no_archive_is_a_clear_refusal(self, tmp_path, data):
        """And no traceback."""
        (tmp_path / "x.zip").write_bytes(data)

        with pytest.raises(GonogoError):
            unpack_log(tmp_path / "x.zip", tmp_path)

    def test_every_cut_of_an_archive_is_refused(self, export, tmp_path):
        """A copy that was interrupted."""
        whole = export().read_bytes()
        into = tmp_path / "again"
        for size in range(0, len(whole), max(1, len(whole) // 60)):
            (tmp_path / "cut.zip").write_bytes(whole[:size])
            with pytest.raises(GonogoError):
                unpack_log(tmp_path / "cut.zip", into)

    def test_a_zip_without_digests_is_something_else(self, tmp_path):
        """A bundle of evidence is not an archive of a record."""
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
            made.writestr("log/000001.jsonl", "x")

        with pytest.raises(UsageError, match="not an archive of a record"):
            unpack_log(tmp_path / "x.zip", tmp_path)
