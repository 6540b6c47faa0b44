"""The blocks of a lesson: one class and one template `blocks/<name>.html` each.

`lesson_body()` is the list for `StreamField`. A body is a list of `{"type", "id", "value"}`; the program that creates
lessons sets `id` at every depth (uuid, the same at each import), since ticks, places and translations refer to it:

    [{"type": "checklist", "id": "7f1c…", "value":
        {"title": "…", "items": [{"type": "item", "id": "9b02…", "value": "…"}]}}]

assigned as `LessonPage.body = json.dumps(body)`. *List* means such items: `[{"type": "item", "id", "value": str}]`;
*HTML* is Wagtail's rich text with p, h2, h3, b, i, ul, ol, li, a; `""` leaves an optional value out.

    type        value
    text        HTML
    scene       str; the story that opens a lesson, a blank line between paragraphs
    decision    {"ask": str, "options": [{"type": "item", "id", "value": {"text", "verdict": "best" | "acceptable" |
                "harmful", "consequence", "remark"}}]}; two to five options, one of them best
    check       {"ask": str, "options": [{"type": "item", "id", "value": {"text", "right": bool, "feedback"}}]}; two to
                five options, one of them right; `Try` holds the ids of the block and of the option
    takeaway    str
    picture     {"scene": name in media.scenes or "", "image": id of a media.Picture or None, "alt": str, "caption":
                str}; a scene or an image; alt "" takes the one that the scene or the library has
    audio       {"recording": id of a media.Recording (audio), "title": str}; the transcript is the recording's
    video       {"recording": id of a media.Recording (video), "title": str}; the transcript is the recording's
    callout     {"tone": "info" | "warn" | "bad" | "ok", "title": str, "text": HTML}
    case        {"title": str, "story": HTML, "question": str, "answer": HTML}; question and answer optional
    checklist   {"title": str, "items": List}; the id of an item is what `Tick.item_id` holds
    comparison  {"title": str, "do": List, "dont": List}; title optional
    steps       {"title": str, "steps": [{"type": "item", "id", "value": {"do", "who", "when"}}]}; only `do` is needed
    say         {"right": List, "wrong": List, "because": str}; because optional
    law         {"quote": str, "article": str, "plain": str, "source": str, "url": str}; article or source, others
                optional
    term        {"word": str, "meaning": str}
    download    {"document": id of a media.DocumentFile, "title": str, "note": str}; title "" takes the library's
    contact     {"number": str, "name": str, "note": str, "hours": str, "cost": str}; the last three optional

Whom a block concerns most stands in its value as `"sectors"` (values of `Sector`) and `"duties"` (keys of `Duty`), each
left out where it is empty; a text, scene or takeaway that names somebody is `{"text": …, "sectors": […]}`.
"""

from courses.content.blocks.deciding import CheckBlock, DecisionBlock
from courses.content.blocks.keeping import card_rows
from courses.content.blocks.media import AudioBlock, PictureBlock, VideoBlock
from courses.content.blocks.practice import CaseBlock, ChecklistBlock, ComparisonBlock, SayBlock, StepsBlock
from courses.content.blocks.reference import ContactBlock, DownloadBlock, LawBlock, TermBlock
from courses.content.blocks.text import CalloutBlock, SceneBlock, TakeawayBlock, TextBlock

__all__ = ["card_rows", "lesson_body"]


def lesson_body() -> list[tuple]:
    return [
        ("scene", SceneBlock()),
        ("decision", DecisionBlock()),
        ("text", TextBlock()),
        ("steps", StepsBlock()),
        ("say", SayBlock()),
        ("law", LawBlock()),
        ("check", CheckBlock()),
        ("checklist", ChecklistBlock()),
        ("term", TermBlock()),
        ("takeaway", TakeawayBlock()),
        ("picture", PictureBlock()),
        ("audio", AudioBlock()),
        ("video", VideoBlock()),
        ("callout", CalloutBlock()),
        ("case", CaseBlock()),
        ("comparison", ComparisonBlock()),
        ("download", DownloadBlock()),
        ("contact", ContactBlock()),
    ]
