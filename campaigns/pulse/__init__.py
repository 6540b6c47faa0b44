"""The kit's three questions, answered by anybody: on a page by month, or before and after a gathering by a code."""
