"""English words of Wagtail's screens that stand in no catalogue, or were read before a language was known.

Each is said by one screen only; what editors wrote there is not touched, since a whole text has to be one of these.
"""

import json
import re

ANYWHERE: dict[str, str] = {r'(<input type="submit" value=")Search(")': r"\1Tìm\2"}
# {beginning of the address: {pattern: Vietnamese}}
ON_SCREENS: dict[str, dict[str, str]] = {
    "locales/": {
        r"(>\s*)Enabled\b": r"\1Đang bật",
        r"(>\s*)Sync from\b": r"\1Lấy trang từ",
        r"(>\s*)Locales?\b": r"\1Ngôn ngữ",
        r"(>\s*\d+) pages \+ (\d+) others(\s*<)": r"\1 trang và \2 thứ khác\3",
        r"(>\s*\d+) pages(\s*<)": r"\1 trang\2",
    },
    "localize/reports/": {
        r"(>\s*)Source locale\b": r"\1Ngôn ngữ gốc",
        r"(>\s*)Target locale\b": r"\1Ngôn ngữ đích",
        r"(>\s*\d+) translations?(\s*<)": r"\1 bản dịch\2",
    },
    "bulk/wagtailcore/page/": {r"(>\s*)Include descendants\b": r"\1Cả các trang bên dưới"},
    "redirects/": {r"(>\s*)Type\b": r"\1Loại", r"(>\s*)All(</label>)": r"\1Tất cả\2"},
    "workflows/": {r"(>\s*)Page(\s*<)": r"\1Trang\2"},
    "snippets/courses/question/inspect/": {r"(<dd[^>]*>\s*)None(\s*</dd>)": r"\1–\2"},
    "reports/aging-pages/": {r"(>\s*)None(\s*<)": r"\1–\2"},
    # what a chooser shows comes in JSON
    "images/chooser/": {
        r"(>\s*)Alt text\b": r"\1Lời tả hình",
        r"(>\s*)Image is decorative\b": r"\1Hình chỉ để trang trí",
    },
    "workflows/task_chooser/": {r"(>\s*)Task type\b": r"\1Loại bước duyệt"},
    "snippets/choose/": {r"(>\s*)Locale\b": r"\1Ngôn ngữ"},
    **dict.fromkeys(
        ("choose-external-link/", "choose-email-link/", "choose-anchor-link/"),
        {
            r"(>\s*)Link text\b": r"\1Chữ của liên kết",
            r"(>\s*)Email address\b": r"\1Địa chỉ email",
            r"(>\s*)Subject\b": r"\1Tiêu đề thư",
            r"(>\s*)Body\b": r"\1Lời thư",
        },
    ),
    "pages/search/": {r"(trong số [\d.,]+) None\b": r"\1 trang"},
}


def in_vietnamese(path: str, html: str) -> str:
    """`path` is that below /cms/."""
    for start, words in {"": ANYWHERE, **ON_SCREENS}.items():
        for english, vietnamese in words.items() if path.startswith(start) else ():
            html = re.sub(english, vietnamese, html)
    return html


def chooser_in_vietnamese(path: str, answer: str) -> str:
    """The same of an answer to a script, whose "html" is shown in a dialog."""
    said = json.loads(answer or "null")
    if not isinstance(said, dict) or not isinstance(said.get("html"), str):
        return answer
    return json.dumps({**said, "html": in_vietnamese(path, said["html"])})
