"""The blocks of a lesson: one class and one template `blocks/<name>.html` each.

`lesson_body()` is the list for `StreamField`. A body is a list of `{"type", "id", "value"}`; the program that creates
lessons sets `id` at every depth (uuid, the same at each import), since ticks, places and translations refer to it:

    [{"type": "checklist", "id": "7f1c…", "value":
        {"title": "…", "items": [{"type": "item", "id": "9b02…", "value": "…"}]}}]

assigned as `LessonPage.body = json.dumps(body)`. *List* means such items: `[{"type": "item", "id", "value": str}]`;
*HTML* is Wagtail's rich text with p, h2, h3, b, i, ul, ol, li, a; `""` leaves an optional value out.

    type        value
    text        HTML
    picture     {"image": id of a media.Picture, "alt": str, "caption": str}; alt "" takes the one of the library
    audio       {"recording": id of a media.Recording (audio), "title": str}; the transcript is the recording's
    video       {"recording": id of a media.Recording (video), "title": str}; the transcript is the recording's
    callout     {"tone": "info" | "warn" | "bad" | "ok", "title": str, "text": HTML}
    case        {"title": str, "story": HTML, "question": str, "answer": HTML}; question and answer optional
    checklist   {"title": str, "items": List}; the id of an item is what `Tick.item_id` holds
    comparison  {"title": str, "do": List, "dont": List}; title optional
    law         {"quote": str, "source": str, "url": str}; url optional
    download    {"document": id of a media.DocumentFile, "title": str, "note": str}; title "" takes the library's
    contact     {"number": str, "name": str, "note": str, "hours": str, "cost": str}; the last three optional
"""

from courses.content.blocks.media import AudioBlock, PictureBlock, VideoBlock
from courses.content.blocks.practice import CaseBlock, ChecklistBlock, ComparisonBlock
from courses.content.blocks.reference import ContactBlock, DownloadBlock, LawBlock
from courses.content.blocks.text import CalloutBlock, TextBlock


def lesson_body() -> list[tuple]:
    return [
        ("text", TextBlock()),
        ("picture", PictureBlock()),
        ("audio", AudioBlock()),
        ("video", VideoBlock()),
        ("callout", CalloutBlock()),
        ("case", CaseBlock()),
        ("checklist", ChecklistBlock()),
        ("comparison", ComparisonBlock()),
        ("law", LawBlock()),
        ("download", DownloadBlock()),
        ("contact", ContactBlock()),
    ]
