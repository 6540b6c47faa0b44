#!/usr/bin/env python3
"""Kiểm tra một báo cáo đã chốt. Chỉ cần Python 3, không cần mạng, không cần hệ thống đã lập ra báo cáo.

    python3 kiem_tra.py [THƯ_MỤC] [MÃ_BĂM_IN_TRONG_BÁO_CÁO]

Đếm lại mọi con số từ phụ lục CSV, so mã băm của từng tệp. Kết thúc với 0 khi khớp, với 1 và một dòng khi không.
(Counts every figure of a frozen report again from its CSV annexes and compares the hash of every file.)
"""

import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from pathlib import Path

LIST, DATA, WORD = "tep.sha256", "du-lieu.json", "bao-cao.docx"


class Wrong(Exception):
    """Says what does not match."""


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def check_files(folder):
    """Every byte of every file, those of the list itself too: it has one way to be written."""
    text = (folder / LIST).read_bytes().decode("utf-8")
    names = re.findall(r"^\w+  ([\w.-]+)$", text, flags=re.MULTILINE)
    lines = {name: f"{sha256((folder / name).read_bytes())}  {name}\n" for name in names}
    if changed := [name for name in names if lines[name] not in text]:
        raise Wrong(f"tệp {changed[0]} đã bị đổi sau khi chốt")
    if text != "".join(lines[name] for name in sorted(lines)):
        raise Wrong(f"danh sách {LIST} đã bị đổi")
    return names


def check_hash(folder, names, printed):
    """The hash that the Word document prints, and the one that somebody reads off the paper, are that of the data."""
    mine = sha256((folder / DATA).read_bytes())
    if printed and re.sub(r"[^0-9a-f]", "", printed.lower()) != mine:
        raise Wrong(f"mã băm trên giấy không phải của {DATA}")
    if WORD in names:
        with zipfile.ZipFile(folder / WORD) as document:
            text = re.sub(rb"<[^>]+>", b"", document.read("word/document.xml"))
        if mine.encode() not in text:
            raise Wrong(f"mã băm in trong {WORD} không phải của {DATA}")


def rows_of(folder, name, about):
    content = (folder / name).read_bytes()
    if sha256(content) != about["sha256"]:
        raise Wrong(f"phụ lục {name} không phải phụ lục mà dữ liệu nói đến")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def count(figures, annexes):
    """Values by key: how many different values rows have in a column, or the sum of those known; then the shares."""
    passes, values = {}, {}  # type: dict, dict
    for one in figures:
        if "annex" in one:
            columns = tuple(sorted(one["where"]))
            if (kept := (one["annex"], columns, one["of"])) not in passes:
                passes[kept] = {}
                for row in annexes[one["annex"]]:
                    passes[kept].setdefault(tuple(row[name] for name in columns), []).append(row[one["of"]])
            cells = passes[kept].get(tuple(one["where"][name] for name in columns), ())
            known = sum(int(cell) for cell in cells if cell) if "sum" in one and any(cells) else None
            values[one["key"]] = known if "sum" in one else len(set(cells))
    for one in (one for one in figures if "part" in one):
        part, whole = values[one["part"]], values[one["whole"]]
        values[one["key"]] = part * 1000 // whole / 10 if whole else None
    return values


def main(arguments):
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        check_hash(folder, names := check_files(folder), arguments[1] if len(arguments) > 1 else "")
        data = json.loads((folder / DATA).read_text(encoding="utf-8"))
        if missing := set(data["files"]) - set(names):
            raise Wrong(f"thiếu tệp {', '.join(sorted(missing))}")
        counted = count(data["figures"], {n: rows_of(folder, n, about) for n, about in data["annexes"].items()})
        for one in data["figures"]:
            if counted[one["key"]] != one["value"]:
                raise Wrong(f"“{one['label']}” ghi {one['value']}, đếm lại được {counted[one['key']]}")
    except (Wrong, OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as wrong:
        print(f"KHÔNG KHỚP: {wrong}")
        return 1
    print(f"KHỚP: {len(counted)} con số, {len(data['annexes'])} phụ lục, mã băm {sha256((folder / DATA).read_bytes())}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
