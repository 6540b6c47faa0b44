"""How a recording sounds on a page: without silence at its ends, as loud as any other, and small."""
