"""What the packages below /cms/ say in English is Vietnamese in site/locale/vi (see the head of its django.po)."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import django.conf
import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from config.languages import NAMES
from config.management.commands.compile_catalogues import compile_catalogue

CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po"))
VIETNAMESE = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")

# where editors, translators and managers meet messages; not wagtail.users, whose screens are shut (pages.cms.entrance)
PACKAGES = [
    ("wagtail.admin", "django"),
    ("wagtail.admin", "djangojs"),
    ("wagtail", "django"),
    ("wagtail.images", "django"),
    ("wagtail.documents", "django"),
    ("wagtail.snippets", "django"),
    ("wagtail.contrib.redirects", "django"),
    ("wagtail.locales", "django"),
    ("wagtail.sites", "django"),
    ("wagtail.embeds", "django"),
    ("wagtail_localize", "django"),
    ("wagtail_localize", "djangojs"),
    ("wagtail_localize.locales", "django"),
    ("wagtailmedia", "django"),
    ("taggit", "django"),
]
# names of apps, which no screen shows, and of a translator made for wagtail_localize's own tests
NEVER_SHOWN = re.compile(r"Wagtail (\w+|API v2|frontend cache|locales \(.*\))|Taggit|Dummy translator")
ENOUGH = 0.98


def messages(path: Path) -> dict[tuple, polib.POEntry]:
    if not path.exists():
        return {}
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def translated(path: Path) -> set[tuple]:
    return {key for key, entry in messages(path).items() if entry.translated()}


@cache
def vietnamese(domain: str) -> set[tuple]:
    """What Django finds: our catalogue, and those of the apps; Wagtail's scripts are given only Wagtail's own."""
    folders = [apps.get_app_config("wagtailadmin").path]
    if domain == "django":
        folders = [django.conf.__path__[0], *(app.path for app in apps.get_app_configs())]
    apps_own = [Path(folder) / "locale" / "vi" / "LC_MESSAGES" / f"{domain}.po" for folder in folders]
    return set().union(*map(translated, [VIETNAMESE / f"{domain}.po", *apps_own]))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_catalogue_is_whole(path):
    catalogue = polib.pofile(str(path), check_for_duplicates=True)
    assert catalogue.metadata["Language"] == path.parts[-3]
    assert [entry.msgid for entry in catalogue if entry.fuzzy or not entry.translated()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_placeholders_tags_and_outer_spaces_are_those_of_the_message(path):
    wrong = []
    for entry in polib.pofile(str(path)):
        said = entry.msgid_plural or entry.msgid
        for translation in entry.msgstr_plural.values() or [entry.msgstr]:
            kept = (
                set(PLACEHOLDER.findall(said)) == set(PLACEHOLDER.findall(translation))
                and sorted(TAG.findall(said)) == sorted(TAG.findall(translation))
                and (said[-1].isspace(), said[0].isspace()) == (translation[-1].isspace(), translation[0].isspace())
            )
            if not kept:
                wrong.append((said, translation))
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_plural_forms_are_those_the_header_promises(path):
    catalogue = polib.pofile(str(path))
    count = int(re.match(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"]).group(1))
    assert {len(entry.msgstr_plural) for entry in catalogue if entry.msgid_plural} <= {count}


@pytest.mark.parametrize(("package", "domain"), PACKAGES, ids=lambda value: value)
def test_nearly_every_message_of_the_editing_screens_is_vietnamese(package, domain):
    locale = Path(find_spec(package).origin).parent / "locale"
    wanted = {
        key for key in messages(locale / "en" / "LC_MESSAGES" / f"{domain}.po") if not NEVER_SHOWN.fullmatch(key[1])
    }
    missing = sorted(msgid for _context, msgid in wanted - vietnamese(domain))
    assert len(missing) <= (1 - ENOUGH) * len(wanted), missing


def test_signing_in_speaks_vietnamese():
    locale = Path(find_spec("allauth").origin).parent / "locale"
    english = messages(locale / "en" / "LC_MESSAGES" / "django.po")
    # passkeys are a part of allauth that is not installed here
    wanted = {
        key
        for key, entry in english.items()
        if any(name.startswith(("account/", "templates/account/")) for name, _line in entry.occurrences)
        and "passkey" not in key[1].lower()
    }
    missing = sorted(msgid for _context, msgid in wanted - vietnamese("django"))
    assert wanted
    assert len(missing) <= (1 - ENOUGH) * len(wanted), missing


def test_compiling_writes_every_message_and_makes_every_language_known(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for name in ("django.po", "djangojs.po"):
        (folder / name).write_bytes((VIETNAMESE / name).read_bytes())
    call_command("compile_catalogues", verbosity=0)
    assert {path.parent.parent.name for path in tmp_path.glob("*/LC_MESSAGES/django.mo")} == set(NAMES)
    assert [path.parent.parent.name for path in tmp_path.glob("*/LC_MESSAGES/djangojs.mo")] == ["vi"]
    for name in ("django", "djangojs"):
        assert len(polib.mofile(str(folder / f"{name}.mo"))) == compile_catalogue(folder / f"{name}.po", "vi") > 100


def test_the_scripts_of_the_editing_screens_get_vietnamese(client):
    call_command("compile_catalogues", verbosity=0)
    said = client.get("/cms/jsi18n/").content.decode()
    assert '"Lock": "Kh\\u00f3a"' in said
    assert '"Actions": "Thao t\\u00e1c"' in said


# what everybody may be led to in English: public pages, courses and lessons, errors
PUBLIC = ("pages", "campaigns", "components", "blocks")
ALONE = ("base.html", "base_campaign.html", "error.html", "429.html")
TRANSLATED = re.compile(r"""{%\s*translate\s+"([^"]*)"|_\("([^"]*)"\)""")
BLOCK = re.compile(r"{%\s*blocktranslate(.*?)%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


def said_by(path: Path) -> set[str]:
    """The messages of a template, or of a file of code."""
    text = path.read_text(encoding="utf-8")
    found = {plain or called for plain, called in TRANSLATED.findall(text)}
    for _options, block in BLOCK.findall(text):
        found |= {VARIABLE.sub(r"%(\1)s", part) for part in re.split(r"{%\s*plural\s*%}", block)}
    return found


def test_public_pages_and_errors_say_everything_in_english():
    folder = settings.BASE_DIR / "site"
    paths = [path for name in PUBLIC for path in (folder / "templates" / name).rglob("*.html")]
    paths += [folder / "templates" / name for name in ALONE] + [folder / "config/serving/errors.py"]
    wanted = {msgid for path in paths for msgid in said_by(path)}
    english = folder / "locale" / "en" / "LC_MESSAGES" / "django.po"
    assert len(wanted) > 200
    assert sorted(wanted - {msgid for _context, msgid in translated(english)}) == []
