"""Printing from data: `render(design, data)` gives a PDF (PDF/A-2a and PDF/UA-1), `picture(design, data)` a PNG
(`pictures` one a page).

A design is a Typst file in the folder of the app that owns it. Data is JSON and reaches it as values, never as markup,
so a name with # or $ or [ stays text. This package knows nothing of what it prints.
"""

from printing.fonts import MissingLetter
from printing.rendering import PrintingError, picture, pictures, render

__all__ = ["MissingLetter", "PrintingError", "picture", "pictures", "render"]
