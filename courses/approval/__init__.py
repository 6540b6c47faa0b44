"""What was approved, by whom and when (`approval`), and what reviewers still have to check (`review_items`)."""
