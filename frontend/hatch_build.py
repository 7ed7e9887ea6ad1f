"""The package build's step that makes the browser's bundle and puts it inside the wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONTEND = Path(__file__).parent
HOME_IN_WHEEL = "catalog/api/http/bundle"


class BundleHook(BuildHookInterface[Any]):
    """Builds the bundle with the Node that pip brings along; no Node on the machine is needed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build; an editable installation finds the result in the tree and can live without it."""
        done = subprocess.run([sys.executable, FRONTEND / "npm.py", "build"], check=False)
        if version == "editable":
            if done.returncode != 0:
                self.app.display_warning("The UI was not built. Try again: uv run poe ui build")
        elif done.returncode != 0:
            self.app.abort("The UI could not be built, see above; a wheel without it is none.")
        else:
            build_data["force_include"][str(FRONTEND / "dist")] = HOME_IN_WHEEL
