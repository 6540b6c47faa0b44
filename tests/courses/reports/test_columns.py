"""Columns of a file: chosen by name, kept in a saved report, and never a bare percentage."""

import csv
import io
from datetime import date

import pytest
from django.http import QueryDict
from django.utils import timezone

from courses.reports.query.file_columns import PEOPLE, UNITS, boxes, chosen, narrowed
from courses.reports.saved.report import plain
from tabular.writing import Table

TABLE = Table("T", ["Mã", "Tên", "Ngày"], iter([("1", "An", date(2026, 1, 2)), ("2", "Bình", None)]))


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", ()),
        ("cot=ho_ten&cot=han", ("ma", "ho_ten", "han")),
        ("cot=han,ho_ten", ("ma", "ho_ten", "han")),
        ("cot=gi-do&cot=", ()),
        ("cot=" + ",".join(PEOPLE), ()),
    ],
)
def test_columns_stand_in_their_order_and_what_is_not_offered_is_ignored(asked, kept):
    assert chosen(QueryDict(asked), PEOPLE) == kept


def test_a_percentage_brings_what_it_is_made_of():
    assert set(chosen({"cot": "ty_le"}, UNITS)) == {"ma_don_vi", "ty_le", "phai", "hoan_thanh", "mien", "chua_xac_nhan"}


def test_what_stands_behind_the_columns_stays():
    table = narrowed(TABLE, {"ma": "Mã", "ten": "Tên"}, ("ma",))
    assert (table.columns, list(table.rows)) == (["Mã", "Ngày"], [("1", date(2026, 1, 2)), ("2", None)])
    assert narrowed(TABLE, {"ma": "Mã"}, ()) is TABLE
    assert [kept for _name, _label, kept in boxes(PEOPLE, ("ma",))] == [True, *[False] * (len(PEOPLE) - 1)]


@pytest.mark.django_db
def test_files_and_links_of_a_page_have_the_chosen_columns_and_a_saved_report_keeps_them(client_of, cast):
    from courses.standing.rules import seed_requirements
    from courses.standing.standing import refresh

    [requirement, *_others] = seed_requirements(timezone.now())
    refresh([cast.learner.pk], timezone.now())
    client, base = client_of(cast.trainer), f"/bao-cao/{requirement.key}/{cast.units.tay_giang.code}/"

    def heads(address):
        text = client.get(address).content.decode("utf-8-sig")
        return next(csv.reader(io.StringIO(text), delimiter=";"))

    days = ["Tính đến ngày", "Địa giới ngày", "Biết đến ngày"]
    assert heads(f"{base}can-bo/xuat.csv?cot=ho_ten&cot=han") == ["Mã cán bộ", "Họ tên", "Hạn", *days]
    assert heads(f"{base}xuat.csv?cot=phai")[:2] == ["Mã đơn vị", "Phải hoàn thành"]
    assert len(heads(f"{base}can-bo/xuat.csv")) == len(PEOPLE) + 3
    page = client.get(f"{base}can-bo/?cot=ho_ten&cot=han&trang_thai=thieu").text
    assert "can-bo/xuat.xlsx?trang_thai=thieu&amp;cot=ma%2Cho_ten%2Chan" in page
    assert 'name="cot" value="ma,ho_ten,han"' in page
    assert "xuat.xlsx?cot=ma_don_vi%2Cphai" in client.get(f"{base}?cot=phai").text
    assert plain(f"{base}can-bo/?cot=ho_ten&cot=han&tim=An") == f"{base}can-bo/?cot=ho_ten&cot=han"
