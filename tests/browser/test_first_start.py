"""The trial itself: a first start that is killed, at whatever point, comes to a good state when it is started again."""

import first_start


def test_a_first_start_that_is_killed_comes_to_a_good_state(trial, figure):
    """The other tests of this folder begin with what it left."""
    figure(f"first start: killed after {trial.killed_at} lines, then {trial.first_state}")
    first_start.check(trial.killed_at, trial.first_state)
