"""Broken, hostile and misleading files: a refusal or a gap, never a hang, never a better answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.collectors.program.schedule.collectors import MspdiCollector, XerCollector
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import answers_of, job_of

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
SPACE = b"http://schemas.microsoft.com/project"


class TestXml:
    def test_cut_off_anywhere_it_is_refused(self, ask, mspdi, project):
        """Half a schedule has half the problems."""
        data = mspdi(project)
        for length in range(0, len(data) - 1, 37):
            with pytest.raises(CollectorRefusal):
                ask(data[:length])

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            (HEAD, HEAD + b'<!DOCTYPE Project [<!ENTITY a "b">]>', "document type"),
            (HEAD, HEAD + b"<!DOCTYPE Project>", "document type"),
            (SPACE, b"http://schemas.example.com/project", "root element"),
            (HEAD, b"ERMHDR\t20.12\n", "bind it to the XER collector"),
            (HEAD, b"MPX,Microsoft Project,4.0\n", "save it as XML"),
            (HEAD, HEAD + b"<APIBusinessObjects>", "export the project as XER"),
            (b' xmlns="' + SPACE + b'"', b"", "root element"),
            (HEAD, b'<?xml version="1.0" encoding="utf-7"?>', "well-formed"),
            (HEAD, b'<?xml version="1.0" encoding="no-such"?>', "well-formed"),
            (b"<Name>Design</Name>", b"<Name>\xff</Name>", "well-formed"),
            (b"<Name>Design</Name>", b"<Name>&a;</Name>", "well-formed"),
            (b"<Name>Design</Name>", b"<Name><b>Design</b></Name>", "holds another element"),
            (b"<Name>Design</Name>", b"<Notes>" + b"<x>" * 70 + b"</x>" * 70 + b"</Notes>", "nested deeper"),
            (b"<Name>Design</Name>", b"<Name>" + b"x" * 100_001 + b"</Name>", "characters"),
            (b"<Name>Design</Name>", b"<TotalSlack>48000</TotalSlack>", "twice"),
            (b"<UID>3</UID>", b"<UID>2</UID>", "twice"),
            (b"<UID>3</UID>", b"<UID></UID>", "missing"),
            (b"<PredecessorUID>3<", b"<PredecessorUID>99<", "not in the file"),
            (b"<PredecessorUID>3<", b"<PredecessorUID>5<", "itself"),
            (b"<OutlineLevel>2<", b"<OutlineLevel>x<", "OutlineLevel"),
            (b"<OutlineLevel>2<", b"<OutlineLevel>-2<", "OutlineLevel"),
            (b"<TotalSlack>19200<", b"<TotalSlack>4 days<", "TotalSlack"),
            (b"<TotalSlack>19200<", b"<TotalSlack>NaN<", "TotalSlack"),
            (b"<TotalSlack>19200<", "<TotalSlack>١٩٢<".encode(), "TotalSlack"),
            (b"<Finish>2027-04-21T17:00:00<", b"<Finish>2027-04-21<", "Finish"),
            (b"<Finish>2027-04-21T17:00:00<", b"<Finish>2027-W16-3T17:00:00<", "Finish"),
            (b"<Finish>2027-04-21T17:00:00<", b"<Finish>2027-04-21T17:00:00Z<", "Finish"),
            (b"<Summary>0<", b"<Summary>no<", "Summary"),
            (b"<Type>1</Type><CrossProject>", b"<Type>4</Type><CrossProject>", "type"),
            (b"<LinkLag>0<", b"<LinkLag>1.5<", "LinkLag"),
            (b"</Tasks>", b"</Tasks><Tasks></Tasks>", "twice"),
            (b"</Project>", b"</Project><Project/>", "well-formed"),
            (b"<Milestone>1<", b"<ConstraintType>8</ConstraintType><Milestone>1<", "ConstraintType"),
        ],
    )
    def test_a_file_that_is_not_what_it_claims_is_refused(self, ask, mspdi, project, old, new, says):
        """One wrong byte is enough reason to ask for a new file."""
        data = mspdi(project).replace(old, new, 1)
        assert data != mspdi(project)

        with pytest.raises(CollectorRefusal, match=says):
            ask(data)

    def test_an_entity_bomb_is_refused_before_it_grows(self, ask):
        """A kilobyte must not become a gigabyte."""
        bomb = (
            b'<!DOCTYPE Project [<!ENTITY a "'
            + b"x" * 100
            + b'">'
            + b"".join(
                b'<!ENTITY a%d "%s">' % (level, (b"&a%d;" % (level - 1) if level else b"&a;") * 10)
                for level in range(20)
            )
        )

        with pytest.raises(CollectorRefusal, match="document type"):
            ask(HEAD + bomb + b"]><Project>&a19;</Project>")

    @pytest.mark.parametrize(
        "data", [b"", b"\x00" * 4096, b"PK\x03\x04" + bytes(range(256)), b"%PDF-1.7", b"UID,Name\n1,a\n"]
    )
    def test_what_is_no_xml_is_refused(self, ask, data):
        """The wrong attachment is the commonest mistake of all."""
        with pytest.raises(CollectorRefusal):
            ask(data)

    def test_utf_16_is_read_as_what_it_is(self, ask, mspdi, project):
        """Some tools write it; the answers do not change."""
        data = mspdi(project).decode().replace("UTF-8", "UTF-16").encode("utf-16")

        assert ask(data)["golive_total_float_days"].value == Decimal(4)

    def test_elements_of_another_namespace_are_not_ours(self, ask, mspdi, project):
        """A foreign TotalSlack next to ours changes nothing."""
        data = mspdi(project).replace(b"<TotalSlack>", b'<TotalSlack xmlns="urn:other">-1</TotalSlack><TotalSlack>')

        assert ask(data)["negative_float_tasks"].value == 0

    def test_every_task_ten_thousand_levels_deep_in_the_outline_is_no_danger(self, ask, project, row):
        """Depth of the outline is data, not recursion."""
        project["Tasks"]["Task"] += [row(uid, "Deep", uid, "04-27T08", "04-27T17", 8) for uid in range(100, 3100)]

        assert ask(project)["golive_tasks"].value == 3


class TestXer:
    def test_cut_off_anywhere_it_is_refused(self, ask_xer, xer, tables):
        """The end mark is the only proof that the end was reached."""
        data = xer(tables)
        for length in range(0, len(data) - 4, 41):
            with pytest.raises(CollectorRefusal):
                ask_xer(data[:length])

    @pytest.mark.parametrize("data", [b"", b"\x00" * 4096, b"\xff\xfeE\x00R\x00", b"PK\x03\x04", b"ERMHDR\t\n%E\n"])
    def test_what_is_no_schedule_is_refused(self, ask_xer, data):
        """The wrong attachment is the commonest mistake of all."""
        with pytest.raises(CollectorRefusal):
            ask_xer(data)

    def test_a_line_without_end_is_refused_before_it_is_held(self, ask_xer):
        """Memory is not evidence."""
        with pytest.raises(CollectorRefusal, match="longer"):
            ask_xer(b"ERMHDR\t1\n%T\tTASK\n" + b"x" * 2_100_000)


@st.composite
def erasures(draw):
    """A place in the file, and how many bytes are overwritten there with blanks."""
    return draw(st.integers(0, 100_000)), draw(st.integers(1, 60))


class TestErasure:
    @settings(max_examples=examples(150), deadline=None)
    @given(erasures())
    def test_text_that_is_blanked_out_is_never_a_better_float_or_slip(self, erasure):
        """What is lost may not help: float, slip and path get no better when bytes vanish."""
        data, place = LATE.encode("cp1252"), erasure[0] % len(LATE)
        broken = data[:place] + b" " * erasure[1] + data[place + erasure[1] :]
        try:
            job = job_of({"file": ("a.xer", broken)})
            answers = answers_of(XerCollector(), job, {"golive": {"code": "GL"}, "committed": "2027-04-14"})
        except CollectorRefusal:
            return

        slip, spare = answers["forecast_slip_days"], answers["golive_total_float_days"]
        assert spare.gap is not None or spare.value <= -2
        assert slip.gap is not None or slip.value >= 2
        assert answers["negative_float_tasks"].gap is not None or answers["negative_float_tasks"].value >= 1

    def test_the_collectors_name_the_file_in_what_they_refuse(self):
        """A person has to know which of twelve attachments to send again."""
        for collector in (MspdiCollector(), XerCollector()):
            with pytest.raises(CollectorRefusal, match=r"plan\.dat: "):
                answers_of(collector, job_of({"file": ("plan.dat", b"x")}), {"golive": "GL"})


LATE = "\r\n".join(
    [
        "ERMHDR\t19.12",
        "%T\tPROJECT",
        "%F\tproj_id\tproj_short_name\tlast_recalc_date\tclndr_id",
        "%R\t1\tP\t2027-04-15 17:00\t5",
        "%T\tCALENDAR",
        "%F\tclndr_id\tday_hr_cnt\tclndr_data",
        "%R\t5\t8\t(0||CalendarData()((0||DaysOfWeek()("
        + "".join(f"(0||{day}()((0||0(s|08:00|f|16:00)())))" for day in range(1, 8))
        + "))))",
        "%T\tTASK",
        "%F\ttask_id\tproj_id\twbs_id\tclndr_id\ttask_type\tstatus_code\ttask_code\ttask_name\ttotal_float_hr_cnt\t"
        "target_drtn_hr_cnt\tremain_drtn_hr_cnt\tcstr_type\tcstr_date\tact_start_date\tact_end_date\tearly_start_date\t"
        "early_end_date\ttarget_start_date\ttarget_end_date",
        "%R\t7\t1\t\t5\tTT_Task\tTK_NotStart\tA\tWork\t-16\t8\t8\t\t\t\t\t2027-04-16 08:00\t2027-04-16 16:00\t\t",
        "%R\t8\t1\t\t5\tTT_FinMile\tTK_NotStart\tGL\tGo\t-16\t0\t0\t\t\t\t\t2027-04-16 16:00\t2027-04-16 16:00\t\t",
        "%T\tTASKPRED",
        "%F\ttask_id\tpred_task_id\tproj_id\tpred_proj_id\tpred_type\tlag_hr_cnt",
        "%R\t8\t7\t1\t1\tPR_FS\t0",
        "%E",
        "",
    ]
)
