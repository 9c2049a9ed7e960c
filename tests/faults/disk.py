"""A small disk that can be full."""

import os
import subprocess
from pathlib import Path

MB = 1024 * 1024
# A shop when it opens, and what is told between two kills: full only when it is filled.
OPENING, A_KILL = 192 * MB, 4 * MB
CHUNK = b"\0" * 65536


class Disk:
    """A tmpfs at `place`, where the machine lets us mount one; `small` says whether it did."""

    def __init__(self, place: Path, *, kills: int) -> None:
        self.place = place
        place.mkdir(parents=True, exist_ok=True)
        size = OPENING + kills * A_KILL
        words = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "clothier-faults", str(place)]
        self.small = os.geteuid() == 0 and subprocess.run(words, capture_output=True, check=False).returncode == 0

    def fill(self) -> None:
        """Not a byte is left."""
        with (self.place / "ballast").open("ab", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(CHUNK)
            except OSError:
                return

    def free(self) -> None:
        (self.place / "ballast").unlink(missing_ok=True)

    def close(self) -> None:
        if self.small:
            subprocess.run(["umount", "--lazy", str(self.place)], check=False)
