"""What happened on the platform, as results of tasks are suggested from it."""
