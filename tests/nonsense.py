"""A message with sentences, and three people who know a language that there is not: `qaa-x-thu`. Its words are nonsense
of ours, made up for these tests: no text in a language that somebody speaks is invented here.
"""

from datetime import UTC, datetime
from types import SimpleNamespace

import django.conf.locale
import polib
import pytest
from factories import make_page, make_person
from sharing import shared

from campaigns.messages.campaign import CampaignPage, days_of
from campaigns.messages.message import MessagePage
from campaigns.translating.orthography import Orthography
from config.languages import NAMES
from pages.home.page import create_home
from people.rights.languages import Does, give_works

THU = "qaa-x-thu"
NAME = "Tiếng thử (không có thật)"
NOW = datetime(2026, 8, 1, 2, 0, tzinfo=UTC)
QUESTIONS = [
    {"type": "question", "id": f"00000000-0000-4000-8000-00000000000{n}", "value": {"question": said, "words": words}}
    for n, (said, words) in enumerate([("Công ty nào?", "Hỏi rõ tên."), ("Ai giữ giấy?", "Tự mình giữ.")])
]


@pytest.fixture
def thu(monkeypatch, settings, tmp_path):
    """The language exists while the test runs: for us, for Django, for Wagtail."""
    monkeypatch.setitem(NAMES, THU, (NAME, NAME))
    info = {"bidi": False, "code": THU, "name": NAME, "name_local": NAME}
    monkeypatch.setitem(django.conf.locale.LANG_INFO, THU, info)
    folder = tmp_path / "locale" / "qaa_X_thu" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    polib.POFile().save_as_mofile(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path / "locale"]
    settings.LANGUAGES = [*settings.LANGUAGES, (THU, NAME)]
    settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.WAGTAIL_CONTENT_LANGUAGES, (THU, NAME)]
    return THU


@shared
def written(cast):
    """`written.message` has ten sentences and more; nobody translated any."""
    campaign = make_page(
        create_home(),
        CampaignPage,
        "Tháng Bảy",
        slug="ngay-30-7",
        heading="Hỏi cho rõ",
        lead="Đi đâu cũng hỏi. Về đâu cũng báo.",
        **days_of(2026),
        year=2026,
    )
    message = make_page(
        campaign,
        MessagePage,
        "Đi làm xa",
        slug="di-lam-xa",
        heading="Việc nhẹ, lương cao? Hỏi cho rõ đã.",
        said="Việc nhẹ.\nĐi ngay đêm nay.",
        truth="Có người bị giữ giấy tờ. Có người bị đòi tiền. Ai cũng có thể bị lừa.",
        act="Gọi 111.",
        checks=QUESTIONS,
    )
    for page in (campaign, message):
        page.save_revision().publish()
    message.refresh_from_db()
    orthography = Orthography.objects.create(language=THU, is_live=True, letters="ƀ ô\u0306")
    return SimpleNamespace(message=message, campaign=campaign, orthography=orthography, cast=cast, units=cast.units)


@shared
def speakers(written):
    """`writer` translates, `approver` approves, `both` does both; `other` translates and approves Lao."""
    people = {
        name: make_person(full_name, f"NT-{name}")
        for name, full_name in (
            ("writer", "Người Viết"),
            ("approver", "Người Duyệt"),
            ("both", "Người Cả Hai"),
            ("other", "Người Nơi Khác"),
        )
    }
    works = {
        "writer": [(THU, Does.TRANSLATES)],
        "approver": [(THU, Does.APPROVES)],
        "both": [(THU, Does.TRANSLATES), (THU, Does.APPROVES)],
        "other": [("lo", Does.TRANSLATES), ("lo", Does.APPROVES)],
    }
    for name, hers in works.items():
        give_works(people[name], written.units.da_nang, hers)
    return SimpleNamespace(**{**vars(written), **people})
