"""Imports go leftwards only, writing and committing stay where they belong, start-up stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "feedback"

# From left to right; a module imports only from its own column or from those left of it.
COLUMNS = [
    ["clock", "config", "errors", "paths", "logs", "text"],
    ["security"],
    ["db", "i18n", "catalogues", "migrate"],
    ["settings", "audit", "outbox"],
    ["accounts", "questionnaires"],
    ["events", "identity"],
    ["responses", "assisting"],
    ["analysis", "safeguarding", "improvements"],
    ["reports", "intake", "schema", "subscriptions"],
    ["queue", "demonstration", "rotation"],
    [
        "web.access",
        "web.errors",
        "web.forms",
        "web.headers",
        "web.contacts",
        "web.replies",
        "web.compression",
        "web.static_files",
        "web.operations_pages",
    ],
    ["web.survey"],
    ["web.public", "web.advocate", "web.staff"],
    ["web"],
    ["startup"],
    ["cli"],
    ["", "server", "worker"],
]
COLUMN_OF = {name: index for index, names in enumerate(COLUMNS) for name in names}
FLASK_MAY_BE_IN = ("", "db", "i18n", "cli", "web", "accounts", "startup", "server", "worker")
WRITERS = ("operations.py", "accounts/datastore.py", "reports/releases.py", "responses/drafts.py")


def modules() -> Iterator[Path]:
    """Yield every module of the service."""
    return (path for path in sorted(PACKAGE.rglob("*.py")) if "node_modules" not in path.parts)


def name_of(path: Path) -> str:
    """Return a module's dotted name below the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name: str) -> str:
    """Return the room of the house a module belongs to: the longest name that the columns list."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if ".".join(parts[:length]) in COLUMN_OF:
            return ".".join(parts[:length])
    return name if name in COLUMN_OF else "?"


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (dotted name, line) of everything a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.parametrize("path", list(modules()), ids=name_of)
def test_a_module_imports_leftwards_only(path: Path) -> None:
    room = room_of(name_of(path))
    assert room != "?", f"{name_of(path)} has no place in the house"
    for target, line in imported(path):
        if not target.startswith("feedback."):
            continue
        other = room_of(target.removeprefix("feedback."))
        if other == "?":  # a name of the package itself
            other = ""
        assert COLUMN_OF[other] <= COLUMN_OF[room], f"{name_of(path)}:{line} imports {target}"


@pytest.mark.parametrize("path", list(modules()), ids=name_of)
def test_flask_stays_at_the_edge(path: Path) -> None:
    top = name_of(path).partition(".")[0]
    if top in FLASK_MAY_BE_IN:
        return
    assert not [
        t for t, _ in imported(path) if t.partition(".")[0] in {"flask", "flask_babel", "flask_wtf", "flask_security"}
    ]


def test_text_and_the_gate_are_pure() -> None:
    for path in modules():
        name = name_of(path)
        own = "feedback.text" if name.startswith("text") else "feedback.reports"
        if name.startswith(("text", "reports.figures", "reports.disclosure")):
            for target, line in imported(path):
                assert not target.startswith(("flask", "sqlalchemy")), f"{name}:{line} imports {target}"
                assert not target.startswith("feedback") or target.startswith(own), f"{name}:{line} imports {target}"


def test_public_advocate_and_staff_pages_never_import_one_another() -> None:
    sides = ("public", "advocate", "staff")
    for path in modules():
        name = name_of(path)
        for side in sides:
            if name.startswith(f"web.{side}"):
                others = tuple(f"feedback.web.{other}" for other in sides if other != side)
                assert not [t for t, _ in imported(path) if t.startswith(others)], name


def test_only_operations_and_named_adapters_write() -> None:
    for path in modules():
        where = path.relative_to(PACKAGE).as_posix()
        if where.endswith(WRITERS) or where.startswith("text/"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                target = ast.unparse(node.func.value)
                writes = node.func.attr in {"add", "add_all", "merge", "delete"} and target.endswith("session")
                assert not writes, f"{where}:{node.lineno} writes"


def test_only_the_database_module_commits() -> None:
    for path in modules():
        if path.name != "db.py":
            assert ".commit()" not in path.read_text(encoding="utf-8"), path


def test_only_identity_reads_the_link_store_and_takes_its_role() -> None:
    """But for the list of every table, the renewal of every key, and the arrangement of the role at the start."""
    allowed = {
        "identity.models": ("schema.py",),
        "identity.role": ("rotation.py", "startup.py"),
        "LINK_STORE": ("db.py",),
    }
    names = (
        "identity.models",
        "identity.role",
        "LINK_STORE",
        "IssuedCode",
        "SealedLink",
        "identity_codes",
        "identity_links",
    )
    for path in modules():
        where = path.relative_to(PACKAGE).as_posix()
        if where.startswith("identity/"):
            continue
        text = path.read_text(encoding="utf-8") + " ".join(target for target, _ in imported(path))
        for name in names:
            target = f"feedback.{name}" if name.startswith("identity.") else name
            assert target not in text or where in allowed.get(name, ()), f"{where} names {name}"


def test_the_app_starts_and_answers_without_the_text_engine() -> None:
    program = """
import os, sys, tempfile
os.environ["INSTANCE"] = tempfile.mkdtemp()
from feedback import create_app
assert create_app().test_client().get("/healthz").status_code == 200
heavy = {"textblob", "nltk", "numpy", "scipy", "sklearn", "weasyprint", "onnxruntime"} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PACKAGE.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_no_import_hides_in_a_function_but_a_heavy_librarys_loader() -> None:
    heavy = (
        "textblob",
        "numpy",
        "scipy",
        "sklearn",
        "weasyprint",
        "onnxruntime",
        "tokenizers",
        "regex",
        "phonenumbers",
    )
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Import | ast.ImportFrom):
                        names = (
                            [inner.module or ""] if isinstance(inner, ast.ImportFrom) else [a.name for a in inner.names]
                        )
                        own = [n for n in names if n.startswith("feedback.text.") and name_of(path).startswith("text")]
                        assert all(n.startswith(heavy) for n in names) or own, f"{path}:{inner.lineno}"
