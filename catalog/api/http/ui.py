"""Where the built pages lie: inside the wheel, or in the tree of an editable installation."""

from __future__ import annotations

from pathlib import Path

from catalog.errors import HeadwaterError

PACKAGED = Path(__file__).parent / "bundle"
FRONTEND = Path(__file__).parents[3] / "frontend"

_SOURCES = ("*.html", "package-lock.json", "vite.config.ts", "public/*", "src/**/*.*")


class BundleUnusable(HeadwaterError):
    """There are no pages to serve, or they are older than their sources; says what to run."""

    code = "no_ui"


def bundle(packaged: Path = PACKAGED, frontend: Path = FRONTEND) -> Path:
    """The folder with `index.html` and `assets/`.

    Raises:
        BundleUnusable: It was not built, or its sources changed since.
    """
    if (packaged / "index.html").exists():
        return packaged
    page = frontend / "dist" / "index.html"
    if not page.exists():
        raise BundleUnusable("The pages were not built. Build them: uv run poe ui build")
    built = page.stat().st_mtime
    sources = (file for pattern in _SOURCES for file in frontend.glob(pattern))
    if any(source.stat().st_mtime > built for source in sources):
        raise BundleUnusable("The pages are older than their sources: uv run poe ui build")
    return page.parent
