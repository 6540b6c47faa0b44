"""Whether an attempt was handed in sooner than its questions can be read: pure. A note for the trainer, no verdict.

Only from the start to the submission, never between saves: over a weak line, answers arrive all at once.
"""

from datetime import timedelta

from courses.questions.reading import SYLLABLES_A_MINUTE

# who reads three times as fast as people read has not read
FASTEST = 3


def is_too_fast(syllables: int, taken: timedelta) -> bool:
    """`syllables` of all questions of the attempt; less than a third of the time to read them."""
    return taken * FASTEST * SYLLABLES_A_MINUTE < timedelta(minutes=1) * syllables
