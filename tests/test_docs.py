"""Documents that cannot lie: what they name exists, and what exists is named."""

import re
import subprocess
import sys
import tomllib
from itertools import takewhile
from pathlib import Path

import pytest

from tests.support.databases import ROOT
from tests.support.tables import PAGE, every_command, in_page, tables

DOCUMENTS = ["README.md", "ARCHITECTURE.md", "DECISIONS.md", "CHANGELOG.md", "docs/operating.md"]
COMMANDS = dict(every_command())

REGISTRY = re.compile(
    "|".join(
        (
            r"https?://[^\s/\"']*(?:py" + r"pi|python" + r"hosted|npm" + r"js|artifact|nexus|devpi)",
            r"--(?:extra-)?index" + r"-url|--find" + r"-links|\bregistry" + r"\s*=\s*[\"']?http|/simple" + r"/",
            r"\"resolved\": \"https?:",
        )
    ),
    re.IGNORECASE,
)
OUTSIDE = re.compile(r"(?<![\w.])/(?:wo" + r"rk/|ro" + r"ot/|ho" + r"me/\w)")


def tracked() -> list[Path]:
    """Every text file under version control; all but what is ignored where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    files = [ROOT / name for name in names if name] or [f for f in ROOT.glob("[!.]*/**/*") if f.is_file()]
    return [file for file in files if file.is_file() and b"\0" not in file.read_bytes()[:8000]]


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for file in tracked()
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_registry_is_named() -> None:
    assert found(REGISTRY) == []


def test_pattern_of_registries_would_find_one() -> None:
    assert REGISTRY.search("https://files.python" + "hosted.org/packages/x")
    assert REGISTRY.search("--index" + "-url https://example.org")


def test_no_file_names_a_place_outside() -> None:
    assert found(OUTSIDE) == []


@pytest.mark.parametrize("name", ["settings", "commands", "permissions"])
def test_operating_page_has_the_table(name: str) -> None:
    """Fresh tables: `python -m tests.support.tables`."""
    assert in_page(PAGE.read_text(encoding="utf-8")).get(name) == tables()[name]


def test_every_command_shows_an_example() -> None:
    lacking = [
        path for path, command in COMMANDS.items() if not re.search(rf"Example: .*\b{path}\b", command.help or "")
    ]

    assert lacking == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_of_a_document_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text(), re.MULTILINE))
    spoken = re.findall(r"(?:^|`|\$ |&& |\d )((?:make|sgdocs|\.venv/bin/sgdocs) [^`\n#]*)", text, re.MULTILINE)

    assert [line for line in spoken if not _exists(line.strip(), targets)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_of_a_document_exist(document: str) -> None:
    """Links to other files of the project lead to them."""
    text = (ROOT / document).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)

    assert [link for link in links if not ((ROOT / document).parent / link).exists()] == []


def test_locks_carry_hashes_and_agree() -> None:
    application, everything = (_pins(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock"))

    assert {pin: hashes for pin, hashes in everything.items() if hashes == 0} == {}
    assert set(application) - set(everything) == set()


def test_locks_hold_every_requirement() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    application = {pin.split("==")[0] for pin in _pins(ROOT / "requirements.lock")}
    everything = {pin.split("==")[0] for pin in _pins(ROOT / "requirements-dev.lock")}

    assert {_name(r) for r in (*project["dependencies"], *extras["build"])} - application == set()
    assert {_name(r) for r in extras["dev"]} - everything == set()


def test_dockerfile_is_sound() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "hadolint", "Dockerfile"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "")


def _exists(line: str, targets: set[str]) -> bool:
    words = [word for word in line.removeprefix(".venv/bin/").replace("…", "").split() if "=" not in word]
    if words[0] == "make":
        return set(words[1:]) <= targets
    named = " ".join(takewhile(lambda word: re.fullmatch(r"[a-z-]+", word) and word[0] != "-", words[1:]))
    return (
        not named or any(f"{command} ".startswith(f"sgdocs {named} ") for command in COMMANDS) or _has_argument(named)
    )


def _has_argument(named: str) -> bool:
    """Words after a command may be its arguments."""
    words = named.split()
    return any(" ".join(["sgdocs", *words[:n]]) in COMMANDS for n in range(1, len(words)))


def _pins(lock: Path) -> dict[str, int]:
    """Each pin with its marker, and how many hashes it has."""
    pins: dict[str, int] = {}
    pin = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            pin = line.removesuffix("\\").split(";")[0].strip()
            pins[pin] = 0
        pins[pin] = pins.get(pin, 0) + line.count("--hash=sha256:")
    return pins


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-").replace(".", "-")
