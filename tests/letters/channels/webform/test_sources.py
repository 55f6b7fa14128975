"""Recipes are found in a folder, an archive or at an address, and only as many as there can be."""

import gzip
import io
import tarfile
import zipfile

import pytest
import requests
import responses

from letters.channels.webform.intake import sources
from letters.channels.webform.intake.reading import LARGEST
from letters.channels.webform.intake.sources import find_files
from letters.channels.webform.table import TableRefused

COMMIT, OTHER = "a" * 40, "b" * 40
ADDRESS = "https://example.com/contact-congress/tar.gz/"


def make_tar(files: dict[str, bytes], *, commit: str = COMMIT, links: dict | None = None) -> bytes:
    """As `git archive` makes one: its comment is the commit."""
    buffer = io.BytesIO()
    headers = {"comment": commit} if commit else {}
    with tarfile.open(
        fileobj=buffer, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers=headers
    ) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for name, target in (links or {}).items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, target
            archive.addfile(entry)
    return buffer.getvalue()


def make_zip(files: dict[str, bytes], *, commit: str = COMMIT) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.comment = commit.encode()
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def kept(tmp_path, content: bytes, name: str = "set.tar.gz") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return str(path)


IN_REPOSITORY = {
    "contact-congress-main/members/A000001.yaml": b"a",
    "contact-congress-main/support/Z000009.yaml": b"no member",
    "contact-congress-main/members/template.yaml": b"no member",
    "contact-congress-main/README.md": b"no recipe",
}


def test_a_flat_folder_is_known_by_a_hash_of_its_files(tmp_path):
    (tmp_path / "A000001.yaml").write_bytes(b"a")
    (tmp_path / "notes.yaml").write_bytes(b"b")

    found = find_files(str(tmp_path))

    assert found.files == {"A000001": b"a"}
    assert found.revision == f"sha256:{found.sha256}"


@pytest.mark.parametrize("packed", [False, True])
def test_a_checkout_is_known_by_its_commit(tmp_path, packed):
    git = tmp_path / ".git"
    (git / "refs/heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    if packed:
        (git / "packed-refs").write_text(f"# pack-refs\n{COMMIT} refs/heads/main\n")
    else:
        (git / "refs/heads/main").write_text(f"{COMMIT}\n")
    (tmp_path / "members").mkdir()
    (tmp_path / "members/A000001.yaml").write_bytes(b"a")

    for folder in (tmp_path, tmp_path / "members"):
        assert find_files(str(folder)).revision == COMMIT


@pytest.mark.parametrize("make", [make_tar, make_zip])
def test_an_archive_has_its_members_and_its_commit(tmp_path, make):
    found = find_files(kept(tmp_path, make(IN_REPOSITORY)), revision=COMMIT)

    assert found.files == {"A000001": b"a"}
    assert found.revision == COMMIT


def test_an_archive_of_another_commit_is_refused(tmp_path):
    with pytest.raises(TableRefused, match=f"is of commit {COMMIT}, and not of {OTHER}"):
        find_files(kept(tmp_path, make_tar(IN_REPOSITORY)), revision=OTHER)


def test_an_archive_without_a_commit_is_of_the_revision_that_was_asked_for(tmp_path):
    path = kept(tmp_path, make_tar(IN_REPOSITORY, commit=""))

    assert find_files(path, revision=COMMIT).revision == COMMIT
    assert find_files(path, revision="HEAD").revision.startswith("sha256:")


def test_paths_and_links_that_lead_out_of_an_archive_lead_nowhere(tmp_path):
    files = {"../../etc/A000001.yaml": b"a", "/A000002.yaml": b"b"}
    links = {"members/A000003.yaml": "/etc/passwd"}
    before = set(tmp_path.parent.rglob("*"))

    found = find_files(kept(tmp_path, make_tar(files, links=links)))

    assert found.files == {"A000001": b"a", "A000002": b"b"}
    assert set(tmp_path.parent.rglob("*")) - before == {tmp_path / "set.tar.gz"}


@pytest.mark.parametrize("make", [make_tar, make_zip])
def test_a_file_is_never_read_beyond_what_a_recipe_may_have(tmp_path, make):
    content = make({"members/A000001.yaml": b"x" * (LARGEST * 3)})

    assert len(find_files(kept(tmp_path, content)).files["A000001"]) == LARGEST + 1


def test_an_archive_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "LARGEST_UNPACKED", 100_000)

    with pytest.raises(TableRefused, match="far larger"):
        find_files(kept(tmp_path, gzip.compress(bytes(10_000_000))))


@pytest.mark.parametrize(
    "content",
    [b"", b"no archive", b"\x1f\x8b" + b"x" * 50, make_tar(IN_REPOSITORY)[:-40], b"PK\x05\x06"],
)
def test_a_broken_archive_is_refused(tmp_path, content):
    with pytest.raises(TableRefused, match="cannot be read|no recipe in it"):
        find_files(kept(tmp_path, content))


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(TableRefused, match="could not be read"):
        find_files(str(tmp_path / "missing.zip"))
    with pytest.raises(TableRefused, match="no recipe in it"):
        find_files(str(tmp_path))


@responses.activate
def test_the_public_address_is_asked_for_the_pinned_commit():
    responses.get(ADDRESS + COMMIT, body=make_tar(IN_REPOSITORY))

    found = find_files(ADDRESS, revision=COMMIT)

    assert (found.source, found.revision) == (ADDRESS + COMMIT, COMMIT)
    assert found.files == {"A000001": b"a"}


@responses.activate
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 404}, "could not be had: HTTPError"),
        ({"body": requests.ConnectTimeout()}, "could not be had: ConnectTimeout"),
        ({"status": 302, "headers": {"Location": "http://example.com/plain"}}, "only fetched by"),
        ({"body": b"x" * 5000}, "too large or too slow"),
    ],
)
def test_an_address_that_fails_is_refused(answer, words, monkeypatch):
    monkeypatch.setattr(sources, "LARGEST_DOWNLOAD", 4000)
    responses.get(ADDRESS + COMMIT, **answer)
    responses.get("http://example.com/plain", body=b"x")

    with pytest.raises(TableRefused, match=words):
        find_files(ADDRESS, revision=COMMIT)
