"""The shipped scenes keep the rules of their design, are drawn once a page, and are the fixed list that editors choose
from.
"""

import gzip
import re
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template import Context, Template
from wagtail.images.fields import get_allowed_image_extensions

from media.scenes import FILES, SCENES, SceneField, SceneSelect, address, svg

ALLOWED = {"svg", "g", "defs", "use", "path", "rect", "circle", "ellipse"}
BYTES, GZIPPED = 6144, 2560
LARGER = {"hero-village"}
# light values by token: what stands in the drawings and is printed
LIGHT = dict(
    line.split()
    for line in """
    sky #ebeaf4
    wall #fcf1d6
    floor #ddd3c2
    far #cfd1ea
    mid #a9aedb
    blue #2a2f7a
    night #2a2f7a
    deep #1b1e52
    red #a61e22
    gold #f0bf52
    green #1c6042
    pale #e2f0e7
    white #fffdf9
    hair #1b1a2e
    grey #857d8f
    wood #b36b00
    bark #6b4700
    land #1c6042
    path #fcf1d6
    water #2a2f7a
    glow #a9aedb
    dusk #f0bf52
    mark #2a2f7a
    cloth #1b1e52
    ridge #4a52a3
    cotton #faf6ee
    onblue #fff
    fair #eac39c
    skin #dba67a
    tan #c08a5e
    umber #a06d46
""".strip().splitlines()
)
DRAWINGS = sorted(FILES.glob("*.svg"))
each_drawing = pytest.mark.parametrize("file", DRAWINGS, ids=[file.stem for file in DRAWINGS])


@each_drawing
def test_a_drawing_has_no_style_script_or_outside_reference(file):
    text = file.read_text()
    assert {element.tag.split("}")[1] for element in ET.fromstring(text).iter()} <= ALLOWED
    assert not re.search(r' (style|class|role|on\w+)="', text)
    assert "url(" not in text
    assert text.count("http") == 1  # the namespace


@each_drawing
def test_a_drawing_uses_the_palette_only(file):
    text = file.read_text()
    for token, colour in re.findall(r"var\(--s-([a-z]+),(#[0-9a-f]+)\)", text):
        assert LIGHT[token] == colour
    assert set(re.findall(r'"(#[0-9a-f]{3,8})"', text)) <= {"#0006"}


@each_drawing
def test_a_drawing_is_light(file):
    data = file.read_bytes()
    if file.stem not in LARGER:
        assert len(data) <= BYTES
        assert len(gzip.compress(data, 9)) <= GZIPPED


def test_no_id_is_in_two_drawings_and_each_refers_to_its_own():
    owners = {}
    for file in DRAWINGS:
        text = file.read_text()
        own = re.findall(r' id="([^"]+)"', text)
        assert not owners.keys() & {*own}
        assert {*re.findall(r'href="#([^"]+)"', text)} <= {*own}
        owners |= dict.fromkeys(own, file.stem)


def test_the_dark_scheme_is_for_the_screen_and_knows_only_tokens_of_the_palette():
    css = (settings.SITE_DIR / "static" / "css" / "scenes.css").read_text()
    assert "@media screen and (prefers-color-scheme: dark)" in css
    assert {*re.findall(r"--s-([a-z]+):", css)} <= LIGHT.keys()


def test_the_list_is_24_scenes_each_with_a_drawing_and_words():
    assert len(SCENES) == 24
    for name, words in SCENES.items():
        assert svg(name).startswith("<svg")
        assert 20 < len(str(words)) <= 250
    with pytest.raises(KeyError):
        svg("parts")


def drawn(template: str, **context) -> str:
    return Template("{% load scenes %}" + template).render(Context(context))


def test_one_page_draws_the_same_scene_once():
    html = drawn(
        "{% scene 'clinic' 'Trạm y tế' %}{% scene 'clinic' alt %}{% scene 'call-111' '' %}",
        alt="Trạm <y tế>",
        scenes_drawn=set(),
    )
    assert html.count("<svg") == 2
    assert '<div class="scene" role="img" aria-label="Trạm y tế"><svg' in html
    assert f'<img src="{address("clinic")}" width="480" height="270" alt="Trạm &lt;y tế&gt;" loading="lazy">' in html
    assert '<div class="scene" aria-hidden="true"><svg' in html


def test_a_page_with_a_request_remembers_too_and_an_unknown_scene_is_nothing(rf):
    request = rf.get("/")
    assert "<svg" in drawn("{% scene 'clinic' %}", request=request)
    assert "<svg" not in drawn("{% scene 'clinic' %}", request=request)
    assert drawn("{% scene 'no-such' %}") == ""


def test_without_words_of_the_page_a_scene_has_its_own():
    assert f'aria-label="{SCENES["clinic"]}"' in drawn("{% scene 'clinic' %}")


def test_a_page_names_a_scene_of_the_list():
    field = SceneField("hình vẽ")
    assert [field.clean(name, None) for name in ("", "clinic")] == ["", "clinic"]
    with pytest.raises(ValidationError, match="Chọn hình vẽ trong danh sách."):
        field.clean("no-such", None)
    assert field.formfield().clean("clinic") == "clinic"


def test_the_library_takes_no_svg():
    assert "svg" not in get_allowed_image_extensions()


def test_editors_choose_by_thumbnail():
    html = SceneSelect(choices=[("", "Không dùng"), *SCENES.items()]).render("scene", "clinic")
    assert html.count("<img") == 24
    assert f'<img src="{address("clinic")}" width="160" height="90" alt="" loading="lazy">' in html
    assert "Trạm y tế: rèm kéo kín" in html
