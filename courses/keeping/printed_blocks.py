"""The blocks of a lesson on paper: one function a kind, giving what `designs/handbook.typ` sets.

On paper everything is open: each option with what comes of it, the answer of a case, the words of a recording.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.content.blocks.text import CalloutBlock
from courses.content.lesson import LessonPage
from courses.keeping.chosen import CHOSEN, Files
from media.models import Picture
from media.scenes import HEIGHT, SCENES, WIDTH
from media.templatetags.recordings import kind_and_size, length_and_size
from printing.texts import Node, letters, paragraphs, rich

# a block of fewer letters is not cut between two pages; of what is cut in good places fewer are kept together
WHOLE, WHOLE_IN_PARTS = 900, 450


def blocks_of(page: LessonPage, files: Files, concerns: Mapping[str, str]) -> list[dict]:
    """In order; a block with nothing to print is left out. `concerns` says whom a block concerns most, by its id."""
    listed, below_heading = [], False
    for place, raw in enumerate(page.body.raw_data):
        kind = raw["type"]
        form = FORMS_OF_FILES[kind](raw["value"], files) if kind in CHOSEN else FORMS[kind](page.body[place])
        if form is None:
            continue
        if kind == "text":
            below_heading = _set_levels(form["nodes"], below_heading)
        # None: the block did not have this value yet when it was written
        whom = {"concerns": concerns.get(raw.get("id") or "", "")}
        listed.append({"kind": kind, **whom, **{name: "" if value is None else value for name, value in form.items()}})
    return listed


def _set_levels(nodes: list[Node], below_heading: bool) -> bool:
    """Under the lesson's own heading, of level 2, none may be passed over (PDF/UA): 3 and then 4."""
    for node in nodes:
        if node["kind"] == "heading":
            is_small = node["level"] == 3 and below_heading
            node["level"], below_heading = (4, True) if is_small else (3, True)
    return below_heading


def _is_whole(*texts: Any, most: int = WHOLE) -> bool:
    return sum(len(text) if isinstance(text, str) else letters(text) for text in texts) < most


# --- kinds without files, from the bound block


def _text(bound) -> dict:
    return {"nodes": rich(bound.value["text"].source)}


def _scene(bound) -> dict:
    nodes = paragraphs(bound.value["text"])
    return {"label": _("Tình huống giả định"), "nodes": nodes, "whole": _is_whole(nodes)}


def _takeaway(bound) -> dict:
    words = bound.value["text"]
    return {"label": _("Mang về"), "nodes": paragraphs(words), "whole": _is_whole(words)}


def _choosing(label: str, bound) -> dict:
    ask, listed = bound.value["ask"], bound.block.options_of(bound.value)
    options = [
        {
            "text": option.text,
            "tone": option.tone,
            "verdict": option.label,
            "consequence": paragraphs(option.consequence),
            "remark": paragraphs(option.remark),
            "whole": _is_whole(option.text, option.consequence, option.remark),
        }
        for option in listed
    ]
    whole = _is_whole(ask, *(one.text + one.consequence + one.remark for one in listed), most=WHOLE_IN_PARTS)
    return {"label": label, "ask": ask, "options": options, "whole": whole}


def _decision(bound) -> dict:
    return _choosing(_("Anh chị quyết định"), bound)


def _check(bound) -> dict:
    return _choosing(_("Tự kiểm tra"), bound)


def _steps(bound) -> dict:
    """A column that no step fills is left out."""
    heads = {"do": _("Làm gì"), "who": _("Ai làm"), "when": _("Khi nào")}
    steps = list(bound.value["steps"])
    filled = [name for name in heads if name == "do" or any(step[name] for step in steps)]
    rows = [[step[name] or "" for name in filled] for step in steps]
    whole = _is_whole(*(cell for row in rows for cell in row), most=WHOLE_IN_PARTS)
    return {"title": bound.value["title"], "heads": [heads[name] for name in filled], "rows": rows, "whole": whole}


def _two_columns(title: str, left: tuple[str, list[str]], right: tuple[str, list[str]], because: str = "") -> dict:
    """The sentences stand beside each other in rows, so that a long table may be cut between them."""
    longest = max(len(left[1]), len(right[1]))
    columns = [sentences + [""] * (longest - len(sentences)) for _head, sentences in (left, right)]
    return {
        "title": title,
        "heads": [left[0], right[0]],
        "rows": [list(row) for row in zip(*columns, strict=True)],
        "because": paragraphs(because),
        "because_label": _("Vì sao:"),
        "whole": _is_whole(*left[1], *right[1], most=WHOLE_IN_PARTS),
    }


def _say(bound) -> dict:
    value = bound.value
    right, wrong = ([f"“{sentence}”" for sentence in value[name]] for name in ("right", "wrong"))
    return _two_columns("", (_("Nên nói"), right), (_("Đừng nói"), wrong), value["because"])


def _comparison(bound) -> dict:
    value = bound.value
    return _two_columns(value["title"], (_("Nên"), list(value["do"])), (_("Không nên"), list(value["dont"])))


def _law(bound) -> dict:
    value = bound.value
    quote = paragraphs(value["quote"])
    return {
        "nodes": quote,
        "cite": "; ".join(part for part in (value["article"], value["source"]) if part),
        "url": value["url"] or "",
        "plain": paragraphs(value["plain"]),
        "plain_label": _("Nói cho dễ hiểu:"),
        "whole": _is_whole(quote),
    }


def _checklist(bound) -> dict:
    items = list(bound.value["items"])
    return {"title": bound.value["title"], "items": items, "whole": _is_whole(*items)}


def _term(bound) -> dict:
    return {"word": bound.value["word"], "nodes": paragraphs(bound.value["meaning"])}


def _callout(bound) -> dict:
    value = bound.value
    tone = value["tone"] or CalloutBlock.Tone.INFO
    nodes = rich(value["text"].source)
    label = str(CalloutBlock.Tone(tone).label)
    return {"tone": tone, "label": label, "title": value["title"], "nodes": nodes, "whole": _is_whole(nodes)}


def _case(bound) -> dict:
    value = bound.value
    story, answer = rich(value["story"].source), rich(value["answer"].source) if value["answer"] else []
    return {
        "label": _("Tình huống giả định"),
        "title": value["title"],
        "nodes": story,
        "ask": value["question"],
        "answer": answer,
        "answer_label": _("Gợi ý:"),
        "whole": _is_whole(story, answer),
    }


FORMS: dict[str, Callable[[Any], dict]] = {
    "scene": _scene,
    "decision": _decision,
    "text": _text,
    "steps": _steps,
    "say": _say,
    "law": _law,
    "check": _check,
    "checklist": _checklist,
    "term": _term,
    "takeaway": _takeaway,
    "callout": _callout,
    "case": _case,
    "comparison": _comparison,
}


# --- kinds with files, from the stored value; None where the file is gone from the library


def _contact(value: dict, files: Files) -> dict | None:
    """None while nobody vouches for the number: on paper it would stay."""
    if (contact := files.contacts.get(value.get("contact") or 0)) is None:
        return None
    when = " · ".join(part for part in (contact.hours, contact.cost) if part)
    return {"number": contact.number, "name": contact.name, "note": value.get("note") or contact.when, "when": when}


def _picture(value: dict, files: Files) -> dict | None:
    """`scene` names a drawing, `svg` is a photograph inside one; with neither the words stand for the picture."""
    scene, picture = value.get("scene") or "", files.pictures.get(value.get("image") or 0)
    form = {"scene": "", "svg": "", "alt": value.get("alt") or "", "caption": value.get("caption") or "", "credit": ""}
    if scene in SCENES:
        return {**form, "scene": scene, "alt": form["alt"] or str(SCENES[scene]), "ratio": WIDTH / HEIGHT}
    if picture is None or picture.consent_ended:
        return None
    credit = f"{_('Nguồn:')} {picture.credit}" if picture.credit else ""
    svg, ratio = _photograph(picture)
    return {**form, "svg": svg, "ratio": ratio, "alt": form["alt"] or picture.default_alt_text, "credit": credit}


def _photograph(picture: Picture) -> tuple[str, float]:
    """As a drawing that holds the JPEG, since a design reads no file; ("", 1) where none is made or stored yet."""
    made = [one for one in picture.renditions.all() if one.filter_spec.endswith("format-jpeg")]
    largest = max(made, key=lambda one: one.width, default=None)
    if largest is None:
        return "", 1
    try:
        with largest.file.open("rb") as stored:
            content = b64encode(stored.read()).decode("ascii")
    except OSError:
        return "", 1
    size = f'width="{largest.width}" height="{largest.height}"'
    image = f'<image {size} href="data:image/jpeg;base64,{content}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{image}</svg>', largest.width / largest.height


def _recording(label: str, value: dict, files: Files) -> dict | None:
    recording = files.recordings.get(value.get("recording") or 0)
    if recording is None:
        return None
    transcript = paragraphs(recording.transcript)
    return {
        "label": label,
        "title": value.get("title") or recording.title,
        "size": length_and_size(recording),
        "nodes": transcript,
        "credit": f"{_('Nguồn:')} {recording.credit}" if recording.credit else "",
        "whole": _is_whole(transcript),
    }


def _audio(value: dict, files: Files) -> dict | None:
    return _recording(_("Lời của bài nghe"), value, files)


def _video(value: dict, files: Files) -> dict | None:
    return _recording(_("Lời của video"), value, files)


def _download(value: dict, files: Files) -> dict | None:
    document = files.documents.get(value.get("document") or 0)
    if document is None:
        return None
    size = " · ".join(part for part in (kind_and_size(document), value.get("note") or "") if part)
    return {"label": _("Tài liệu trong khóa học"), "title": value.get("title") or document.title, "size": size}


FORMS_OF_FILES: dict[str, Callable[[dict, Files], dict | None]] = {
    "picture": _picture,
    "audio": _audio,
    "video": _video,
    "download": _download,
    "contact": _contact,
}
