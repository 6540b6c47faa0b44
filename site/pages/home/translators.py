"""What a translator finds first under /cms/: how far each language is, and whom to ask for what she may not do herself.

Her role opens no page to edit yet; an empty screen would say neither.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from config.languages import NAMES
from pages.languages import SOURCE, translated_among
from people.persons.user import User
from people.rights.roles import Role, RoleKind, role_kinds

# names that stand in one sentence
NAMED = 3


@dataclass(frozen=True)
class LanguageState:
    """Of the published Vietnamese pages, `translated` say something in the language; `address` is its first page."""

    name: str
    translated: int
    address: str


def language_states() -> tuple[int, list[LanguageState]]:
    """(published Vietnamese pages, each other language); a few queries for each class of pages."""
    live = Page.objects.live().public().filter(alias_of=None, depth__gt=1)
    source = set(live.filter(locale__language_code=SOURCE).values_list("translation_key", flat=True))
    others = live.exclude(locale__language_code=SOURCE).filter(translation_key__in=source)
    found = Counter(page.locale.language_code for page in translated_among(others))
    states = [LanguageState(NAMES[tag][0], found[tag], f"/{tag}/") for tag in NAMES if tag != SOURCE]
    return len(source), states


def whom_to_ask() -> list[str]:
    """Names of those who manage the province, as many as a sentence holds."""
    roles = Role.objects.current().filter(kind=RoleKind.PROVINCE_MANAGER, unit__parent=None, user__is_active=True)
    people = User.objects.filter(roles__in=roles).distinct().by_name()
    return list(people.values_list("full_name", flat=True)[:NAMED])


def concerns(user) -> bool:
    """She translates, and edits nothing by another role."""
    return role_kinds(user) >= {RoleKind.TRANSLATOR} and not user.is_superuser


class TranslatorPanel(Component):
    name = "translator"
    template_name = "wagtailadmin/pages/translator_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        total, states = language_states()
        asked = whom_to_ask()
        return {
            **super().get_context_data(parent_context),
            "total": total,
            "states": states,
            "asked": ", ".join(asked) or _("người quản lý cấp tỉnh"),
        }
