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

WITH_WORDS = ("campaign", "letters", "representatives", "templates")
OPEN = re.compile(r"\d+ (?:fuzzy|untranslated)")


def main() -> int:
    """Not 0 where a catalogue is missing, has gaps, or does not know the newest words."""
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
        catalogue = copy / "campaign" / "locale" / code / "LC_MESSAGES" / "django.po"
        told = run("msgfmt", "--check", "--statistics", "-o", os.devnull, catalogue, folder=copy)
        if gaps := OPEN.findall(told):
            troubles.append(f"{code}: {', '.join(gaps)}. Run make messages, then translate.")
    return troubles


def run(*command: str | Path, folder: Path) -> str:
    """What the command said beside its output."""
    environment = os.environ | {"LC_ALL": "C.UTF-8", "VAR_DIR": str(folder / "var")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stderr


if __name__ == "__main__":
    sys.exit(main())
