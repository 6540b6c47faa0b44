"""`annual_report`: freezes once, writes the same bytes again, and says in one line what it cannot do."""

import json
from datetime import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from reported import COURSE, NOW, completes, make_year
from sharing import shared

from courses.annual.paper import files, verifier
from courses.annual.report import AnnualReport
from printing.fonts import MissingFont


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW)
def year(units):
    return make_year(units)


def bytes_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_writes_the_report_and_the_same_bytes_the_next_time(year, tmp_path, capsys):
    first, second = tmp_path / "a", tmp_path / "b"
    call_command("annual_report", "2026", out=str(first))
    completes(year[2], timezone.localdate())
    with time_machine.travel(timezone.make_aware(datetime(2027, 2, 3, 4)), tick=False):
        call_command("annual_report", "2026", out=str(second))
    assert bytes_in(first) == bytes_in(second)
    assert {"bao-cao.docx", "bao-cao.pdf", "so-lieu.xlsx", "can-bo.csv"} < bytes_in(first).keys()
    assert verifier.main([str(second)]) == 0


def test_it_prints_the_figures_as_json(year, tmp_path, capsys):
    call_command("annual_report", "2026", unit="20455", out=str(tmp_path), format="json")
    told = json.loads(capsys.readouterr().out)
    assert told["unit"] == {"code": "20455", "name": "Xã Tây Giang"}
    assert (told["year"], told["kind"], told["as_of"]) == (2026, "annual", "2026-12-14")
    assert (told["activities_from"], told["version"]) == ("2025-12-15", 1)
    assert told["figures"][f"{COURSE}.phai"] == 4
    assert told["sha256"] == AnnualReport.objects.get().digest


def test_a_new_version_says_what_it_changes(year, tmp_path, capsys):
    call_command("annual_report", "2026", out=str(tmp_path))
    completes(year[2], timezone.localdate().replace(day=1))
    with time_machine.travel(NOW.replace(hour=18), tick=False):
        call_command("annual_report", "2026", out=str(tmp_path), new_version="Bổ sung minh chứng")
    assert "phiên bản 2" in (said := capsys.readouterr().out)
    assert "Nhận diện nạn nhân bị mua bán: Đã hoàn thành: từ 1 thành 2" in said
    assert verifier.main([str(tmp_path)]) == 0


def test_without_a_folder_it_says_where_the_files_are(year, capsys, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    call_command("annual_report", "2026")
    assert str(tmp_path / "annual-reports" / "2026-nam-48") in capsys.readouterr().out


@pytest.mark.parametrize(
    ("year_", "options", "says"),
    [
        ("hai-nghin", {}, "hai-nghin"),
        ("2026", {"unit": "khong-co"}, "khong-co"),
        ("2026", {"as_of": "31/02/2026"}, "31/02/2026"),
        ("2026", {"as_of": "2025-01-01"}, "15/12/2025"),
        ("2040", {}, "2039"),
        ("2026", {"new_version": "  "}, "lý do"),
        ("2026", {"new_version": "Gọi chị Hà 0905 123 456"}, "số điện thoại"),
    ],
)
def test_bad_input_gets_one_clear_line(year, tmp_path, year_, options, says):
    with pytest.raises(CommandError) as refused:
        call_command("annual_report", year_, out=str(tmp_path), **options)
    assert says in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert not AnnualReport.objects.exists()


def test_a_folder_that_cannot_be_written_to_is_named_before_anything_is_frozen(year, tmp_path):
    (tmp_path / "tep").write_text("")
    with pytest.raises(CommandError, match="tep"):
        call_command("annual_report", "2026", out=str(tmp_path / "tep" / "a"))
    assert not AnnualReport.objects.exists()


def test_a_machine_without_the_font_is_told_which_package(year, tmp_path, monkeypatch):
    def missing(family, package):
        raise MissingFont(family, package)

    monkeypatch.setattr(files, "require", missing)
    with pytest.raises(CommandError, match="fonts-liberation"):
        call_command("annual_report", "2026", out=str(tmp_path))
    assert not AnnualReport.objects.exists()
