"""Calendars that an office's or a telephone's calendar fetches: a person's own days, and the days of a unit."""
