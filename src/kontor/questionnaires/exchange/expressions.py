"""Expressions of other programs, read into a tree: XPath of XLSForm and the expressions of LimeSurvey.

Only the shape is read; what an expression means for a questionnaire is told in `meaning`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

LONGEST, DEEPEST = 5_000, 40


class ExpressionError(ValueError):
    """The text is not an expression. at: the character where reading stopped."""

    def __init__(self, at: int) -> None:
        super().__init__(f"unreadable at {at}")
        self.at = at


@dataclass(frozen=True)
class Literal:
    """A text or a number, as written."""

    value: str
    is_number: bool = False


@dataclass(frozen=True)
class Ref:
    """A question, by the name it has in the file."""

    name: str


@dataclass(frozen=True)
class Path:
    """A place in the form told otherwise, such as `.` or `../other`."""

    text: str


@dataclass(frozen=True)
class Call:
    """A function; `!` and `not` are both "not", a minus sign is "-"."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Chain:
    """Parts joined by "and" or "or"."""

    word: str
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Binary:
    """A comparison (=, !=, <, <=, >, >=) or a calculation."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Group:
    """Something in parentheses."""

    part: Node


Node: TypeAlias = Literal | Ref | Path | Call | Chain | Binary | Group

_XPATH = re.compile(
    r"""(?P<space>\s+)|(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<text>"[^"]*"|'[^']*')
    |(?P<ref>\$\{\s*(?:last-saved\#)?[^{}$]*\})
    |(?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
    |(?P<sign>!=|<=|>=|//|::|\.\.|[=<>+*/|(),\[\].@-])""",
    re.VERBOSE,
)
_LIMESURVEY = re.compile(
    r"""(?P<space>\s+)|(?P<sgqa>\d+X\d+X\w+(?:\.[A-Za-z]\w*)*)|(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<ref>\{\s*[A-Za-z_][\w.:\#]*\s*\})
    |(?P<name>[A-Za-z_][\w:\#]*(?:\.[A-Za-z_]\w*)*)
    |(?P<sign>===|==|!==|!=|<=|>=|<>|&&|\|\||[=<>+*/(),!%-])""",
    re.VERBOSE,
)
_SAME = {
    **{"==": "=", "===": "=", "eq": "=", "!==": "!=", "<>": "!=", "ne": "!=", "lt": "<", "le": "<="},
    **{"gt": ">", "ge": ">=", "&&": "and", "||": "or"},
}
_LEVELS = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod", "/", "%"}),
)
_CURLY = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"'})


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def xpath(text: str) -> Node:
    """Return the tree of an XLSForm expression. Raises ExpressionError.

    >>> xpath("${size} = 'sme' and not(${age} > 5)").word
    'and'
    """
    try:
        return _read(text, _XPATH, is_xpath=True)
    except ExpressionError:
        # Word processors turn straight quotes into curly ones.
        return _read(text.translate(_CURLY), _XPATH, is_xpath=True)


def limesurvey(text: str) -> Node:
    """Return the tree of a LimeSurvey expression. Raises ExpressionError."""
    return _read(text, _LIMESURVEY, is_xpath=False)


def _read(text: str, grammar: re.Pattern[str], *, is_xpath: bool) -> Node:
    try:
        return _Reader(text, grammar, is_xpath=is_xpath).whole()
    except RecursionError as problem:
        raise ExpressionError(0) from problem


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, text: str, grammar: re.Pattern[str], *, is_xpath: bool) -> None:
        self.is_xpath = is_xpath
        self.tokens = _tokens(text, grammar)
        self.place = 0
        self.depth = 0

    def whole(self) -> Node:
        node = self.level(0)
        if self.now.kind != "end":
            raise ExpressionError(self.now.at)
        return node

    @property
    def now(self) -> _Token:
        return self.tokens[self.place]

    def next(self) -> _Token:
        token = self.now
        self.place += 1
        return token

    def expect(self, sign: str) -> None:
        if self.now.text != sign or self.now.kind != "sign":
            raise ExpressionError(self.now.at)
        self.place += 1

    def operator(self, level: int) -> str:
        """Return the operator that stands here if it belongs to the level, else ""."""
        word = _SAME.get(self.now.text, self.now.text) if self.now.kind in ("sign", "name") else ""
        if word == "/" and self.is_xpath:
            return ""
        return word if word in _LEVELS[level] else ""

    def level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self.signed()
        first = self.level(level + 1)
        if level < 2:
            parts = [first]
            while word := self.operator(level):
                self.place += 1
                parts.append(self.level(level + 1))
            return Chain("or" if level == 0 else "and", tuple(parts)) if len(parts) > 1 else first
        steps = 0
        while word := self.operator(level):
            at, steps = self.next().at, steps + 1
            if steps > DEEPEST * 5:  # each step nests the tree
                raise ExpressionError(at)
            first = Binary(word, first, self.level(level + 1))
        return first

    def signed(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(self.now.at)
        try:
            if self.now.text in ("-", "!") and self.now.kind == "sign":
                sign = self.next().text
                return Call("not" if sign == "!" else "-", (self.signed(),))
            return self.joined() if self.is_xpath else self.single()
        finally:
            self.depth -= 1

    def joined(self) -> Node:
        """Read alternatives of paths; they count as one path."""
        start, node = self.place, self.stepped()
        while self.now.text == "|" and self.now.kind == "sign":
            self.place += 1
            self.stepped()
            node = self.path_from(start)
        return node

    def stepped(self) -> Node:
        """Read one value and what narrows it: predicates and further steps make it a path."""
        start, node = self.place, self.single()
        while self.now.kind == "sign" and self.now.text in ("[", "/", "//", "::"):
            if self.next().text == "[":
                self.level(0)
                self.expect("]")
            else:
                self.single()
            node = self.path_from(start)
        return node

    def path_from(self, start: int) -> Path:
        return Path("".join(token.text for token in self.tokens[start : self.place]))

    def single(self) -> Node:
        token = self.next()
        match token.kind:
            case "number":
                return Literal(token.text, is_number=True)
            case "text":
                return Literal(token.text[1:-1])
            case "sgqa":
                return Ref(token.text)
            case "ref":
                return Ref(token.text.strip("${} \t\n").removeprefix("last-saved#"))
            case "name":
                return self.named(token)
            case "sign" if token.text == "(":
                part = self.level(0)
                self.expect(")")
                return Group(part)
            case "sign" if token.text in (".", "..", "*") and self.is_xpath:
                return Path(token.text)
            case "sign" if token.text in ("/", "//", "@") and self.is_xpath:
                return Path(token.text + getattr(self.single(), "text", ""))
        raise ExpressionError(token.at)

    def named(self, token: _Token) -> Node:
        if not (self.now.text == "(" and self.now.kind == "sign"):
            return Path(token.text) if self.is_xpath else Ref(token.text)
        self.place += 1
        arguments: list[Node] = []
        while self.now.text != ")" or self.now.kind != "sign":
            if arguments:
                self.expect(",")
            arguments.append(self.level(0))
        self.place += 1
        return Call(token.text.lower(), tuple(arguments))


def _tokens(text: str, grammar: re.Pattern[str]) -> list[_Token]:
    if len(text) > LONGEST:
        raise ExpressionError(LONGEST)
    tokens, at = [], 0
    while at < len(text):
        found = grammar.match(text, at)
        if found is None:
            raise ExpressionError(at)
        if found.lastgroup != "space":
            tokens.append(_Token(str(found.lastgroup), found[0], at))
        at = found.end()
    return [*tokens, _Token("end", "", at)]
