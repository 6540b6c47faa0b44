"""What a learner chose in a decision or a check of a lesson: never graded, and shown with a name to nobody else.

A block and an option are known by their ids, a lesson by its translation_key: a try made in one language counts in
every other, and after a sentence was corrected.
"""

from collections import Counter, defaultdict
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Count

# of a block that fewer people have tried nothing is shown: a choice would tell of a person
FEWEST_PEOPLE = 5


class Try(models.Model):
    """The first and the latest choice of one person in one block; the first never changes. Of two that were sent at
    once the one to be written first is the first, so `at` may be a moment before `first_at`.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    lesson_key = models.UUIDField()
    block_id = models.CharField(max_length=36)
    first_option_id = models.CharField(max_length=36)
    first_at = models.DateTimeField()
    option_id = models.CharField(max_length=36)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "lesson_key", "block_id"], name="try_one_a_block"),
        ]
        indexes = [models.Index(fields=["lesson_key", "block_id", "first_option_id"], name="try_by_first_option")]


def keep_try(person, lesson_key: UUID, block_id: str, option_id: str, now: datetime) -> None:
    """In one statement, so that two devices do not conflict."""
    tried = Try(
        person=person,
        lesson_key=lesson_key,
        block_id=block_id,
        first_option_id=option_id,
        first_at=now,
        option_id=option_id,
        at=now,
    )
    Try.objects.bulk_create(
        [tried],
        update_conflicts=True,
        unique_fields=["person", "lesson_key", "block_id"],
        update_fields=["option_id", "at"],
    )


def tries_of(person, lesson_key: UUID) -> dict[str, str]:
    """{block id: id of the option chosen last}."""
    return dict(Try.objects.filter(person_id=person.pk, lesson_key=lesson_key).values_list("block_id", "option_id"))


def first_choices(lesson_key: UUID) -> dict[str, Counter[str]]:
    """{block id: {option id: people who chose it first}}; without the blocks that too few people tried. One query."""
    rows = Try.objects.filter(lesson_key=lesson_key).order_by().values("block_id", "first_option_id")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for block_id, option_id, people in rows.annotate(people=Count("pk")).values_list(
        "block_id", "first_option_id", "people"
    ):
        counts[block_id][option_id] = people
    return {block_id: options for block_id, options in counts.items() if options.total() >= FEWEST_PEOPLE}
