"""A lesson body with every block that needs no file, with ids that tests can name."""

import json

TEXT_BLOCK = "11111111-0000-4000-8000-000000000001"
CHECKLIST_BLOCK = "11111111-0000-4000-8000-000000000002"
TICK_A = "22222222-0000-4000-8000-000000000001"
TICK_B = "22222222-0000-4000-8000-000000000002"


def block(kind, value, number=9):
    return {"type": kind, "id": f"11111111-0000-4000-8000-{number:012}", "value": value}


def items(*sentences, prefix="33333333"):
    return [
        {"type": "item", "id": f"{prefix}-0000-4000-8000-{n:012}", "value": sentence}
        for n, sentence in enumerate(sentences, start=1)
    ]


TICKS = items("Có nơi riêng tư", "Có phiên dịch", prefix="22222222")


def full_body() -> str:
    return json.dumps(
        [
            block("text", "<p>Hỏi <b>từng câu một</b>.</p>", 1),
            block(
                "checklist",
                {
                    "title": "Trước khi hỏi chuyện",
                    "items": items("Có nơi riêng tư", "Có phiên dịch", prefix="22222222"),
                },
                2,
            ),
            block("callout", {"tone": "warn", "title": "Dừng lại khi", "text": "<p>người đó muốn dừng.</p>"}, 3),
            block(
                "case",
                {"title": "Ở bàn tiếp dân", "story": "<p>Chị A đến xã.</p>", "question": "Làm gì?", "answer": ""},
                4,
            ),
            block("comparison", {"title": "", "do": items("Nói chậm"), "dont": items("Hỏi dồn")}, 5),
            block("law", {"quote": "Trích.", "source": "Luật 53/2024/QH15, Điều 2", "url": ""}, 6),
            block("contact", {"contact": None, "note": ""}, 7),
        ],
        ensure_ascii=False,
    )
