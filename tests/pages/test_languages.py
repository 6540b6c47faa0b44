"""Languages of public pages: switched by their own name, told honestly where they are missing, never made up."""

import re
from datetime import date
from pathlib import Path

import pytest
from sharing import shared
from telephones import of_bytes
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import translate_object

from campaigns.messages.message import MessagePage, MessageRecording, messages_of
from campaigns.starter.seeding import create_campaign
from config.languages import NAMES, after_tieng, in_sentence
from media.models import Recording
from pages import languages
from pages.home.page import HomePage, create_home

PATH = "/ngay-30-7/di-lam-xa/"


@shared
def message():
    create_campaign(create_home(), date(2027, 5, 1), lambda line: None)
    return MessagePage.objects.get(slug="di-lam-xa")


def translated(message, language="lo", **texts):
    """The message and all above it in another language; what `texts` does not say stays Vietnamese, but the title."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    for page in (HomePage.objects.get(locale__language_code="vi"), message.get_parent().specific, message):
        copy = page.copy_for_translation(locale)
        for name, value in {"title": f"{page.title} ({language})", **texts}.items():
            if hasattr(copy, name):
                setattr(copy, name, value)
        copy.save_revision().publish()
    return message.get_translation(locale)


def switch(html: str) -> str:
    return html[html.index('class="langs"') :].split("</section>")[0]


def test_the_switch_names_every_language_in_itself_and_in_one_line_those_that_are_missing(client, message):
    html = switch(client.get(PATH).content.decode())
    tiles, line = html.split("</ul>")
    assert tiles.count("<li>") == 1
    assert '<span lang="vi">Tiếng Việt</span>' in tiles
    assert line.count("Chưa có:") == 1
    for tag, (_vietnamese, own) in NAMES.items():
        if tag != "vi":
            assert f'<a href="/{tag}{PATH}" rel="nofollow" lang="{tag}">{own}</a>' in line
    assert html.count('aria-current="true"') == 1
    assert "bản ngữ" not in html, "of nobody is it known who translated and who approved"


@pytest.mark.parametrize("tag", [tag for tag in NAMES if tag != "vi"])
def test_a_missing_translation_is_announced_and_vietnamese_is_read_and_marked_as_such(client, message, tag):
    response = client.get(f"/{tag}{PATH}")
    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="vi">' in html
    assert response["Content-Language"] == "vi"
    notice = html[html.index('role="note"') :].split("</div>")[0]
    assert '<p lang="vi">' in notice
    assert f'<span lang="{tag}">{NAMES[tag][1]}</span>' in notice
    assert "Hỏi cho rõ đã" in html
    assert "Họ hay nói" in html, "and so are the words around it"


def test_a_page_in_the_place_of_a_translation_is_not_indexed_and_points_to_its_one_address(client, message):
    response = client.get(f"/ktv{PATH}")
    html = response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)"', html)
    assert len(set(canonical)) == 1
    assert canonical[0].endswith(PATH)
    assert "/ktv/" not in canonical[0]
    plain = client.get(PATH)
    assert "X-Robots-Tag" not in plain
    assert "noindex" not in plain.content.decode()


def test_only_a_reader_of_english_gets_the_notice_in_english(client, message):
    assert "not available in English" in client.get(f"/en{PATH}").content.decode()
    assert "not available in English" not in client.get(f"/lo{PATH}").content.decode()


def test_one_missing_page_does_not_hide_its_neighbours(client, message):
    for path in ("/", "/ngay-30-7/", PATH):
        assert client.get(f"/sed{path}").status_code == 200
    assert client.get("/sed/khong-co/").status_code == 404
    assert client.get("/xx" + PATH).status_code == 404


def test_a_page_asked_for_in_one_language_leaves_the_next_reader_alone(client, message):
    client.get(f"/ktv{PATH}")
    assert 'role="note"' not in client.get(PATH).content.decode()


def test_a_translation_is_read_in_its_language_and_linked_from_the_others(client, message):
    other = translated(message, "lo", title="ພາສາ", heading="ທົດສອບ")
    html = client.get(other.url).content.decode()
    assert '<html lang="lo">' in html
    assert "ທົດສອບ" in html
    assert 'role="note"' not in html
    here = switch(client.get(PATH).content.decode())
    assert f'href="{other.url}" hreflang="lo"' in here
    assert here.count("hreflang") == 1, "only a real translation has one"
    assert languages.alternates_of(message) == [("vi", PATH), ("lo", other.url)]


def test_a_published_copy_that_is_vietnamese_still_is_offered_to_no_reader_of_that_language(client, message):
    other = translated(message, "lo", title=message.title)
    here = switch(client.get(PATH).content.decode())
    assert other.live
    assert other.url not in here.split("</ul>")[0]
    assert "hreflang" not in here
    assert languages.alternates_of(message) == []
    (lao,) = [tongue for tongue in languages.tongues_of(message) if tongue.tag == "lo"]
    assert lao.is_missing


def test_the_length_of_a_voice_is_said_in_the_language_of_the_page(client, message):
    sound = Recording(title="Thử", type="audio", duration=64, transcript="Zu.", language="en")
    sound.file.save("thu.mp3", of_bytes(190_003, "thu.mp3"), save=False)
    sound.save()
    message.recordings.add(MessageRecording(language="en", recording=sound))
    message.save_revision().publish()
    other = translated(message, "en", heading="Test")
    html = client.get(other.url).content.decode()
    assert "Listen in English" in html
    assert "1 min 4 s · 186 KB" in html


@pytest.mark.parametrize("where", ["/", "/ngay-30-7/"])
def test_a_list_of_which_some_is_translated_has_all_of_it(client, message, where):
    translated(message, "lo", heading="ທົດສອບ")
    html = client.get(f"/lo{where}").content.decode().split('id="thong-diep"')[1].split("</section>")[0]
    rows = re.findall(r'<h3><a href="([^"]+)"([^>]*)>(.*?)</a></h3>', html)
    assert [re.sub("<[^>]+>", "", title) for _url, _lang, title in rows] == [
        "ທົດສອບ",
        "Việc trên mạng: kiểm tra rồi hãy đi",
        "Cưới xa qua môi giới? Hỏi cho rõ.",
        "Khó nuôi con, hãy đến xã hỏi trước",
        "Kẹt tiền? Đừng bán thận. Hỏi trước.",
        "Cả thôn cùng giữ nhau",
    ]
    assert [' lang="vi"' in said for _url, said, _title in rows] == [False, *[True] * 5]


def test_a_list_of_translations_costs_the_same_however_many_there_are(client, message, django_assert_num_queries):
    translated(message, "lo", heading="ທົດສອບ")
    campaign = message.get_parent().specific.get_translation(Locale.objects.get(language_code="lo"))
    assert campaign.locale.language_code == "lo"
    with django_assert_num_queries(5) as few:
        messages_of(campaign)
    for other in MessagePage.objects.exclude(pk=message.pk).filter(locale__language_code="vi"):
        copy = other.copy_for_translation(Locale.objects.get(language_code="lo"))
        copy.heading = "ທົດສອບ"
        copy.save_revision().publish()
    with django_assert_num_queries(len(few)):
        assert {one.heading for one in messages_of(campaign)} == {"ທົດສອບ"}


def test_a_draft_of_a_translation_is_not_one(client, message):
    translated(message, "lo").unpublish()
    html = client.get(f"/lo{PATH}").content.decode()
    assert 'role="note"' in html
    assert "hreflang" not in switch(client.get(PATH).content.decode())


def test_a_sentence_that_nobody_translated_is_marked_as_vietnamese(client, message):
    other = translated(message, "lo", heading="ທົດສອບ", truth="ທົດສອບ")
    html = client.get(other.url).content.decode()
    assert re.search(r"<h1>ທົດສອບ</h1>", html)
    assert re.search(r'<blockquote class="said" lang="vi">', html)
    assert re.search(r"<p>ທົດສອບ</p>", html)
    assert html.count('<li lang="vi">') == 5


def test_the_words_of_the_site_are_marked_as_vietnamese_until_they_are_translated(client, message):
    """A page in Lao is read aloud in Lao; its menu, footer and switch are Vietnamese still."""
    translated(message, heading="ຫົວຂໍ້")
    html = client.get(f"/lo{PATH}").content.decode()
    assert '<html lang="lo">' in html
    for part in (
        'class="top"',
        'class="foot"',
        'class="skip" href="#chinh"',
        'class="share"',
        'class="hot"',
        'id="tieng"',
    ):
        tag = re.search(rf"<[a-z]+ [^>]*{part}[^>]*>", html)
        assert tag, part
        assert 'lang="vi"' in tag[0], part
    assert 'class="top" lang' not in client.get(PATH).content.decode()


def test_one_translated_question_among_others_is_told_apart(client, message):
    other = translated(message, "lo")
    raw = list(other.checks.raw_data)
    raw[0] = {**raw[0], "value": {"question": "ທົດສອບ", "words": ""}}
    other.checks = raw
    other.save_revision().publish()
    html = client.get(other.url).content.decode()
    assert html.count('<li lang="vi">') == 4
    assert "<li><b>ທົດສອບ</b>" in html


def test_a_vietnamese_page_marks_nothing_and_asks_for_no_source(message, django_assert_num_queries):
    assert message.locale.language_code == "vi"
    with django_assert_num_queries(0):
        assert languages.same_as_source(message) == (set(), {})


def test_the_switch_costs_one_query_however_many_languages_there_are(message, django_assert_num_queries):
    translated(message, "lo")
    translated(message, "en")
    page = MessagePage.objects.select_related("locale").get(pk=message.pk)
    # the translations with their languages; the site and its home pages, for their addresses
    with django_assert_num_queries(3):
        assert len(languages.tongues_of(page)) == len(NAMES)


def test_the_days_of_a_campaign_are_the_same_in_every_language(message):
    other = translated(message, "lo").get_parent().specific
    assert other.day == message.get_parent().specific.day


# letters that are Vietnamese and not English
VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# names, which nobody translates, and the words of buttons that stay Vietnamese
NAMES_KEPT = ("Lá Chắn", "Đà Nẵng", "Quảng Nam", "Rời trang nhanh", "Đăng xuất")


def unmarked_vietnamese(html: str) -> list[str]:
    """Words of <main> that are Vietnamese and do not say so."""
    main = html[html.index("<main") :].split("</main>")[0]
    main = re.sub(r'<(\w+)[^>]*\slang="(?!en)[^"]*"[^>]*>.*?</\1>', "", main, flags=re.DOTALL)
    for name in NAMES_KEPT:
        main = main.replace(name, "")
    texts = (text.strip() for text in re.findall(r">([^<>]+)<", main))
    return [text for text in texts if VIETNAMESE.search(text)]


@pytest.mark.parametrize("path", ["/en/", "/en/goi-ai/", "/en/xem-an-toan/"])
def test_in_english_there_are_the_first_page_the_numbers_and_safe_viewing(client, starter, path):
    html = client.get(path).content.decode()
    assert '<html lang="en">' in html
    assert 'role="note"' not in html
    assert unmarked_vietnamese(html) == []
    assert unmarked_vietnamese(client.get("/").content.decode()), "or this would find nothing anywhere"


def test_in_english_vietnamese_messages_are_marked_and_numbers_translated(client, starter):
    html = client.get("/en/").content.decode()
    assert re.search(r'lang="vi"[^>]*>Việc nhẹ, lương cao\? Hỏi cho rõ đã.', html)
    assert "You are in danger and need the police now" in html
    assert 'href="/en/goi-ai/"' in html


def test_a_page_that_is_always_there_tells_where_it_is_not_translated(client, starter):
    for path in ("/lo/xem-an-toan/", "/en/tro-nang/", "/ktv/du-lieu-ca-nhan/"):
        response = client.get(path)
        assert response.status_code == 200
        assert 'role="note"' in response.content.decode()
        assert response["X-Robots-Tag"] == "noindex"
    assert 'role="note"' not in client.get("/xem-an-toan/").content.decode()


# --- translation, then redirect, then the Vietnamese page


def test_an_address_under_a_language_leads_to_the_translation_that_has_its_own(client, message):
    other = translated(message, "en", heading="Ask first")
    other.slug = "before-you-go"
    other.save_revision().publish()
    answer = client.get(f"/en{PATH}")
    assert (answer.status_code, answer.url) == (302, "/en/ngay-30-7/before-you-go/")
    assert 'role="note"' not in client.get(answer.url).content.decode()
    other.unpublish()
    answer = client.get(f"/en{PATH}")
    assert answer.status_code == 200
    assert 'role="note"' in answer.content.decode()


def test_an_old_address_redirects_under_every_language(client, message):
    Redirect.add_redirect("/bai-cu", message)
    assert client.get("/bai-cu/").url == PATH
    assert client.get("/ktv/bai-cu/").url == f"/ktv{PATH}"
    translated(message, "en", heading="Ask first")
    assert client.get("/en/bai-cu/").url == f"/en{PATH}"
    Redirect.add_redirect("/noi-khac", "https://la-chan.example/")
    assert client.get("/lo/noi-khac/").url == "https://la-chan.example/"
    assert client.get("/lo/khong-co/").status_code == 404


def test_a_redirect_of_one_language_goes_before_the_vietnamese_page(client, message):
    Redirect.add_redirect(f"/sed{PATH}", message.get_parent())
    assert client.get(f"/sed{PATH}").url == "/sed/ngay-30-7/"
    assert client.get(f"/ktv{PATH}").status_code == 200
    assert client.get(PATH).status_code == 200


# --- published, yet nobody translated it


def test_a_published_translation_is_read_though_what_is_above_it_is_an_alias(client, message):
    locale, _created = Locale.objects.get_or_create(language_code="ktv")
    other = message.copy_for_translation(locale, copy_parents=True)
    other.heading = "Ma ơơ"
    other.save_revision().publish()
    html = client.get(f"/ktv{PATH}").content.decode()
    assert '<html lang="ktv">' in html
    assert "Ma ơơ" in html
    assert 'role="note"' not in html


@pytest.mark.parametrize("path", ["/", "/ngay-30-7/"])
def test_an_alias_is_the_vietnamese_page_with_its_notice(client, message, path):
    locale, _created = Locale.objects.get_or_create(language_code="ktv")
    message.copy_for_translation(locale, copy_parents=True)
    assert Page.objects.filter(locale=locale, alias_of__isnull=False, live=True).count() == 2
    response = client.get(f"/ktv{path}")
    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="vi">' in html
    assert 'role="note"' in html
    assert response["X-Robots-Tag"] == "noindex"


def test_a_published_copy_in_which_every_sentence_is_vietnamese_is_no_translation(client, message):
    other = translated(message, "ktv", title=message.title)
    assert other.live
    html = client.get(f"/ktv{PATH}").content.decode()
    assert '<html lang="vi">' in html
    assert 'role="note"' in html


def test_submitting_for_translation_publishes_nothing(client, message, cast, django_capture_on_commit_callbacks):
    locale, _created = Locale.objects.get_or_create(language_code="ktv")
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(message, [locale], user=cast.manager)
    other = message.get_translation(locale)
    assert not other.live
    assert 'role="note"' in client.get(f"/ktv{PATH}").content.decode()


def test_a_sync_publishes_nothing_whatever_is_sent(client_of, message, cast, django_capture_on_commit_callbacks):
    locale, _created = Locale.objects.get_or_create(language_code="ktv")
    translate_object(message, [locale], user=cast.manager)
    source = TranslationSource.objects.get_for_instance(message)
    cast.manager.is_superuser = True
    cast.manager.save()
    editor = client_of(cast.manager)
    address = f"/cms/localize/update/{source.pk}/"
    assert 'id="id_publish_translations"' in editor.get(address).content.decode()
    assert 'type="checkbox"' not in editor.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(address, {"publish_translations": "on"}).status_code == 302
    assert not message.get_translation(locale).live


# --- the word “tiếng” before a name that has it


@pytest.mark.parametrize(
    ("name", "after", "within"),
    [
        ("Tiếng Việt", "Việt", "tiếng Việt"),
        ("Tiếng thử", "thử", "tiếng thử"),
        ("Cơ Tu", "Cơ Tu", "tiếng Cơ Tu"),
        ("English", "English", "tiếng English"),
    ],
)
def test_a_name_in_a_sentence_says_tieng_once(name, after, within):
    assert (after_tieng(name), in_sentence(name)) == (after, within)


def test_no_page_says_tieng_twice(client, message, monkeypatch):
    """A language whose own name begins with the word: the notice, and the voice in it."""
    monkeypatch.setitem(NAMES, "lo", ("Tiếng thử", "Tiếng thử"))
    voice = Recording(title="Giọng đọc", type="audio", duration=1, language="lo", is_clean=True)
    voice.file.name = "media/giong.mp3"
    Recording.objects.bulk_create([voice])
    MessageRecording.objects.create(message=message, language="lo", recording=Recording.objects.get(title="Giọng đọc"))
    html = client.get(f"/lo{PATH}").content.decode()
    assert "Nghe bằng tiếng thử" in html
    assert 'chưa có bằng tiếng <span lang="lo">thử</span>' in html
    assert "tiếng tiếng" not in re.sub(r"<[^>]*>", "", html).lower()


TEMPLATES = Path(__file__).parents[2] / "site" / "templates"
# the word, at most a tag, and what is put in
BEHIND = re.compile(r"[Tt]iếng (?:<[^<>]*>)?\{\{ *(\w+)")
BLOCK = re.compile(r"\{% blocktranslate([^%]*)%\}(.*?)\{% endblocktranslate %\}", re.DOTALL)


def test_what_stands_behind_the_word_is_a_name_without_it():
    """In every template: `with name=…|after_tieng`."""
    doubled, seen = [], 0
    for path in sorted(TEMPLATES.rglob("*.html")):
        for bound, text in BLOCK.findall(path.read_text(encoding="utf-8")):
            for name in BEHIND.findall(text):
                seen += 1
                if not re.search(rf"\b{name}=\S+\|after_tieng\b", bound):
                    doubled.append(f"{path.relative_to(TEMPLATES)}: {name}")
    assert doubled == []
    assert seen >= 2
