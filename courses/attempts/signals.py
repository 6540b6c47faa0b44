from django.dispatch import Signal

# sent with `attempt`, its `marks` and `now` inside the transaction that judged a re-test
retest_submitted = Signal()
