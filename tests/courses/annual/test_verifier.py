"""Whoever has the folder and Python counts the report again, alone, and finds each changed byte."""

import subprocess
import sys
from pathlib import Path

import pytest
from reported import NOW, files_of, frozen_report, make_year
from sharing import shared

from courses.annual.paper import verifier
from courses.annual.report import AnnualReport


@shared(on=NOW)
def report(units):
    make_year(units)
    return frozen_report(units.da_nang)


@pytest.fixture
def folder(report, tmp_path):
    for name, content in files_of(AnnualReport.objects.get(pk=report.pk)).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def said(capsys, *arguments):
    code = verifier.main([str(one) for one in arguments])
    return code, capsys.readouterr().out


def test_it_stands_alone_in_the_folder_and_needs_nothing_but_python(folder):
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "kiem_tra.py")], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert ran.stdout.startswith("KHỚP: ")
    assert len(ran.stdout.splitlines()) == 1
    assert ran.stderr == ""


def test_it_is_short():
    assert len(Path(verifier.__file__).read_text(encoding="utf-8").splitlines()) < 100


@pytest.mark.parametrize(
    "name",
    [
        *("bao-cao.docx", "bao-cao.pdf", "so-lieu.xlsx", "can-bo.csv", "don-vi.csv", "hoan-thanh.csv"),
        *("du-lieu.json", "kiem_tra.py", "tep.sha256"),
    ],
)
@pytest.mark.parametrize("where", [0, 0.5, -1], ids=["first", "middle", "last"])
def test_any_changed_byte_is_found(folder, capsys, name, where):
    content = bytearray((folder / name).read_bytes())
    place = int(len(content) * where) if where != -1 else -1
    content[place] ^= 1
    (folder / name).write_bytes(bytes(content))
    code, line = said(capsys, folder)
    assert code == 1
    assert line.startswith("KHÔNG KHỚP: ")
    assert len(line.splitlines()) == 1


def test_a_missing_file_is_found_though_it_was_taken_off_the_list(folder, capsys):
    (folder / "bao-cao.pdf").unlink()
    listed = (folder / "tep.sha256").read_text().splitlines(keepends=True)
    (folder / "tep.sha256").write_text("".join(line for line in listed if "bao-cao.pdf" not in line))
    assert said(capsys, folder) == (1, "KHÔNG KHỚP: thiếu tệp bao-cao.pdf\n")


def listed_anew(folder):
    names = [line.split("  ")[1] for line in (folder / "tep.sha256").read_text().splitlines()]
    lines = [f"{verifier.sha256((folder / name).read_bytes())}  {name}\n" for name in sorted(names)]
    (folder / "tep.sha256").write_text("".join(lines))


def test_rows_that_were_changed_together_with_the_list_are_found(folder, capsys):
    rows = (folder / "can-bo.csv").read_bytes().replace(b"chua_bat_dau", b"hoan_thanh")
    (folder / "can-bo.csv").write_bytes(rows)
    listed_anew(folder)
    assert "phụ lục can-bo.csv" in said(capsys, folder)[1]


def test_data_that_were_changed_together_with_the_list_are_not_those_of_the_document(folder, capsys):
    data = (folder / "du-lieu.json").read_bytes().replace(b'"value":4', b'"value":3')
    (folder / "du-lieu.json").write_bytes(data)
    listed_anew(folder)
    assert "bao-cao.docx" in said(capsys, folder)[1]


def test_a_figure_that_the_rows_do_not_give_is_named(folder, capsys, monkeypatch):
    data = (folder / "du-lieu.json").read_bytes().replace(b'"value":4', b'"value":3', 1)
    (folder / "du-lieu.json").write_bytes(data)
    listed_anew(folder)
    monkeypatch.setattr(verifier, "check_hash", lambda *asked: None)
    code, line = said(capsys, folder)
    assert code == 1
    assert "ghi 3, đếm lại được 4" in line


def test_the_hash_on_the_paper_is_compared(report, folder, capsys):
    assert said(capsys, folder, report.digest.upper())[0] == 0
    assert said(capsys, folder, "0" * 64) == (1, "KHÔNG KHỚP: mã băm trên giấy không phải của du-lieu.json\n")


def test_a_folder_without_a_report_gets_one_line(tmp_path, capsys):
    code, line = said(capsys, tmp_path)
    assert (code, len(line.splitlines())) == (1, 1)
