"""Exports: a view leaves the house as a product, with what it was made from."""

from __future__ import annotations
