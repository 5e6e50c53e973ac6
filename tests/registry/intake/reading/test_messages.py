"""Every sentence the officer may read has its Vietnamese."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[4]


def test_messages_all_have_a_vietnamese_wording():
    spoken = {
        node.args[0].value
        for path in (ROOT / "registry/intake/reading").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "_"
        and isinstance(node.args[0], ast.Constant)
    }
    catalogue = (ROOT / "locale/parts/reading.po").read_text(encoding="utf-8")
    translated = {line[7:-1] for line in catalogue.splitlines() if line.startswith('msgid "')}
    assert spoken == translated
