"""What the screens take from the environment, settled before Textual is imported: it reads much of it only then."""

from __future__ import annotations

import os


def purge_environment() -> None:
    """Forget Textual's own variables, which import code, write files or press keys, and BROWSER, which is a program.

    Forget COLUMNS and LINES too where the terminal tells its size itself: they are as old as the shell that set
    them. Where they are all there is, the driver weighs them.
    """
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
    os.environ.pop("BROWSER", None)
    try:
        told = os.get_terminal_size(0)
    except OSError:
        return
    for name, number in zip(("COLUMNS", "LINES"), told, strict=True):
        if number or not _is_size(os.environ.get(name, "")):
            os.environ.pop(name, None)


def _is_size(said: str) -> bool:
    return said.isascii() and said.isdigit() and 0 < int(said[:9]) <= 500


def prefer_palette() -> None:
    """Have Textual write colours as numbers of the 256-colour palette even where the terminal knows all of them.

    Our themes use palette colours only, so nothing looks different, and every step of the cursor costs a third less
    on the line. Terminals with fewer colours are left to Textual.
    """
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")
