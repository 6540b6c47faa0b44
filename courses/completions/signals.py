"""Signals sent inside the transaction that changed completions, so that everything derived from them changes with it.

`courses.wiring` connects the receivers in this order: the standings, then the certificates.
"""

from django.dispatch import Signal

# sent with `person_ids`, `now`, `locked` (the sender holds these people's rows) and `completion`, None where a file
# recorded several
completion_recorded = Signal()
# sent with `person_ids` and `now`
completion_voided = Signal()
# sent with `person_ids`, `now` and `completions`: completions by content that was not approved count as approved from
# some day on
completions_recognised = Signal()
# sent with `person_ids` and `now`: lessons that were moved to a course began it for them
course_begun = Signal()
