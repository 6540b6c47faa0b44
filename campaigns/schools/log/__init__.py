"""What was taught: the log of lessons, which is the school's activity too, and how many classes a school has."""
