"""A file that takes the place of one which a live page shows waits until a reviewer of such a page decides."""
