"""Training done elsewhere, entered with its paper by one person and counted once a second one agrees."""
