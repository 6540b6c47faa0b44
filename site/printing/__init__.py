"""Print from data: `render(design, data)` gives a PDF (PDF/A-2a and PDF/UA-1), `picture(design, data)` a PNG.

A design is a Typst file in a folder of its owner's; data is JSON and reaches it as values, never as markup, so that a
name with # or $ or [ is text. This package knows nothing of what it prints.
"""

from printing.fonts import MissingLetter
from printing.rendering import PrintingError, picture, render

__all__ = ["MissingLetter", "PrintingError", "picture", "render"]
