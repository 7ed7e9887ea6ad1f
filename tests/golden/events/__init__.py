"""Events of real producers, as values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def golden_events() -> list[Any]:
    """Give every event, in the order of the files; some are broken on purpose."""
    folder = Path(__file__).parent
    return [
        json.loads(line)["event"]
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text().splitlines()
    ]
