"""The ways in which a language is written here: one of them is live, and its hard letters are one tap away.

Cơ Tu alone was written in four systems before the script of 2025, so nothing here knows the right one: a province
names its orthographies and their letters. They start with the letters that were seen in print (content/facts.md), and
empty where none were.
"""

import unicodedata
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.languages import LANGUAGES, NAMES

SOURCE = "vi"
# of orthographies, in Vietnamese order of the province's languages
TAGS = ("ktv", "sed", "jeh", "stg", "cua", "lo", "en")
# letters seen, and where: content/facts.md, 1. A row is a line. Combining marks need their letter.
SEEN = {
    "ktv": ("’", "VOV4, tiếng Cơ Tu: chữ cái tiếng Việt và dấu ’ trong từ. Bộ chữ năm 2025 chưa có bảng chữ."),
    "sed": (
        "ƀ Ƀ ŏ Ŏ ĕ Ĕ ŭ Ŭ\nô\u0306 Ô\u0306 ơ\u0306 Ơ\u0306\n‘ ’",
        "VOV4, tiếng Xơ Đăng, 2023.",
    ),
}


class OrthographyQuerySet(models.QuerySet):
    def live(self):
        return self.filter(is_live=True, language__in=NAMES)


class Orthography(models.Model):
    language = models.CharField(_("tiếng"), max_length=10, choices=LANGUAGES)
    name = models.CharField(
        _("tên bộ chữ"), max_length=80, blank=True, help_text=_("Để trống khi tiếng này chỉ có một bộ chữ.")
    )
    letters = models.TextField(
        _("chữ khó gõ"),
        max_length=1000,
        blank=True,
        help_text=_("Mỗi dòng một hàng, các chữ cách nhau bằng dấu cách. Người dịch bấm để gõ."),
    )
    letters_source = models.CharField(_("thấy ở đâu"), max_length=200, blank=True)
    is_live = models.BooleanField(_("đang dùng trên trang"), default=False)

    objects = OrthographyQuerySet.as_manager()

    class Meta:
        verbose_name = _("bộ chữ")
        verbose_name_plural = _("bộ chữ")
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["language", "name"], name="orthography_named_once"),
            models.UniqueConstraint(
                fields=["language"], condition=Q(is_live=True), name="orthography_one_live_a_language"
            ),
        ]

    def __str__(self):
        language = NAMES.get(self.language, (self.language,))[0]
        return f"{language} ({self.name})" if self.name else language

    def save(self, *args, **kwargs):
        # a letter with a mark is one sign where Unicode has it
        self.letters = unicodedata.normalize("NFC", self.letters)
        super().save(*args, **kwargs)

    @property
    def rows(self) -> list[list[str]]:
        return [row for line in self.letters.splitlines() if (row := line.split())]


def in_order(rows: Iterable[Orthography]) -> list[Orthography]:
    """As the province names its languages."""
    places = {tag: place for place, tag in enumerate(TAGS)}
    return sorted(rows, key=lambda row: (places.get(row.language, len(places)), row.language, row.pk))


def seed_orthographies() -> None:
    """One unnamed, live orthography for each language that has none; changes nothing that is there."""
    there = set(Orthography.objects.values_list("language", flat=True))
    for tag in TAGS:
        if tag not in there:
            letters, source = SEEN.get(tag, ("", ""))
            Orthography.objects.create(language=tag, letters=letters, letters_source=source, is_live=True)


@transaction.atomic
def put_live(chosen: Orthography) -> None:
    """In place of the language's other one; what readers see follows (`campaigns.translating.feeding`)."""
    Orthography.objects.select_for_update().filter(language=chosen.language, is_live=True).update(is_live=False)
    Orthography.objects.filter(pk=chosen.pk).update(is_live=True)
    chosen.is_live = True
