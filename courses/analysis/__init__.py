"""Item analysis: which questions teach and which mislead, from everybody's first attempt at a quiz."""
