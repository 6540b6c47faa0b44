"""The rows of a reform from the tables of `import_units`; what only their sender can know is asked on the page.

While a question is open the files lie among the private ones, and the form carries their signed names for a day.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from outbox.private_files import on_disk, private_files
from people.changes.questions import by_kind, with_given
from people.imports import Report, in_order
from people.reforms import acts
from people.reforms.reform import Reform
from people.reforms.screens.forms import TablesForm
from people.reforms.screens.gate import reforming, trail_to
from people.reforms.screens.preparing import add_act, draft_or_404
from people.units.files import read_successions, read_units
from tabular.questions import Answers
from tabular.tables import TableError

SHOWN = 50
SALT = "tables of a reform"
# as long as a check may be confirmed
ANSWERABLE = timedelta(hours=24)
READ = {"units": read_units, "successions": read_successions}


@dataclass
class Sent:
    """`files` are names of private files by what they hold, `titles` what the sender calls them."""

    files: dict[str, str]
    titles: str
    answers: Answers = field(default_factory=Answers)

    def token(self, request, reform: Reform) -> str:
        return signing.dumps(
            {
                "for": [request.user.pk, reform.pk],
                "files": self.files,
                "titles": self.titles,
                "kept": self.answers.kept,
            },
            salt=SALT,
        )

    def remove(self) -> None:
        for name in self.files.values():
            private_files.delete(name)


@require_http_methods(["GET", "HEAD", "POST"])
@reforming
def from_tables(request, pk):
    """Takes the rows of the reform's day from the tables, in place of those taken before. A POST with `tep` answers
    what was asked of files that were sent before.
    """
    reform = draft_or_404(pk)
    again = "tep" in request.POST
    form = TablesForm(request.POST, request.FILES) if request.method == "POST" and not again else TablesForm()
    context = {"reform": reform, "form": form, "wrong": "", "rejected": [], "trail": trail_to(reform)}
    sent = _sent_before(request, reform) if again else _sent_now(request) if form.is_bound and form.is_valid() else None
    if again and sent is None:
        context["wrong"] = _("Tệp đã tải lên không còn được giữ; anh chị tải lại.")
    if sent is not None and (done := _read(request, reform, sent, context)):
        return done
    return render(request, "account/reform_tables.html", context, status=422 if request.method == "POST" else 200)


def _sent_now(request) -> Sent:
    files = {name: file for name in READ if (file := request.FILES.get(name))}
    names = {name: private_files.save(f"reforms/table{_suffix(file.name)}", file) for name, file in files.items()}
    return Sent(names, ", ".join(file.name for file in files.values())[:120])


def _suffix(name: str) -> str:
    """One that the form takes."""
    return "." + name.rpartition(".")[2].lower()


def _sent_before(request, reform: Reform) -> Sent | None:
    """None where it was another's, too long ago, or its files are gone."""
    try:
        said = signing.loads(request.POST["tep"], salt=SALT, max_age=ANSWERABLE)
    except signing.BadSignature:
        return None
    if said["for"] != [request.user.pk, reform.pk] or not all(map(private_files.exists, said["files"].values())):
        return None
    return Sent(said["files"], said["titles"], with_given(Answers(said["kept"]), request.POST))


def _read(request, reform: Reform, sent: Sent, context: dict):
    """The answer where the rows were taken; else None, and why in `context`."""
    report = Report(answers=sent.answers)
    try:
        rows = {
            name: _rows(sent.files[name], read, report) if name in sent.files else [] for name, read in READ.items()
        }
    except TableError as error:
        context["wrong"] = str(error)
        sent.remove()
        return None
    if report.waiting:
        context |= {"questions": by_kind(report.questions, report.answers), "token": sent.token(request, reform)}
    context |= {"rejected": in_order(report.wrong)[:SHOWN], "rejected_count": len(report.wrong)}
    if report.waiting:
        return None
    sent.remove()
    if report.wrong:
        return None
    if done := _take(request, reform, sent.titles, rows):
        return done
    context["wrong"] = _("Không có dòng nào của ngày %s.") % f"{reform.on:%d/%m/%Y}"
    return None


def _rows(name: str, read, report: Report) -> list:
    with on_disk(name) as path:
        return read(path, report)


def _take(request, reform: Reform, titles: str, rows: dict[str, list]):
    act, others = acts.tables(titles, rows["units"], rows["successions"], reform.on)
    if not act["units"] and not act["successions"]:
        return None
    add_act(reform.pk, act, instead_of=acts.ActKind.TABLES)
    said = _("Đã lấy %(units)d đơn vị, %(passed)d dòng chuyển.")
    messages.success(request, said % {"units": len(act["units"]), "passed": len(act["successions"])})
    if others:
        messages.info(request, _("%d dòng của ngày khác được bỏ qua.") % others)
    return redirect("reform", reform.pk)
