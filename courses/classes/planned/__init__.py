"""A class before it is held: its meetings, its people and their seats."""
