"""Functions, modules and templates stay readable; everything public says what it is for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.test_imports import modules, name_of

ROOT = Path(__file__).parents[2]
LONGEST_FUNCTION, LONGEST_MODULE, LONGEST_TEMPLATE, LONGEST_TEST_MODULE = 40, 300, 150, 400
MOST_PARAMETERS = 7
LONGER_WITH_REASON = "Longer than the house's ceiling because"


def length_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines without its docstring."""
    end = node.end_lineno or node.lineno
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    documentation = ((first.end_lineno or 0) - first.lineno + 1) if is_docstring else 0
    return end - node.lineno + 1 - documentation


@pytest.mark.parametrize("path", list(modules()), ids=name_of)
def test_functions_and_modules_keep_to_their_size(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert LONGER_WITH_REASON in text or len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert length_of(node) <= LONGEST_FUNCTION, (
                f"{path.name}:{node.lineno} {node.name} is {length_of(node)} lines long"
            )
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            counted = [a for a in arguments if a.arg not in {"self", "cls", "session"}]
            assert len(counted) <= MOST_PARAMETERS or node.name == "__init__", f"{path.name}:{node.lineno} {node.name}"


@pytest.mark.parametrize("path", list(modules()), ids=name_of)
def test_every_module_and_public_thing_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), path
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for node in [*tree.body, *(inner for each in classes for inner in each.body)]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}:{node.lineno} {node.name}"


def test_templates_and_tests_keep_to_their_size() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_TEMPLATE, path
    for path in (ROOT / "tests").rglob("test_*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_TEST_MODULE, path
