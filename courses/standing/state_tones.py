"""The colour in which a state is shown, to learners and to trainers alike (docs/look.md)."""

from courses.standing.spans import State

TONES: dict[str, str] = {
    State.COMPLETED: "ok",
    # like a certificate that lapsed
    State.EXPIRED: "warn",
    State.OVERDUE: "bad",
    State.IN_PROGRESS: "info",
    State.NOT_STARTED: "",
    State.EXCUSED: "info",
}
