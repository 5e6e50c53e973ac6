"""The two commands: what they write, what they say, how they end."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from registry.exports import signing
from registry.exports.models import Export
from tests.registry.exports.conftest import Audited

pytestmark = pytest.mark.django_db


def export(target: Path, **options: object) -> str:
    said = io.StringIO()
    call_command("export_compliance", agency="TINH-1-YT", output=str(target), stdout=said, **options)
    return said.getvalue()


def check(*arguments: object, **options: object) -> str:
    said = io.StringIO()
    call_command("verify_export", *map(str, arguments), stdout=said, **options)
    return said.getvalue()


def test_export_compliance_writes_file_and_manifest_and_says_where(audited: Audited, tmp_path: Path):
    said = export(tmp_path / "list.csv", by="thanhtra", language="en")
    assert "list.csv.manifest.json" in said
    assert (tmp_path / "list.csv").exists()
    assert "Unchanged" in check(tmp_path / "list.csv") or "nguyên vẹn" in check(tmp_path / "list.csv")
    assert Export.objects.get().by == audited.auditor


def test_export_compliance_when_output_is_a_folder_names_the_file_itself(audited: Audited, tmp_path: Path):
    export(tmp_path, format="xlsx")
    names = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert len(names) == 2
    assert audited.health.code in names[0]
    assert names[1] == f"{names[0]}.manifest.json"


def test_export_compliance_of_one_subject_holds_no_other(audited: Audited, tmp_path: Path):
    del audited
    export(tmp_path / "list.csv", subject=["agency"], language="en")
    heads, *lines = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()
    assert '"About"' in heads
    assert len(lines) == 1
    assert '"","","","TINH-1-YT","Sở Y tế","Agency"' in lines[0]
    assert json.loads((tmp_path / "list.csv.manifest.json").read_bytes())["manifest"]["filter"][
        "subjects"
    ] == ["agency"]


@pytest.mark.parametrize(
    "options",
    [
        {"agency": "NONE"},
        {"as_of": "2999-01-01"},
        {"as_of": "yesterday"},
        {"format": "pdf"},
        {"by": "nobody"},
        {"by": "thanhtra.vh"},  # audits another department
        {"rule": ["ACC-99"]},
        {"state": ["fine"]},
        {"subject": ["dog"]},
        {"language": "fr"},
        {"output": "/nonexistent/folder/list.csv"},
    ],
    ids=str,
)
def test_export_compliance_when_input_is_bad_ends_with_2_and_writes_nothing(
    audited: Audited, tmp_path: Path, options: dict[str, object]
):
    del audited
    with pytest.raises(CommandError) as ended:
        call_command(
            "export_compliance", **{"agency": "TINH-1-YT", "output": str(tmp_path / "list.csv"), **options}
        )
    assert ended.value.returncode == 2
    assert str(ended.value)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_export_compliance_to_standard_output_gives_the_file_alone(audited: Audited, tmp_path: Path):
    del audited
    # A real process: what a shell would redirect.
    database = connection.settings_dict
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "registry.settings.test",
        "DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}",
        "EXPORT_SIGNING_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "PYTHONPATH": str(Path.cwd()),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "export_compliance", "--agency", "TINH-1-YT", "--output", "-"],
        capture_output=True,
        check=False,
        env=env,
        cwd=Path(__file__).parents[3],
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    (tmp_path / "list.csv").write_bytes(done.stdout)
    (tmp_path / "list.csv.manifest.json").write_bytes(done.stderr)
    assert json.loads(done.stderr)["manifest"]["rows"] == done.stdout.count(b"\r\n") - 1


@pytest.mark.parametrize("change", ["byte", "row", "manifest", "signature", "other key"])
def test_verify_export_when_anything_was_changed_ends_with_1(audited: Audited, tmp_path: Path, change: str):
    del audited
    path = tmp_path / "list.csv"
    beside = tmp_path / "list.csv.manifest.json"
    export(path)
    if change == "byte":
        path.write_bytes(path.read_bytes().replace(b"YT-001", b"YT-009", 1))
    elif change == "row":
        path.write_bytes(path.read_bytes() + b"x\r\n")
    elif change == "manifest":
        beside.write_text(beside.read_text().replace("TINH-1-YT", "TINH-1-VH"))
    elif change == "signature":
        whole = json.loads(beside.read_bytes())
        whole["signature"]["value"] = "AAAA" + whole["signature"]["value"][4:]
        beside.write_text(json.dumps(whole))
    else:
        shutil.rmtree(tmp_path / "private")
    with pytest.raises(CommandError) as ended:
        check(path)
    assert ended.value.returncode == 1
    assert len(str(ended.value).splitlines()) == 2


def test_verify_export_with_a_public_key_kept_elsewhere(audited: Audited, tmp_path: Path):
    del audited
    export(tmp_path / "list.csv")
    (tmp_path / "key.pem").write_bytes(signing.public_key_pem())
    shutil.rmtree(tmp_path / "private")
    assert check(tmp_path / "list.csv", public_key=tmp_path / "key.pem")


@pytest.mark.parametrize("missing", ["file", "manifest", "broken manifest", "key"])
def test_verify_export_when_there_is_nothing_to_compare_ends_with_2(
    audited: Audited, tmp_path: Path, missing: str
):
    del audited
    path = tmp_path / "list.csv"
    export(path)
    options = {}
    if missing == "file":
        path.unlink()
    elif missing == "manifest":
        (tmp_path / "list.csv.manifest.json").unlink()
    elif missing == "broken manifest":
        (tmp_path / "list.csv.manifest.json").write_text('{"manifest": []}')
    else:
        options = {"public_key": tmp_path / "list.csv"}
    with pytest.raises(CommandError) as ended:
        check(path, **options)
    assert ended.value.returncode == 2
