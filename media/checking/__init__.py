"""Documents after they were stored: looked at, scanned, withheld and listed where something is wrong with them."""
