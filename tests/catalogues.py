"""`make lint`: every language of the settings says everything that English says."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from campaign import settings  # noqa: E402
from tests.machine import GETTEXT  # noqa: E402

WITH_WORDS = ("campaign", "letters", "representatives", "templates")
OPEN = re.compile(r"\d+ (?:fuzzy|untranslated)")


def main() -> int:
    """Not 0 where a catalogue is missing, has gaps, or does not know the newest words."""
    if not GETTEXT.provide():
        sys.exit("gettext is missing. On Debian: apt-get install gettext")
    codes = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    with tempfile.TemporaryDirectory() as folder:
        troubles = troubles_of(codes, copy=Path(folder)) if codes else []
    print("\n".join(troubles) or f"Catalogues without a gap: {', '.join(codes) or 'none needed'}.")
    return int(bool(troubles))


def troubles_of(codes: list[str], *, copy: Path) -> list[str]:
    """One sentence for each language with gaps; the words are collected anew in a copy."""
    for name in WITH_WORDS:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("data"))
    shutil.copy(ROOT / "manage.py", copy)
    locales = [argument for code in codes for argument in ("--locale", code)]
    run(sys.executable, "manage.py", "makemessages", *locales, folder=copy)
    troubles = []
    for code in codes:
        told = run(
            *("msgfmt", "--check", "--statistics", "-o", os.devnull),
            copy / catalogue_of(code),
            folder=copy,
        )
        if gaps := OPEN.findall(told):
            troubles.append(f"{code}: {', '.join(gaps)}. Run make messages, then translate.")
        elif (
            compiled(code, folder=copy)
            != (ROOT / catalogue_of(code)).with_suffix(".mo").read_bytes()
        ):
            troubles.append(f"{code}: compiled from older words. Run make messages.")
    return troubles


def catalogue_of(code: str) -> Path:
    return Path("campaign/locale", code, "LC_MESSAGES/django.po")


def compiled(code: str, *, folder: Path) -> bytes:
    """The words as the product reads them, made anew."""
    file = folder / f"{code}.mo"
    run("msgfmt", "-o", file, ROOT / catalogue_of(code), folder=folder)
    return file.read_bytes()


def run(*command: str | Path, folder: Path) -> str:
    """What the command said beside its output."""
    environment = os.environ | {"LC_ALL": "C.UTF-8", "VAR_DIR": str(folder / "var")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stderr


if __name__ == "__main__":
    sys.exit(main())
