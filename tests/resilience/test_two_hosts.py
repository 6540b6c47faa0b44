"""Two machines behind one nginx, on one PostgreSQL, one Redis and one storage: together they are one site.

Each has a DATA_DIR and a name of its own, as two machines have; what they share they share over the wire only. Needs
PostgreSQL's initdb, redis-server, moto and nginx; without one of them this says so.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import pytest
from nginx import NGINX, in_front_of
from processes import descendants, free_port, listens, wait_for
from resilience.installation import Cluster, Installation, can_make_clusters
from resilience.learner import PASSWORD, TOKEN, Line

MISSING = [
    name
    for name, there in {
        "PostgreSQL's initdb": can_make_clusters(),
        "redis-server": shutil.which("redis-server"),
        "moto": find_spec("moto"),
        "nginx": Path(NGINX).exists(),
    }.items()
    if not there
]
pytestmark = [
    pytest.mark.soak("two machines"),
    pytest.mark.skipif(bool(MISSING), reason=f"{', '.join(MISSING)} not on this machine: two machines were NOT tried"),
]
NAMES = ("may-mot", "may-hai")
PEOPLE = f"""
from django.contrib.auth.hashers import make_password
from people.persons.user import User
password = make_password({PASSWORD!r})
for number in (1, 2):
    User.objects.create(staff_code=f"NGUOI-{{number}}", full_name=f"Cán bộ {{number}}", password=password)
"""
PICTURE = """
import io
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model
from outbox.private_files import private_files
written = io.BytesIO()
Image.new("RGB", (900, 600), "teal").save(written, "JPEG")
picture = get_image_model().objects.create(title="Núi", file=ContentFile(written.getvalue(), "nui.jpg"))
print(picture.get_rendition("width-320").url)
print(private_files.save("exports/a.csv", ContentFile(b"ma;ten")))
"""
RENAME = """
from pages.home.page import HomePage
page = HomePage.objects.get(locale__language_code="vi")
page.title = {title!r}
page.save_revision().publish()
"""


@pytest.fixture(scope="module")
def redis():
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: listens(port), "redis listens")
        yield f"redis://127.0.0.1:{port}/1"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def storage():
    import boto3

    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: listens(port), "the storage listens")
        said = {"aws_access_key_id": "khoa", "aws_secret_access_key": "bi-mat", "region_name": "us-east-1"}
        boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", **said).create_bucket(Bucket="la-chan")
        yield f"s3+http://khoa:bi-mat@127.0.0.1:{port}/la-chan"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def hosts(tmp_path_factory, redis, storage):
    cluster, made = Cluster(), []
    shared = {
        "WEB_HOSTS": "2",
        "DATABASE_URL": cluster.url,
        "CACHE_URL": redis,
        "STORAGE_URL": storage,
        "SECRET_KEY": "mot-chuoi-chung-cua-hai-may-" + "0123456789" * 4,
        "STATIC_DIR": str(tmp_path_factory.mktemp("static")),
    }
    try:
        for name in NAMES:
            made.append(
                Installation(tmp_path_factory.mktemp(name), "", postgres=False, HOST_NAME=name, EMAIL_URL="", **shared)
            )
            made[-1].manage("prepare")
        made[0].manage("seed")
        made[0].shell(PEOPLE)
        for one in made:
            one.serve(workers=1)
        yield made
    finally:
        for one in made:
            one.close()
        cluster.stop()


@pytest.fixture(scope="module")
def front(hosts):
    with in_front_of(hosts[0].port, hosts[0].folder / "var", hosts[1].port) as port:
        yield port


def sign_in(port: int, login: str, password: str):
    line = Line(port)
    page = line.ask("GET", "/tai-khoan/login/")
    form = {"login": login, "password": password, "csrfmiddlewaretoken": TOKEN.search(page.text)[1]}
    return line, line.ask("POST", "/tai-khoan/login/", form)


def ready(host: Installation) -> dict:
    return json.loads(Line(host.port).ask("GET", "/readyz").text)


def clocks(host: Installation) -> list[str]:
    return host.shell(
        "from django.utils import timezone; from outbox.leases import Lease; from outbox.presence import host_of\n"
        "print(*[host_of(one.holder) for one in Lease.objects.alive('clock', timezone.now())])"
    ).split()


def test_both_are_ready_and_warn_of_nothing(hosts):
    for host in hosts:
        assert ready(host) == {"database": "ok", "cache": "ok", "storage": "ok", "worker": "ok"}


def test_they_name_the_same_static_files_and_only_one_made_them(hosts):
    pages = [Line(host.port).ask("GET", "/tai-khoan/login/").text for host in hosts]
    named = [{part.split('"')[0] for part in page.split('"/static/')[1:]} for page in pages]
    assert named[0] == named[1]
    assert not any((host.folder / "var" / "static").exists() for host in hosts)
    assert "static files" not in hosts[1].manage("prepare")


def test_a_changed_page_is_seen_on_both_within_a_second(hosts):
    for number, host in enumerate(hosts):
        title = f"Lá Chắn đổi lần {number}"
        for one in hosts:
            Line(one.port).ask("GET", "/")
        host.shell(RENAME.format(title=title))
        time.sleep(1)
        for one in hosts:
            assert title in Line(one.port).ask("GET", "/").text


def test_a_session_and_a_limit_of_sign_ins_hold_on_both(hosts):
    line, answer = sign_in(hosts[0].port, "NGUOI-1", PASSWORD)
    assert answer.status == 302
    elsewhere = Line(hosts[1].port)
    elsewhere.cookies = line.cookies
    assert elsewhere.ask("GET", "/hoc-tap/").status == 200
    answers = [sign_in(hosts[n % 2].port, "NGUOI-2", "sai")[1] for n in range(12)]
    assert ["tạm dừng" in one.text for one in answers] == [False] * 10 + [True] * 2


def test_an_upload_is_seen_on_both(hosts):
    address, private = hosts[0].shell(PICTURE).split()
    bodies = []
    for host in hosts:
        with urllib.request.urlopen(f"http://127.0.0.1:{host.port}{address}", timeout=10) as answer:
            bodies.append(answer.read())
    assert bodies[0] == bodies[1]
    assert b"JFIF" in bodies[0]
    read = f"from outbox.private_files import private_files; print(private_files.open({private!r}).read())"
    assert "ma;ten" in hosts[1].shell(read)
    assert not [path for host in hosts for path in (host.folder / "var" / "uploads").rglob("*") if path.is_file()]


def test_one_clock_ticks_and_the_other_machine_takes_it_over(hosts, front):
    (ticking,) = clocks(hosts[0])
    gone = hosts[NAMES.index(ticking)]
    left = next(host for host in hosts if host is not gone)
    for pid in [*descendants(gone.process.pid), gone.process.pid]:
        os.kill(pid, signal.SIGKILL)
    gone.process.wait()
    try:
        wait_for(lambda: clocks(left) == [left.environment["HOST_NAME"]], "the other machine's clock ticks", 60)
        # whoever comes meanwhile is answered
        assert [Line(front).ask("GET", "/goi-ai/").status for _visit in range(6)] == [200] * 6
    finally:
        # the cases come in any order: the next one finds two machines
        gone.serve(workers=1)
