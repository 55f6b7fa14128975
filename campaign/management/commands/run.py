"""`make run`: the whole product on one machine, from an empty folder to a page that answers."""

import http.client
import io
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from campaign.first_login import first_login
from campaign.processes import ChildDied, Children, Stopped, listen_for_stop_signals

LOADERS = ("load_roster", "load_zip_map", "load_recipes", "load_campaign")
FIRST_ANSWER = 60
WEB = (
    "gunicorn campaign.wsgi --worker-class gthread --workers 1 --threads 8 --log-level warning"
    " --graceful-timeout 5 --no-control-socket --bind"
)
WORKER = (
    "celery --quiet --app campaign worker --concurrency 2 --loglevel WARNING"
    " --without-gossip --without-mingle"
)
BEAT = "celery --quiet --app campaign beat --loglevel WARNING"


class Command(BaseCommand):
    help = "Prepares the database and runs web server, worker and beat until Ctrl-C."

    def handle(self, *args, **options):
        host, port = _address()
        children = Children(folder=settings.BASE_DIR)
        listen_for_stop_signals()
        try:
            self.prepare()
            children.start("web server", *WEB.split(), f"{host}:{port}")
            _wait_for_an_answer(host, port, children)
            self.ask_for_the_offices()
            children.start("worker", *WORKER.split())
            children.start("beat", *BEAT.split())
            self.tell()
            children.watch()
        except Stopped:
            self.say("\nStopping …")
        except ChildDied as error:
            raise CommandError(f"{error} Everything else is stopped as well.") from error
        finally:
            children.stop()

    def prepare(self) -> None:
        """The database, the data that ships with the project, the campaign: made or refreshed."""
        self.say("Preparing the database …")
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
        for hint in settings.BROKER_FOLDER.glob("*/*"):
            # What a killed start left half done; the rows say what is due.
            hint.unlink()
        call_command("migrate", verbosity=0)
        self.check(tags=[Tags.database], databases=["default"])
        for loader in LOADERS:
            call_command(loader, verbosity=0)

    def ask_for_the_offices(self) -> None:
        """Which offices the gateways reach; without their lists the offices become hand-offs."""
        try:
            call_command("refresh_offices", verbosity=0, stdout=io.StringIO())
        except CommandError as error:
            self.stderr.write(f"The gateways' lists of offices are not to be had: {error}")
        # What the children write must not wait for a connection that nobody uses here.
        connections.close_all()

    def tell(self) -> None:
        mode = (
            "LIVE: letters go to Congress."
            if settings.LIVE
            else "Rehearsal: letters go to a stand-in for Congress, never to a real office."
        )
        lines = [
            f"\n{settings.SITE_NAME}: {settings.SITE_URL}/",
            f"  {mode}",
            f"  Organizers: {settings.SITE_URL}/admin/",
        ]
        self.say("\n".join([*lines, *_login_lines(), *_mail_lines(), "Ctrl-C stops it."]))

    def say(self, text: str) -> None:
        """At once, also into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()


def _address() -> tuple[str, int]:
    """Where SITE_URL says that we are; CommandError where that cannot be."""
    if not settings.LAPTOP:
        raise CommandError(
            "SITE_URL is https: `run` is for a laptop. On a server start web server, worker and "
            "beat as docker-compose.yml does."
        )
    parts = urlsplit(settings.SITE_URL)
    host, port = parts.hostname, parts.port or 80
    try:
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((host, port))
    except OSError as error:
        raise CommandError(
            f"{host}:{port} is not to be had: {error.strerror}. Stop what runs "
            f"there, or choose another port: SITE_URL=http://{host}:{port + 1} make run"
        ) from error
    return host, port


def _wait_for_an_answer(host: str, port: int, children: Children) -> None:
    """The first page that comes, whatever it says; CommandError after a minute without one."""
    deadline = time.monotonic() + FIRST_ANSWER
    while time.monotonic() < deadline:
        children.check()
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise CommandError(f"The web server has not answered for {FIRST_ANSWER} seconds.")


def _login_lines() -> list[str]:
    login = first_login()
    if login is None:
        return []
    return [f"  First login: {login.username} / {login.password} (told until you change it)"]


def _mail_lines() -> list[str]:
    if settings.EMAIL_HOST:
        return [f"  Mail leaves by {settings.EMAIL_HOST}."]
    folder = Path(settings.EMAIL_FILE_PATH)
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    return [
        f"  Mail, with the codes, lies in {shown}, one file each. The newest:",
        f'    cat "$(ls -t {shown}/* | head -1)"',
    ]
