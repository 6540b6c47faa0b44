"""A class as it was held: who came, on paper and by code, and what counts of it."""
