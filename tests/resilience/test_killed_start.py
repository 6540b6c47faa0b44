"""A first start that is killed, at whatever point, comes to a good state when it is started again.

`make test` kills that of the browser's trial, before its content and within it, since it is the same start; here it is
killed twenty times, to its end.
"""

import first_start
import pytest
from resilience.installation import Installation


@pytest.mark.one_database
@pytest.mark.soak("twenty kills of a first start")
def test_a_first_start_that_is_killed_twenty_times_comes_to_a_good_state(tmp_path, figure):
    """On SQLite, as `make serve` begins."""
    place = Installation(tmp_path, "", postgres=False)
    try:
        killed_at = first_start.start(place.environment, place.log, first_start.places(20))
        state = first_start.state_of(place.shell(first_start.STATE))
    finally:
        place.close()
    figure(f"first start: killed after {killed_at} lines, then {state}")
    first_start.check(killed_at, state)
