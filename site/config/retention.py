"""All periods for which personal data is kept (docs/personal-data.md gives the reasons).

The clock applies them each night (`outbox.chores`, `people.privacy.retention`). They do not concern the data behind the
figures: postings, excuses, completions, attempts and standings stay.
"""

from datetime import timedelta

RETENTION = {
    # finished background work: who asked for what, and how it went
    "background_work": timedelta(days=30),
    # uploaded rosters, rejected rows, exported lists
    "private_files": timedelta(days=14),
    # somebody's own data, all in one file
    "own_data": timedelta(days=3),
    # what was said in the last run of an interview practice
    "interview_choices": timedelta(days=30),
    # the bytes of a file that was replaced on a live page, or of one that was not taken; who decided what stays
    "replaced_files": timedelta(days=60),
    # the bytes of a file whose people agree no more, so that a mistake can be taken back; then they go for good
    "ended_consents": timedelta(days=30),
    # photographs of signed sheets of classes: whoever checks the figures of a year asks for them in the next
    "class_papers": timedelta(days=400),
    # what those who attended a class wrote of it, after its last meeting; how many said what stays
    "class_feedback": timedelta(days=400),
    # papers of training elsewhere, from when it was entered, later from when it was decided on; for the same reason
    "elsewhere_papers": timedelta(days=400),
    # what was asked of a trainer and answered, after the last word; what was withdrawn goes sooner
    "inquiries": timedelta(days=2 * 365),
    "withdrawn_talk": timedelta(days=30),
    # what proves that a task of a yearly plan was done: who checks a year may ask two years later
    "plan_papers": timedelta(days=800),
    # photographs that prove an activity of the campaign: none shows a face, and none is needed once two annual
    # reports are made
    "activity_photos": timedelta(days=2 * 365),
    # cases of the clinic with what was contributed, after the last word
    "clinic_cases": timedelta(days=2 * 365),
    # papers that prove an imported file of completions; for the same reason
    "filed_papers": timedelta(days=400),
    # mails written to DATA_DIR/mail where no mail server is set
    "written_mails": timedelta(days=30),
    # the audit log: twice as long as a certificate of the starter requirements is valid
    "audit": timedelta(days=4 * 365),
    # names, e-mails and telephones as they were before an import or a bulk act, so that it can be undone: a wrong
    # roster comes to light with the annual report at the latest
    "kept_values": timedelta(days=400),
    # printed lists of telephones and e-mails
    "call_lists": timedelta(days=1),
    # who was reminded on which day, and what became of it; never what was said
    "messages": timedelta(days=400),
    # requests for erasure, after the decision
    "erasure_requests": timedelta(days=2 * 365),
    # requests for a role of somebody posted elsewhere, after the answer
    "role_requests": timedelta(days=2 * 365),
    # why somebody kept a wording of which a form warned her
    "insistences": timedelta(days=2 * 365),
}
