"""What Wagtail itself lets people carry away from /cms/ (reports, redirects), as harmless to open as our own files.

Titles and names in it are what editors wrote. Wagtail keeps its workbooks from formulas, its CSV not. No file
is of everything because its filter was not understood.
"""

from functools import wraps

from django.http import HttpResponse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from tabular.formulas import harmless

_written = SpreadsheetExportMixin.preprocess_field_value
_made = SpreadsheetExportMixin.as_spreadsheet


@wraps(_written)
def _guarded(view, field, value, export_format):
    return harmless(_written(view, field, value, export_format))


@wraps(_made)
def _as_asked(view, queryset, spreadsheet_format):
    filters = getattr(view, "filters", None)
    if filters is None or filters.is_valid():
        return _made(view, queryset, spreadsheet_format)
    said = " ".join(str(sentence) for sentences in filters.errors.values() for sentence in sentences)
    return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")


def connect() -> None:
    SpreadsheetExportMixin.preprocess_field_value = _guarded
    SpreadsheetExportMixin.as_spreadsheet = _as_asked
