"""What the package carries beside its code: the migrations and the bundled chronicles."""

from __future__ import annotations

from pathlib import Path

from chronicle.errors import BadQuestion

_HERE = Path(__file__).parent


def carried(name: str) -> Path:
    """Return the folder `migrations` or `seeds`, in a wheel or in a checkout.

    In a wheel they lie inside the package; in a checkout (an editable install) beside it.
    """
    for folder in (_HERE / name, _HERE.parent / name):
        if folder.is_dir():
            return folder
    raise BadQuestion(f"this installation carries no {name}; reinstall the package")
