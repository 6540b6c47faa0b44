"""Where a query has no figure: what to say, and where there is one."""

from dataclasses import dataclass


@dataclass
class NoAnswer(Exception):
    """There is no figure for the query; `ways` are (label, address) of pages that have one."""

    heading: str
    reason: str
    ways: list[tuple[str, str]]
