"""The sheets of a CSV or XLSX file, whatever its name says: the content decides the kind.

Memory stays bounded: rows are streamed, and a file beyond the limits is refused by counting before it is loaded.
"""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from tabular.sheets import Sheet, TableError, not_a_spreadsheet
from tabular.text_files import text_sheet
from tabular.workbooks import workbook_sheets

# what other systems name .xls: a page of the web, XML of 2003, a page with its pictures; also after a mark of UTF
PAGE = re.compile(
    rb"[\xef\xbb\xbf\xfe\xff\s]*(?:<(?:!doctype|html|head|meta|table|\?xml|style)\b|mime-version:)", re.IGNORECASE
)


def sheets_of(path: str | Path) -> list[Sheet]:
    """All sheets in the file's order. Raises TableError where the file cannot be read to its end."""
    path = Path(path)
    try:
        with path.open("rb") as handle:
            head = handle.read(4096)
    except FileNotFoundError:
        raise TableError(_("Không tìm thấy tệp %(path)s.") % {"path": path}) from None
    except IsADirectoryError:
        raise TableError(_("%(path)s là thư mục, không phải tệp.") % {"path": path}) from None
    except OSError as error:
        raise TableError(_("Không mở được tệp %(path)s: %(why)s.") % {"path": path, "why": error.strerror}) from None
    if not head.strip():
        raise TableError(_("Tệp trống, không có dòng nào."))
    if head.startswith(b"PK"):
        return workbook_sheets(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(
            _("Tệp là bảng tính kiểu cũ (.xls) hoặc có mật khẩu; hãy lưu lại thành .xlsx, không đặt mật khẩu.")
        )
    if head.startswith((b"%PDF", b"{\\rtf")):
        raise not_a_spreadsheet()
    if PAGE.match(head.replace(b"\x00", b"")):
        raise TableError(
            _("Tệp là trang web hay XML mang tên bảng tính; hãy mở tệp bằng Excel, lưu lại thành .xlsx rồi nhập lại.")
        )
    return [text_sheet(path, head)]
