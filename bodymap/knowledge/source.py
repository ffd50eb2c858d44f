"""The files of a pack read into models and put together, with all their faults at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, cast

from pydantic import BaseModel

from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.build import build_pack
from bodymap.knowledge.faults import Fault, in_order
from bodymap.knowledge.folder import PackFolder
from bodymap.knowledge.locate import Lines, place
from bodymap.knowledge.models import AlarmsFile, CauseFile, PackFile, QuestionsFile
from bodymap.knowledge.pack import Pack
from bodymap.knowledge.references import Misfit, Path, misfits
from bodymap.knowledge.spoken import in_language, incomplete
from bodymap.knowledge.texts import translation_of
from bodymap.knowledge.validate import parse_file, validate


@dataclass
class Sources:
    """What was read: the models by file name, the pack where all of them hold, the faults where not."""

    folder: PackFolder
    anatomy: Anatomy
    models: dict[str, BaseModel] = field(default_factory=dict)
    pack: Pack | None = None
    faults: tuple[Fault, ...] = ()
    _lines: dict[str, Lines] = field(default_factory=dict)

    @property
    def pack_file(self) -> PackFile:
        """The model of `pack.toml`, once it holds."""
        return cast(PackFile, self.models["pack.toml"])

    @property
    def questions_file(self) -> QuestionsFile:
        """The model of `questions.toml`, once it holds."""
        return cast(QuestionsFile, self.models["questions.toml"])

    def fault(self, file: str, path: Path, what: str, remedy: str) -> Fault:
        """Return a fault at `path` of `file`, with its line looked up."""
        if file not in self._lines:
            self._lines[file] = Lines(self.folder.files.get(file, b""))
        return Fault(file, place(path), self._lines[file].of(path), what, remedy)


def model_of(name: str) -> type[BaseModel]:
    """Return the model that the file `name` of a pack must hold to."""
    models: dict[str, type[BaseModel]] = {
        "pack.toml": PackFile,
        "questions.toml": QuestionsFile,
        "alarms.toml": AlarmsFile,
    }
    return models.get(name, CauseFile)


def read_sources(folder: PackFolder) -> Sources:
    """Read the knowledge files of a pack. Raises `Trouble` only where the anatomy itself cannot be read."""
    sources = Sources(folder, load_anatomy())
    faults: list[Fault] = []
    for name, content in folder.files.items():
        table, unreadable = parse_file(name, content)
        faults += unreadable
        if table is not None:
            model, wrong = validate(model_of(name), name, content, table)
            faults += wrong
            if model is not None:
                sources.models[name] = model
    causes = [name for name in folder.files if name.startswith("causes/")]
    if not causes:
        faults.append(
            Fault("causes", "", 0, "The pack has no causes.", "Add causes/<id>.toml, one file a cause.")
        )
    faults += [sources.fault(*misfit) for misfit in _names(sources)]
    # A faulty cause or alarm file does not keep the others from being looked at; the two that everything
    # names do.
    if "pack.toml" in sources.models and "questions.toml" in sources.models:
        pack = _put_together(sources, [name for name in causes if name in sources.models])
        faults += [sources.fault(*misfit) for misfit in misfits(pack, sources.anatomy.regions)]
        faults += [sources.fault(*misfit) for misfit in _languages(sources)]
        sources.pack = None if faults else _translated(sources, pack, causes)
    sources.faults = in_order(faults)
    return sources


def _put_together(sources: Sources, causes: list[str], language: str = "") -> Pack:
    models: dict[str, Any] = sources.models
    if language:
        models = {name: in_language(model, language) for name, model in sources.models.items()}
    return build_pack(
        models["pack.toml"],
        models["questions.toml"],
        models.get("alarms.toml", AlarmsFile()),
        [models[name] for name in causes],
        sources.folder.sha256,
    )


def _translated(sources: Sources, pack: Pack, causes: list[str]) -> Pack:
    """Return the pack with its texts in the other languages that it declares."""
    others = [language for language in pack.languages if language != pack.language]
    texts = {language: translation_of(_put_together(sources, causes, language)) for language in others}
    return replace(pack, translations=texts)


def _languages(sources: Sources) -> Iterator[Misfit]:
    """Yield what a declared language lacks: a pack that is not whole in it would mix two on one screen."""
    pack = sources.pack_file
    if pack.languages and pack.language not in pack.languages:
        what = f"The pack's own language “{pack.language}” is not among its languages."
        yield Misfit("pack.toml", ("languages",), what, "Add it to the list.")
    others = tuple(language for language in pack.languages if language != pack.language)
    for name, model in sources.models.items():
        yield from incomplete(name, model, others)


def _names(sources: Sources) -> Iterator[Misfit]:
    """Yield what putting the files together would lose: questions standing twice, causes in a wrong file."""
    for name, model in sources.models.items():
        if isinstance(model, CauseFile) and model.id != PurePosixPath(name).stem:
            remedy = f"Name the file {model.id}.toml, or the cause {PurePosixPath(name).stem}."
            yield Misfit(name, ("id",), f"The cause “{model.id}” stands in a file of another name.", remedy)
        if isinstance(model, QuestionsFile):
            ids = [question.id for question in model.questions]
            for number, id in enumerate(ids):
                if id in ids[:number]:
                    what = f"The question “{id}” stands twice."
                    yield Misfit(
                        name, ("questions", number, "id"), what, "Give each question an id of its own."
                    )
