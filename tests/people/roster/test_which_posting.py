"""Which posting of ours a row means where its first day is another than ours, and whether she moved."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone
from factories import make_person, make_posting

from people.postings.posting import Posting
from people.roster.importing import prepare_roster
from people.times import today
from tabular.questions import Answers

HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"

pytestmark = pytest.mark.django_db


def line(start, end="", unit="20455", position="Công chức", duties="ho_tro_nan_nhan"):
    return f"TG-9,Alăng Thị Hà,,,{unit},{position},{duties},{start},{end}"


@pytest.fixture
def brought(imported, units):
    return partial(imported, "import_roster", HEADER)


def counts(report):
    return report["created"], report["changed"], report["unchanged"], len(report["rejected"])


def held() -> list[tuple]:
    rows = Posting.objects.current().filter(person__staff_code="TG-9").order_by("start", "unit__code")
    return [(row.unit.code, f"{row.start}", f"{row.end}" if row.end else "") for row in rows]


@pytest.mark.parametrize(
    ("start", "end", "then"),
    [
        ("2025-08-15", "2026-03-31", "2026-03-31"),
        ("2025-01-01", "2026-03-31", "2026-03-31"),
        ("2025-01-01", "2025-07-01", "2025-07-01"),
        ("2030-01-01", "2030-12-31", "2030-12-31"),
    ],
)
def test_a_row_that_overlaps_one_posting_ends_it_and_keeps_its_first_day(brought, start, end, then):
    brought(line("2025-07-01"))
    report = brought(line(start, end, duties="xac_minh"))
    assert counts(report) == (0, 1, 0, 0)
    [note] = report["notes"]
    assert (note["item"], note["line"]) == ("TG-9", 2)
    assert "01/07/2025" in note["reason"]
    assert f"{date.fromisoformat(start):%d/%m/%Y}" in note["reason"]
    assert held() == [("20455", "2025-07-01", then)]
    assert [duty.key for duty in Posting.objects.current().get().duties.all()] == ["xac_minh"]
    assert counts(brought(line(start, end, duties="xac_minh"))) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    "row",
    [
        line("2025-01-01", "2025-06-30"),
        line("2026-07-01"),
        line("2025-08-01", position="Phó ban"),
        line("2025-08-01", unit="20695"),
    ],
)
def test_a_row_that_overlaps_none_is_another_posting(brought, row):
    brought(line("2025-07-01", "2026-06-30"))
    assert counts(brought(row)) == (1, 0, 0, 0)
    assert ("20455", "2025-07-01", "2026-06-30") in held()
    assert len(held()) == 2


def test_a_posting_that_the_file_names_itself_is_not_meant_by_another_row(brought):
    brought(line("2025-07-01"))
    rows = line("2025-07-01", "2025-12-31"), line("2025-10-01")
    assert counts(brought(*rows)) == (1, 1, 0, 0)
    assert held() == [("20455", "2025-07-01", "2025-12-31"), ("20455", "2025-10-01", "")]
    assert counts(brought(*rows)) == (0, 0, 2, 0)


def test_of_two_rows_that_overlap_one_posting_only_the_first_is_it(brought):
    brought(line("2025-07-01"))
    rows = line("2025-07-02", "2025-12-31"), line("2026-01-01")
    assert counts(brought(*rows)) == (1, 1, 0, 0)
    assert held() == [("20455", "2025-07-01", "2025-12-31"), ("20455", "2026-01-01", "")]
    assert counts(brought(*rows)) == (0, 0, 2, 0)


def test_a_row_that_overlaps_two_postings_asks_which(brought):
    two = line("2025-07-01", "2025-12-31"), line("2026-01-01")
    row = line("2025-10-01", "2026-06-30")
    brought(*two)
    report = brought(row)
    assert counts(report) == (0, 0, 0, 1)
    [waiting] = report["rejected"]
    assert waiting["column"] == "tu_ngay"
    assert "từ ngày 01/07/2025, 01/01/2026" in waiting["reason"]
    assert counts(brought(row, answer=["cong_tac_nao:2=2026-01-01"])) == (0, 1, 0, 0)
    assert held() == [("20455", "2025-07-01", "2025-12-31"), ("20455", "2026-01-01", "2026-06-30")]
    assert counts(brought(row, answer=["cong_tac_nao=khac"])) == (1, 0, 0, 0)
    assert ("20455", "2025-10-01", "2026-06-30") in held()


def test_a_posting_known_by_another_day_is_not_ended_as_missing(brought):
    brought(line("2025-07-01"))
    assert counts(brought(line("2025-08-01"), ended_if_missing=True)) == (0, 0, 1, 0)
    assert held() == [("20455", "2025-07-01", "")]


# --- a position in another spelling

ANOTHER_SPELLING = ["CÔNG CHỨC VĂN HÓA – XÃ HỘI", "công chức văn hoá - xã hội", "Công  chức văn hóa \u2011 xã hội"]
OURS = "Công chức văn hóa - xã hội"


@pytest.mark.parametrize("position", ANOTHER_SPELLING)
@pytest.mark.parametrize("start", ["2025-07-01", "2025-08-15"])
def test_a_position_in_another_spelling_is_the_same_posting_and_keeps_our_words(brought, position, start):
    brought(line("2025-07-01", position=OURS))
    assert counts(brought(line(start, position=position))) == (0, 0, 1, 0)
    report = brought(line(start, "2026-03-31", position=position))
    assert counts(report) == (0, 1, 0, 0)
    assert len(report["notes"]) == (start != "2025-07-01"), "the days differ, or there is nothing to say"
    assert held() == [("20455", "2025-07-01", "2026-03-31")]
    assert Posting.objects.current().get().position == OURS


def test_the_posting_from_the_same_day_goes_before_those_that_overlap(brought):
    brought(line("2025-07-01", "2026-01-31", position=OURS), line("2026-01-01", position=OURS))
    assert counts(brought(line("2026-01-01", "2026-03-31", position=OURS.upper()))) == (0, 1, 0, 0)
    assert held() == [("20455", "2025-07-01", "2026-01-31"), ("20455", "2026-01-01", "2026-03-31")]


def test_a_position_with_another_letter_is_another_posting(brought):
    brought(line("2025-07-01", position=OURS))
    assert counts(brought(line("2025-07-01", position="Công chức văn hóa - xã hợi"))) == (1, 0, 0, 0)


@pytest.mark.parametrize("known", [[], [OURS], ["CÔNG CHỨC VĂN HÓA - XÃ HỘI"]])
def test_one_posting_in_two_spellings_in_a_file_is_there_twice(brought, known):
    for position in known:
        brought(line("2025-07-01", position=position))
    report = brought(line("2025-07-01", position="công chức văn hoá – xã hội"), line("2025-07-01", position=OURS))
    [bad] = report["rejected"]
    assert (bad["line"], bad["column"]) in [(2, "tu_ngay"), (3, "tu_ngay")]
    assert f"dòng {5 - bad['line']}" in bad["reason"]
    assert len(held()) == 1


def test_two_postings_of_ours_that_are_spelled_alike_are_known_by_their_exact_words(brought, units):
    """Earlier versions took them for two; a file that has both, as our own export, changes nothing."""
    person = make_person("Alăng Thị Hà", "TG-9")
    for position in (OURS, OURS.upper()):
        make_posting(person, units.tay_giang, (), date(2025, 7, 1), position=position)
    rows = [line("2025-07-01", position=position, duties="") for position in (OURS, OURS.upper())]
    report = brought(*rows)
    assert (counts(report), report["notes"]) == ((0, 0, 2, 0), [])
    assert counts(brought(line("2025-07-01", "2026-03-31", position=OURS.upper(), duties=""))) == (0, 1, 0, 0)
    # a third spelling may mean either
    assert counts(brought(line("2025-07-01", "2026-03-31", position=OURS.lower(), duties=""))) == (0, 0, 0, 1)


def test_a_position_in_another_spelling_is_not_ended_as_missing(brought):
    brought(line("2025-07-01", position=OURS))
    assert counts(brought(line("2025-07-01", position=OURS.upper()), ended_if_missing=True)) == (0, 0, 1, 0)
    assert held() == [("20455", "2025-07-01", "")]


def test_the_successors_code_is_the_same_posting_in_another_spelling_too(brought, units):
    brought(line("2024-01-01", position=OURS))
    [(before, *_days)] = held()
    report = brought(line("2024-01-01", position=OURS.upper()))
    assert (counts(report), held()[0][0]) == ((0, 0, 1, 0), before)


# --- another unit


def test_a_row_in_another_unit_ends_nothing_by_itself(brought):
    brought(line("2025-07-01"))
    report = brought(line("2026-02-01", unit="20695"))
    assert (counts(report), report["notes"]) == ((1, 0, 0, 0), [])
    assert held() == [("20455", "2025-07-01", ""), ("20695", "2026-02-01", "")]


def test_who_is_said_to_have_moved_ends_where_she_was_on_the_day_before(brought):
    brought(line("2025-07-01", duties="xac_minh"))
    row = line("2026-02-01", unit="20695")
    report = brought(row, answer=["chuyen_don_vi=da_chuyen"])
    assert counts(report) == (1, 0, 0, 0)
    assert "Xã Tây Giang (20455) kết thúc ngày 31/01/2026" in report["notes"][0]["reason"]
    assert held() == [("20455", "2025-07-01", "2026-01-31"), ("20695", "2026-02-01", "")]
    ended = Posting.objects.current().get(unit__code="20455")
    assert [duty.key for duty in ended.duties.all()] == ["xac_minh"]
    assert counts(brought(row)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    "lines",
    [
        [line("2025-07-01"), line("2026-02-01", unit="20695")],  # the file names where she is
        [line("2025-06-01", unit="20695")],  # it begins before
        [line("2026-02-01", unit="20458")],  # two elsewhere
    ],
)
def test_whether_she_moved_is_asked_only_of_one_posting_that_the_file_does_not_name(tmp_path, brought, lines):
    brought(line("2025-07-01"), *([line("2025-07-01", unit="20695")] if "20458" in lines[0] else []))
    path = tmp_path / "roster.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    assert prepare_roster(path, timezone.now()).report.questions == []


def test_nobody_ends_by_a_move_what_is_outside_the_uploaders_units(tmp_path, units):
    make_posting(make_person("Alăng Thị Hà", "TG-9"), units.tay_giang)
    path = tmp_path / "roster.csv"
    path.write_text("\n".join([HEADER, line("2026-02-01", unit="20695")]) + "\n", encoding="utf-8")
    answers = Answers({"chuyen_don_vi": {"*": "da_chuyen"}})
    prepared = prepare_roster(path, timezone.now(), within={units.thanh_my.pk}, answers=answers)
    prepared.carry_out()
    assert prepared.report.questions == []
    assert ("20455", "2025-07-01", "") in held()


def test_a_move_in_a_complete_file_ends_once(brought):
    brought(line("2025-07-01"))
    later = today() + timedelta(days=30)
    rows = line(later, unit="20695"), "TG-8,Bling Ca,,,20455,,,2025-07-01,"
    report = brought(*rows, answer=["chuyen_don_vi=da_chuyen"], ended_if_missing=True)
    assert counts(report) == (2, 0, 0, 0)
    assert [note["line"] for note in report["notes"]] == [2]
    assert held()[0] == ("20455", "2025-07-01", f"{later - timedelta(days=1)}")
