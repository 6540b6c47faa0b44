"""Sheets in another language than Vietnamese: whole of approved sentences of the desk, or not offered. The words are
nonsense of ours in `qaa-x-thu`.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_person
from nonsense import THU
from numbers_called import public_contact
from printed import pages_of

from campaigns.activities.made.activity import Activity, ActivityState, Source
from campaigns.activities.made.kind import seed_kinds
from campaigns.renderings import drawing, holding, issuing, reading, withdrawing
from campaigns.renderings.composing import Unprintable, composed, numbered
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.plan import PlanStep, StepDone, mark
from campaigns.renderings.sheets import SheetVersion
from campaigns.renderings.stale import Why, stale_of
from campaigns.renderings.texts import approving
from campaigns.renderings.texts.at_the_desk import every_sheets_key, spoken_in
from campaigns.renderings.texts.languages import WORD, WORDS
from campaigns.renderings.texts.passages import passages_of
from campaigns.translating import deciding
from campaigns.translating.keeping import words_beside_changed
from campaigns.translating.orthography import Orthography
from campaigns.translating.rules import State
from campaigns.translating.sentences import Change, SentenceTranslation, SourceSentence
from campaigns.translating.working import seal
from letters.sentences import cut
from people.rights.languages import Does, give_works

pytestmark = pytest.mark.django_db


def nonsense(text: str) -> str:
    """Its words turned round, so that nothing Vietnamese is left, with the places that are filled in."""
    parts = re.split(r"(\{[^}]*\}|\[tên thôn\])", text)
    turned = (" ".join(word[::-1] for word in part.split(" ")) if n % 2 == 0 else part for n, part in enumerate(parts))
    return "Zu " + "".join(turned)


@pytest.fixture
def it(approved, thu):
    """Every sentence of the message's sheets but those of the door hanger is approved in the language."""
    words_beside_changed(approved.home)
    approved.orthography = Orthography.objects.create(language=THU, is_live=True)
    keys = [approved.message.translation_key, every_sheets_key()]
    then = timezone.now() - timedelta(hours=1)
    rows = SourceSentence.objects.present().filter(page_key__in=keys, path__startswith="to-in/")
    SentenceTranslation.objects.bulk_create(
        SentenceTranslation(
            source=one,
            orthography=approved.orthography,
            **{"text": nonsense(one.text), "live_text": nonsense(one.text), "of_text": one.text, "live_of": one.text},
            state=State.APPROVED,
            approved_at=then,
        )
        for one in rows
        if not one.path.startswith("to-in/door")
    )
    return approved


def whole(it, name="a4", **more):
    message = reading.message_or_404(it.message.pk)
    return composed(reading.order(message, FORMATS[name], it.tay_giang, language=THU, **more))


def issued(it, name="a4") -> SheetVersion:
    return issuing.issue(whole(it, name), it.cast.editor, timezone.now())


def source(it, path: str) -> SourceSentence:
    return SourceSentence.objects.of(it.message.translation_key).filter(path=path).first()


def units(it):
    return [it.units.tay_giang.pk]


def test_what_the_province_approved_stands_at_the_desk_and_its_drafts_do_not(printed):
    passages = [printed.passages["poster.lead"], printed.passages["poster.keep"]]
    approving.approve(passages, printed.cast.manager, timezone.now())
    paths = set(SourceSentence.objects.of(printed.message.translation_key).values_list("path", flat=True))
    printed_paths = {path for path in paths if path.startswith("to-in/")}
    assert printed_paths == {"to-in/poster.lead", "to-in/poster.keep", "to-in/poster.keep/ten", "to-in/hinh"}
    before = source(printed, "to-in/poster.lead").text
    approving.rewrite(printed.passages["poster.lead"], "", "Hỏi rồi hãy đi.", printed.cast.manager, timezone.now())
    words_beside_changed(printed.message)
    assert source(printed, "to-in/poster.lead").text == before


def test_a_sheet_is_whole_in_one_language(it):
    public_contact(number="0235 3796 200", unit=it.units.tay_giang)
    made = whole(it)
    heard = "".join(pages_of(drawing.pdf(FORMATS["a4"], numbered(made, 7, 1, timezone.now().date())))[0].split())
    passages = passages_of(it.message)
    first = cut(passages["poster.lead"].text)[0].text
    for said in (first, passages["poster.ask"].title, WORDS["place"], WORDS["free"]):
        assert "".join(nonsense(said).split()) in heard, said
        assert "".join(said.split()) not in heard
    assert "02353796200" in heard
    # the name of who answers is Vietnamese
    assert made.data["contact"]["name"] == ""
    assert made.data["lang"] == "qaa"


def test_a_sheet_that_lacks_a_sentence_is_not_offered_and_says_which(it, client_of):
    with pytest.raises(Unprintable, match="còn thiếu câu đã duyệt"):
        whole(it, "the-cua")
    address = f"/in-an/xa/{it.tay_giang.pk}/{it.message.pk}/the-cua/"
    client = client_of(it.cast.editor)
    page = client.get(address).content.decode()
    assert "còn thiếu" in page
    assert passages_of(it.message)["door.front"].text.split("?")[0] in page
    assert client.post(address, {"tieng": THU}).status_code == 422
    assert not SheetVersion.objects.exists()


def test_every_format_is_drawn_from_what_was_approved(it):
    for name in ("a3", "to-gap", "the", "bang-ron", "loa"):
        drawing.pdf(FORMATS[name], numbered(whole(it, name), 7, 1, timezone.now().date()))


def test_its_code_leads_to_the_page_in_that_language(it, client, client_of):
    address = f"/in-an/xa/{it.tay_giang.pk}/{it.message.pk}/a4/"
    answer = client_of(it.cast.editor).post(address, {"tieng": THU})
    version = SheetVersion.objects.get()
    assert (version.sheet.language, answer.status_code) == (THU, 302)
    # no page of it yet: the Vietnamese one stands there with its notice
    assert client.get(f"/to/{version.sheet_id}/1/")["Location"] == f"/{THU}{it.message.url}"


def test_a_translation_that_changes_makes_its_prints_stale_and_no_others(it):
    issued(it), issued(it, "the")
    assert stale_of(units(it)) == []
    row = SentenceTranslation.objects.get(source=source(it, "to-in/card.2"))
    SentenceTranslation.objects.filter(pk=row.pk).update(live_text="Zu mba.", approved_at=timezone.now())
    ((stale, why),) = [(one.version.sheet.format, one.why) for one in stale_of(units(it))]
    assert (stale, why) == ("the", Why.TRANSLATION)


def test_a_corrected_sentence_is_printed_again_once_its_meaning_is_said_to_be_the_same(it):
    row = passages_of(it.message)["poster.lead"]
    approving.rewrite(row, "", row.text.replace(".", ", nhé."), it.cast.manager, timezone.now())
    approving.approve(passages_of(it.message).values(), it.cast.administrator, timezone.now())
    changed = SourceSentence.objects.filter(change=Change.UNSAID)
    with pytest.raises(Unprintable, match="nhé"):
        whole(it)
    deciding.say_same(it.cast.manager, list(changed.values_list("pk", flat=True)), timezone.now())
    assert whole(it).may_be_issued


def test_what_was_wrong_leaves_every_language_and_its_sheets_are_listed(it, client_of):
    version, other = issued(it), issued(it, "the")
    row = passages_of(it.message)["poster.lead"]
    approving.rewrite(row, "", "Hỏi thật kỹ trước khi đi nhé bà con.", it.cast.manager, timezone.now())
    approving.approve(passages_of(it.message).values(), it.cast.administrator, timezone.now())
    sentence = source(it, "to-in/poster.lead")
    client = client_of(it.cast.manager)
    answer = client.post("/dich/cau-da-sua/", {"act": "wrong", "cau": sentence.pk})
    page = client.get(answer["Location"]).content.decode()
    assert f"tờ số {version.sheet_id}, bản 1" in page
    assert f"tờ số {other.sheet_id}" not in page
    with pytest.raises(Unprintable, match="còn thiếu"):
        whole(it)
    assert [one.why for one in stale_of(units(it))] == [Why.TRANSLATION]
    sentence.refresh_from_db()
    withdrawing.withdraw(it.message, "", "Lời đã sai.", None, it.cast.manager, timezone.now())
    assert holding.sheets(sentence)[0].count == 0
    assert client_of(it.cast.editor).get(answer["Location"]).status_code == 403


def test_a_place_that_is_filled_in_stays_in_its_translation(it, client_of):
    person = make_person("Người Dịch", "NT-x")
    give_works(person, it.units.da_nang, [(THU, Does.TRANSLATES)])
    sentence = SourceSentence.objects.of(every_sheets_key()).get(path=f"{WORD}sheet")
    home, client = it.home, client_of(person)
    address = f"/dich/{THU}/bai/{home.pk}/"
    page = client.get(address).content.decode()
    assert "Chữ chung trên tờ in" in page
    row = SentenceTranslation.objects.get(source=sentence)
    given = {f"text-{sentence.pk}": "Zu 1", f"seen-{sentence.pk}": seal(sentence, row), "act": "submit"}
    answer = client.post(address, given)
    assert answer.status_code == 422
    assert "{number}" in answer.content.decode()


def test_a_contact_that_is_renamed_answers_at_other_hours_or_ran_out_makes_its_prints_stale(approved):
    contact = public_contact(number="0235 3796 200", unit=approved.units.tay_giang)
    message = reading.message_or_404(approved.message.pk)
    one = issuing.issue(
        composed(reading.order(message, FORMATS["a4"], approved.tay_giang)), approved.cast.editor, timezone.now()
    )
    rows = type(contact).objects.filter(pk=contact.pk)
    for change, back, why in (
        ({"name": "Bộ phận khác"}, {"name": contact.name}, Why.CONTACT),
        ({"hours": "8h–16h"}, {"hours": contact.hours}, Why.CONTACT),
        ({"valid_to": timezone.localdate() - timedelta(days=1)}, {"valid_to": None}, Why.NUMBER),
    ):
        rows.update(**change)
        assert [row.why for row in stale_of(units(approved))] == [why]
        rows.update(**back)
        assert stale_of(units(approved)) == []
    # of before names were kept nothing is claimed
    SheetVersion.objects.filter(pk=one.pk).update(contact_name=None, contact_hours=None)
    rows.update(name="Bộ phận khác")
    assert stale_of(units(approved)) == []


def test_all_that_is_stale_is_printed_anew_in_one_click(approved, client_of):
    contact = public_contact(number="0235 3796 200", unit=approved.units.tay_giang)
    client = client_of(approved.cast.editor)
    base = f"/in-an/xa/{approved.tay_giang.pk}/"
    for name in ("a4", "the"):
        client.post(f"{base}{approved.message.pk}/{name}/", {"so": contact.pk})
    type(contact).objects.filter(pk=contact.pk).update(hours="8h–16h")
    assert "cả 2 tờ" in client.get(base).content.decode()
    assert client.post(f"{base}in-lai/")["Location"] == f"{base}da-lay-so/"
    assert sorted(SheetVersion.objects.values_list("number", flat=True)) == [1, 1, 2, 2]
    assert stale_of(units(approved)) == []
    assert client.get(f"{base}da-lay-so/").content.decode().count("bản 2") == 2


def test_the_province_prints_its_own(approved, client_of):
    manager = client_of(approved.cast.manager)
    assert manager.get("/in-an/xa/0/").status_code == 200
    assert manager.get(f"/in-an/xa/0/{approved.message.pk}/a4/").status_code == 200
    answer = manager.post(f"/in-an/xa/0/{approved.message.pk}/a4/", {})
    version = SheetVersion.objects.get()
    assert (version.sheet.unit, answer.status_code) == (None, 302)
    assert manager.get(answer["Location"]).status_code == 200
    assert client_of(approved.cast.editor).get("/in-an/xa/0/").status_code == 404


def test_the_plan_is_the_provinces_and_keeps_what_was_ticked(approved, client_of):
    client = client_of(approved.cast.manager)
    given = {"what": "Họp với già làng", "who": "Trưởng thôn", "when": "-1", "away": "12"}
    assert client.post("/in-an/ke-hoach/them/", {**given, "away": ""}).status_code == 422
    client.post("/in-an/ke-hoach/them/", given)
    step = PlanStep.objects.get()
    assert step.days == -12
    client.post(f"/in-an/ke-hoach/{step.pk}/", {**given, "when": "1", "away": "3"})
    assert PlanStep.objects.get().days == 3
    mark(step, approved.units.tay_giang.pk, 2026, True, approved.cast.editor, timezone.now())
    client.post(f"/in-an/ke-hoach/{step.pk}/", {"bo": "1"})
    assert (list(PlanStep.objects.standing()), StepDone.objects.count()) == ([], 1)
    assert "Họp với già làng" in client.get("/in-an/ke-hoach/").content.decode()
    client.post(f"/in-an/ke-hoach/{step.pk}/", {"bo": "0"})
    assert list(PlanStep.objects.standing()) == [step]
    assert client_of(approved.cast.editor).get("/in-an/ke-hoach/").status_code == 403


def test_what_a_language_has_costs_three_queries(it, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert list(spoken_in(it.message)) == [THU]


def test_what_was_hung_is_told_from_the_sheet_and_waits_for_a_second_person(approved, client_of):
    seed_kinds()
    client = client_of(approved.cast.editor)
    made = client.post(f"/in-an/xa/{approved.tay_giang.pk}/{approved.message.pk}/a4/", {})["Location"]
    assert "Đã treo, đã phát" in client.get(made).content.decode()
    for number in ("0", "12", "14"):
        client.post(f"{made}da-treo/", {"on": f"{timezone.localdate():%d/%m/%Y}", "quantity": number})
    row = Activity.objects.current().get()
    told = (row.kind.key, row.quantity, row.source, row.state, row.unit, row.languages)
    assert told == ("ap-phich", 14, Source.PRINTS, ActivityState.SENT, approved.units.tay_giang, ["vi"])
    province = client_of(approved.cast.manager)
    own = province.post(f"/in-an/xa/0/{approved.message.pk}/a4/", {})["Location"]
    assert "Đã treo, đã phát" not in province.get(own).content.decode()
