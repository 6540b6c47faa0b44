"""Each sentence of "As-of semantics", with numbers worked out by hand on the province's real map."""

import pytest
from files import becomes, child, completion, excuse, post, states, unit
from installations import at

# Quảng Nam until 30/6/2025: xã Ch'ơm and xã A Xan of Tây Giang; Nông Sơn went into Quế Sơn on 1/1/2025
CHOM, A_XAN, TAY_GIANG, NONG_SON, QUE_SON, QUANG_NAM, DA_NANG = "20437", "20443", "504", "519", "509", "49", "48"
HAI_VAN = "20195"  # was Đà Nẵng before, known from 1/7/2025


@pytest.fixture
def import_rows(installation):
    """Imports rows under the name of their table: told("roster", [...], on="2024-05-01")."""

    def run(table, rows, *options, on="2024-05-01", successions=None):
        arguments = [f"import_{table}", installation.file(f"{table}.csv", rows), *options]
        if successions:
            arguments += ["--successions", installation.file("successions.csv", successions)]
        result, report = installation.report(*arguments, "--strict", on=on)
        assert result.status == 0, (result, report)
        return report

    return run


@pytest.fixture
def figure(installation):
    """The figure of the requirement, asked on a day of 2026 unless said otherwise."""

    def ask(as_of=None, *options, on="2026-03-04"):
        return installation.coverage(*(("--as-of", as_of) if as_of else ()), *options, on=on)

    return ask


# --- which days
def test_both_ends_of_a_posting_count_and_an_empty_end_is_open(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2024-03-10", "2024-03-20"), post("B", CHOM, "2024-03-15")])
    days = ("2024-03-09", "2024-03-10", "2024-03-15", "2024-03-20", "2024-03-21", "2026-12-01")
    assert [figure(day)["required"] for day in days] == [0, 1, 2, 2, 1, 1]


def test_a_posting_of_one_day_counts_on_that_day(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2024-03-10", "2024-03-10")])
    assert [figure(day)["required"] for day in ("2024-03-09", "2024-03-10", "2024-03-11")] == [0, 1, 0]


def test_days_are_those_of_vietnam_for_what_is_recorded_and_for_today(import_rows, figure, installation):
    import_rows("roster", [post("A", CHOM, "2024-01-01")], on=at("2024-05-10", 23, 59))  # 16:59 in Greenwich
    import_rows("roster", [post("B", CHOM, "2024-01-01")], on=at("2024-05-11", 0, 1))  # still the 10th in Greenwich
    known = [figure("2024-05-01", "--known-on", day)["required"] for day in ("2024-05-09", "2024-05-10", "2024-05-11")]
    assert known == [0, 1, 2]
    assert figure(on=at("2024-05-11", 0, 1))["as_of"] == "2024-05-11"
    assert figure(on=at("2024-05-10", 23, 59))["known_on"] == "2024-05-10"


# --- whose code
def test_a_code_means_its_bearer_on_the_first_day_of_the_posting(import_rows, figure):
    import_rows(
        "units",
        [
            unit("Z1", "Xã Một", "xa", TAY_GIANG, "2023-01-01", "2024-05-31"),
            unit("Z2", "Xã Hai", "xa", TAY_GIANG, "2023-01-01"),
            unit("Z1", "Phường Khác", "phuong", QUE_SON, "2024-06-01"),
        ],
        successions=[becomes("Z1", "Z2", "2024-06-01")],
    )
    import_rows("roster", [post("A", "Z1", "2024-05-31"), post("B", "Z1", "2024-06-01")], on="2024-07-01")
    before, after = figure("2024-05-31", "--unit", "Z1"), figure("2024-06-01", "--unit", "Z1")
    assert (before["unit"]["name"], before["required"]) == ("Xã Một", 1)
    assert (after["unit"]["name"], after["required"]) == ("Phường Khác", 1)
    assert figure("2024-06-01", "--unit", "Z2")["required"] == 1


def test_an_earlier_first_day_means_the_first_day_of_the_code(import_rows, figure):
    import_rows("roster", [post("A", HAI_VAN, "2021-02-03")], on="2025-08-01")
    assert figure("2025-07-01", "--unit", HAI_VAN)["required"] == 1
    # the unit is known from that day only
    assert figure("2025-06-30")["required"] == 0
    assert figure("2025-06-30", "--geography", "2025-07-01", "--unit", HAI_VAN)["required"] == 1


def test_codes_as_of_reads_every_code_on_that_day(import_rows, figure):
    import_rows(
        "units",
        [
            unit("Z1", "Xã Một", "xa", TAY_GIANG, "2023-01-01", "2024-05-31"),
            unit("Z1", "Phường Khác", "phuong", TAY_GIANG, "2024-06-01"),
        ],
    )
    import_rows("roster", [post("A", "Z1", "2023-02-01")], on="2024-07-01")
    import_rows("roster", [post("B", "Z1", "2023-02-01")], "--codes-as-of", "2024-07-01", on="2024-07-01")
    # the old Z1 has no successor, so A counts at its parent
    now = figure("2024-07-01", "--unit", TAY_GIANG)
    assert (child(now, "Z1")["required"], child(now, None)["required"]) == (1, 1)
    # B's unit was not there yet in 2023, except when its history is drawn on today's map
    assert figure("2023-05-01", "--unit", TAY_GIANG)["required"] == 1
    assert figure("2023-05-01", "--geography", "2024-07-01", "--unit", TAY_GIANG)["required"] == 2


def test_codes_as_of_knows_no_code_that_has_ended_by_then(installation):
    result, report = installation.report(
        "import_roster",
        installation.file("r.csv", [post("A", CHOM, "2024-01-01")]),
        "--codes-as-of",
        "2025-07-01",
        on="2025-08-01",
    )
    assert result.status == 0
    assert [(row["item"], row["line"], row["column"]) for row in report["rejected"]] == [("A", 2, "ma_don_vi")]


# --- reforms
def test_from_a_reform_on_a_posting_counts_in_the_successor(import_rows, figure):
    import_rows(
        "roster", [post("A", CHOM, "2024-01-01"), post("B", NONG_SON, "2024-01-01"), post("C", QUANG_NAM, "2024-01-01")]
    )
    old = figure("2024-12-31")
    assert old["unit"] == {"code": "49", "name": "Tỉnh Quảng Nam"}
    counted = [child(old, code)["required"] for code in (TAY_GIANG, NONG_SON, QUE_SON, None)]
    assert (old["required"], counted) == (3, [1, 1, 0, 1])
    merged = figure("2025-01-01")
    assert [child(merged, code)["required"] for code in (TAY_GIANG, QUE_SON, None)] == [1, 1, 1]
    assert child(figure("2025-01-01", "--unit", QUE_SON), None)["required"] == 1
    # no districts from 1/7/2025: who was posted at one counts at the province directly, as does C
    new = figure("2025-07-01")
    assert new["unit"] == {"code": "48", "name": "Thành phố Đà Nẵng"}
    assert (new["required"], child(new, None)["required"]) == (3, 2)
    assert sum(one["required"] for one in new["children"]) == 3


def test_the_heir_of_a_split_gets_the_postings(import_rows, figure):
    """Support of victims went from the labour department to the health department."""
    import_rows("roster", [post("A", "49-LDTBXH", "2024-01-01"), post("B", "49-CTXH", "2024-01-01")])
    assert child(figure("2025-06-30"), "49-LDTBXH")["required"] == 2
    health = child(figure("2025-07-01"), "48-SYT")
    assert health["required"] == 2
    assert child(figure("2025-07-01"), "48-SNV")["required"] == 0


def test_without_an_heir_people_wait_at_the_nearest_common_ancestor_until_one_is_named(import_rows, figure):
    split = [unit("Z2", "Xã Hai", "xa", TAY_GIANG, "2024-06-01"), unit("Z3", "Xã Ba", "xa", TAY_GIANG, "2024-06-01")]
    import_rows(
        "units",
        [unit("Z1", "Xã Một", "xa", TAY_GIANG, "2023-01-01"), *split],
        successions=[becomes("Z1", "Z2", "2024-06-01"), becomes("Z1", "Z3", "2024-06-01")],
    )
    import_rows("roster", [post("A", "Z1", "2024-01-01")])
    assert child(figure("2024-05-31", "--unit", TAY_GIANG), "Z1")["required"] == 1
    waiting = figure("2024-06-01", "--unit", TAY_GIANG)
    assert [child(waiting, code)["required"] for code in ("Z2", "Z3", None)] == [0, 0, 1]
    import_rows("units", split, successions=[becomes("Z1", "Z3", "2024-06-01", heir="1")], on="2024-08-01")
    named = figure("2024-06-01", "--unit", TAY_GIANG)
    assert [child(named, code)["required"] for code in ("Z2", "Z3", None)] == [0, 1, 0]
    then = figure("2024-06-01", "--unit", TAY_GIANG, "--known-on", "2024-07-31")
    assert [child(then, code)["required"] for code in ("Z2", "Z3", None)] == [0, 0, 1]


def test_parts_in_two_districts_meet_at_the_province(import_rows, figure):
    import_rows(
        "units",
        [
            unit("Z1", "Xã Một", "xa", TAY_GIANG, "2023-01-01"),
            unit("Z2", "Xã Hai", "xa", TAY_GIANG, "2024-06-01"),
            unit("Z3", "Xã Ba", "xa", QUE_SON, "2024-06-01"),
        ],
        successions=[becomes("Z1", "Z2", "2024-06-01"), becomes("Z1", "Z3", "2024-06-01")],
    )
    import_rows("roster", [post("A", "Z1", "2024-01-01")])
    after = figure("2024-06-01")
    assert [child(after, code)["required"] for code in (TAY_GIANG, QUE_SON, None)] == [0, 0, 1]


def test_a_unit_that_only_changes_its_parent_takes_its_people_along(import_rows, figure):
    import_rows(
        "units",
        [unit("Z1", "Xã Một", "xa", TAY_GIANG, "2023-01-01"), unit("Z1", "Xã Một", "xa", QUE_SON, "2024-06-01")],
    )
    import_rows("roster", [post("A", "Z1", "2024-01-01")])
    assert [child(figure("2024-05-31"), code)["required"] for code in (TAY_GIANG, QUE_SON)] == [1, 0]
    assert [child(figure("2024-06-01"), code)["required"] for code in (TAY_GIANG, QUE_SON)] == [0, 1]
    assert figure("2024-06-01", "--unit", "Z1")["required"] == 1


def test_an_abolished_unit_without_successor_counts_where_its_parent_does(import_rows, figure):
    import_rows("units", [unit("Z1", "Trạm Một", "co_quan", NONG_SON, "2023-01-01", "2024-06-30", sector="y_te")])
    import_rows("roster", [post("A", "Z1", "2024-01-01")])
    assert child(figure("2024-07-01", "--unit", NONG_SON), None)["required"] == 1
    assert child(figure("2025-01-01", "--unit", QUE_SON), None)["required"] == 1
    assert child(figure("2025-07-01"), None)["required"] == 1


# --- as of, geography, unit
def test_the_as_of_date_may_be_in_the_future(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2024-01-01"), post("B", DA_NANG, "2027-01-01", "2027-12-31")])
    import_rows("completions", [completion("A", "2024-04-01")])
    assert states(figure("2026-03-31")) == {"completed": 1}
    assert states(figure("2026-04-01")) == {"expired": 1}
    assert states(figure("2027-06-01")) == {"expired": 1, "overdue": 1}


def test_history_can_be_drawn_on_a_later_map_but_not_on_an_earlier_one(import_rows, figure, installation):
    import_rows("roster", [post("A", CHOM, "2024-01-01", "2024-12-31")])
    drawn = figure("2024-06-01", "--geography", "2025-07-01")
    assert (drawn["as_of"], drawn["geography"], drawn["unit"]["code"]) == ("2024-06-01", "2025-07-01", "48")
    assert (drawn["required"], child(drawn, None)["required"]) == (1, 0)
    earlier = installation.manage(
        "coverage", "nhan-dien-nan-nhan", "--as-of", "2024-06-01", "--geography", "2024-05-31"
    )
    assert earlier.status == 1
    assert len(earlier.err.strip().splitlines()) == 1


def test_the_unit_is_read_on_the_geography_date(import_rows, figure, installation):
    assert figure("2025-06-30")["unit"]["code"] == "49"
    assert figure("2025-07-01")["unit"]["code"] == "48"
    assert figure("2025-06-30", "--geography", "2025-07-01")["unit"]["code"] == "48"
    for code, day in ((TAY_GIANG, "2025-07-01"), ("48", "2025-06-30"), ("49", "2025-07-01")):
        gone = installation.manage("coverage", "nhan-dien-nan-nhan", "--as-of", day, "--unit", code)
        assert (gone.status, len(gone.err.strip().splitlines())) == (1, 1), gone


# --- who is required
def test_required_means_a_posting_with_the_duty_and_no_excuse(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2024-01-01"), post("B", CHOM, "2024-01-01", duty="xac_minh|tuyen_truyen")])
    import_rows("excuses", [excuse("A", "2024-03-01", "2024-03-31")])
    seen = [(figure(day)["required"], figure(day)["excused"]) for day in ("2024-02-29", "2024-03-01", "2024-03-31")]
    assert [*seen, (figure("2024-04-01")["required"], figure("2024-04-01")["excused"])] == [
        (1, 0),
        (0, 1),
        (0, 1),
        (1, 0),
    ]
    assert figure("2024-03-10")["percent"] is None


def test_an_excuse_counts_for_its_requirement_only_and_without_end_for_good(import_rows, figure, installation):
    import_rows("roster", [post("A", CHOM, "2024-01-01")])
    import_rows("excuses", [excuse("A", "2024-03-01")])
    assert figure("2026-12-01")["excused"] == 1
    assert installation.coverage("--as-of", "2026-12-01", requirement="ho-tro-tam-ly-ban-dau")["required"] == 1


def test_an_excuse_of_somebody_without_the_duty_is_nobody(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2024-01-01", duty="xac_minh")])
    import_rows("excuses", [excuse("A", "2024-01-01")])
    assert (figure("2024-05-01")["required"], figure("2024-05-01")["excused"]) == (0, 0)


def test_people_are_counted_once_however_many_postings_they_hold(import_rows, figure):
    import_rows(
        "roster",
        [
            post("A", CHOM, "2024-01-01"),
            post("A", CHOM, "2024-01-01", position="Cộng tác viên"),
            post("A", A_XAN, "2024-01-01"),
            post("A", NONG_SON, "2024-01-01"),
            post("A", QUANG_NAM, "2024-01-01", duty="xac_minh"),
        ],
    )
    whole = figure("2024-06-01")
    assert whole["required"] == 1
    assert [child(whole, code)["required"] for code in (TAY_GIANG, NONG_SON, None)] == [1, 1, 0]
    inside = figure("2024-06-01", "--unit", TAY_GIANG)
    assert (inside["required"], child(inside, CHOM)["required"], child(inside, A_XAN)["required"]) == (1, 1, 1)


# --- states
def test_a_completion_is_valid_for_24_months_month_ends_clamped(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2022-01-01")])
    import_rows("completions", [completion("A", "2024-02-29")])
    days = ("2024-02-28", "2024-02-29", "2026-02-27", "2026-02-28")
    assert [states(figure(day)) for day in days] == [{"not_started": 1}, *[{"completed": 1}] * 2, {"expired": 1}]


def test_a_completion_of_31_august_lapses_on_31_august(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2022-01-01")])
    import_rows("completions", [completion("A", "2022-08-31")])
    assert states(figure("2024-08-30")) == {"completed": 1}
    assert states(figure("2024-08-31")) == {"expired": 1}


def test_a_second_completion_goes_on_from_its_own_day(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2022-01-01")])
    import_rows("completions", [completion("A", "2022-03-01"), completion("A", "2024-04-15")])
    days = ("2024-02-29", "2024-03-01", "2024-04-14", "2024-04-15", "2026-04-14", "2026-04-15")
    assert ["".join(states(figure(day))) for day in days] == [
        "completed",
        *["expired"] * 2,
        *["completed"] * 2,
        "expired",
    ]


def test_expired_comes_before_overdue_and_overdue_after_the_deadline_only(import_rows, figure):
    import_rows("roster", [post(who, CHOM, "2022-01-01") for who in "ABC"])
    import_rows("completions", [completion("A", "2024-04-30"), completion("B", "2023-01-01")])
    import_rows("completions", [completion("A", "2025-04-30")], on="2025-05-02")
    assert states(figure("2026-12-15")) == {"completed": 1, "expired": 1, "not_started": 1}
    assert states(figure("2026-12-16")) == {"completed": 1, "expired": 1, "overdue": 1}


def test_a_completion_counts_wherever_the_person_is_posted_later(import_rows, figure):
    import_rows("roster", [post("A", NONG_SON, "2024-06-01")])
    import_rows("completions", [completion("A", "2024-01-15")])
    assert states(child(figure("2024-06-01"), NONG_SON)) == {"completed": 1}


# --- both times
def test_what_is_recorded_later_does_not_change_what_was_known(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2024-01-01"), post("B", CHOM, "2024-01-01")], on="2024-02-01")
    import_rows("completions", [completion("A", "2024-01-20")], on="2024-03-01")
    import_rows("excuses", [excuse("B", "2024-01-10")], on="2024-04-01")
    import_rows("roster", [post("A", CHOM, "2024-01-01", "2024-01-31")], on="2024-05-01")
    known = {
        "2024-01-31": {},
        "2024-02-01": {"not_started": 2},
        "2024-03-01": {"completed": 1, "not_started": 1},
        "2024-04-01": {"completed": 1, "excused": 1},
        "2024-05-01": {"excused": 1},
    }
    assert {day: states(figure("2024-02-15", "--known-on", day)) for day in known} == known


def test_a_reform_recorded_late_is_not_known_before(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2024-01-01")])
    import_rows(
        "units",
        [
            unit(CHOM, "Xã Ch'ơm", "xa", TAY_GIANG, "2020-01-01", "2024-05-31"),
            unit("Z9", "Xã Mới", "xa", QUE_SON, "2024-06-01"),
        ],
        successions=[becomes(CHOM, "Z9", "2024-06-01")],
        on="2024-09-01",
    )
    assert child(figure("2024-07-01"), QUE_SON)["required"] == 1
    then = figure("2024-07-01", "--known-on", "2024-08-31")
    assert [child(then, code)["required"] for code in (TAY_GIANG, QUE_SON)] == [1, 0]


def test_missing_from_a_complete_file_means_ended_yesterday_in_the_units_that_it_names(import_rows, figure):
    import_rows(
        "roster", [post("A", CHOM, "2024-01-01"), post("B", CHOM, "2024-01-01"), post("C", A_XAN, "2024-01-01")]
    )
    import_rows("roster", [post("A", CHOM, "2024-01-01")], on="2024-06-01")
    assert figure("2024-06-01")["required"] == 3
    import_rows("roster", [post("A", CHOM, "2024-01-01")], "--ended-if-missing", on="2024-07-01")
    assert [figure(day)["required"] for day in ("2024-06-30", "2024-07-01")] == [3, 2]
    assert figure("2024-07-01", "--known-on", "2024-06-30")["required"] == 3


def test_a_complete_file_of_a_unit_ends_nothing_of_the_units_below_it(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2024-01-01"), post("B", TAY_GIANG, "2024-01-01")])
    import_rows("roster", [post("C", TAY_GIANG, "2024-01-01")], "--ended-if-missing", on="2024-07-01")
    assert states(figure("2024-07-01")) == {"not_started": 2}
    assert states(child(figure("2024-07-01", "--unit", TAY_GIANG), CHOM)) == {"not_started": 1}


def test_a_complete_file_of_a_unit_ends_what_counts_in_it_today(import_rows, figure):
    """Ch'ơm became a part of another commune on 1/7/2025; who is posted there counts in it since."""
    import_rows("roster", [post("A", CHOM, "2024-01-01"), post("B", A_XAN, "2024-01-01")])
    after = figure("2025-07-02")
    [now] = [one["unit"]["code"] for one in after["children"] if one["required"]]
    import_rows("roster", [post("C", now, "2025-07-01")], "--ended-if-missing", on="2025-07-03")
    assert [figure(day)["required"] for day in ("2025-07-02", "2025-07-03")] == [3, 1]


@pytest.mark.parametrize(
    ("start", "end", "required"),
    [
        ("2024-01-15", "2024-03-31", [1, 0]),
        ("2023-12-01", "2024-03-31", [1, 0]),
        # it overlaps nothing, so it is another posting and the first goes on
        ("2023-06-01", "2023-12-31", [1, 1]),
    ],
)
def test_a_row_that_overlaps_one_posting_is_that_posting(import_rows, figure, start, end, required):
    import_rows("roster", [post("A", CHOM, "2024-01-01")])
    row = post("A", CHOM, start, end)
    report = import_rows("roster", [row], on="2024-05-02")
    is_other = required == [1, 1]
    assert (report["created"], report["changed"], len(report["notes"])) == (is_other, not is_other, not is_other)
    assert [figure(day)["required"] for day in ("2024-03-31", "2024-04-01")] == required
    assert figure("2023-12-15")["required"] == is_other
    assert import_rows("roster", [row], on="2024-05-03")["unchanged"] == 1


def test_a_row_that_overlaps_two_postings_waits(import_rows, installation):
    import_rows("roster", [post("A", CHOM, "2024-01-01", "2024-01-31"), post("A", CHOM, "2024-02-01")])
    file = installation.file("r.csv", [post("A", CHOM, "2024-01-15", "2024-03-31")])
    result, report = installation.report("import_roster", file, on="2024-05-02")
    assert result.status == 0
    assert [(bad["item"], bad["line"], bad["column"]) for bad in report["rejected"]] == [("A", 2, "tu_ngay")]


def test_a_row_in_another_unit_ends_nothing(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2024-01-01")])
    report = import_rows("roster", [post("A", A_XAN, "2024-03-01")], on="2024-05-02")
    assert (report["created"], report["rejected"]) == (1, [])
    inside = figure("2024-06-01", "--unit", TAY_GIANG)
    assert [child(inside, code)["required"] for code in (CHOM, A_XAN)] == [1, 1]


def test_a_filled_end_changes_a_posting_and_nothing_else_does(import_rows, figure):
    import_rows("roster", [post("A", CHOM, "2024-01-01")])
    report = import_rows("roster", [post("A", CHOM, "2024-01-01", "2024-03-31")], on="2024-05-02")
    assert [report[key] for key in ("read", "created", "changed", "unchanged")] == [1, 0, 1, 0]
    assert [figure(day)["required"] for day in ("2024-03-31", "2024-04-01")] == [1, 0]
    report = import_rows("roster", [post("A", CHOM, "2024-01-01", "2024-03-31")], on="2024-05-03")
    assert [report[key] for key in ("read", "created", "changed", "unchanged")] == [1, 0, 0, 1]


# --- the JSON
def test_the_json_has_exactly_the_agreed_keys(import_rows, figure):
    keys = (
        "requirement as_of geography known_on unit required completed expired in_progress overdue not_started excused"
    )
    keys = {*keys.split(), "unconfirmed_units", "percent", "unapproved", "still_knows", "to_review", "not_known"}
    whole = figure("2024-06-01")
    assert set(whole) == keys | {"children"}
    assert all(set(one) == keys and set(one["unit"]) == {"code", "name"} for one in whole["children"])
    assert len(whole["children"]) == 18 + 13 + 1  # districts, bodies directly under the province, Trực thuộc
    assert whole["children"][-1]["unit"] == {"code": None, "name": "Trực thuộc"}
    assert len(figure("2025-07-01")["children"]) == 94 + 12 + 1
    leaf = figure("2024-06-01", "--unit", CHOM)
    assert [one["unit"]["code"] for one in leaf["children"]] == [None]


def test_the_percentage_is_rounded_down_to_one_decimal(import_rows, figure):
    import_rows("roster", [post(who, CHOM, "2024-01-01") for who in "ABC"])
    assert figure("2024-06-01")["percent"] == 0
    import_rows("completions", [completion("A", "2024-01-20"), completion("B", "2024-01-20")])
    assert figure("2024-06-01")["percent"] == 66.6
    import_rows("completions", [completion("C", "2024-01-20")])
    assert figure("2024-06-01")["percent"] == 100
    assert figure("2023-06-01")["percent"] is None


def test_unconfirmed_units_is_a_number_of_units_that_have_to_confirm(import_rows, figure):
    """241 communes and 15 bodies; districts and the province confirm only when somebody is posted there."""
    assert figure("2024-06-01")["unconfirmed_units"] == 241 + 15
    import_rows("roster", [post("A", TAY_GIANG, "2024-01-01")])
    assert figure("2024-06-01")["unconfirmed_units"] == 241 + 15 + 1
    inside = figure("2024-06-01", "--unit", TAY_GIANG)
    assert (inside["unconfirmed_units"], child(inside, None)["unconfirmed_units"]) == (11, 1)
