"""What those who attended a class say of it, kept without whose it is."""
