"""What the log says: words, sums, tables, what waits."""
