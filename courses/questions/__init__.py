"""The question bank and its kinds: one module a kind, registered in `courses.questions.kinds.kind`."""
