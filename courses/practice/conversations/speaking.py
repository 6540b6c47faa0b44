"""What a learner does in a run: begins, says something, goes back to a turn. Each is one transaction."""

import random
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from courses.practice.conversations.rules.debrief import outcome_of
from courses.practice.conversations.rules.graph import Conversation
from courses.practice.conversations.rules.playing import State, replay, say
from courses.practice.conversations.runs import ConversationRun, RunTurn
from courses.practice.conversations.versions import ConversationVersion, version_of


class Refused(Exception):
    """What was posted does not fit the run as it stands; the message is one sentence for the learner."""


@transaction.atomic
def begin(person, page, course_key: str, now: datetime) -> ConversationRun:
    """A new run of the page as it stands. An unfinished one and the utterances of the earlier ones go."""
    return _begin(person, course_key, version_of(page), [], now)


@transaction.atomic
def again_from(run: ConversationRun, position: int, now: datetime) -> ConversationRun:
    """A new run that repeats the utterances of `run` before the turn `position`, in the texts of that run."""
    said = [turn.chosen for turn in run.turns.all() if turn.chosen is not None]
    if not 1 <= position <= len(said):
        raise Refused(_("Lượt ấy không còn được giữ. Anh chị bắt đầu lại từ đầu."))
    return _begin(run.person, run.course_key, run.version, said[: position - 1], now)


def _begin(person, course_key: str, version: ConversationVersion, said: list[int], now: datetime) -> ConversationRun:
    # two windows that begin at once come one after the other
    get_user_model().objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)
    forget_earlier(ConversationRun.objects.of(person, version.conversation_key))
    run = ConversationRun.objects.create(
        person=person,
        conversation_key=version.conversation_key,
        course_key=course_key,
        version=version,
        started_at=now,
        moved_at=now,
    )
    conversation = version.conversation()
    state = replay(conversation, said)
    turns = [_turn(run, n, one.turn.name, conversation, said[n - 1]) for n, one in enumerate(state.said, 1)]
    RunTurn.objects.bulk_create([*turns, _turn(run, len(said) + 1, state.at, conversation)])
    return run


def forget_earlier(runs) -> None:
    """Drops what was said in the runs, and the runs that never came to an end."""
    RunTurn.objects.filter(run__in=runs).delete()
    runs.filter(ended_at=None).delete()


def _turn(run, position: int, name: str, conversation: Conversation, chosen: int | None = None) -> RunTurn:
    """The order is drawn anew for each turn of each run, and stays as it was drawn."""
    turn = conversation.turn(name)
    order = list(range(len(turn.choices))) if turn else []
    random.SystemRandom().shuffle(order)
    return RunTurn(run=run, position=position, turn=name, order=order, chosen=chosen)


def state_of(run: ConversationRun, conversation: Conversation, turns: list[RunTurn]) -> State:
    return replay(conversation, [turn.chosen for turn in turns if turn.chosen is not None])


@transaction.atomic(savepoint=False)
def speak(person, run_id: int, position: int, index: int, now: datetime) -> ConversationRun:
    """Says the utterance `index` at turn `position`; the same once more changes nothing, another is refused."""
    runs = ConversationRun.objects.select_for_update(of=("self",)).select_related("version")
    run = runs.get(pk=run_id, person=person)
    turns = list(run.turns.all())
    at = next((turn for turn in turns if turn.position == position), None)
    if at is None:
        raise Refused(_("Lượt ấy không có trong lần tập này. Anh chị đi tiếp từ lượt dưới đây."))
    if at.chosen == index:
        return run
    if at.chosen is not None:
        raise Refused(_("Ở lượt ấy anh chị đã nói câu khác. Muốn nói lại, hãy chọn “Làm lại từ lượt này”."))
    if index not in at.order:
        raise Refused(_("Câu ấy không có ở lượt này. Anh chị chọn một trong các câu dưới đây."))
    conversation = run.version.conversation()
    state = say(conversation, state_of(run, conversation, turns), index)
    RunTurn.objects.filter(pk=at.pk).update(chosen=index)
    run.moved_at = now
    if conversation.turn(state.at):
        _turn(run, position + 1, state.at, conversation).save(force_insert=True)
        run.save(update_fields=["moved_at"])
    else:
        _end(run, conversation, state, now)
    return run


def _end(run: ConversationRun, conversation: Conversation, state: State, now: datetime) -> None:
    outcome = outcome_of(conversation, state)
    run.ended_at, run.end, run.end_kind, run.trust = now, outcome.end, outcome.kind, outcome.trust
    run.counts, run.learnt, run.done = dict(outcome.counts), list(outcome.learnt), outcome.done
    run.save()
