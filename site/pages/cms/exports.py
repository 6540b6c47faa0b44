"""What Wagtail itself lets people carry away from /cms/ (reports, redirects), as harmless to open as our own files.

Titles and names in it are what editors wrote. Wagtail keeps its workbooks from formulas, its CSV not.
"""

from functools import wraps

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from tabular.formulas import harmless

_written = SpreadsheetExportMixin.preprocess_field_value


@wraps(_written)
def _guarded(view, field, value, export_format):
    return harmless(_written(view, field, value, export_format))


def connect() -> None:
    SpreadsheetExportMixin.preprocess_field_value = _guarded
