"""Small wrong changes to a module: each is one that the tests should notice."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Mod: ast.Add,
}  # fmt: skip
_MARK = "XX"


@dataclass(frozen=True)
class Mutant:
    """One change to a module: where, of which kind, and what it is in words."""

    path: Path
    line: int
    kind: str
    change: str
    _place: int
    _new: ast.AST

    @property
    def source_line(self) -> str:
        """The line that is changed, as it stands in the file."""
        return self.path.read_text("utf-8").split("\n")[self.line - 1].strip()

    def tree(self) -> ast.Module:
        """The module with the change."""
        tree = ast.parse(self.path.read_text("utf-8"), str(self.path))
        old = next(node for at, node in enumerate(ast.walk(tree)) if at == self._place)
        return ast.fix_missing_locations(_Replacing(old, self._new).visit(tree))


def mutants_of(path: Path) -> Iterator[Mutant]:
    """All mutants of a module, in the order of its tree."""
    tree = ast.parse(path.read_text("utf-8"), str(path))
    left_out = _left_out(tree)
    for place, node in enumerate(ast.walk(tree)):
        if node not in left_out:
            for kind, new in _changes(node):
                line = _line(node)
                yield Mutant(path, line, kind, f"{_shown(node)} → {_shown(new)}", place, new)


def _line(node: ast.AST) -> int:
    if isinstance(node, ast.comprehension):
        return node.iter.lineno
    assert isinstance(node, ast.expr | ast.stmt)
    return node.lineno


def _shown(node: ast.AST) -> str:
    text = "nothing" if isinstance(node, ast.Pass) else " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else f"{text[:60]} … {text[-8:]}"


class _Replacing(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new node in place of the old one."""
        if node is self._old:
            return ast.copy_location(self._new, node)
        return self.generic_visit(node)


def _left_out(tree: ast.Module) -> set[ast.AST]:
    """Docstrings, annotations, decorators, imports, patterns of match, parts of f-strings."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            parts.append(node)
        elif isinstance(node, ast.AnnAssign | ast.arg):
            parts.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            parts += [node.returns, *node.decorator_list]
        elif isinstance(node, ast.ClassDef):
            parts += node.decorator_list
        elif isinstance(node, ast.Import | ast.ImportFrom | ast.pattern | ast.JoinedStr):
            parts.append(node)
        for part in parts:
            if part is not None:
                found.update(ast.walk(part))
    return found


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The kind of each change to a node, and what takes its place."""
    match node:
        case ast.Compare(left, ops, comparators):
            for at, operator in enumerate(ops):
                changed = [*ops[:at], _COMPARISONS[type(operator)](), *ops[at + 1 :]]
                yield "comparison", ast.Compare(left, changed, comparators)
        case ast.BoolOp(operator, values):
            yield "and/or", ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(),
                                       values)  # fmt: skip
        case ast.UnaryOp(ast.Not(), operand):
            yield "not", operand
        case ast.BinOp(left, operator, right) if type(operator) in _ARITHMETIC:
            yield "arithmetic", ast.BinOp(left, _ARITHMETIC[type(operator)](), right)
        case ast.If(_, body, orelse):
            for truth in (True, False):
                yield "condition", ast.If(ast.Constant(truth), body, orelse)
        case ast.IfExp(_, body, orelse):
            yield "condition", body
            yield "condition", orelse
        case ast.comprehension(target, iterator, [_, *_] as conditions, is_async):
            for at in range(len(conditions)):
                kept = [*conditions[:at], *conditions[at + 1 :]]
                yield "condition", ast.comprehension(target, iterator, kept, is_async)
        case ast.Constant(bool() as value):
            yield "constant", ast.Constant(not value)
        case ast.Constant(int() | float() as value):
            yield "number", ast.Constant(value + 1)
        case ast.Constant(str() as value):
            yield "text", ast.Constant(_MARK + value)
        case ast.Expr() | ast.Assign() | ast.AugAssign() | ast.Raise() | ast.Delete():
            yield "statement", ast.Pass()
        case ast.Break():
            yield "loop", ast.Continue()
        case ast.Continue():
            yield "loop", ast.Break()
        case ast.Return(value=ast.expr()):
            yield "result", ast.Return(ast.Constant(None))
