"""Approved sentences become pages in their language, and the strings that wagtail-localize knows: nothing else does.

A page of a language goes live by an approval; a withdrawal, another orthography, or a change of the Vietnamese page
make it anew. It is down while its Vietnamese page is.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.translating.kinds import PRINTED, has_words, put, source_of, targets_of
from campaigns.translating.orthography import Orthography
from campaigns.translating.rules import Sentence, composed
from campaigns.translating.sentences import SentenceTranslation, SourceSentence


def feed(page_key: UUID, language: str, by=None) -> Page | None:
    """Makes the page in this language say what is approved in its live orthography; None where it says nothing.

    Call it within the transaction that approved or withdrew. Raises ValidationError where the words do not fit.
    """
    source = source_of(page_key)
    target = next((one for one in targets_of(page_key) if one.locale.language_code == language), None)
    if source is None or not source.live:
        if target is not None and target.live and target.alias_of_id is None:
            target.unpublish(user=by)
        return None
    if not has_words(source):
        return None
    texts, approved = _texts(page_key, language)
    if not approved:
        _say_nothing(target, source, by)
        return None
    target = _standing(target, source, language)
    put(target, source, texts)
    _same_recordings(target, source)
    target.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
    _tell_localize(source, target, texts, approved, by)
    return target


def feed_all(page_key: UUID, by=None) -> None:
    """In every language that has a page of its own or something approved."""
    theirs = {one.locale.language_code for one in targets_of(page_key) if one.alias_of_id is None}
    rows = SentenceTranslation.objects.filter(source__page_key=page_key, orthography__is_live=True)
    theirs |= set(rows.exclude(live_text="").values_list("orthography__language", flat=True))
    for language in sorted(theirs):
        feed(page_key, language, by)


def feed_language(language: str, by=None) -> None:
    """Every page, after another orthography went live."""
    keys = SourceSentence.objects.present().order_by().values_list("page_key", flat=True).distinct()
    for key in keys:
        feed(key, language, by)


def _texts(page_key: UUID, language: str) -> tuple[dict[str, str], set[str]]:
    """({path: what readers of the page see}, the paths in which something is approved); three queries."""
    orthography = Orthography.objects.filter(language=language, is_live=True).first()
    sentences = list(SourceSentence.objects.of(page_key).exclude(path__startswith=f"{PRINTED}/"))
    rows = SentenceTranslation.objects.filter(orthography=orthography, source__in=sentences).exclude(live_text="")
    live = {row.source_id: row for row in rows}
    by_path: dict[str, list[SourceSentence]] = {}
    for one in sentences:
        by_path.setdefault(one.path, []).append(one)
    texts, approved = {}, set()
    for path, those in by_path.items():
        found = [live[one.pk] for one in those if one.pk in live]
        whole = next((row.live_text for row in found if row.is_whole), "")
        texts[path] = whole or composed(_sentences(those, live))
        if found:
            approved.add(path)
    return texts, approved


def _sentences(those: Iterable[SourceSentence], live: dict[int, SentenceTranslation]) -> list[Sentence]:
    return [Sentence(one.text, one.after, live[one.pk].live_text if one.pk in live else "") for one in those]


def _say_nothing(target: Page | None, source: Page, by) -> None:
    """All was withdrawn: the page holds no word of it any more, and readers get the Vietnamese one."""
    if target is None or target.alias_of_id or not target.live:
        return
    put(target, source, {})
    target.save_revision(user=by, log_action=True)
    # what is stored is what a draft of the page would begin with
    target.save(clean=False)
    target.unpublish(user=by)
    _tell_localize(source, target, {}, set(), by)


def _standing(target: Page | None, source: Page, language: str) -> Page:
    """The page, made where there is none, a page of its own where it was an alias, below the translated parent."""
    locale = Locale.objects.get_or_create(language_code=language)[0]
    if target is None:
        return source.copy_for_translation(locale, copy_parents=True)
    if target.alias_of_id:
        target.alias_of = None
        target.save(clean=False)
    above = source.get_parent().specific
    parent = above.get_translation_or_none(locale) or above.copy_for_translation(locale, copy_parents=True, alias=True)
    if not target.is_child_of(parent):
        target.move(parent, pos="last-child")
        target = type(target).objects.get(pk=target.pk)
    return target


def _same_recordings(target: Page, source: Page) -> None:
    """A recording belongs to the message, whatever the language of its words."""
    if not isinstance(source, MessagePage) or not isinstance(target, MessagePage):
        return
    wanted = [(row.language, row.recording_id) for row in source.recordings.all()]
    if sorted(wanted) != sorted((row.language, row.recording_id) for row in target.recordings.all()):
        target.recordings.set([MessageRecording(language=tag, recording_id=pk) for tag, pk in wanted])


def _tell_localize(source: Page, target: Page, texts: dict[str, str], approved: set[str], by) -> None:
    """Its strings are ours, so that a sync by it makes a draft of the same words."""
    theirs, _created = TranslationSource.update_or_create_from_instance(source)
    Translation.objects.get_or_create(source=theirs, target_locale=target.locale)
    for segment in StringSegment.objects.filter(source=theirs).select_related("context"):
        path = segment.context.path.replace(".", "/")
        where = {"translation_of_id": segment.string_id, "locale": target.locale, "context": segment.context}
        if path in approved:
            said = {
                "data": StringValue.from_plaintext(texts[path]).data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": by,
                "has_error": False,
                "field_error": "",
            }
            StringTranslation.objects.update_or_create(**where, defaults=said)
        else:
            StringTranslation.objects.filter(**where).delete()


def take_down(page_key: UUID, now: datetime, by=None) -> None:
    """With its Vietnamese page, in every language."""
    for target in targets_of(page_key):
        if target.live and target.alias_of_id is None:
            target.unpublish(user=by)
