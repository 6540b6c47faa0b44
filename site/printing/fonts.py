"""The fonts for printing, and the packages that bring missing letters.

Source Sans Pro comes as a Python package and has every hard letter of the languages of Quảng Nam (ƀ ŏ ĕ, ô̆ ơ̆ with
U+0306). Texts of the administration are set in Liberation Serif, as wide as Times New Roman, from Debian's
fonts-liberation. Libertinus Serif is part of Typst and has them too, but its raised marks make Typst write ô̆ twice
into the text of a PDF, so designs set words with such marks in Source Sans. Lao comes from Debian's fonts-noto-core
where installed.
"""

from functools import lru_cache
from pathlib import Path

import font_source_sans_pro
import typst

SYSTEM_FOLDERS = ("/usr/share/fonts/truetype/noto", "/usr/share/fonts/truetype/liberation")
# first and last code point of a script, and the Debian package that has its letters
PACKAGES = (
    (0x0E80, 0x0EFF, "fonts-noto-core"),
    (0x1F000, 0x1FAFF, "fonts-noto-color-emoji"),
    (0x2E80, 0x9FFF, "fonts-noto-cjk"),
    (0xAC00, 0xD7FF, "fonts-noto-cjk"),
    (0xF900, 0xFAFF, "fonts-noto-cjk"),
    (0x20000, 0x3FFFF, "fonts-noto-cjk"),
)


class MissingLetter(ValueError):
    """No installed font has `letter`; `package` is the Debian package that most probably has it."""

    def __init__(self, letter: str):
        self.letter, self.package = letter, package_with(letter)
        self.point = " ".join(f"U+{ord(sign):04X}" for sign in letter)
        super().__init__(f"Chưa in được chữ “{letter}” ({self.point}): máy chủ cần cài gói phông chữ {self.package}.")


class MissingFont(ValueError):
    """The font `family` is not on this machine; `package` is the Debian package that has it."""

    def __init__(self, family: str, package: str):
        self.family, self.package = family, package
        super().__init__(f"Máy chủ thiếu phông chữ {family} nên chưa in được: hãy cài gói {package}.")


def require(family: str, package: str) -> None:
    """Raises MissingFont where Typst would set the text in another font."""
    if family not in fonts().families():
        raise MissingFont(family, package)


def package_with(letter: str) -> str:
    point = ord(letter[0])
    return next((package for first, last, package in PACKAGES if first <= point <= last), "fonts-noto-core")


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Font folders, read once in a process; other fonts on the machine change no print."""
    folders = [font_source_sans_pro.font_directory, *filter(lambda folder: Path(folder).is_dir(), SYSTEM_FOLDERS)]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)
