"""What a commune's page must not tell of anybody, asked when it is submitted or published; a draft is never asked.

A number stops it beside the field. An uncertain sign asks for a reason, which the commune's head reads
(`people.guarding.insistence`). What is live already stays.
"""

from collections.abc import Iterator
from html import unescape

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from letters.identifying import Sign
from pages.cms.forms import PageForm
from pages.contacts.typed_numbers import TAG, home, numbers_in
from people import free_text
from people.guarding.insistence import LONGEST, insist, name_form
from people.guarding.wording import judged, unfit

# those of them that a kind of page has
NAMES = ("title", "intro", "text", "words", "place", "office", "summary")
FORM = "commune_page"


def said_in(value: str | None) -> str:
    """As it is read: a break of rich text is a space."""
    return unescape(TAG.sub(" ", value or ""))


def live_texts(page) -> dict[str, str]:
    """As they are stored; of a page that was never public none."""
    stored = type(page)._base_manager.filter(pk=page.pk, live=True).first() if page.pk else None
    return {name: said_in(getattr(stored, name, "")) for name in NAMES} if stored else {}


def new_texts(page, values: dict) -> Iterator[tuple[str, str]]:
    """(field, text) of what would become public and is not."""
    texts = {name: said_in(values[name]) for name in NAMES if isinstance(values.get(name), str)}
    if any(texts.values()):
        live = live_texts(page)
        yield from ((name, text) for name, text in texts.items() if text and text != live.get(name))


class CommunePageForm(PageForm):
    insisting = forms.CharField(
        label=gettext_lazy("Vẫn giữ như đã viết, lý do"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Chỉ ghi khi trang nhắc có dấu hiệu nhận ra người thật mà phải giữ. Thủ trưởng đơn vị đọc lý do này; lý do "
            "không lên trang."
        ),
    )
    # uncertain signs for which she gave a reason
    kept_signs: frozenset[Sign] = frozenset()

    def clean(self):
        data = super().clean()
        if not self.is_deferred_validation:
            self._judge(data)
        return data

    def _judge(self, data: dict) -> None:
        warned: dict[str, str] = {}
        signs: set[Sign] = set()
        for name, text in new_texts(self.instance, data):
            about = judged(text, self.for_user)
            for said in _refusals(text):
                self.add_error(name, said)
            if about.signs:
                warned[name], signs = about.warning, signs | about.signs
        if not signs:
            return
        if why := unfit(data.get("insisting") or "", self.for_user):
            for name, said in warned.items():
                self.add_error(name, said)
            self.add_error("insisting", why)
        else:
            self.kept_signs = frozenset(signs)

    def save(self, commit=True):
        page = super().save(commit)
        if self.kept_signs and self.for_user is not None:
            page.insisted = self.for_user, self.kept_signs, self.cleaned_data["insisting"].strip()
        return page


def keep_why(page) -> None:
    """As a revision of the page is stored, for the form has stored nothing yet."""
    if insisted := page.__dict__.pop("insisted", None):
        by, signs, reason = insisted
        insist(by, FORM, signs, reason, timezone.now())


def _refusals(text: str) -> list[str]:
    """Without a telephone number of which `pages.contacts.typed_numbers` says already what to do."""
    said = {home(number) for number in numbers_in(text)}
    if all(one.sign is Sign.TELEPHONE and one.said in said for one in free_text.certain(text)):
        return []
    return free_text.refusals(text)


def refuse_numbers(page) -> None:
    """At the store, for whatever makes a page public. Raises ValidationError."""
    texts = {name: said_in(getattr(page, name, "")) for name in NAMES}
    said = {name: some for name, text in texts.items() if text and (some := free_text.refusals(text))}
    if said:
        live = live_texts(page)
        if new := {name: some for name, some in said.items() if texts[name] != live.get(name)}:
            raise ValidationError(new)


def connect() -> None:
    name_form(FORM, gettext_lazy("Trang của xã"))
