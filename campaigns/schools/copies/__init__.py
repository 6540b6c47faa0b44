"""A lesson as a school changed it: its words apart from the page, where they come from, what became of the origin."""
