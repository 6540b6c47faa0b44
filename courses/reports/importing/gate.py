"""Who may bring in which file: who could undo such a change."""

from functools import wraps

from django.http import Http404
from django.utils.translation import gettext_lazy

from courses.reports.importing.kinds import KINDS, FileKind
from courses.reports.query.gate import forbidden, uploading
from people.undoing.rights import undoable_kinds

REASON = gettext_lazy("Nhập tệp này dành cho người quản lý cấp tỉnh và quản trị viên.")


def kinds_for(request) -> list[FileKind]:
    mine = undoable_kinds(request.user)
    return [kind for kind in KINDS.values() if kind.change in mine]


def bringing_in(view):
    """`kind` of the address is a key; the view gets the kind. Who brings in rosters passes, the other files are for
    fewer.
    """

    @uploading
    @wraps(view)
    def gated(request, *args, kind: str = "danh-sach", **kwargs):
        if kind not in KINDS:
            raise Http404
        if KINDS[kind] not in kinds_for(request):
            return forbidden(request, REASON)
        return view(request, *args, kind=KINDS[kind], **kwargs)

    return gated
