"""Writes the starter kit into rows: the texts of each message's renderings with their open points, and the plan.

Adds what is missing and changes nothing that exists: a text that the province corrected stays.
"""

import tomllib
from datetime import datetime
from pathlib import Path

from campaigns.messages.message import MessagePage
from campaigns.renderings.plan import PlanStep
from campaigns.renderings.texts.passages import MessageKit, OpenPoint, Passage
from campaigns.starter.kit import Kit, KitMessage, kit

CAMPAIGN = Path(__file__).parent / "campaign.toml"
# of the kit's messages, the scene on paper and in pictures; "" is words and weave only
SCENES = {
    "2.1": "two-paths",
    "2.2": "phone-job-chat",
    "2.3": "wedding-broker",
    "2.4": "baby-bundle",
    "2.5": "",
    "2.6": "hands-four",
}


def seed_kit(now: datetime) -> None:
    """Of the starter's messages that are there, by their slugs."""
    starter = kit()
    slugs = {one["key"]: one["slug"] for one in tomllib.loads(CAMPAIGN.read_text(encoding="utf-8"))["message"]}
    rows = MessagePage.objects.filter(locale__language_code="vi", slug__in=slugs.values()).order_by("path")
    # of copies the first; those of other years bear another slug
    pages = {page.slug: page for page in reversed(rows)}
    for one in starter.messages:
        if page := pages.get(slugs[one.key]):
            _write(one, page, now)
    _write_plan(starter)


def _write(one: KitMessage, page: MessagePage, now: datetime) -> None:
    MessageKit.objects.get_or_create(message=page, defaults={"scene": SCENES[one.key]})
    there = set(Passage.objects.filter(message=page).values_list("slot", flat=True))
    missing = [said for said in one.passages if said.slot not in there]
    rows = [Passage(message=page, slot=said.slot, title=said.title, text=said.text, written_at=now) for said in missing]
    Passage.objects.bulk_create(rows)
    OpenPoint.objects.bulk_create(
        OpenPoint(passage=row, sentence=point.sentence, what=point.what, office=point.office)
        for row, said in zip(rows, missing, strict=True)
        for point in said.points
    )


def _write_plan(starter: Kit) -> None:
    if not PlanStep.objects.exists():
        PlanStep.objects.bulk_create(
            PlanStep(order=n, days=step.days, what=step.what, who=step.who)
            for n, step in enumerate(starter.plan, start=1)
        )
