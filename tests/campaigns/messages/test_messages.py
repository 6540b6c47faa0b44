"""The campaign's messages: read in full, heard where somebody recorded them, honest where nobody did."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from sharing import shared
from telephones import of_bytes

from campaigns.messages.campaign import CampaignPage
from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.starter.seeding import create_campaign, seed, year_ahead
from media.models import Recording
from pages.contacts import starter
from pages.home.page import create_home

# page, where it stands above (crumbs), its recordings, numbers, translations, share of the site
MESSAGE_QUERIES = 9


@shared
def campaign():
    starter.create_contacts()
    return create_campaign(create_home(), date(2027, 5, 1), lambda line: None)


@pytest.fixture
def message(campaign):
    return MessagePage.objects.get(slug="di-lam-xa")


def record(message, language, title="Bản ghi thử", transcript="Lời đọc thử.", seconds=64):
    sound = Recording(title=title, type="audio", duration=seconds, transcript=transcript, language=language)
    sound.file.save("thu.mp3", of_bytes(190_003, "thu.mp3"), save=False)
    sound.save()
    message.recordings.add(MessageRecording(language=language, recording=sound))
    message.save_revision().publish()
    return sound


def test_a_message_says_what_is_said_what_is_true_what_to_ask_and_what_to_do(client, message):
    html = client.get("/ngay-30-7/di-lam-xa/").content.decode()
    for words in (
        "Việc nhẹ, lương cao? Hỏi cho rõ đã.",
        "Không phải đóng tiền, trừ lương sau.",
        "bị ép làm 12–14 giờ một ngày",
        "Đi bằng đường nào?",
        "Tự mình giữ.",
        "Gọi 111, hoặc báo Công an xã, Đồn Biên phòng.",
        "gọi một một một",
    ):
        assert words in html
    assert 'href="tel:111"' in html
    assert "znews.vn" not in html, "where a source was read is for reviewers"
    assert "chưa được cơ quan chuyên môn duyệt" in html
    assert "cơ quan lao động" in html, "what somebody still has to confirm is told"


def test_five_messages_and_the_villages_are_told_in_order(client, campaign):
    html = client.get("/ngay-30-7/").content.decode()
    slugs = ["di-lam-xa", "viec-tren-mang", "cuoi-xa", "kho-nuoi-con", "khi-ket-tien", "nam-cau-dan-nhau"]
    places = [html.index(f"/ngay-30-7/{slug}/") for slug in slugs]
    assert places == sorted(places)


def test_tabs_addresses_and_share_cards_say_nothing_to_who_looks_over_the_shoulder(client, campaign):
    for page in (campaign, *MessagePage.objects.all()):
        html = client.get(page.url).content.decode()
        head = html.split("</head>")[0].lower()
        for word in ("mua bán", "nạn nhân", "buôn người", "lừa", "thận"):
            assert word not in head, (page.slug, word)
        assert not any(word in page.slug for word in ("mua-ban", "nan-nhan", "than"))


def test_a_message_says_first_what_to_know_then_its_voice_if_there_is_one(client, message):
    html = client.get(message.url).content.decode()
    assert "bản ghi âm" not in html, "no notice of what is not there stands above what to know"
    assert "<audio" not in html
    assert 'class="play"' not in html
    sound = record(message, "vi")
    html = client.get(message.url).content.decode()
    parts = ["Họ hay nói", "Sự thật", sound.file.url, "Đi bằng đường nào?", "Nếu nghi: dừng lại"]
    assert [html.index(part) for part in parts] == sorted(html.index(part) for part in parts)


def test_where_nothing_is_said_or_true_the_sentences_to_keep_stand_before_the_voice(client, campaign):
    message = next(one for one in campaign.get_children().specific() if not one.said and not one.truth)
    sound = record(message, "vi")
    html = client.get(message.url).content.decode()
    assert html.count(sound.file.url) >= 1
    assert html.index("Hỏi cho rõ.") < html.index('class="voice') < html.index('class="act"')


def test_a_recording_is_a_plain_link_with_length_and_size_and_its_words_stand_under_it(client, message):
    sound = record(message, "vi")
    html = client.get(message.url).content.decode()
    assert f'href="{sound.file.url}"' in html
    assert "1 phút 4 giây · 186 KB" in html
    assert "Lời đọc thử." in html
    assert "download" in html


def test_home_and_campaign_let_a_recorded_message_be_heard_at_once(client, message):
    sound = record(message, "vi")
    for path in ("/", "/ngay-30-7/"):
        html = client.get(path).content.decode()
        assert f'href="{sound.file.url}"' in html
        assert "1:04" in html


def test_a_voice_in_a_language_is_heard_there_even_where_nobody_wrote_that_language(client, message):
    katu, vietnamese = record(message, "ktv"), record(message, "vi", title="Tiếng Việt")
    html = client.get("/ktv/ngay-30-7/di-lam-xa/").content.decode()
    assert katu.file.url in html
    assert vietnamese.file.url not in html
    assert "Nghe bằng tiếng Cơ Tu" in html
    assert vietnamese.file.url in client.get("/sed/ngay-30-7/di-lam-xa/").content.decode()


def test_the_switch_says_where_there_is_a_voice_only(client, message):
    record(message, "ktv")
    html = client.get(message.url).content.decode()
    tiles, missing = html[html.index('class="langs"') :].split("</section>")[0].split("</ul>")
    assert '<span lang="ktv">Cơ Tu</span><small>Nghe</small>' in tiles
    assert "Xơ Đăng" in missing
    assert "Cơ Tu" not in missing


def test_a_message_has_one_recording_a_language(message):
    sound = record(message, "vi")
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageRecording.objects.create(message=message, language="vi", recording=sound)


def test_a_message_costs_few_queries(client, message, django_assert_max_num_queries):
    record(message, "vi")
    client.get(message.url)
    with django_assert_max_num_queries(MESSAGE_QUERIES):
        client.get(message.url)


def test_the_list_of_messages_costs_the_same_however_many_were_recorded(client, campaign):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(campaign.url)
    with CaptureQueriesContext(connection) as none:
        client.get(campaign.url)
    for message in MessagePage.objects.all():
        record(message, "vi")
    client.get(campaign.url)
    with CaptureQueriesContext(connection) as all_six:
        client.get(campaign.url)
    # the recordings themselves are one query more
    assert len(all_six) <= len(none) + 1


def test_the_day_lies_within_the_campaign(campaign):
    campaign.day = date(2027, 9, 1)
    with pytest.raises(ValidationError):
        campaign.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignPage.objects.filter(pk=campaign.pk).update(day=date(2027, 9, 1))


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2027, 6, 30), "before"),
        (date(2027, 7, 1), "running"),
        (date(2027, 7, 29), "running"),
        (date(2027, 7, 30), "day"),
        (date(2027, 7, 31), "closing"),
        (date(2027, 8, 15), "closing"),
        (date(2027, 8, 16), "over"),
    ],
)
def test_the_stage_of_a_campaign_follows_its_days(campaign, day, stage):
    assert campaign.stage_on(day) == stage


@pytest.mark.parametrize(("day", "year"), [(date(2026, 8, 15), 2026), (date(2026, 8, 16), 2027)])
def test_a_new_province_prepares_the_next_campaign(day, year):
    assert year_ahead(day) == year


def test_seeding_twice_changes_nothing_and_keeps_an_editors_words(message):
    from django.utils import timezone

    message.truth = "Lời của biên tập viên."
    message.save_revision().publish()
    before = MessagePage.objects.count()
    seed(timezone.now(), lambda line: None)
    seed(timezone.now(), lambda line: None)
    assert MessagePage.objects.count() == before
    assert MessagePage.objects.get(pk=message.pk).truth == "Lời của biên tập viên."


def test_blocks_of_the_starter_have_the_same_ids_everywhere(message):
    ids = [block.id for block in message.checks]
    assert len(set(ids)) == 5
    assert ids[0] == MessagePage.objects.get(slug="di-lam-xa").checks[0].id


def test_an_editor_opens_a_message_with_its_slots_for_voices(client_of, cast, message):
    html = client_of(cast.manager).get(f"/cms/pages/{message.pk}/edit/").content.decode()
    for words in ("Tiếng nói", "Họ hay nói".lower(), "Phải hỏi"):
        assert words in html
    preview = message.make_preview_request()
    assert preview.status_code == 200
    assert "Hỏi cho rõ đã" in preview.render().content.decode()


def test_somebody_without_a_role_does_not_edit_it(client_of, cast, message):
    for person in (cast.stranger, cast.editor, cast.observer):
        response = client_of(person).get(f"/cms/pages/{message.pk}/edit/")
        assert response.status_code in (302, 403), person


def test_a_message_submitted_for_translation_keeps_its_voices_and_marks_what_is_vietnamese(
    client, message, cast, django_capture_on_commit_callbacks
):
    from wagtail.models import Locale
    from wagtail_localize.models import StringTranslation, Translation, TranslationSource
    from wagtail_localize.operations import translate_object

    sound = record(message, "vi")
    lao, _created = Locale.objects.get_or_create(language_code="lo")
    for page in (create_home(), message.get_parent().specific, message):
        translate_object(page.specific, [lao], user=cast.manager)
    source = TranslationSource.objects.get_for_instance(message)
    segment = source.stringsegment_set.get(string__data="Tự mình giữ.")
    StringTranslation.objects.create(
        translation_of=segment.string, locale=lao, context=segment.context, data="ທົດສອບ", translation_type="manual"
    )
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get(source=source, target_locale=lao).save_target(user=cast.manager, publish=True)
    other = MessagePage.objects.get(translation_key=message.translation_key, locale=lao)
    for above in other.get_ancestors().filter(locale=lao):
        above.specific.save_revision().publish()
    html = client.get(other.url).content.decode()
    assert "ທົດສອບ" in html
    assert sound.file.url in html
    assert '<blockquote class="said" lang="vi">' in html
    assert html.count('<li lang="vi">') == 4, "the question with a translated sentence is not wholly Vietnamese"
