"""The worker that does what waits, and when it gives way to a young one."""
