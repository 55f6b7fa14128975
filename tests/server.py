"""docker-compose.yml on one machine without Docker: its commands, settings and health checks.

PostgreSQL and RabbitMQ are throw-away ones of our own, so that their settings are tried as well.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psycopg2
import yaml
from aiosmtpd.controller import Controller

from tests.environment import ROOT, bare_environment
from tests.installation import free_port
from tests.tls_proxy import start_proxy

PATIENCE = 60
OURS = ("web", "worker", "beat")
EVERY_PART = (*OURS, "postgres", "rabbitmq")
SITE = "https://letters.example.org"
RABBITMQ = Path("/usr/lib/rabbitmq/bin")
KEY = "aWRlbnRpdHlpZGVudGl0eWlkZW50aXR5aWRlbnRpdHk="
# What the image has too: a plugin that costs memory.
PLUGINS = "[rabbitmq_prometheus]."


def compose() -> dict:
    """docker-compose.yml, read; a variable that has a default is as if it were not set."""
    text = (ROOT / "docker-compose.yml").read_text()
    return yaml.safe_load(re.sub(r"(?<!\$)\$\{\w+:-([^}]*)\}", r"\1", text))


def postgresql_programs() -> Path | None:
    """Where the server's own programs lie."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def missing() -> str:
    """Why no such server can run here; empty where it can."""
    if not postgresql_programs():
        return "no PostgreSQL server is installed"
    if not (RABBITMQ / "rabbitmq-server").exists():
        return "no RabbitMQ server is installed"
    return "" if os.geteuid() == 0 else "only root may start PostgreSQL as somebody else"


class NoMail:
    """Takes every mail and keeps none."""

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        return "250 OK"


@dataclass
class Server:
    """The whole stack in a folder."""

    folder: Path
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.services = compose()["services"]
        names = ("web", "proxy", "smtp", "postgres", "rabbitmq", "metrics", "distribution")
        self.ports = {name: free_port() for name in names}
        self.mail = Controller(NoMail(), hostname="127.0.0.1", port=self.ports["smtp"])
        self.mail.start()
        self.proxy = start_proxy(self.ports["proxy"], to=self.ports["web"], host=SITE[8:])
        try:
            self._start_postgresql()
            self._start_rabbitmq()
            self._prepare()
            for name in OURS:
                self.start(name, shlex.split(self.here(self.services[name]["command"])))
            for name in EVERY_PART:
                self.wait_for(lambda name=name: self.is_healthy(name))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception) -> None:
        for name, process in reversed(self.processes.items()):
            process.send_signal(signal.SIGINT if name == "postgres" else signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.proxy.shutdown()
        self.mail.stop()

    @property
    def environment(self) -> dict[str, str]:
        """What `.env` and docker-compose.yml would say, with the ports of this machine."""
        ports = self.ports
        return bare_environment() | {
            "PATH": f"{Path(sys.executable).parent}:{RABBITMQ}:{os.environ['PATH']}",
            "SITE_URL": SITE,
            "SECRET_KEY": KEY + KEY,
            "IDENTITY_KEYS": KEY,
            "EMAIL_HASH_KEY": KEY,
            "VAR_DIR": str(self.folder / "var"),
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(ports["smtp"]),
            "SMTP_TLS": "no",
            "REHEARSAL_URL": f"http://127.0.0.1:{ports['proxy']}",
            "DATABASE_URL": f"postgresql://letters@127.0.0.1:{ports['postgres']}/letters",
            "BROKER_URL": f"amqp://letters:secret@127.0.0.1:{ports['rabbitmq']}//",
        }

    def here(self, command: str) -> str:
        """A command of docker-compose.yml, as Compose and this machine read it."""
        port = self.ports["web"]
        told = re.sub(r"(?:0\.0\.0\.0|127\.0\.0\.1):8000", f"127.0.0.1:{port}", command)
        return told.replace("$$", "$")

    def start(self, name: str, command: list[str], **more) -> None:
        with (self.folder / f"{name}.log").open("w") as log:
            self.processes[name] = subprocess.Popen(
                command,
                **{"cwd": ROOT, "env": self.environment} | more,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(self, command: list[str]) -> str:
        """A command that ends; AssertionError with what it said if it fails."""
        ran = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def check_of(self, name: str) -> subprocess.Popen:
        """The health check of a service, started for real."""
        test = self.services[name]["healthcheck"]["test"]
        command = ["CMD-SHELL", test] if isinstance(test, str) else test
        words = [self.here(word) for word in command[1:]]
        environment = self.environment | self.rabbitmq_variables | self.postgresql_variables
        return subprocess.Popen(
            words if command[0] == "CMD" else ["sh", "-c", *words],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def is_healthy(self, name: str) -> bool:
        return self.check_of(name).wait(60) == 0

    def wait_for(self, happened, *, within: float = PATIENCE) -> None:
        deadline = time.monotonic() + within
        while not happened():
            for name, process in self.processes.items():
                assert process.poll() is None, f"{name} ended:\n{self.said_by(name)}"
            assert time.monotonic() < deadline, f"nothing within {within} s"
            time.sleep(0.2)

    def said_by(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def _prepare(self) -> None:
        """What building the image and `prepare` do."""
        self.run(["python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0"])
        self.run(shlex.split(self.here(self.services["prepare"]["command"])))

    @property
    def postgresql_variables(self) -> dict[str, str]:
        return {"PGHOST": "127.0.0.1", "PGPORT": str(self.ports["postgres"])}

    def _start_postgresql(self) -> None:
        programs, data = postgresql_programs(), self.folder / "postgresql"
        data.mkdir()
        shutil.chown(data, "postgres")
        # Temporary folders are their owner's alone, and PostgreSQL has to pass.
        for folder in (self.folder, *self.folder.parents):
            if not folder.stat().st_mode & 0o001:
                folder.chmod(0o711)
        initdb = [programs / "initdb", "--auth=trust", "--username=letters", "--no-sync", data]
        subprocess.run(initdb, check=True, capture_output=True, user="postgres", cwd="/")
        _, *settings = shlex.split(self.services["postgres"]["command"])
        own = [f"-p{self.ports['postgres']}", f"-k{data}", "-clisten_addresses=127.0.0.1"]
        command = [programs / "postgres", "-D", data, *own, *settings]
        self.start("postgres", command, user="postgres", cwd="/")
        self.wait_for(lambda: self.is_healthy("postgres"))
        server = psycopg2.connect(
            host="127.0.0.1", port=self.ports["postgres"], user="letters", dbname="postgres"
        )
        server.autocommit = True
        server.cursor().execute("create database letters")
        server.close()

    @property
    def rabbitmq_variables(self) -> dict[str, str]:
        """The service's own, and where this node lies."""
        told = self.services["rabbitmq"]["environment"]
        folder = self.folder / "rabbitmq"
        on_loopback = " -kernel inet_dist_use_interface {127,0,0,1}"
        arguments = "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"
        return told | {
            arguments: told[arguments] + on_loopback,
            "RABBITMQ_DEFAULT_PASS": "secret",
            "RABBITMQ_NODENAME": f"letters-{self.ports['rabbitmq']}@localhost",
            "RABBITMQ_NODE_PORT": str(self.ports["rabbitmq"]),
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_DIST_PORT": str(self.ports["distribution"]),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "HOME": str(folder),
        }

    def _start_rabbitmq(self) -> None:
        folder = self.folder / "rabbitmq"
        folder.mkdir()
        (folder / "enabled_plugins").write_text(PLUGINS)
        metrics = f"prometheus.tcp.ip = 127.0.0.1\nprometheus.tcp.port = {self.ports['metrics']}\n"
        (folder / "rabbitmq.conf").write_text(metrics)
        environment = self.environment | self.rabbitmq_variables
        self.start("rabbitmq", [RABBITMQ / "rabbitmq-server"], env=environment)
        self.wait_for(lambda: self.is_healthy("rabbitmq"))
