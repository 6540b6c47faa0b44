"""A browser without JavaScript: pages, links and forms as they stand in the HTML, a cookie jar, nothing else."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

VOID = {"input", "br", "img", "meta", "link", "hr", "source", "track", "wbr", "area", "base", "col", "embed"}


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, dict(attributes), parent
        self.children, self.words = [], []

    def all(self, tag=None, **attributes):
        """Every element below with that tag and those attributes (`data_question=True` for any value)."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        for child in self.children:
            if (tag in (None, child.tag)) and all(
                name in child.attributes and value in (True, child.attributes[name]) for name, value in wanted.items()
            ):
                yield child
            yield from child.all(tag, **attributes)

    def first(self, tag=None, **attributes):
        return next(self.all(tag, **attributes), None)

    @property
    def text(self):
        return " ".join(" ".join(self.words + [child.text for child in self.children]).split())

    def get(self, name, default=None):
        return self.attributes.get(name, default)


class Tree(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.root = self.at = Element("", {}, None)
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        element = Element(tag, attributes, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag, attributes):
        self.at.children.append(Element(tag, attributes, self.at))

    def handle_endtag(self, tag):
        above = self.at
        while above is not None and above.tag != tag:
            above = above.parent
        if above is not None:
            self.at = above.parent

    def handle_data(self, text):
        word = Element("#text", {}, self.at)
        word.words.append(text)
        self.at.children.append(word)


class Page:
    def __init__(self, browser, response, address):
        self.browser, self.response, self.address = browser, response, address
        self.status, self.html = response.status_code, response.content.decode()
        self.root = Tree(self.html).root

    @property
    def path(self):
        return urlsplit(self.address).path

    @property
    def forms(self):
        return [Form(self, element) for element in self.root.all("form")]

    @property
    def links(self):
        return [urljoin(self.address, a.get("href")) for a in self.root.all("a", href=True)]

    @property
    def text(self):
        return (self.root.first("main") or self.root).text

    def form(self, **attributes):
        return next(Form(self, element) for element in self.root.all("form", **attributes))


class Form:
    def __init__(self, page, element):
        self.page, self.element = page, element
        self.action = urljoin(page.address, element.get("action") or page.address)
        self.method = element.get("method", "get").lower()

    @property
    def controls(self):
        """Its own, and those outside that name it by `form=`."""
        mine = [c for tag in ("input", "button", "select", "textarea") for c in self.element.all(tag)]
        named = self.element.get("id")
        if named:
            mine += [c for c in self.page.root.all(form=named) if c not in mine]
        return [c for c in mine if "disabled" not in c.attributes]

    @property
    def buttons(self):
        return [
            c for c in self.controls
            if (c.tag == "button" and c.get("type", "submit") == "submit") or c.get("type") in ("submit", "image")
        ]  # fmt: skip

    @property
    def filled(self):
        """What would be sent as the page came."""
        fields = {}
        for control in self.controls:
            name, kind = control.get("name"), control.get("type", "text")
            if not name or control.tag == "button" or kind in ("submit", "image", "reset", "button", "file"):
                continue
            if kind in ("radio", "checkbox"):
                if "checked" in control.attributes:
                    fields.setdefault(name, []).append(control.get("value", "on"))
            elif control.tag == "select":
                options = list(control.all("option"))
                chosen = [o for o in options if "selected" in o.attributes] or options[:1]
                fields.setdefault(name, []).extend(o.get("value", o.text) for o in chosen)
            else:
                fields.setdefault(name, []).append(
                    control.text if control.tag == "textarea" else control.get("value", "")
                )
        return fields

    def send(self, values=None, button=0):
        fields = {**self.filled, **{k: v if isinstance(v, list) else [v] for k, v in (values or {}).items()}}
        buttons = self.buttons
        pressed = buttons[button] if isinstance(button, int) and buttons else button
        action, method = self.action, self.method
        if pressed:
            if pressed.get("name"):
                fields[pressed.get("name")] = [pressed.get("value", "")]
            action = urljoin(self.page.address, pressed.get("formaction")) if pressed.get("formaction") else action
            method = pressed.get("formmethod", method)
        return self.page.browser.open(action, fields, method, referer=self.page.address)


class Browser:
    ORIGIN = "http://testserver"

    def __init__(self, **options):
        self.client = Client(enforce_csrf_checks=True, **options)

    def open(self, address, data=None, method="get", referer=None):
        """The page at the end of the redirects."""
        address = urljoin(self.ORIGIN + "/", address)
        for _hop in range(6):
            path = address.removeprefix(self.ORIGIN)
            headers = {"referer": referer} if referer else {}
            if method == "post":
                headers["origin"] = self.ORIGIN
            response = getattr(self.client, method)(path.split("#")[0], data or {}, headers=headers)
            if response.status_code not in (301, 302, 303, 307, 308):
                return Page(self, response, address)
            address, method, data = urljoin(address, response["Location"]), "get", None
        raise AssertionError(f"redirected in a ring at {address}")

    def sign_in(self, login, password):
        return self.open("/tai-khoan/login/").form(method="post").send({"login": login, "password": password})
