"""Vietnamese in old letters is recognised and proposed, never taken by itself; lost letters are refused."""

import unicodedata

import openpyxl
import pytest
from openpyxl.styles import Font

from letters.keystrokes import typed_in
from people.imports import Report
from tabular.old_letters import (
    TCVN3,
    VISCII,
    VNI_ALONE,
    VNI_PAIRS,
    could_be,
    in_font,
    is_broken,
    likeliest,
    proposal,
    strange_words,
)
from tabular.questions import Answers
from tabular.tables import Column, read_table

COLUMNS = [
    Column("ma_can_bo", required=True, is_code=True),
    Column("ho_ten", required=True, is_name=True, anchors=True),
    Column("chuc_danh"),
    Column("ma_don_vi", is_code=True, beside=True),
    Column("tu_ngay", is_date=True),
]
NAMES = [
    "Nguyễn Văn An", "Trần Thị Mỹ Hạnh", "Lê Đức Thọ", "Đặng Thị Hường", "Phạm Anh Tú", "Zơrâm Thị Lan", "Alăng Bhuốch",
    "Võ Nguyễn Hoài Thương", "Cán bộ xã", "Công chức văn hóa - xã hội", "Huỳnh Thị Thúy Kiều", "Bnướch Bình",
    "ĐẶNG THỊ HƯỜNG",
]  # fmt: skip


def in_tcvn3(text):
    return text.translate({ord(letter): sign for sign, letter in TCVN3.items()})


def in_vni(text):
    signs = {unicodedata.normalize("NFC", letter): sign for sign, letter in {**VNI_PAIRS, **VNI_ALONE}.items()}

    def sign(letter):
        found = signs.get(letter.lower(), letter.lower())
        if letter.islower() or not letter.isalpha():
            return found
        return found.upper() if text.isupper() else found[0].upper() + found[1:]

    return "".join(map(sign, text))


VISCII_BYTES = {letter: byte for byte, letter in VISCII.items()}


def in_viscii(text):
    """As its bytes, of which Windows-1252 has no letter for some."""
    kept = bytes(VISCII_BYTES.get(letter, ord(letter)) for letter in text)
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in kept)


def misread(text, encoding):
    """UTF-8 opened in another encoding; what it leaves open stays a control character."""
    read = [bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode()]
    return "".join(read)


def in_1258(text):
    """As Windows-1258 keeps it, with the tone behind the letter."""
    kept = b""
    for letter in text:
        try:
            kept += letter.encode("cp1258")
        except UnicodeEncodeError:
            *parts, tone = unicodedata.normalize("NFD", letter)
            if tone not in "\u0300\u0301\u0303\u0309\u0323":
                # a letter with a dot below has it before its hat
                parts, tone = [parts[0], tone], parts[1]
            kept += (unicodedata.normalize("NFC", "".join(parts)) + tone).encode("cp1258")
    return kept


WAYS = {
    "TCVN3": in_tcvn3,
    "VNI": in_vni,
    "VISCII": in_viscii,
    "Windows-1252": lambda text: misread(text, "cp1252"),
    "Windows-1258": lambda text: misread(text, "cp1258"),
    "Macintosh": lambda text: misread(text, "mac_roman"),
    "DOS": lambda text: misread(text, "cp437"),
    "DOS of the West": lambda text: misread(text, "cp850"),
    "Cyrillic": lambda text: misread(text, "cp1251"),
    "1258 as 1252": lambda text: in_1258(text).decode("cp1252"),
    "twice": lambda text: misread(misread(text, "cp1252"), "cp1252"),
    "no-break spaces lost": lambda text: misread(text, "cp1252").replace("\u00a0", " "),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_old_letters_are_read_back(name, way):
    old = WAYS[way](name)
    assert old != name
    # a word may read well in two of them; a file tells which one it is
    likely = likeliest(map(WAYS[way], NAMES))
    assert proposal(old, likely).text == name
    assert way == "VISCII" or proposal(old).text == name


@pytest.mark.parametrize(
    "text",
    [
        *NAMES, "Arâl Thị Bước", "Bríu Liếc", "Clâu Blao", "Ríah Dung", "Pơloong Thị Cúc", "Coor Lêng", "Tr’Hy",
        "Ðặng Thị Ðào", "Phó phòng LÐ-TB&XH", "CBÐN-12", "VÐ–01",
        "Xã La Êê", "Kpă Púi", "François", "Số 12/QĐ-UBND", "Đại úy – Công an", "Phó Chủ tịch Ủy ban",
        "Ngoằn ngoèo khúc khuỷu", "3 ± 0,5", "Nhà 20 m²", "500 m³ nước", "37°C", "N° 5", "§ 12", "½ ngày", "5 × 3",
        "© 2026",
        "Nguye\u0302\u0303n", "", "An Binh 12",
    ],
)  # fmt: skip
def test_vietnamese_and_the_names_of_the_mountains_are_left_alone(text):
    assert proposal(text) is None


def test_the_names_of_all_units_are_left_alone(units_file):
    assert [name for name in units_file if proposal(name)] == []


@pytest.fixture
def units_file():
    from people.units.starter import DATA

    return (DATA / "units.csv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", ["L_ Qu_nh", "Nguy#n V#n An", "Tr*n Th*", "Nguy__n Văn An", "Nguy=n"])
def test_a_sign_in_place_of_a_letter_refuses_the_name(tmp_path, name):
    [row], _notes = read(tmp_path, (HEADING + f"A_B#1,{name},Pho,20455,01/07/2025\r\n").encode())
    assert [error.column for error in row.errors] == ["ho_ten"]
    assert "đã hỏng" in row.errors[0].reason


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn An*",
        "* Trần Thị Bảy",
        "Lê Quỳnh #2",
        "Bh'nướch_",
        "Nguyen_Van_An",
        "Alăng_Thị Hà",
        "Lê Văn_B",
        "A_Lăng",
    ],
)
def test_a_mark_beside_a_name_is_none(tmp_path, name):
    [row], _notes = read(tmp_path, (HEADING + f"A_B,{name},Pho,20455,01/07/2025\r\n").encode())
    assert row.errors == []


@pytest.mark.parametrize(
    ("text", "in_a_name", "elsewhere"),
    [
        ("Nguy?n V?n An", True, True),
        ("Tr??ng phòng", True, True),
        ("Nguy\ufffdn", True, True),
        ("L?", True, True),
        ("K? toán", True, True),
        ("Y t?", True, True),
        ("Kế toán (?)", True, False),
        ("Nguyï¿½n", True, True),
        ("Nguy□n", True, True),
        ("Nguy¿n", True, True),
        ("¿Cán bộ?", True, True),
        ("Nguy&#7877;n", True, False),
        ("Nguy\\u1ec5n", True, False),
        ("Nguy%E1%BB%85n", True, False),
        ("Trần & Lê", False, False),
        ("B? th?", True, True),
        ("Đã nghỉ hưu?", True, False),
        ("https://vi.du/?so=1", True, False),
        ("a.php?so=1@x", True, False),
        ("M\x19 Hanh", True, True),
        ("Nguy\x81n Văn", True, True),
        ("Nguy\x80n \x9d\x9d", True, True),
        ("Nguyễn Văn An", False, False),
    ],
)
def test_lost_letters_are_noticed(text, in_a_name, elsewhere):
    assert (is_broken(text, is_name=True), is_broken(text, is_name=False)) == (in_a_name, elsewhere)


def test_words_are_strange_by_their_letters():
    assert strange_words("Nguyễn Văn An, xã Tây Giang (Đà Nẵng)") == 0
    assert strange_words("NguyÔn V¨n An") == 2


@pytest.mark.parametrize(
    ("text", "font", "says"),
    [
        ("Tó Anh", ".VnTime", "Tú Anh"),
        ("§Æng ThÞ H\u00adêng", ".VnArial", "Đặng Thị Hường"),
        ("NguyÔn", ".VnTimeH", "NGUYỄN"),
        ("Lò Thò", "VNI-Times", "Lị Thị"),
        ("Tó Anh", "Times New Roman", None),
        ("An Binh", ".VnTime", None),
        ("Nguyễn Tó", ".VnTime", None),
    ],
)
def test_the_font_of_a_cell_tells_what_no_word_could(text, font, says):
    found = proposal(in_font(text, font))
    assert (found.text if found else None) == says


def test_what_reads_well_may_be_something_else_in_old_letters():
    assert [tuple(reading) for reading in could_be("Tó Anh")] == [("TCVN3", "Tú Anh"), ("VNI", "Tĩ Anh")]
    assert could_be("Nguyễn Tó") == could_be("NguyÔn") == could_be("An") == []


# --- through a file


def read(tmp_path, content: bytes, **answers):
    path = tmp_path / "tep.csv"
    path.write_bytes(content)
    report = Report(answers=Answers({kind: {"*": choice} for kind, choice in answers.items()}))
    rows = list(read_table(path, COLUMNS, report))
    return rows, [note["reason"] for note in report.notes]


HEADING = "Mã cán bộ,Họ tên,Chức danh,Mã đơn vị,Từ ngày\r\n"
ROW = "A1,Nguyễn Văn Hường,Công chức xã,20455,01/07/2025\r\n"


def to_1258(text):
    """As Windows writes it: a letter, and its tone as a sign of its own where there is no letter with it."""
    tones = "\u0300\u0301\u0303\u0309\u0323"

    def letter(one):
        if one.encode("cp1258", "ignore"):
            return one
        parts = unicodedata.normalize("NFD", one)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        return base + "".join(part for part in parts if part in tones)

    return "".join(map(letter, text)).encode("cp1258")


PLAIN = {
    "UTF-16": (HEADING + ROW).encode("utf-16"),
    "UTF-32": (HEADING + ROW).encode("utf-32"),
    "UTF-32, large end first": "\ufeff".encode("utf-32-be") + (HEADING + ROW).encode("utf-32-be"),
    "UTF-16 with tabulators": (HEADING + ROW).replace(",", "\t").encode("utf-16"),
    "UTF-16, large end first": "\ufeff".encode("utf-16-be") + (HEADING + ROW).encode("utf-16-be"),
    "UTF-16 without a mark": (HEADING + ROW).encode("utf-16-le"),
    "UTF-16 without a mark, large end first": (HEADING + ROW).encode("utf-16-be"),
    "UTF-8 with tabulators": (HEADING + ROW).replace(",", "\t").encode("utf-8-sig"),
    "Windows-1258": to_1258(HEADING + ROW),
    "sep and semicolons": ("\ufeffsep=;\r\n" + (HEADING + ROW).replace(",", ";")).encode(),
    "sep that names a comma": ("sep=,\n" + HEADING + ROW).encode(),
    "decomposed letters": unicodedata.normalize("NFD", HEADING + ROW).encode(),
    "a title with more commas": ("a,b,c,d,e,f,g,h,i,k\r\n" + (HEADING + ROW).replace(",", ";")).encode(),
}


@pytest.mark.parametrize("way", PLAIN)
def test_text_in_whatever_offices_save_is_read(tmp_path, way):
    [row], notes = read(tmp_path, PLAIN[way])
    assert not row.errors
    assert (row["ho_ten"], row["chuc_danh"]) == ("Nguyễn Văn Hường", "Công chức xã")
    assert row.line == (3 if "title" in way else 2)
    assert any("Windows-1258" in note for note in notes) is (way == "Windows-1258")


OLD = {
    "TCVN3 as bytes": in_tcvn3(HEADING + ROW).encode("latin-1"),
    "TCVN3 in UTF-8": in_tcvn3(HEADING + ROW).encode(),
    "VNI as bytes": in_vni(HEADING + ROW).encode("cp1252"),
    "VNI in UTF-8": in_vni(HEADING + ROW).encode(),
    "VISCII as bytes": bytes(VISCII_BYTES.get(letter, ord(letter)) for letter in HEADING + ROW),
    "VISCII in UTF-8": in_viscii(HEADING + ROW).encode(),
    "UTF-8 read as Windows-1252": misread(HEADING + ROW, "cp1252").encode(),
}


@pytest.mark.parametrize("way", OLD)
def test_a_file_in_old_letters_is_asked_about_and_taken_as_answered(tmp_path, way):
    [row], _notes = read(tmp_path, OLD[way])
    [error] = row.errors
    assert error.column == "ho_ten"
    assert "là “Nguyễn Văn Hường”" in error.reason
    assert "là “Công chức xã”" in error.reason
    assert "Hãy trả lời: “Đổi như đề nghị” / “Giữ như trong tệp” / “Không nhập dòng này”." in error.reason
    [row], _notes = read(tmp_path, OLD[way], kieu_chu="doi")
    assert (row.errors, row["ho_ten"], row["chuc_danh"]) == ([], "Nguyễn Văn Hường", "Công chức xã")
    [row], _notes = read(tmp_path, OLD[way], kieu_chu="giu")
    assert (row.errors, row["ho_ten"] == "Nguyễn Văn Hường") == ([], False)


@pytest.mark.parametrize("column", [0, 1, 2, 3])
@pytest.mark.parametrize("letter", ["?", "\ufffd"])
def test_a_row_with_lost_letters_is_refused(tmp_path, column, letter):
    cells = ["A1", "Nguyen An", "Cong chuc", "20455", "01/07/2025"]
    cells[column] = cells[column][0] + letter + cells[column][1:]
    [row], _notes = read(tmp_path, (HEADING + ",".join(cells)).encode())
    [error] = row.errors
    assert error.column == COLUMNS[column].name
    assert "đã hỏng; hãy gõ lại" in error.reason


def test_one_wrong_byte_makes_its_row_wrong_and_not_the_file(tmp_path):
    good, bad = read(
        tmp_path,
        (HEADING + ROW).encode() + "A2,Lê Tư,Phó,20455,01/07/2025\r\n".encode()[:5] + b"\xc3\x28,Pho,20455,01/07/2025",
    )[0]
    assert not good.errors
    assert [error.column for error in bad.errors] == ["ho_ten"]


def test_in_a_file_of_old_letters_names_that_read_well_are_noted(tmp_path):
    rows = "".join(f"{code},{name},,20455,01/07/2025\r\n" for code, name in [("A1", "Tó Anh"), ("A2", "NguyÔn An")])
    (first, second), notes = read(tmp_path, (HEADING + rows).encode())
    assert (first.errors, [error.column for error in second.errors]) == ([], ["ho_ten"])
    assert notes == ["“Tó Anh” có thể là “Tú Anh” theo TCVN3; hãy xem lại, tệp có những tên kiểu chữ ấy."]
    assert read(tmp_path, (HEADING + rows.splitlines()[0]).encode())[1] == []


def test_a_workbook_asks_by_the_font_of_its_cells(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADING.strip().split(","))
    book.active.append(["A1", "Tó Anh", None, "20455", "01/07/2025"])
    book.active["B2"].font = Font(name=".VnTime")
    book.save(tmp_path / "tep.xlsx")
    [row] = read_table(tmp_path / "tep.xlsx", COLUMNS)
    assert "“Tó Anh” đọc theo TCVN3 là “Tú Anh”." in row.errors[0].reason


def test_a_word_that_was_typed_again_leaves_the_others_recognised():
    for encoding in ("cp1252", "mac_roman"):
        typed = f"{misread('Nguyễn', encoding)} Thị {misread('Mỹ', encoding)}"
        assert proposal(typed) == ("UTF-8", "Nguyễn Thị Mỹ")


CAPITALS = ["TRẦN THỊ MỸ HẠNH", "NGUYỄN VĂN ĐỒNG", "ĐỖ THỊ THỦY", "VŨ THỊ QUỲNH", "LÊ THỊ ÁNH TUYẾT", "HỒ VIẾT MẪN"]


@pytest.mark.parametrize("name", CAPITALS)
def test_capital_letters_of_viscii_are_read_back_though_windows_has_no_letter_for_some(tmp_path, name):
    row = HEADING + f"A1,{name},Phó,20455,01/07/2025\r\n"
    content = bytes(VISCII_BYTES.get(letter, ord(letter)) for letter in row)
    [row], _notes = read(tmp_path, content, kieu_chu="doi")
    assert (row.errors, row["ho_ten"], row["chuc_danh"]) == ([], name, "Phó")


TYPED = {
    "Nguye^~n Va(n An": "Nguyễn Văn An",
    "DDa(.ng Thi. Hu+o+`ng": "Đặng Thị Hường",
    "Tra^`n Thi. My~ Ha.nh": "Trần Thị Mỹ Hạnh",
    "Nguyeenx Vawn An": "Nguyễn Văn An",
    "NGUYEENX VAWN AN": "NGUYỄN VĂN AN",
    "DDawngj Thij Huwowngf": "Đặng Thị Hường",
    "Lee DDuwcs Thoj": "Lê Đức Thọ",
    "Quoocs Huynhf": "Quốc Huỳnh",
    "Huỳnh Thij Thuys Kieeuf": "Huỳnh Thị Thúy Kiều",
    "Truowng Gia Bảo": "Trương Gia Bảo",
    "Nguye64n Va8n An": "Nguyễn Văn An",
    "D9a8ng5 Thi5 Hu7o7ng2": "Đặng Thị Hường",
    "Alawng Thij Buwowir": "Alăng Thị Bưởi",
    "Ala(ng Thi. Hu+o+`ng": "Alăng Thị Hường",
    "Ala8ng Thi5 Bu7o73i": "Alăng Thị Bưởi",
    "ALAWNG THIJ HAF": "ALĂNG THỊ HÀ",
    "Zowraam Thij Dduwcs": "Zơrâm Thị Đức",
    "Po+loong Thi. Cu'c": "Pơloong Thị Cúc",
    "A Lawng Thij Haf": "A Lăng Thị Hà",
}


@pytest.mark.parametrize("name", TYPED)
def test_a_name_whose_keys_were_not_made_letters_is_asked_about(tmp_path, name):
    content = (HEADING + f"A1,{name},Pho,20455,01/07/2025\r\n").encode()
    [row], _notes = read(tmp_path, content)
    assert [error.column for error in row.errors] == ["ho_ten"]
    assert f"là “{TYPED[name]}”. Hãy trả lời: “Đổi như đề nghị”" in row.errors[0].reason
    [row], _notes = read(tmp_path, content, kieu_go="doi")
    assert (row.errors, row["ho_ten"]) == ([], TYPED[name])
    [row], _notes = read(tmp_path, content, kieu_go="giu")
    assert (row.errors, row["ho_ten"]) == ([], name)


@pytest.mark.parametrize(
    "name",
    [
        *NAMES, "Coor Lêng", "Coor Leng", "Zoram", "Bhling", "Bh'ling", "Alang", "A Tung", "A. Tùng", "Nguyen V. An",
        "Nay Der Car", "Y Ngar", "K'Brêr", "Siu Black", "Ksor Phuoc", "Lee Soo", "Alex Max", "Alăng Xoor", 
        "Hiên Thị Boor",
        "Zoram Bloos", "H'Hen Niê", "Nguyễn Thị Lan 2", "Lan1", "Nguyen Van An", "Tơ Ngôl Vân", "Rơ Ô Bhung",
        "Ka Să Ha Thơ",
        "Pơloong Thị Cúc", "Poloong", "Arat Thi Xoong", "Dinh Thi Dua", "Ho Thi Dơng",
    ],
)  # fmt: skip
def test_names_as_they_are_written_are_no_keys(tmp_path, name):
    [row], notes = read(tmp_path, (HEADING + f"A1,{name},Pho,20455,01/07/2025\r\n").encode())
    assert (row.errors, row["ho_ten"], notes) == ([], name, [])


def test_the_names_of_all_units_are_no_keys(units_file):
    without_marks = [unicodedata.normalize("NFD", line).encode("ascii", "ignore").decode() for line in units_file]
    cells = [cell for line in (*units_file, *without_marks) for cell in line.split(",")]
    assert [cell for cell in cells if typed_in(cell)] == []
