"""What the documents name is there: files, commands, settings, functions."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from bot.chat.directives.entry import SAMPLE, SAMPLE_NAME
from bot.chat.routes import COMMANDS
from bot.config import Config

ROOT = Path(__file__).parents[1]
ACTS = sorted(ROOT.glob("docs/quan-tri/*.md"))
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
GUIDES = [ROOT / "docs" / name for name in ("huong-dan.md", "quan-tri.md")]
PROGRAM = (
    "run",
    "check",
    "backup",
    "seed",
    "recount",
    "restore",
    "playground",
    "people import",
    "people list",
    "units import",
    "archive",
    "export",
    "import",
    "verify",
    "move-to",
)
NAME = re.compile(r"`(?:bot/)?((?:\w+/)*\w+)\.([A-Z]\w*(?:\.\w+)?|_?[a-z]\w*)`")
SUFFIXES = {"py", "toml", "md", "sql", "csv", "db", "sqlite"}


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r'\]\(([^)#\s]+)|src="([^"]+)"', text(page))
    wanted = [link or source for link, source in links]
    broken = [
        one for one in wanted if "://" not in one and not (page.parent / one).resolve().exists()
    ]
    assert not broken


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_command_of_the_guides_is_one(page: Path) -> None:
    typed = set(re.findall(r"`/(\w+)", text(page)))
    assert typed
    assert typed - {"newbot"} <= set(COMMANDS)
    assert set(re.findall(r"`dondoc ((?:people|units) \w+|[\w-]+)", text(page))) <= set(PROGRAM)


@pytest.mark.parametrize("page", ACTS, ids=lambda page: page.name)
def test_every_command_of_an_act_is_one(page: Path) -> None:
    assert set(re.findall(r"`/(\w+)", text(page))) - {"newbot"} <= set(COMMANDS)
    called = set(re.findall(r"\bdondoc ((?:people|units) \w+|[a-z]+)\b", text(page)))
    assert called
    assert called <= set(PROGRAM)


def test_every_setting_of_the_admins_guide_is_one() -> None:
    named = re.findall(r"^\| `\[(\w+)\] (.+?) \|", text(GUIDES[1]), re.MULTILINE)
    assert len(named) > 8
    for section, keys in named:
        fields = Config.model_fields[section].annotation
        assert fields is not None
        known = set(fields.model_fields)
        assert set(re.findall(r"\w+", keys)) <= known, section


def test_the_guide_shows_the_sample_list_as_it_is() -> None:
    sample = text(ROOT / "docs" / "mau" / "danh-sach.csv")
    assert f"```csv\n{sample}```" in text(GUIDES[1])


def test_the_sample_of_a_documents_tasks_is_the_one_that_the_bot_sends() -> None:
    assert text(ROOT / "docs" / "mau" / SAMPLE_NAME) == SAMPLE


def test_every_name_on_the_architecture_page_is_there() -> None:
    named = NAME.findall(text(ROOT / "docs" / "architecture.md"))
    assert len(named) > 20
    missing = [f"{file}.{name}" for file, name in named if not is_there(file, name)]
    assert not missing


def is_there(file: str, name: str) -> bool:
    if name in SUFFIXES:
        return True
    place = file if file.startswith("storage/") else f"bot/{file}"
    found: object = import_module(place.replace("/", "."))
    for part in name.split("."):
        found = getattr(found, part, None)
    return found is not None


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_both_guides_say_that_what_is_inside_files_goes_unread(guide: Path) -> None:
    said = " ".join(guide.read_text("utf-8").split()).lower()
    assert re.search(r"\*\*[^*]*nội dung bên trong tệp[^*]*\*\*", said)
    assert "không đọc" in said
