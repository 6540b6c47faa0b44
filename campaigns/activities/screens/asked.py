"""Which window, day and map an address asks for. What cannot be read falls back, and one sentence says so."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.activities.told.coverage import Window
from campaigns.messages.campaign import CampaignPage
from people.times import end_of_day, today
from people.typed_fields import typed_day
from people.typed_times import Looks

# of what is typed as a day, in letters
LONGEST = 100


class WindowForm(forms.Form):
    """Filters; they save nothing."""

    tu = typed_day(gettext_lazy("Từ ngày"), looks=Looks.BACK, required=False, asks=False)
    den = typed_day(gettext_lazy("Đến hết ngày"), looks=Looks.BACK, required=False, asks=False)
    ban_do = typed_day(gettext_lazy("Bản đồ của ngày"), looks=Looks.BACK, required=False, asks=False)
    biet = typed_day(
        gettext_lazy("Biết đến hết ngày"),
        looks=Looks.BACK,
        required=False,
        asks=False,
    )


@dataclass(frozen=True)
class Question:
    window: Window
    # what was typed, with what is usual where nothing was; a day that is not taken stays, with the reason
    form: WindowForm
    # None: now
    known: date | None = None

    @property
    def notes(self) -> list[str]:
        """Sentences about what was asked otherwise."""
        return [str(sentence) for sentences in self.form.errors.values() for sentence in sentences]

    @property
    def query(self) -> str:
        window = self.window
        known = {"biet": self.known} if self.known else {}
        return urlencode({"tu": window.first, "den": window.last, "ban_do": window.geography, **known})


def question(request) -> Question:
    """The year to today unless something else is asked; the map is never of an earlier day than the figures."""
    typed = {name: request.GET.get(name, "").strip()[:LONGEST] for name in WindowForm.base_fields}
    form = WindowForm(typed)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name) for name in typed}
    last = asked["den"] or today()
    year_begins = date(last.year, 1, 1)
    first, geography, known = asked["tu"] or year_begins, asked["ban_do"] or last, asked["biet"]
    if first > last:
        form.add_error("tu", _("Ngày đầu sau ngày cuối; đã lấy từ đầu năm."))
        first = year_begins
    if geography < last:
        form.add_error("ban_do", _("Bản đồ không thể cũ hơn ngày của số liệu; đã lấy bản đồ của ngày ấy."))
        geography = last
    usual = {"tu": first, "den": last, "ban_do": geography}
    form.data = {name: text or (f"{usual[name]:%d/%m/%Y}" if name in usual else "") for name, text in typed.items()}
    if known is None or known >= today():
        return Question(Window(first, last, geography), form)
    return Question(Window(first, last, geography, end_of_day(known)), form, known)


def campaign_window(year: int) -> tuple[date, date] | None:
    """The days of the year's campaign around 30/7, where there is one."""
    found = CampaignPage.objects.filter(year=year, alias_of=None).order_by("pk").first()
    return (found.starts_on, found.ends_on) if found else None
