"""What people in a file agreed to, and its end: by its date, or because somebody asked."""
