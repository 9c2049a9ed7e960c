"""A day of tests leaves nothing behind in the temporary folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python(code: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", **environment}
    return subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False)


def test_a_folder_is_gone_when_its_process_ends_well_or_badly(tmp_path):
    made = python("from tests.scratch import folder; print(folder('trial').exists())", tmp_path)
    assert (made.stdout, list(tmp_path.iterdir())) == ("True\n", [])
    failed = python("from tests.scratch import folder; folder('trial'); raise SystemExit(1)", tmp_path)
    assert (failed.returncode, list(tmp_path.iterdir())) == (1, [])


def test_a_folder_of_a_killed_process_is_gone_when_the_next_begins_and_that_of_a_living_one_stays(tmp_path):
    code = "import os, signal; from tests.scratch import folder; folder('trial'); os.kill(os.getpid(), signal.SIGKILL)"
    assert python(code, tmp_path).returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    ours = tmp_path / f"clothier-trial-{os.getpid()}-abc_1"
    ours.mkdir()
    python("from tests.scratch import folder; folder('trial')", tmp_path)
    assert list(tmp_path.iterdir()) == [ours]


def test_a_worker_of_a_test_run_makes_no_data_folder_of_its_own(tmp_path):
    home = tmp_path / "home"
    python("import tests.settings", tmp_path, CLOTHIER_HOME=str(home))
    assert list(tmp_path.iterdir()) == [home]
