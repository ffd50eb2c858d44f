"""Checks a FHIR Bundle against the resources of R4, with the library fhir.resources, where somebody asks for it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from bodymap.common.text import clean
from bodymap.common.trouble import Exit, Trouble


def bundle_check() -> Any:
    """Return a function that takes a Bundle as JSON and raises `Trouble` (exit 1) where it is not valid.

    It knows R4B, in which the resources that we send are those of R4. Raises `Trouble` (exit 2) without the library.
    """
    try:
        bundle = import_module("fhir.resources.R4B.bundle").Bundle
    except ImportError:
        raise Trouble(
            "Checking FHIR needs the library fhir.resources, which is not installed.",
            where="--validate",
            remedy="Install it beside bodymap: python -m pip install fhir.resources",
            exit=Exit.WRONG_USAGE,
        ) from None

    def check(text: str) -> None:
        try:
            bundle.model_validate_json(text)
        except ValueError as error:
            raise Trouble(
                f"A bundle is not valid FHIR: {clean(str(error), limit=400)}",
                remedy="The program made it; please report it.",
                exit=Exit.FAULTS_FOUND,
            ) from None

    return check
