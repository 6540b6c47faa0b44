"""The desk: side by side, by keyboard, without scripts; nobody loses a word, nobody reaches a language not hers."""

import re
from datetime import UTC, datetime

import polib
import pytest
from factories import make_person
from wagtail.models import Locale

from campaigns.messages.message import MessagePage
from campaigns.translating.checking import missing_letters, residue, warnings
from campaigns.translating.deciding import approve
from campaigns.translating.orthography import Orthography
from campaigns.translating.remarks import GlossaryWord, Remark
from campaigns.translating.sentences import Change, NamedApprover, SentenceTranslation, SourceSentence
from campaigns.translating.told.board import board
from campaigns.translating.whose import named_for
from campaigns.translating.working import Typed, seal, write
from people.rights.languages import Does, give_works
from people.rights.reader import Reader
from people.rights.roles import RoleKind, give
from people.roster.waiting import Desk, waiting_for
from people.times import today

pytestmark = pytest.mark.django_db
THU = "qaa-x-thu"


@pytest.fixture(autouse=True)
def one_step(settings):
    settings.SECOND_STEP_REQUIRED = False


@pytest.fixture
def it(speakers, thu):
    speakers.now = datetime(2026, 8, 1, 2, tzinfo=UTC)
    speakers.path = f"/dich/{THU}/bai/{speakers.message.pk}/"
    return speakers


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def truth(it):
    return [one for one in SourceSentence.objects.of(it.message.translation_key) if one.path == "truth"]


def row_of(source):
    return SentenceTranslation.objects.filter(source=source).first()


def form(answer) -> dict:
    """What a browser would send back of the page as it is drawn."""
    html = answer.content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    for name, text in re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>([^<]*)</textarea>', html):
        sent[name] = text
    return sent


def page_of(it, language=THU):
    return MessagePage.objects.filter(
        translation_key=it.message.translation_key, locale__language_code=language
    ).first()


def test_a_translators_day_from_an_empty_message_to_a_public_sentence(it, client_of, client):
    writer, approver, (first, *_rest) = client_of(it.writer), client_of(it.approver), truth(it)
    home = words(writer.get("/dich/"))
    assert "0 trên" in home
    assert "Tiếng Lào" not in home
    assert it.message.title in words(writer.get(f"/dich/{THU}/"))
    shown = writer.get(it.path)
    assert first.text in words(shown)
    assert "ô\u0306" in words(shown), "hard letters are there without a script"
    sent = {**form(shown), f"text-{first.pk}": "Zu o\u0302\u0306 ka.", "act": "submit"}
    done = writer.post(it.path, sent, follow=True)
    assert "Đã lưu 1 câu. Đã gửi duyệt 1 câu" in words(done)
    assert "Duyệt câu này" not in words(done)
    waiting = [one.count for one in waiting_for(Desk(Reader(it.approver), today())) if "chờ duyệt" in str(one.title)]
    assert waiting == [1]
    shown = approver.get(it.path)
    assert words(shown).count("Duyệt câu này") == 1
    assert page_of(it) is None
    done = approver.post(it.path, {**form(shown), f"pick-{first.pk}": "1", "act": "approve"}, follow=True)
    assert "Đã duyệt 1 câu. Bạn đọc thấy ngay." in words(done)
    assert "Zu ô\u0306 ka." in words(client.get(f"/{THU}/ngay-30-7/di-lam-xa/"))


def test_what_is_sent_back_is_read_where_it_is_mended(it, client_of):
    (first, *_rest) = truth(it)
    key = it.message.translation_key
    write(it.writer, it.orthography, key, [Typed(first.pk, "Zu.", seal(first, None))], it.now, hand_over=[first.pk])
    approver = client_of(it.approver)
    sent = form(approver.get(it.path))
    assert "Ghi lý do" in words(approver.post(it.path, {**sent, "act": "back"}, follow=True))
    approver.post(it.path, {**sent, f"back-{first.pk}": "Chưa đúng ý.", "act": "back"})
    assert "Chưa đúng ý." in words(client_of(it.writer).get(it.path))
    assert row_of(first).state == "draft"
    assert "Câu dịch được gửi lại" in str([one.title for one in waiting_for(Desk(Reader(it.writer), today()))])


def test_a_reason_with_a_number_in_it_is_asked_about_and_nothing_typed_is_lost(it, client_of):
    (first, *_rest) = truth(it)
    key = it.message.translation_key
    write(it.writer, it.orthography, key, [Typed(first.pk, "Zu.", seal(first, None))], it.now, hand_over=[first.pk])
    approver = client_of(it.approver)
    sent = {**form(approver.get(it.path)), f"back-{first.pk}": "Hỏi chị Tư 0905 123 456.", "act": "back"}
    answer = approver.post(it.path, sent)
    assert answer.status_code == 422
    assert "0905 123 456" in words(answer)
    assert row_of(first).state == "awaiting"


def test_two_at_once_are_shown_both_and_the_rest_is_kept(it, client_of):
    (first, second, _third) = truth(it)
    one, other = client_of(it.writer), client_of(it.both)
    mine, theirs = form(one.get(it.path)), form(other.get(it.path))
    other.post(it.path, {**theirs, f"text-{first.pk}": "Zo.", "act": "save"})
    answer = one.post(it.path, {**mine, f"text-{first.pk}": "Zu.", f"text-{second.pk}": "Ka.", "act": "save"})
    assert answer.status_code == 409
    html = words(answer)
    assert ">Zu.</textarea>" in html
    assert re.search(r"Người khác vừa ghi:</span>|Người khác vừa ghi: <span[^>]*>Zo\.", html)
    assert row_of(second).text == "Ka."
    one.post(it.path, {**form(answer), "act": "save"})
    assert row_of(first).text == "Zu.", "she has seen both and chose"


def test_what_cannot_be_handed_over_says_why_beside_it_and_is_kept(it, client_of):
    heading = SourceSentence.objects.of(it.message.translation_key).filter(path="heading").first()
    client = client_of(it.writer)
    answer = client.post(it.path, {**form(client.get(it.path)), f"text-{heading.pk}": "Zu" * 50, "act": "submit"})
    assert answer.status_code == 422
    assert "trang chỉ chứa 80" in words(answer)
    assert row_of(heading).text == "Zu" * 50
    assert 'aria-invalid="true"' in words(answer)


def test_an_outdated_sentence_stands_beside_what_it_translated(it, client_of):
    (first, *_rest) = truth(it)
    key = it.message.translation_key
    write(it.writer, it.orthography, key, [Typed(first.pk, "Zu.", seal(first, None))], it.now, hand_over=[first.pk])
    approve(it.approver, it.orthography, key, {first.pk: seal(first, row_of(first))}, it.now)
    page = MessagePage.objects.get(pk=it.message.pk)
    page.truth = page.truth.replace("giữ giấy tờ", "giữ hết giấy tờ")
    page.save_revision().publish()
    client = client_of(it.writer)
    shown = client.get(it.path)
    assert "Trước là:</b> Có người bị giữ giấy tờ." in words(shown)
    assert "Bản dịch vẫn đúng" in words(shown)
    done = client.post(it.path, {**form(shown), "act": "submit"}, follow=True)
    assert "Không có chữ nào mới" in words(done), "what stands is not handed over without her word"
    client.post(it.path, {**form(shown), f"still-{first.pk}": "1", "act": "submit"})
    assert row_of(first).state == "awaiting"
    manager = client_of(it.cast.manager)
    assert "Đang đọc được bằng: Tiếng thử" in words(manager.get("/dich/cau-da-sua/"))
    manager.post("/dich/cau-da-sua/", {"act": "wrong", "cau": first.pk})
    assert row_of(first).state == "withdrawn"
    assert not page_of(it).live
    first.refresh_from_db()
    assert first.change == Change.WRONG


def test_what_cannot_be_said_like_this_waits_for_the_author(it, client_of):
    (first, *_rest) = truth(it)
    address, writer, manager = f"/dich/{THU}/cau/{first.pk}/", client_of(it.writer), client_of(it.cast.manager)
    said = {"text": "Không có từ này.", "cannot": "on", "proposal": ""}
    assert "Hãy đề nghị một câu" in words(writer.post(address, said))
    writer.post(address, {**said, "proposal": "Có người bị lấy giấy."})
    assert "chờ tác giả trả lời" in words(writer.get(it.path))
    queue = str([one.title for one in waiting_for(Desk(Reader(it.cast.manager), today()))])
    assert "không dịch được như vậy" in queue
    assert "Có người bị lấy giấy." in words(manager.get("/dich/cau-da-sua/"))
    remark = Remark.objects.get()
    assert "Hãy trả lời" in words(
        manager.post("/dich/cau-da-sua/", {"act": "answer", "loi-ban": remark.pk}, follow=True)
    )
    manager.post("/dich/cau-da-sua/", {"act": "answer", "loi-ban": remark.pk, "answer": "Sẽ sửa."})
    assert "Sẽ sửa." in words(writer.get(address))
    assert "chờ tác giả trả lời" not in words(writer.get(it.path))


def test_a_word_is_agreed_by_another_than_who_proposed_it(it, client_of):
    address, writer, approver = f"/dich/{THU}/tu/", client_of(it.writer), client_of(it.approver)
    writer.post(address, {"act": "add", "vietnamese": "giấy tờ", "word": "Zazu"})
    word = GlossaryWord.objects.get()
    assert "thì một người khác đồng ý" in words(writer.post(address, {"act": "agree", "word": word.pk}, follow=True))
    assert "Zazu" not in words(writer.get(it.path))
    approver.post(address, {"act": "agree", "word": word.pk})
    assert words(writer.get(it.path)).count("Zazu") == 1, "beside the sentence that has the word"
    assert "đã có trong bảng" in words(writer.post(address, {"act": "add", "vietnamese": "giấy tờ", "word": "Zazu"}))


def test_enter_in_the_field_of_a_reason_sends_back_and_both_at_once_are_refused(it, client_of):
    (first, *_rest) = truth(it)
    key = it.message.translation_key
    write(it.writer, it.orthography, key, [Typed(first.pk, "Zu.", seal(first, None))], it.now, hand_over=[first.pk])
    approver = client_of(it.approver)
    sent = {**form(approver.get(it.path)), f"back-{first.pk}": "Chưa đúng ý.", "act": "approve"}
    both = approver.post(it.path, {**sent, f"pick-{first.pk}": "1"})
    assert both.status_code == 422
    assert "chỉ làm một việc" in words(both)
    assert row_of(first).state == "awaiting"
    approver.post(it.path, sent)
    assert (row_of(first).state, row_of(first).word) == ("draft", "Chưa đúng ý.")


def test_what_is_ticked_and_what_has_a_reason_are_sent_together_and_nothing_typed_is_lost(it, client_of):
    (first, second, third) = truth(it)
    key = it.message.translation_key
    typed = [Typed(one.pk, f"Zu {n}.", seal(one, None)) for n, one in enumerate(truth(it))]
    write(it.writer, it.orthography, key, typed, it.now, hand_over=[one.pk for one in truth(it)])
    approver = client_of(it.approver)
    sent = form(approver.get(it.path))
    said = {f"pick-{first.pk}": "1", f"back-{second.pk}": "Chưa đúng ý."}
    # somebody else writes the first one meanwhile: nothing is decided, and what was typed is still there
    write(it.both, it.orthography, key, [Typed(first.pk, "Zo.", seal(first, row_of(first)))], it.now)
    refused = approver.post(it.path, {**sent, **said, f"pick-{third.pk}": "1", "act": "decide"})
    assert refused.status_code == 409
    assert 'value="Chưa đúng ý."' in words(refused)
    assert re.search(rf'name="pick-{third.pk}" value="1" checked', words(refused))
    assert not re.search(rf'name="pick-{first.pk}" value="1" checked', words(refused)), "she has not read this one"
    assert [row_of(one).state for one in (first, second, third)] == ["draft", "awaiting", "awaiting"]
    # one button does both
    said = {f"pick-{third.pk}": "1", f"back-{second.pk}": "Chưa đúng ý."}
    done = words(approver.post(it.path, {**form(refused), **said, "act": "decide"}, follow=True))
    assert "Đã duyệt 1 câu" in done
    assert "Đã gửi lại 1 câu" in done
    assert [row_of(one).state for one in (second, third)] == ["draft", "approved"]


def test_who_translates_and_approves_loses_neither_words_nor_decisions(it, client_of):
    (first, second, _third) = truth(it)
    key = it.message.translation_key
    write(it.writer, it.orthography, key, [Typed(first.pk, "Zu.", seal(first, None))], it.now, hand_over=[first.pk])
    client = client_of(it.both)
    sent = {**form(client.get(it.path)), f"text-{second.pk}": "Ka."}
    # what only saves makes nothing public, and keeps the decision for the button that sends it
    kept = client.post(it.path, {**sent, f"pick-{first.pk}": "1", "act": "save"})
    assert "chưa gửi" in words(kept)
    assert re.search(rf'name="pick-{first.pk}" value="1" checked', words(kept))
    assert (row_of(first).state, row_of(second).text) == ("awaiting", "Ka.")
    # what sends decisions saves what is typed beside them
    sent = {**form(kept), f"text-{second.pk}": "Ka ro.", f"pick-{first.pk}": "1", "act": "decide"}
    client.post(it.path, sent)
    assert (row_of(first).state, row_of(second).state, row_of(second).text) == ("approved", "draft", "Ka ro.")


# --- PO


def upload(client, it, text: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post(it.path + "nhap/", {"po": SimpleUploadedFile("bai.po", text.encode())}, follow=True)


def test_a_po_file_goes_out_and_comes_in_sentence_by_sentence(it, client_of):
    client, (first, second, third) = client_of(it.writer), truth(it)
    file = polib.pofile(client.get(it.path + "tep.po").content.decode())
    assert [entry.msgid for entry in file][:2] == ["Đi làm xa", "Việc nhẹ, lương cao?"]
    by_key = {entry.msgctxt: entry for entry in file}
    for source, text in ((first, "Zu."), (second, "Za."), (third, "Zo.")):
        by_key[str(source.pk)].msgstr = text
    page = MessagePage.objects.get(pk=it.message.pk)
    page.truth = page.truth.replace("giữ giấy tờ", "giữ hết giấy tờ")
    page.save_revision().publish()
    other = form(client.get(it.path))
    client.post(it.path, {**other, f"text-{second.pk}": "Khác.", "act": "save"})
    answer = words(upload(client, it, str(file)))
    assert "1 câu thành bản nháp" in answer
    line = next(n for n, text in enumerate(str(file).splitlines(), 1) if f'msgctxt "{first.pk}"' in text)
    assert re.search(r"Dòng \d+: Câu tiếng Việt đã sửa, nay là: Có người bị giữ hết giấy tờ\.", answer)
    assert abs(int(re.search(r"Dòng (\d+): Câu tiếng Việt", answer)[1]) - line) <= 2
    assert "Có người đã sửa câu dịch này" in answer
    assert (row_of(third).text, row_of(third).state) == ("Zo.", "draft")
    assert row_of(first) is None
    assert row_of(second).text == "Khác."


@pytest.mark.parametrize("text", ["", "/etc/passwd", "xin chào", 'msgid "', 'msgid "a"\nmsgstr', "\x00\x01\n"])
def test_what_is_no_po_file_is_refused_in_one_sentence(it, client_of, text):
    answer = words(upload(client_of(it.writer), it, text))
    assert "tệp PO" in answer or "0 câu thành bản nháp" in answer
    assert not SentenceTranslation.objects.exists()


# --- warnings


def test_letters_that_no_font_has_and_what_is_left_of_old_fonts_are_told():
    assert missing_letters("Ƀƀ ŏ ô\u0306 ơ\u0306 ’ Tiếng Việt ắ ợ") == []
    assert missing_letters("za ꪀ zu ꪀ") == ["ꪀ"]
    for text in ("z[ă", "zơdro\\ng", "{ăz", "zơd^ng"):
        assert residue(text), text
    for text in ("Zu (ka).", "z’u", "111/113", "[thôn]"):
        assert not residue(text) or text == "[thôn]"
    assert any("mã cũ" in said for said in warnings("NguyÔn V¨n An"))
    assert warnings("Zu ka, ô\u0306.") == []


# --- whose


@pytest.mark.parametrize("act", ["save", "submit"])
def test_who_only_approves_or_leads_writes_nothing(it, client_of, act):
    (first, *_rest) = truth(it)
    for person in (it.approver, it.cast.manager):
        answer = client_of(person).post(it.path, {f"text-{first.pk}": "Zu.", f"seen-{first.pk}": "0.x", "act": act})
        assert answer.status_code == 403
    assert not SentenceTranslation.objects.exists()


def test_a_language_that_is_not_hers_is_not_there(it, client_of):
    (first, *_rest) = truth(it)
    other = client_of(it.other)
    for path in (f"/dich/{THU}/", it.path, it.path + "tep.po", f"/dich/{THU}/tu/", f"/dich/{THU}/cau/{first.pk}/"):
        assert other.get(path).status_code == 404, path
    assert other.post(it.path, {"act": "save"}).status_code == 404
    assert other.post(it.path + "nhap/", {}).status_code == 404
    role = it.writer.roles.current().get()
    from people.rights.roles import end

    client = client_of(it.writer)
    end(role)
    assert client.get(it.path).status_code == 403


def test_a_role_that_names_no_language_opens_none_and_an_administrator_is_told(it, client_of):
    bare = make_person("Người Mới", "NT-bare")
    give(bare, RoleKind.TRANSLATOR, it.units.da_nang)
    client = client_of(bare)
    assert "chưa nêu tiếng nào" in words(client.get("/dich/"))
    assert client.get(f"/dich/{THU}/").status_code == 404
    queue = waiting_for(Desk(Reader(it.cast.administrator), today()))
    assert [one.count for one in queue if "chưa được nêu tiếng" in str(one.title)] == [2], (
        "and the translator of the cast"
    )


def test_a_translated_page_has_no_editor_but_the_desk_and_no_other_way_live(it, client_of):
    (first, *_rest) = truth(it)
    key = it.message.translation_key
    write(it.writer, it.orthography, key, [Typed(first.pk, "Zu.", seal(first, None))], it.now, hand_over=[first.pk])
    approve(it.approver, it.orthography, key, {first.pk: seal(first, row_of(first))}, it.now)
    from pages.cms.groups import sync_all

    sync_all()
    manager = client_of(it.cast.manager)
    page = page_of(it)
    answer = manager.get(f"/cms/pages/{page.pk}/edit/")
    assert (answer.status_code, answer.url) == (302, it.path)
    assert manager.post(f"/cms/pages/{page.pk}/edit/", {"truth": "X", "action-publish": "1"}).url == it.path
    from wagtail_localize.models import Translation

    theirs = Translation.objects.get()
    lao = Locale.objects.get_or_create(language_code="lo")[0]
    for path, data in (
        (f"/cms/localize/submit/page/{it.message.pk}/", {"locales": [lao.pk]}),
        (f"/cms/localize/translate/{theirs.pk}/pofile/upload/", {}),
        (f"/cms/localize/page/{page.pk}/convert_to_alias/", {}),
        (f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}", {"id": [page.pk]}),
    ):
        assert manager.post(path, data).status_code == 302, path
    after = page_of(it)
    assert (after.truth, after.alias_of_id) == (page.truth, None)
    assert page_of(it, "lo") is None


def test_her_name_is_public_while_she_agrees(it, client_of, client):
    (first, *_rest) = truth(it)
    key = it.message.translation_key
    write(it.writer, it.orthography, key, [Typed(first.pk, "Zu.", seal(first, None))], it.now, hand_over=[first.pk])
    approve(it.approver, it.orthography, key, {first.pk: seal(first, row_of(first))}, it.now)
    hers, path = client_of(it.approver), page_of(it).url
    assert "Người Duyệt" not in words(client.get(path))
    hers.post("/dich/neu-ten/", {"dong-y": "1"})
    assert "do người bản ngữ làm và duyệt: Người Duyệt, 01/08/2026" in words(client.get(path))
    hers.post("/dich/neu-ten/", {})
    assert "Người Duyệt" not in words(client.get(path))
    assert not NamedApprover.objects.exists()


def test_several_approvers_stand_by_their_given_names_not_by_day(it):
    days = {"Nguyễn Thị Ánh": 3, "Bùi Đạt": 1, "Zơrâm Dũng": 2}
    sources = SourceSentence.objects.of(it.message.translation_key)
    SourceSentence.objects.exclude(pk__in=list(sources.values_list("pk", flat=True)[:3])).update(gone_at=it.now)
    for source, (name, day) in zip(sources[:3], days.items(), strict=True):
        person = make_person(name)
        NamedApprover.objects.create(person=person, agreed_at=it.now)
        SentenceTranslation.objects.update_or_create(
            source=source,
            orthography=it.orthography,
            defaults={"live_text": "Zu.", "approver": person, "approved_at": it.now.replace(day=day)},
        )
    it.orthography.refresh_from_db()
    named = named_for(it.message.translation_key, it.orthography.language)
    assert [name for name, _at in named] == ["Nguyễn Thị Ánh", "Zơrâm Dũng", "Bùi Đạt"]


# --- orthographies, board


def test_the_province_names_orthographies_and_puts_one_live(it, client_of):
    manager = client_of(it.cast.manager)
    manager.post(f"/dich/bo-chu/them/{THU}/", {"name": "Chữ mới", "letters": "z\u0306 ƀ", "letters_source": "Thử"})
    new = Orthography.objects.get(name="Chữ mới")
    assert not new.is_live
    assert "đã có bộ chữ" in words(manager.post(f"/dich/bo-chu/them/{THU}/", {"name": "Chữ mới"}))
    manager.post(f"/dich/bo-chu/{new.pk}/", {"act": "live"})
    assert list(Orthography.objects.live().filter(language=THU)) == [new]
    assert words(client_of(it.writer).get(f"{it.path}?bo={it.orthography.pk}")).count('name="bo"') >= 1


def test_the_board_tells_each_language_and_asks_as_much_for_many_messages_as_for_one(
    it, client_of, django_assert_num_queries, django_assert_max_num_queries
):
    (first, *_rest) = truth(it)
    key = it.message.translation_key
    write(it.writer, it.orthography, key, [Typed(first.pk, "Zu.", seal(first, None))], it.now, hand_over=[first.pk])
    Orthography.objects.create(language="lo", is_live=True)
    html = words(client_of(it.cast.manager).get("/dich/bang/"))
    assert re.search(rf'<a href="/dich/{THU}/bai/{it.message.pk}/">chờ duyệt', html)
    columns = list(Orthography.objects.live())
    # four kinds of page, their sentences, what there is of them
    with django_assert_num_queries(6):
        rows = board(columns)
    (row,) = (row for row in rows if row.page.pk == it.message.pk)
    assert [cell.state for cell in row.cells] == ["missing", "awaiting"]
    for state, shown in (("awaiting", True), ("approved", False)):
        found = words(client_of(it.cast.manager).get(f"/dich/bang/?trang-thai={state}&tieng={THU}&nam=2026"))
        assert (f"/bai/{it.message.pk}/" in found) == shown
    assert "Không có bài nào như vậy" in words(client_of(it.writer).get("/dich/bang/?xa=1"))


def test_a_page_at_the_desk_asks_as_much_for_many_sentences_as_for_few(it, client_of, django_assert_max_num_queries):
    give_works(it.writer, it.units.da_nang, [(THU, Does.TRANSLATES), (THU, Does.APPROVES)])
    key = it.message.translation_key
    sentences = list(SourceSentence.objects.of(key))
    typed = [Typed(one.pk, f"Zu {one.pk}.", seal(one, None)) for one in sentences]
    write(it.both, it.orthography, key, typed, it.now, hand_over=[one.pk for one in sentences])
    client = client_of(it.writer)
    client.get(it.path)
    with django_assert_max_num_queries(22):
        html = words(client.get(it.path))
    assert html.count("Duyệt câu này") == len(sentences)
