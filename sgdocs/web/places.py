"""Where templates and static files are: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
WEB = _PACKAGE / "_web" if (_PACKAGE / "_web").is_dir() else _PACKAGE.parent / "web"
TEMPLATES = WEB / "templates"
STATIC = WEB / "static"
