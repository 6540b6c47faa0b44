"""Frozen reports in words, for their pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.annual.periods import Kind
from courses.annual.report import AnnualReport
from courses.annual.wording import shown

FILES = {
    "bao-cao.docx": gettext_lazy("Báo cáo, bản Word để sửa và ký"),
    "bao-cao.pdf": gettext_lazy("Báo cáo, bản PDF để đọc và in"),
    "so-lieu.xlsx": gettext_lazy("Số liệu và từng dòng, bảng tính"),
    "du-lieu.json": gettext_lazy("Dữ liệu mà mã băm nói đến"),
    "kiem_tra.py": gettext_lazy("Chương trình đếm lại, chạy bằng Python"),
    "tep.sha256": gettext_lazy("Mã băm của từng tệp"),
}


@dataclass(frozen=True)
class Described:
    pk: int
    kind: str
    unit: str
    year: int
    as_of: date
    taken_at: datetime
    version: int
    reason: str

    @property
    def title(self) -> str:
        return _("%(kind)s %(year)d, %(unit)s") % {"kind": self.kind, "year": self.year, "unit": self.unit}

    @property
    def address(self) -> str:
        return reverse("reports:annual_report", args=[self.pk])


def described(row: AnnualReport) -> Described:
    kind = str(Kind(row.kind).label)
    return Described(row.pk, kind, row.unit.name, row.year, row.as_of, row.taken_at, row.version, row.reason)


def files_shown(row: AnnualReport) -> list[dict[str, Any]]:
    """Without their contents. The annexes say what they hold by their names in the data."""
    files: QuerySet = row.files.values_list("name", "size")
    return [
        {
            "name": name,
            "label": str(FILES.get(name, _("Phụ lục dữ liệu, người ghi bằng số"))),
            "size": size,
            "address": reverse("reports:annual_file", args=[row.pk, name]),
        }
        for name, size in files
    ]


def main_figures(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The last line of each table: its sums, by column."""
    values = {figure["key"]: figure["value"] for figure in data["figures"]}
    starred = set(data["starred"])
    return [
        {
            "title": table["title"],
            "cells": [
                (label, shown(values[key], key in starred))
                for label, key in zip(table["columns"][1:], table["lines"][-1]["figures"], strict=True)
            ],
        }
        for table in data["tables"]
    ]
