"""Numbers that come in an address or a form, where people and machines may write anything; and how they are written."""


def is_number(text: str) -> bool:
    """Whether the text is a number that fits a database id; Python refuses to parse thousands of digits."""
    return text.isdecimal() and len(text) < 19


def thousands(value: int) -> str:
    """With dots, as offices here write it: 12.500.000."""
    return f"{value:,}".replace(",", ".")
