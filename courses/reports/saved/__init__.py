"""Lists and figures with their filters that somebody asked to be reminded of weekly or monthly, by a link."""
