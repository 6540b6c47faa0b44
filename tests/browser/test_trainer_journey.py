"""A trainer sees the figure, drills down to a commune, changes the day and takes the numbers home."""

import csv
import io
import json
import re

from browser.trial import DESK

FIRST = "nhan-dien-nan-nhan"


def figures(trial, *options: str) -> dict:
    return json.loads(trial.manage("coverage", FIRST, *options, "--format", "json"))


def test_a_trainer_drills_from_the_province_to_a_commune_and_sees_who_is_missing(someone, trial):
    visitor = someone("binh", DESK)
    page = visitor.visit("/bao-cao/")
    whole = figures(trial)
    words = re.sub(r"\s+", " ", page.inner_text("main"))
    assert f"{whole['completed']} trên {whole['required']}" in words
    page.click("#dv-h")
    page.locator("#dv a:has-text('Tây Giang')").first.click()
    page.wait_for_load_state()
    page.click("#thieu-h")
    commune = figures(trial, "--unit", "20455")
    words = re.sub(r"\s+", " ", page.inner_text("main"))
    assert f"{commune['completed']} trên {commune['required']}" in words
    assert "Alăng Thị Hà" in words
    visitor.no_sideways_scrolling()


def test_the_figure_of_another_day_is_the_command_s(someone, trial):
    visitor = someone("binh", DESK)
    page = visitor.visit(f"/bao-cao/{FIRST}/48/?ngay=2026-09-01")
    then = figures(trial, "--as-of", "2026-09-01")
    assert f"{then['completed']} trên {then['required']}" in re.sub(r"\s+", " ", page.inner_text("main"))


def test_the_exported_table_holds_the_same_numbers(someone, trial):
    visitor = someone("binh", DESK)
    visitor.visit(f"/bao-cao/{FIRST}/48/")
    answer = visitor.page.request.get(trial.url + f"/bao-cao/{FIRST}/48/xuat.csv")
    assert answer.status == 200
    text = answer.body().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[-1] else ","))
    commune = figures(trial, "--unit", "20455")
    row = next(row for row in rows if "20455" in row)
    assert str(commune["required"]) in row
    assert str(commune["completed"]) in row
    assert visitor.page.request.get(trial.url + f"/bao-cao/{FIRST}/48/xuat.xlsx").body()[:2] == b"PK"


def test_the_report_fits_a_phone(someone):
    visitor = someone("binh")
    visitor.visit("/bao-cao/")
    visitor.no_sideways_scrolling()
    visitor.visit(f"/bao-cao/{FIRST}/20455/")
    visitor.no_sideways_scrolling()
