"""What has to be true before the first person may sit down: somewhere to save, a pack, and the languages promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.language import LANGUAGES
from bodymap.common.trouble import Exit, Trouble, nearest
from bodymap.kiosk.pin import PinCheck, tries_file

if TYPE_CHECKING:
    from bodymap.kiosk.config import KioskConfig


def ready(config: KioskConfig) -> KioskConfig:
    """Return `config` with languages and pack filled in, after trying what a visit will need. Raises `Trouble`.

    The sessions folder is written to, the pack is loaded, and each language is spoken by pack, places and program.
    """
    from bodymap.knowledge.folder import pack_folder
    from bodymap.knowledge.loader import load_pack
    from bodymap.sessions import SessionStore

    SessionStore(config.sessions).try_writing()
    if config.pin_hash and not PinCheck(config.pin_hash).can_keep():
        raise Trouble(
            "Wrong tries of the PIN cannot be counted here, so nothing would slow them.",
            where=str(tries_file()),
            remedy="Make the folder writable, or set XDG_CACHE_HOME to one that is.",
            exit=Exit.FILE_FAILED,
        )
    pack = load_pack(config.pack)
    languages = _languages(config, pack.languages or (pack.language,))
    folder = None if config.pack is None else pack_folder(config.pack)
    return config._replace(languages=languages, language=config.language or languages[0], pack=folder)


def _languages(config: KioskConfig, packs: tuple[str, ...]) -> tuple[str, ...]:
    from bodymap.knowledge.anatomy import load_anatomy

    places = load_anatomy()
    programs = [language.code for language in LANGUAGES]
    speaking = [code for code in packs if code in programs]
    for code in (*config.languages, config.language):
        if code and code not in programs:
            raise _mute("The program", code, programs)
        if code and code not in packs:
            raise _mute("The pack", code, packs)
        if code:
            places.spoken(code)
    if not speaking:
        raise Trouble(
            f"The pack speaks {', '.join(packs)}, the program {', '.join(programs)}: no language in common.",
            where=str(config.pack or "the shipped pack"),
            remedy="Translate the pack, see docs/writing-a-pack.md.",
        )
    return config.languages or tuple(speaking)


def _mute(who: str, code: str, speaks: list[str] | tuple[str, ...]) -> Trouble:
    return Trouble(f"{who} does not speak “{code}”.", where="languages", remedy=nearest(code, speaks))
