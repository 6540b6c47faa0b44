class Refused(Exception):
    """What cannot be done as it was asked; str() is one Vietnamese sentence that says what to do instead."""
