"""Where recipes come from: a checkout, an archive, or the public repository's address."""

import gzip
import hashlib
import io
import re
import tarfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import requests

from letters.channels.webform.intake.reading import LARGEST
from letters.channels.webform.table import TableRefused

MEMBER = re.compile(r"(?:^|/)([A-Z]\d{6})\.ya?ml$")
IN_MEMBERS = re.compile(r"(?:^|/)members/[^/]+$")
COMMIT = re.compile(r"[0-9a-f]{40}")
TIMEOUT = (5, 30)
SECONDS = 120
LARGEST_DOWNLOAD = 32 * 1024 * 1024
LARGEST_UNPACKED = 128 * 1024 * 1024
BROKEN_ARCHIVES = (
    tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True)
class RecipeFiles:
    """The files as they were found, by member."""

    source: str
    # The commit; where it is not known, a hash of the files.
    revision: str
    sha256: str
    files: dict[str, bytes]


def find_files(source: str, *, revision: str = "") -> RecipeFiles:
    """Reads a folder, an archive (.tar.gz, .zip), or one at an https address.

    `revision` pins the commit. Raises TableRefused where the files cannot be had, or are of
    another commit.
    """
    if source.startswith(("https://", "http://")):
        if revision and source.endswith("/"):
            source += revision
        files, commit = _unpacked(_download(source))
    elif Path(source).is_dir():
        files, commit = _in_folder(Path(source))
    else:
        files, commit = _unpacked(_read(Path(source)))
    if not files:
        raise TableRefused(f"{source} has no recipe in it.")
    if commit and COMMIT.fullmatch(revision) and commit != revision:
        raise TableRefused(f"{source} is of commit {commit}, and not of {revision}.")
    digest = _digest(files)
    pinned = revision if revision != "HEAD" else ""
    return RecipeFiles(source, commit or pinned or f"sha256:{digest}", digest, files)


def _digest(files: dict[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{name} {hashlib.sha256(files[name]).hexdigest()}\n".encode())
    return whole.hexdigest()


def _in_folder(folder: Path) -> tuple[dict[str, bytes], str]:
    inside = folder / "members" if (folder / "members").is_dir() else folder
    files = {}
    for path in sorted(inside.iterdir()):
        found = MEMBER.search(path.name)
        if found and path.is_file():
            files[found[1]] = _read(path, LARGEST + 1)
    checkout = folder.parent if folder.name == "members" else folder
    return files, _head(checkout / ".git")


def _head(git: Path) -> str:
    """The commit that is checked out; empty where that cannot be read."""
    try:
        if git.is_file():
            git = (git.parent / git.read_text().partition("gitdir:")[2].strip()).resolve()
        head = (git / "HEAD").read_text().strip()
        if COMMIT.fullmatch(head):
            return head
        common = git / "commondir"
        shared = (git / common.read_text().strip()).resolve() if common.exists() else git
        return _reference(shared, head.partition("ref:")[2].strip())
    except (OSError, UnicodeDecodeError):
        return ""


def _reference(git: Path, name: str) -> str:
    if name and (git / name).is_file():
        return (git / name).read_text().strip()
    for line in (git / "packed-refs").read_text().splitlines():
        commit, _, packed = line.partition(" ")
        if packed == name and COMMIT.fullmatch(commit):
            return commit
    return ""


def _read(path: Path, most: int = LARGEST_DOWNLOAD + 1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise TableRefused(f"{path} could not be read: {error.strerror}.") from error


def _download(address: str) -> bytes:
    """At most so many bytes in so many seconds, by https all the way."""
    until = time.monotonic() + SECONDS
    content = bytearray()
    try:
        with requests.get(address, timeout=TIMEOUT, stream=True) as response:
            response.raise_for_status()
            if not response.url.startswith("https://"):
                raise TableRefused("Recipes are only fetched by https.")
            for chunk in response.iter_content(64 * 1024):
                content += chunk
                if len(content) > LARGEST_DOWNLOAD or time.monotonic() > until:
                    raise TableRefused(f"{address} is too large or too slow.")
    except requests.RequestException as error:
        raise TableRefused(f"{address} could not be had: {type(error).__name__}.") from error
    return bytes(content)


def _unpacked(content: bytes) -> tuple[dict[str, bytes], str]:
    """Nothing is written anywhere: an archive's paths are only compared."""
    try:
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return _of_members(_in_zip(archive)), _commit(archive.comment.decode("latin-1"))
        return _in_tar(content)
    except TableRefused:
        raise
    except BROKEN_ARCHIVES as error:
        raise TableRefused(f"The archive cannot be read: {type(error).__name__}.") from error


def _in_zip(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for entry in archive.infolist():
        if MEMBER.search(entry.filename):
            with archive.open(entry) as file:
                yield entry.filename, file.read(LARGEST + 1)


def _in_tar(content: bytes) -> tuple[dict[str, bytes], str]:
    if content[:2] == b"\x1f\x8b":
        with gzip.open(io.BytesIO(content)) as packed:
            content = packed.read(LARGEST_UNPACKED + 1)
    if len(content) > LARGEST_UNPACKED:
        raise TableRefused("The archive is far larger than any set of recipes.")
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        files = [
            (entry.name, archive.extractfile(entry).read(LARGEST + 1))
            for entry in archive
            if entry.isreg() and MEMBER.search(entry.name)
        ]
        return _of_members(files), _commit(archive.pax_headers.get("comment", ""))


def _of_members(files) -> dict[str, bytes]:
    """Those in a folder `members`; where there is none, those of a flat archive."""
    files = list(files)
    chosen = [each for each in files if IN_MEMBERS.search(each[0])] or files
    return {MEMBER.search(name)[1]: content for name, content in chosen}


def _commit(comment: str) -> str:
    return comment if COMMIT.fullmatch(comment) else ""
