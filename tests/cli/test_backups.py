import gzip
import json
import zipfile
from datetime import timedelta

import pytest

from clothier.cli.backups.reading import restore
from clothier.cli.backups.rows import digest, kept_models
from clothier.cli.backups.writing import write
from clothier.cli.problems import Problem
from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import register
from clothier.places.models import Store
from clothier.visits.services import arrive, greet

pytestmark = pytest.mark.django_db


def quiet(*_: object) -> None:
    pass


@pytest.fixture
def shop(cast, tmp_path):
    """A shop with a customer, a visit and a promise kept; and its backup."""
    lin = register(name="林梅", identifiers=[NewIdentifier(Kind.PHONE, "13800138000")], store=cast.store.pk)
    visit = arrive(store=cast.store.pk, customer=lin)
    greet(visit=visit.pk, actor=cast.zhou.pk)
    file = tmp_path / "shop.zip"
    return file, write(file, progress=quiet, using="default")


def digests() -> dict[str, tuple[int, str]]:
    return {model._meta.label_lower: digest(model, "default") for model in kept_models()}


def test_what_is_restored_equals_what_was_there_row_by_row(shop, cast):
    file, _manifest = shop
    before = digests()
    Store.objects.update(name="?")
    arrive(store=cast.store.pk)
    restore(file, force=True, progress=quiet)
    assert digests() == before


def test_a_database_that_holds_something_is_only_replaced_by_force(shop):
    file, _manifest = shop
    with pytest.raises(Problem, match="--force"):
        restore(file, force=False, progress=quiet)


def test_the_backup_holds_no_phone_number_and_no_key_in_the_clear(shop, settings):
    file, _manifest = shop
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            text = gzip.decompress(content) if name.endswith(".gz") else content
            assert b"13800138000" not in text
            assert settings.VAULT_KEY.encode() not in text
    assert file.stat().st_mode & 0o077 == 0


def rewritten(file, change) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_a_changed_row_is_found_and_nothing_is_changed(shop):
    file, _manifest = shop

    def forge(members):
        name = "tables/places.store.jsonl.gz"
        members[name] = gzip.compress(gzip.decompress(members[name]).replace("南京路店".encode(), "上海路店".encode()))

    rewritten(file, forge)
    before = digests()
    with pytest.raises(Problem, match="damaged"):
        restore(file, force=True, progress=quiet)
    assert digests() == before


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("vault", "another", "CLOTHIER_VAULT_KEY"), ("migrations", [], "another shape"), ("format", 99, "format")],
)
def test_a_backup_that_does_not_fit_is_refused(shop, name, value, said):
    file, _manifest = shop

    def forge(members):
        members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), name: value})

    rewritten(file, forge)
    with pytest.raises(Problem, match=said):
        restore(file, force=True, progress=quiet)


def test_a_file_that_leads_outside_is_refused(shop, tmp_path, settings):
    file, _manifest = shop
    settings.MEDIA_ROOT = tmp_path / "files"

    def forge(members):
        manifest = json.loads(members["manifest.json"])
        manifest["files"] = {"../outside": "0"}
        members["manifest.json"], members["files/../outside"] = json.dumps(manifest), b"x"

    rewritten(file, forge)
    with pytest.raises(Problem, match="outside"):
        restore(file, force=True, progress=quiet)
    assert not (tmp_path / "outside").exists()


def test_noise_is_no_backup(tmp_path):
    noise = tmp_path / "noise.zip"
    noise.write_bytes(b"PK nothing")
    with pytest.raises(Problem, match="not a backup"):
        restore(noise, force=True, progress=quiet)


def test_new_numbers_go_on_after_the_restored_ones(shop, cast, saturday):
    file, _manifest = shop
    restore(file, force=True, progress=quiet)
    saturday.advance(timedelta(minutes=1).total_seconds())
    assert arrive(store=cast.store.pk).pk > 0
