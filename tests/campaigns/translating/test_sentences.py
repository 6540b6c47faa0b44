"""From a Vietnamese sentence to a page in another language: nothing goes live but by an approver's word."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from campaigns.messages.message import MessagePage
from campaigns.translating import keeping
from campaigns.translating.deciding import approve, say_same, say_wrong, send_back
from campaigns.translating.feeding import feed_language
from campaigns.translating.following import follow
from campaigns.translating.orthography import SEEN, TAGS, Orthography, put_live, seed_orthographies
from campaigns.translating.refusing import Refused
from campaigns.translating.sentences import Change, Did, SentenceStep, SentenceTranslation, SourceSentence
from campaigns.translating.whose import named_for
from campaigns.translating.working import Typed, seal, write
from outbox.effects import Effect

pytestmark = pytest.mark.django_db
THU = "qaa-x-thu"


def anew(page):
    return type(page).objects.get(pk=page.pk)


def sources(message, *paths):
    rows = SourceSentence.objects.of(message.translation_key)
    return [one for one in rows if not paths or one.path in paths]


def row_of(source, orthography):
    return SentenceTranslation.objects.filter(source=source, orthography=orthography).first()


def typed(it, said: dict):
    return [Typed(one.pk, text, seal(one, row_of(one, it.orthography))) for one, text in said.items()]


def seals(it, chosen):
    return {one.pk: seal(one, row_of(one, it.orthography)) for one in chosen}


def hand_over(it, said: dict, by=None, now=None):
    now = now or it.now
    key = it.message.translation_key
    return write(by or it.writer, it.orthography, key, typed(it, said), now, hand_over=[one.pk for one in said])


def publish(it, said: dict, by=None):
    """Written, handed over and approved."""
    hand_over(it, said)
    approve(by or it.approver, it.orthography, it.message.translation_key, seals(it, said), it.now)
    return target(it)


def target(it, language=THU):
    return MessagePage.objects.filter(
        translation_key=it.message.translation_key, locale__language_code=language
    ).first()


def correct(it, **fields):
    page = anew(it.message)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def it(speakers, thu):
    from datetime import UTC, datetime

    speakers.now = datetime(2026, 8, 1, 2, tzinfo=UTC)
    return speakers


# --- sentences of the Vietnamese page


def test_a_published_page_has_its_sentences_in_order(it):
    texts = [one.text for one in sources(it.message)]
    assert texts[:4] == ["Đi làm xa", "Việc nhẹ, lương cao?", "Hỏi cho rõ đã.", "Việc nhẹ."]
    assert [one.text for one in sources(it.message, "truth")][1] == "Có người bị đòi tiền."
    assert {one.path for one in sources(it.message)} >= {
        f"checks/00000000-0000-4000-8000-000000000000/{name}" for name in ("question", "words")
    }


def test_a_sentence_stays_itself_when_its_neighbours_change(it):
    before = {one.text: one.pk for one in sources(it.message)}
    correct(it, truth="Mới thêm. Có người bị giữ giấy tờ. Có người bị đòi rất nhiều tiền. Ai cũng có thể bị lừa.")
    after = {one.text: one for one in sources(it.message, "truth")}
    assert after["Có người bị giữ giấy tờ."].pk == before["Có người bị giữ giấy tờ."]
    moved = after["Có người bị đòi rất nhiều tiền."]
    assert (moved.pk, moved.was) == (before["Có người bị đòi tiền."], "Có người bị đòi tiền.")
    assert moved.change == Change.NONE, "nobody translated it, so nobody is asked"
    count = SourceSentence.objects.count()
    assert follow(anew(it.message), it.now) == []
    assert SourceSentence.objects.count() == count


def test_a_sentence_that_goes_and_comes_back_has_its_translation_still(it):
    (first, _second, third) = sources(it.message, "truth")
    publish(it, {third: "Zu zu."})
    correct(it, truth="Có người bị giữ giấy tờ.")
    assert "Zu zu." not in target(it).truth
    correct(it, truth="Có người bị giữ giấy tờ. Ai cũng có thể bị lừa.")
    assert target(it).truth == "Có người bị giữ giấy tờ. Zu zu."


def test_every_language_of_the_province_stands_empty_with_the_letters_that_were_seen(db):
    seed_orthographies()
    seed_orthographies()
    rows = {row.language: row for row in Orthography.objects.filter(language__in=TAGS)}
    assert set(rows) == set(TAGS)
    assert {tag for tag, row in rows.items() if row.letters} == set(SEEN)
    assert "ô\u0306" in rows["sed"].rows[1]
    assert all(not row.name and row.is_live for row in rows.values())


# --- nothing is public but by an approval


def test_what_a_translator_writes_and_hands_over_is_on_no_page(it, client):
    (first, *_rest) = sources(it.message, "truth")
    outcome = hand_over(it, {first: "Zu ka."})
    assert (outcome.saved, outcome.submitted) == (1, 1)
    assert row_of(first, it.orthography).state == "awaiting"
    assert target(it) is None
    assert "Zu ka." not in client.get(f"/{THU}/ngay-30-7/di-lam-xa/").content.decode()


def test_an_approved_sentence_is_public_and_the_others_are_vietnamese(it, client):
    (first, *_rest) = sources(it.message, "truth")
    page = publish(it, {first: "Zu ka."})
    assert page.live
    assert page.truth == "Zu ka. Có người bị đòi tiền. Ai cũng có thể bị lừa."
    row = row_of(first, it.orthography)
    assert (row.approver, row.live_translator, row.state) == (it.approver, it.writer, "approved")
    assert [step.did for step in row.steps.all()] == [Did.WROTE, Did.SUBMITTED, Did.APPROVED]
    assert page.locale.language_code == THU
    assert page.get_parent().specific.alias_of_id == it.campaign.pk


def test_nobody_approves_her_own_not_even_where_nobody_else_is(it):
    (first, second, _third) = sources(it.message, "truth")
    hand_over(it, {first: "Zu."}, by=it.both)
    for person in (it.both, it.writer, it.other, it.cast.manager, it.cast.administrator):
        with pytest.raises(Refused):
            approve(person, it.orthography, it.message.translation_key, seals(it, [first]), it.now)
    assert target(it) is None
    hand_over(it, {second: "Za."})
    assert approve(it.both, it.orthography, it.message.translation_key, seals(it, [second]), it.now) == 1


def test_who_wrote_a_comma_of_it_does_not_approve_it(it):
    (first, *_rest) = sources(it.message, "truth")
    write(it.both, it.orthography, it.message.translation_key, typed(it, {first: "Zu."}), it.now)
    hand_over(it, {first: "Zu, ka."}, now=it.now + timedelta(minutes=1))
    with pytest.raises(Refused, match="một người bản ngữ khác"):
        approve(it.both, it.orthography, it.message.translation_key, seals(it, [first]), it.now)


def test_the_database_holds_it_too(it):
    (first, *_rest) = sources(it.message, "truth")
    publish(it, {first: "Zu."})
    with pytest.raises(IntegrityError), transaction.atomic():
        SentenceTranslation.objects.filter(source=first).update(approver=it.writer)


def test_what_changed_since_it_was_read_is_not_approved(it):
    (first, *_rest) = sources(it.message, "truth")
    hand_over(it, {first: "Zu."})
    read = seals(it, [first])
    correct(it, truth="Có người bị giữ hết giấy tờ. Có người bị đòi tiền. Ai cũng có thể bị lừa.")
    with pytest.raises(Refused, match="vừa được sửa"):
        approve(it.approver, it.orthography, it.message.translation_key, read, it.now)
    assert row_of(first, it.orthography).state == "draft"


def test_what_is_sent_back_says_why(it):
    (first, *_rest) = sources(it.message, "truth")
    hand_over(it, {first: "Zu."})
    key = it.message.translation_key
    with pytest.raises(Refused, match="cần sửa gì"):
        send_back(it.approver, it.orthography, key, seals(it, [first]), {}, it.now)
    send_back(it.approver, it.orthography, key, seals(it, [first]), {first.pk: "Chưa đúng ý."}, it.now)
    row = row_of(first, it.orthography)
    assert (row.state, row.word) == ("draft", "Chưa đúng ý.")


# --- a change of the Vietnamese


def test_a_changed_sentence_keeps_its_last_approved_translation_flagged(it):
    (first, *_rest) = sources(it.message, "truth")
    publish(it, {first: "Zu ka."})
    correct(it, truth="Có người bị giữ hết giấy tờ. Có người bị đòi tiền. Ai cũng bị lừa được.")
    assert target(it).truth == "Zu ka. Có người bị đòi tiền. Ai cũng bị lừa được."
    assert row_of(first, it.orthography).state == "outdated"
    first.refresh_from_db()
    assert first.change == Change.UNSAID
    say_same(it.cast.manager, [first.pk], it.now)
    assert target(it).truth.startswith("Zu ka.")
    assert row_of(first, it.orthography).state == "outdated"
    correct(it, truth="Có người bị giữ giấy tờ. Có người bị đòi tiền. Ai cũng bị lừa được.")
    assert row_of(first, it.orthography).state == "approved", "it says again what was translated"


def test_what_was_wrong_is_withdrawn_in_every_language_at_once(it):
    lao = Orthography.objects.create(language="lo", is_live=True)
    (first, second, _third) = sources(it.message, "truth")
    publish(it, {first: "Zu ka.", second: "Za."})
    key = it.message.translation_key
    write(it.other, lao, key, [Typed(first.pk, "Lolo.", seal(first, None))], it.now, hand_over=[first.pk])
    row = row_of(first, lao)
    SentenceTranslation.objects.filter(pk=row.pk).update(translator=it.writer)
    SentenceStep.objects.filter(translation=row).update(by=it.writer)
    approve(it.other, lao, key, {first.pk: seal(first, row_of(first, lao))}, it.now)
    assert target(it, "lo").truth.startswith("Lolo.")
    correct(it, truth="Không ai được giữ giấy tờ. Có người bị đòi tiền. Ai cũng có thể bị lừa.")
    say_wrong(it.cast.manager, [first.pk], it.now)
    assert target(it).truth == "Không ai được giữ giấy tờ. Za. Ai cũng có thể bị lừa."
    assert target(it).live
    assert not target(it, "lo").live, "nothing else was approved in it"
    assert "Lolo" not in target(it, "lo").truth
    assert {row.state for row in SentenceTranslation.objects.filter(source=first)} == {"withdrawn"}
    publish(it, {anew(first): "Zo ka."})
    assert target(it).truth.startswith("Zo ka. Za.")


def test_another_orthography_takes_the_place_of_the_one_that_was_live(it):
    (first, *_rest) = sources(it.message, "truth")
    publish(it, {first: "Zu ka."})
    new = Orthography.objects.create(language=THU, name="Chữ mới")
    put_live(new)
    feed_language(THU)
    assert not target(it).live
    put_live(it.orthography)
    feed_language(THU)
    assert target(it).live
    with pytest.raises(IntegrityError), transaction.atomic():
        Orthography.objects.filter(pk=new.pk).update(is_live=True)


# --- two at once


def test_two_who_write_the_same_sentence_lose_nothing(it):
    (first, second, _third) = sources(it.message, "truth")
    mine, theirs = typed(it, {first: "Zu.", second: "Ka."}), typed(it, {first: "Zo."})
    key = it.message.translation_key
    assert write(it.both, it.orthography, key, theirs, it.now).saved == 1
    outcome = write(it.writer, it.orthography, key, mine, it.now)
    assert outcome.conflicts == {first.pk: "Zo."}
    assert outcome.saved == 1, "the sentence that nobody else wrote is kept"
    assert row_of(first, it.orthography).text == "Zo."


def test_what_was_sent_twice_is_saved_once(it):
    (first, *_rest) = sources(it.message, "truth")
    mine, key = typed(it, {first: "Zu."}), it.message.translation_key
    write(it.writer, it.orthography, key, mine, it.now)
    again = write(it.writer, it.orthography, key, mine, it.now)
    assert (again.saved, again.conflicts) == (0, {})


def test_a_text_that_the_page_cannot_hold_or_that_has_an_unconfirmed_number_is_not_handed_over(it):
    heading = sources(it.message, "heading")[0]
    (first, *_rest) = sources(it.message, "truth")
    outcome = hand_over(it, {heading: "Zu" * 50, first: "Zu 0905 123 456 ka."})
    assert outcome.submitted == 0
    assert "chỉ chứa 80" in outcome.refused[heading.pk][0]
    assert "0905 123 456" in outcome.refused[first.pk][0]
    assert row_of(heading, it.orthography).text == "Zu" * 50, "what she wrote is kept"


# --- faults of other systems


def test_an_alias_becomes_a_translation(it, client):
    locale = Locale.objects.get_or_create(language_code=THU)[0]
    alias = it.message.copy_for_translation(locale, copy_parents=True, alias=True)
    assert alias.alias_of_id
    (first, *_rest) = sources(it.message, "truth")
    page = publish(it, {first: "Zu ka."})
    assert (page.pk, page.alias_of_id) == (alias.pk, None)
    assert "Zu ka." in client.get(f"/{THU}/ngay-30-7/di-lam-xa/").content.decode()
    lead = SourceSentence.objects.get(text="Đi đâu cũng hỏi.")
    key = it.campaign.translation_key
    write(it.writer, it.orthography, key, [Typed(lead.pk, "Zê.", seal(lead, None))], it.now, hand_over=[lead.pk])
    approve(it.approver, it.orthography, key, {lead.pk: seal(lead, row_of(lead, it.orthography))}, it.now)
    assert "Zê." in client.get(f"/{THU}/ngay-30-7/").content.decode()


def test_an_error_in_what_follows_leaves_the_source_published_and_is_tried_again(it, monkeypatch):
    def falls(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(keeping, "follow", falls)
    correct(it, truth="Chỉ một câu.")
    assert anew(it.message).truth == "Chỉ một câu."
    assert Effect.objects.filter(kind=keeping.STEP).count() == 1
    monkeypatch.undo()
    follow(anew(it.message), it.now)
    assert [one.text for one in sources(it.message, "truth")] == ["Chỉ một câu."]


def test_a_page_that_moves_to_where_no_translation_stands_takes_its_translation_along(it, client):
    from factories import make_page

    from campaigns.messages.campaign import CampaignPage, days_of

    (first, *_rest) = sources(it.message, "truth")
    publish(it, {first: "Zu ka."})
    next_year = make_page(
        it.campaign.get_parent(), CampaignPage, "Năm sau", slug="nam-sau", heading="Năm sau", lead="Hỏi.",
        year=2027, **days_of(2027),
    )  # fmt: skip
    next_year.save_revision().publish()
    anew(it.message).move(next_year, pos="last-child")
    assert target(it).get_parent().specific.alias_of_id == next_year.pk
    assert "Zu ka." in client.get(f"/{THU}/nam-sau/di-lam-xa/").content.decode()


def test_a_source_that_is_taken_down_takes_its_translations_down_and_brings_them_back(it, client):
    (first, *_rest) = sources(it.message, "truth")
    publish(it, {first: "Zu ka."})
    anew(it.message).unpublish()
    assert not target(it).live
    assert client.get(f"/{THU}/ngay-30-7/di-lam-xa/").status_code == 404
    anew(it.message).save_revision().publish()
    assert target(it).live
    assert target(it).truth.startswith("Zu ka.")


def test_a_source_that_is_deleted_and_brought_back_finds_its_sentences(it, client):
    (first, *_rest) = sources(it.message, "truth")
    publish(it, {first: "Zu ka."})
    key, kept = it.message.translation_key, it.message.serializable_data()
    anew(it.message).delete()
    assert not target(it).live
    assert client.get(f"/{THU}/ngay-30-7/di-lam-xa/").status_code == 404
    again = MessagePage(
        **{name: kept[name] for name in ("title", "slug", "heading", "said", "truth", "act")}, translation_key=key
    )
    anew(it.campaign).add_child(instance=again)
    again.save_revision().publish()
    assert target(it).live
    assert target(it).truth.startswith("Zu ka.")


def test_an_address_that_another_page_of_the_language_has_is_nobodys_loss(it, client):
    locale = Locale.objects.get_or_create(language_code=THU)[0]
    parent = it.campaign.copy_for_translation(locale, copy_parents=True, alias=True)
    squatter = MessagePage(title="Za", slug="di-lam-xa", heading="Za", locale=locale)
    parent.add_child(instance=squatter)
    squatter.save_revision().publish()
    (first, *_rest) = sources(it.message, "truth")
    page = publish(it, {first: "Zu ka."})
    assert page.slug != "di-lam-xa"
    assert "Zu ka." in client.get(page.url).content.decode()


def test_marks_that_combine_are_stored_whole_and_shown_whole(it, client):
    (title,) = sources(it.message, "title")
    page = publish(it, {title: "Ƀ" + "o\u0302\u0306" + "zơ\u0306"})
    assert page.title == "Ƀô\u0306zơ\u0306"
    assert "Ƀô\u0306zơ\u0306" in client.get(page.url).content.decode()


def test_a_sync_by_wagtail_localize_publishes_nothing_and_knows_approved_words_only(it):
    (first, second, _third) = sources(it.message, "truth")
    publish(it, {first: "Zu ka."})
    hand_over(it, {second: "Chưa duyệt zu."})
    said = {one.data for one in StringTranslation.objects.all()}
    assert said == {"Zu ka. Có người bị đòi tiền. Ai cũng có thể bị lừa."}
    before = target(it)
    theirs = TranslationSource.objects.get_for_instance(anew(it.message))
    theirs.update_from_db()
    for translation in Translation.objects.filter(source=theirs):
        translation.save_target(publish=False)
    after = target(it)
    assert (after.truth, after.live_revision_id) == (before.truth, before.live_revision_id)
    assert after.get_latest_revision_as_object().truth == before.truth
    publish(it, {second: "Zi."})
    assert target(it).truth.startswith("Zu ka. Zi.")


def test_what_was_translated_before_there_were_sentences_stays_public_and_waits_for_an_approver(it):
    SourceSentence.objects.all().delete()
    locale = Locale.objects.get_or_create(language_code=THU)[0]
    copy = it.message.copy_for_translation(locale, copy_parents=True)
    copy.truth, copy.act = "Zu. Za. Zo.", "Một hai. Ba bốn."
    copy.save_revision().publish()
    keeping.every_page(it.now)
    rows = [row_of(one, it.orthography) for one in sources(it.message, "truth")]
    assert [(row.text, row.state, row.approver) for row in rows] == [
        (text, "awaiting", None) for text in ("Zu.", "Za.", "Zo.")
    ]
    whole = row_of(sources(it.message, "act")[0], it.orthography)
    assert (whole.text, whole.is_whole) == ("Một hai. Ba bốn.", True)
    correct(it, heading="Tên khác.")
    assert (target(it).truth, target(it).act) == ("Zu. Za. Zo.", "Một hai. Ba bốn.")
    assert target(it).live


# --- who is named


def test_an_approver_is_named_to_the_public_only_if_she_agrees(it):
    from campaigns.translating.sentences import NamedApprover

    (first, *_rest) = sources(it.message, "truth")
    publish(it, {first: "Zu ka."})
    assert named_for(it.message.translation_key, THU) == []
    NamedApprover.objects.create(person=it.approver, agreed_at=it.now)
    assert named_for(it.message.translation_key, THU) == [("Người Duyệt", it.now)]
    SentenceTranslation.objects.filter(source=first).update(approver=None)
    assert named_for(it.message.translation_key, THU) == []


def test_no_page_is_copied_into_a_language_that_says_nothing(it):
    correct(it, heading="Tên khác.")
    assert not Page.objects.exclude(locale__language_code="vi").exists()


# --- what readers meet


def test_each_vietnamese_sentence_of_a_translated_page_bears_its_language_and_a_notice_says_so(it, client):
    (first, second, third) = sources(it.message, "truth")
    question = sources(it.message, "checks/00000000-0000-4000-8000-000000000000/question")[0]
    publish(it, {first: "Zu <ka>.", third: "Zo.", question: "Zê?"})
    html = client.get(f"/{THU}/ngay-30-7/di-lam-xa/").content.decode()
    assert f'<html lang="{THU}">' in html
    assert '<p>Zu &lt;ka&gt;. <span lang="vi">Có người bị đòi tiền.</span> Zo.</p>' in html
    assert '<b>Zê?</b> <span lang="vi">Hỏi rõ tên.</span>' in html
    assert "mới dịch được một phần" in html
    assert "mới dịch được một phần" not in client.get("/ngay-30-7/di-lam-xa/").content.decode()


def test_a_page_of_which_every_sentence_is_approved_has_no_notice(it, client):
    publish(it, {one: f"Zu {one.pk} ka." for one in sources(it.message)})
    html = client.get(target(it).url).content.decode()
    assert "mới dịch được một phần" not in html
    assert 'class="note warn asked"' not in html
