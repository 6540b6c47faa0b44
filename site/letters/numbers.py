"""Numbers that come in an address or a form, where people and machines may write anything."""


def is_number(text: str) -> bool:
    """Whether the text is a number that fits a database id; Python refuses to parse thousands of digits."""
    return text.isdecimal() and len(text) < 19
