"""How much there is to read before a question can be answered."""

import pytest

from courses.questions.reading import syllables, syllables_to_answer


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("Hỏi họ có an toàn không?", 6), ("72 giờ – 3,5 %", 4), ("Đa-nhim, “ở” nhà", 3)]
)
def test_syllables_are_written_apart(text, count):
    assert syllables(text) == count


def test_the_question_and_all_its_options_are_read_before_and_the_rest_afterwards():
    texts = {
        "text": "Hỏi ở đâu?",
        "a": "Nơi riêng tư",
        "b": "Giữa sân",
        "a.feedback": "Đúng rồi",
        "explanation": "Vì người ấy cần yên",
        "source": "Luật 53",
        "hint": "Nghĩ đến tai người khác",
    }
    assert syllables_to_answer(texts) == 3 + 3 + 2
    assert syllables_to_answer({}) == 0
