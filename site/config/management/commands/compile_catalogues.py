from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

from config.languages import NAMES


def compile_catalogue(po_path: Path, language: str) -> int:
    """Writes the .mo beside the .po, empty where there is no .po; returns the number of translated messages."""
    if po_path.exists():
        catalogue = polib.pofile(str(po_path))
    else:
        catalogue = polib.POFile()
        catalogue.metadata = {"Language": language, "Content-Type": "text/plain; charset=UTF-8"}
    po_path.parent.mkdir(parents=True, exist_ok=True)
    target = po_path.with_suffix(".mo")
    content = catalogue.to_binary()
    # unchanged files stay untouched: a running server watches them
    if not target.exists() or target.read_bytes() != content:
        # a part of one would be read at every later start
        draft = target.with_suffix(".mo.draft")
        draft.write_bytes(content)
        draft.replace(target)
    return len(catalogue.translated_entries())


class Command(BaseCommand):
    help = "Biên dịch bản dịch giao diện của mọi ngôn ngữ (không cần gettext của hệ thống)."

    def handle(self, *args, verbosity, **options):
        for language in NAMES:
            folder = Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES"
            count = compile_catalogue(folder / "django.po", language)
            # what the scripts of the editing screens say, where it is translated
            if (script_messages := folder / "djangojs.po").exists():
                count += compile_catalogue(script_messages, language)
            if verbosity:
                self.stdout.write(f"{language}: {count}")
