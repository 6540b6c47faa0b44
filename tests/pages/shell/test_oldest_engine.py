"""The site's styles and scripts hold to Chrome 88 (January 2021), or fall back on something that it knows.

By allow-list: what is not written here was never tried in that engine (docs/look.md says how). The numbers are the
first Chrome that knows the thing.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

from pages.shell.surfaces import SOURCE

STYLES = [pytest.param(path, id=path.name) for path in sorted(SOURCE.glob("*.css"))]
SCRIPTS = [pytest.param(path, id=path.name) for path in sorted(Path(settings.SITE_DIR, "static/js").glob("*.js"))]

# a rule or a declaration that Chrome 88 drops and that takes nothing away with it
ONLY_BETTER = {
    "accent-color",  # 93: the engine's own colour of a tick
    "text-wrap",  # 114: headings wrap as they always did
    "print-color-adjust",  # 136: beside the prefixed one, which Chrome 88 knows
    ":has",  # 105: emphasis of a chosen answer, whose tick shows in any case
    "::details-content",  # 131: what is folded stays folded
}
PSEUDO = {
    *(":active :checked :disabled :first-child :first-of-type :focus :focus-visible :focus-within :hover :is").split(),
    *(":invalid :last-child :not :nth-child :nth-last-child :nth-of-type :only-child :root :target :where").split(),
    *(":link :visited :empty :last-of-type :placeholder-shown :lang :any-link :before :after :required").split(),
    *("::after ::before ::marker ::placeholder ::selection ::-webkit-details-marker ::file-selector-button").split(),
    *("::-webkit-progress-bar ::-webkit-progress-value ::-moz-progress-bar").split(),
}
FUNCTIONS = {"var", "calc", "min", "max", "clamp", "url", "rgb", "rgba", "hsl", "attr", "counter", "counters", "repeat"}
FUNCTIONS |= {
    "minmax",
    "fit-content",
    "linear-gradient",
    "repeating-linear-gradient",
    "radial-gradient",
    "env",
    "scale",
}
FUNCTIONS |= {"translate", "translateX", "translateY", "rotate", "cubic-bezier", "inset", "polygon", "conic-gradient"}
UNITS = {
    "px",
    "em",
    "rem",
    "ch",
    "ex",
    "%",
    "vw",
    "vh",
    "vmin",
    "vmax",
    "fr",
    "s",
    "ms",
    "deg",
    "mm",
    "cm",
    "pt",
    "dpi",
}
CONDITIONS = ("@media", "@supports", "@page", "@font-face", "@keyframes", "@charset")
# each tried in that engine with every value that we give it; flex-basis, grid-row and row-gap came later, and are of
# 29, 57 and 84
PROPERTIES = set(
    """
    -webkit-appearance -webkit-print-color-adjust -webkit-text-size-adjust align-content align-items align-self
    appearance background block-size border border-block border-block-end border-block-start border-collapse
    border-color border-image border-inline-start border-inline-start-color border-radius border-style border-width
    box-shadow box-sizing break-after break-before break-inside clear clip-path color color-scheme column-gap
    column-span columns content content-visibility counter-increment counter-reset cursor direction display fill
    flex flex-basis flex-direction flex-wrap float font font-family font-size font-variant-numeric font-weight gap
    grid-auto-flow grid-auto-rows grid-column grid-row grid-template-columns grid-template-rows inline-size
    inset-block-end inset-block-start inset-inline inset-inline-end inset-inline-start justify-content justify-self
    letter-spacing line-height list-style margin margin-block margin-block-end margin-block-start margin-inline
    margin-inline-end margin-inline-start max-block-size max-inline-size min-block-size min-inline-size opacity order
    outline outline-color outline-offset overflow overflow-wrap overflow-x padding padding-block padding-block-end
    padding-block-start padding-inline padding-inline-start place-items position resize row-gap scroll-behavior
    scroll-margin-block scroll-padding-block stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-width
    text-align text-anchor text-decoration text-decoration-thickness text-size-adjust text-underline-offset
    vertical-align white-space text-indent z-index
    """.split()
)
# overflow: clip is of Chrome 90
YOUNG_VALUES = {"subgrid", "clip", "plus-lighter", "allow-discrete", "pretty", "stable", "revert-layer", "masonry"}
# scripts: (what, the first Chrome that knows it)
YOUNG_CODE = {
    r"\.at\(": 92,
    r"\.findLast(?:Index)?\(": 97,
    r"Object\.(?:hasOwn|groupBy)\b": 93,
    r"\b(?:Map\.groupBy|Array\.fromAsync|Promise\.(?:withResolvers|try))\b": 117,
    r"\bstructuredClone\b": 98,
    r"\brandomUUID\b": 92,
    r"\.to(?:Sorted|Reversed|Spliced)\(|\.with\(": 110,
    r"\.(?:union|intersection|difference|isSubsetOf)\(": 122,
    r"AbortSignal\.(?:timeout|any)\b": 103,
    r"\.throwIfAborted\(": 100,
    r"\b(?:showPopover|togglePopover|hidePopover|startViewTransition|scheduler\.)": 114,
    r"\bnavigation\.(?:navigate|addEventListener)": 102,
    r"\.checkVisibility\(": 105,
    r"\bcause\s*:": 93,
    r"^\s*static\s*\{": 94,
    r"#\w+ in ": 91,
    r"/[dgimsuy]*[dv][dgimsuy]*[.,;)]": 112,
    r"\.scrollend\b|onscrollend|\"scrollend\"": 114,
    r"\bimport\s.*\b(?:with|assert)\s*\{": 91,
    r"^(?:const|let|var)?.*(?<!async )^await ": 89,
    r"\bError\.isError|RegExp\.escape|Intl\.DurationFormat": 129,
}


def plain(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def rules(text: str) -> list[tuple[list[str], str]]:
    """([heads around it, outermost first], body) of each innermost block; strings of CSS hold no braces here."""
    blocks, around, start = [], [], 0
    for mark in re.finditer(r"[{}]", text):
        piece = text[start : mark.start()].strip()
        if mark[0] == "{":
            around.append(piece.rsplit(";", 1)[-1].strip())
        else:
            if piece:
                blocks.append(([*around], piece))
            around.pop()
        start = mark.end()
    assert not around, "braces do not meet"
    return blocks


def declarations(body: str) -> list[tuple[str, str]]:
    pieces = re.split(r";(?![^(]*\))", re.sub(r"\"[^\"]*\"", '""', body))
    return [tuple(part.strip() for part in piece.split(":", 1)) for piece in pieces if ":" in piece]


def faults_of_selector(selector: str) -> set[str]:
    pseudos = set(re.findall(r"::?[a-z-]+", re.sub(r"\[[^\]]*\]", "", selector)))
    return pseudos - PSEUDO - ONLY_BETTER


def faults_of_value(value: str) -> set[str]:
    bare = re.sub(r"url\([^)]*\)|#[0-9a-fA-F]+\b|--[\w-]+", "", value)
    words = set(re.findall(r"(?<![\w-])[a-z-]+(?![\w(-])", bare))
    called = set(re.findall(r"([a-zA-Z-]+)\(", bare)) - FUNCTIONS
    units = set(re.findall(r"(?<![\w-])[\d.]+([a-z%]+)\b", bare)) - UNITS
    return called | units | (words & YOUNG_VALUES)


@pytest.mark.parametrize("path", STYLES)
def test_styles_hold_to_chrome_88(path):
    wrong = set()
    for heads, body in rules(plain(path)):
        wrong |= {head for head in heads if head.startswith("@") and not head.startswith(CONDITIONS)}
        wrong |= {f"{head}: range query" for head in heads if head.startswith("@media") and re.search(r"[<>]", head)}
        selectors = [head for head in heads if not head.startswith("@")]
        wrong |= {f"nested: {selectors}"} if len(selectors) > 1 else set()
        tried = any(head.startswith("@supports") for head in heads)
        for selector in selectors:
            wrong |= faults_of_selector(selector)
            together = [one for one in ONLY_BETTER if one in selector]
            wrong |= {f"dropped whole: {selector}"} if together and "," in selector else set()
        for name, value in [] if tried else declarations(body):
            wrong |= set() if name.startswith("--") else {name} - PROPERTIES - ONLY_BETTER
            wrong |= {f"{name}: {fault}" for fault in faults_of_value(value) if not _stands_before(body, name, value)}
    assert wrong == set()


def _stands_before(body: str, name: str, value: str) -> bool:
    """Whether an earlier declaration of the same property stands where the engine drops this one."""
    earlier = [other for known, other in declarations(body) if known == name]
    return bool(earlier[: earlier.index(value)]) and not faults_of_value(earlier[0])


@pytest.mark.parametrize("path", STYLES)
def test_colours_meant_for_paper_are_asked_for_with_the_prefix_too(path):
    for _heads, body in rules(plain(path)):
        names = [name for name, _value in declarations(body)]
        assert ("print-color-adjust" in names) == ("-webkit-print-color-adjust" in names)


@pytest.mark.parametrize("path", SCRIPTS)
def test_scripts_hold_to_chrome_88(path):
    code = re.sub(r"^\s*//.*$", "", plain(path), flags=re.MULTILINE)
    assert {what: since for what, since in YOUNG_CODE.items() if re.search(what, code, re.MULTILINE)} == {}


def test_what_is_too_young_is_noticed():
    assert faults_of_value("color-mix(in srgb, red, blue)") == {"color-mix"}
    assert faults_of_value("100dvh") == {"dvh"}
    assert faults_of_value("subgrid") == {"subgrid"}
    assert faults_of_selector("a:has(b), c:popover-open") == {":popover-open"}
    assert [heads for heads, _body in rules("@media print { a { b { color: red } } }")] == [["@media print", "a", "b"]]
    assert _stands_before("block-size: 100vh; block-size: 100dvh", "block-size", "100dvh")
    assert not _stands_before("block-size: 100dvh", "block-size", "100dvh")
