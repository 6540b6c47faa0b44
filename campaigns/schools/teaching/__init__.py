"""Teaching a lesson from a screen: the run mode, the window for the class, page E, with and without a line."""
