"""Lets `python -m chronicle` be the command `chronicle`."""

from __future__ import annotations

from chronicle.cli import main

if __name__ == "__main__":
    main()
