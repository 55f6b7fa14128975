"""As much JavaScript as recipes are written in, read into a tree; what is beyond it is refused."""

from dataclasses import dataclass

from letters.channels.webform.intake.tokens import NotUnderstood, Token, tokens_of, unquoted

DEEPEST = 25
LONGEST_CHAIN = 40


@dataclass(frozen=True)
class Node:
    """One piece of a script. `value` is a name, a text, an operator; `parts` are its operands."""

    kind: str
    value: str = ""
    parts: tuple["Node", ...] = ()


def parse(script: str) -> tuple[Node, ...]:
    """The statements of a script; raises NotUnderstood."""
    return _Parser(tokens_of(script)).program()


class _Parser:
    def __init__(self, tokens: list[Token]):
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def program(self) -> tuple[Node, ...]:
        statements = []
        while self.at < len(self.tokens):
            statements.append(self.statement())
        return tuple(statements)

    def peek(self, ahead: int = 0) -> str:
        """The next mark or word; a literal is none."""
        at = self.at + ahead
        token = self.tokens[at] if at < len(self.tokens) else Token("end", "")
        return token.text if token.kind in ("mark", "name") else ""

    def next(self) -> Token:
        if self.at == len(self.tokens):
            raise NotUnderstood("it ends too early")
        self.at += 1
        return self.tokens[self.at - 1]

    def take(self, *texts: str) -> bool:
        if self.peek() in texts:
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.take(text):
            raise NotUnderstood(f"{text} is missing")

    def statement(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood("it is nested too deeply")
        node = self._statement()
        self.depth -= 1
        return node

    def _statement(self) -> Node:
        if self.take(";"):
            return Node("block")
        if self.peek() == "{":
            return self.block()
        if self.take("if"):
            return self.condition()
        if self.take("try"):
            return self.attempt()
        if self.take("return"):
            node = Node("block") if self.peek() in (";", "}") else self.expression()
        elif self.take("var", "let", "const"):
            node = Node("block", parts=self.separated(";"))
        else:
            node = self.expression()
        begins_line = self.at < len(self.tokens) and self.tokens[self.at].begins_line
        if not (self.take(";") or self.peek() == "}" or self.at == len(self.tokens) or begins_line):
            raise NotUnderstood("two statements run into one")
        return node

    def block(self) -> Node:
        self.expect("{")
        statements = []
        while not self.take("}"):
            statements.append(self.statement())
        return Node("block", parts=tuple(statements))

    def condition(self) -> Node:
        self.expect("(")
        test = self.expression()
        self.expect(")")
        then = self.statement()
        if self.peek() == "else":
            raise NotUnderstood("it decides between two ways")
        return Node("if", parts=(test, then))

    def attempt(self) -> Node:
        """`try` is what it tries."""
        tried = self.block()
        if self.take("catch"):
            if self.take("("):
                self.next()
                self.expect(")")
            self.block()
        if self.take("finally"):
            self.block()
        return tried

    def separated(self, *ends: str) -> tuple[Node, ...]:
        """Expressions between commas; an end is left where it is."""
        found = []
        while self.peek() not in ends or self.at == len(self.tokens):
            if self.at == len(self.tokens):
                break
            found.append(self.expression())
            if not self.take(","):
                break
        return tuple(found)

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood("it is nested too deeply")
        node = self.conjunction()
        if self.take("="):
            node = Node("assign", parts=(node, self.expression()))
        self.depth -= 1
        return node

    def conjunction(self) -> Node:
        node = self.comparison()
        while self.take("&&"):
            node = Node("if", parts=(node, self.expression()))
        return node

    def comparison(self) -> Node:
        node = self.sum()
        if self.take("!==", "!=", ">"):
            return Node("test", parts=(node, self.sum()))
        return node

    def sum(self) -> Node:
        parts = [self.prefixed()]
        while self.take("+"):
            parts.append(self.prefixed())
        return parts[0] if len(parts) == 1 else Node("sum", parts=tuple(parts))

    def prefixed(self) -> Node:
        if self.take("new"):
            return Node("new", parts=(self.chain(),))
        return self.chain()

    def chain(self) -> Node:
        node = self.primary()
        for _ in range(LONGEST_CHAIN):
            if self.take("."):
                node = Node("member", self.name(), (node,))
            elif self.take("?."):
                node = Node("if there", parts=(node,))
                if self.peek() not in ("(", "["):
                    node = Node("member", self.name(), (node,))
            elif self.take("("):
                arguments = self.separated(")")
                self.expect(")")
                node = Node("call", parts=(node, *arguments))
            elif self.take("["):
                node = Node("index", parts=(node, self.expression()))
                self.expect("]")
            else:
                return node
        raise NotUnderstood("it is one long chain")

    def name(self) -> str:
        token = self.next()
        if token.kind != "name":
            raise NotUnderstood("a name is missing")
        return token.text

    def primary(self) -> Node:
        if self.is_arrow():
            return self.arrow()
        if self.take("("):
            node = self.expression()
            self.expect(")")
            return node
        if self.take("["):
            items = self.separated("]")
            self.expect("]")
            return Node("list", parts=items)
        if self.take("{"):
            return self.record()
        token = self.next()
        if token.text == "function" and token.kind == "name":
            return self.function()
        if token.kind == "text":
            return Node("text", unquoted(token.text))
        if token.kind in ("name", "number", "pattern"):
            return Node(token.kind, token.text)
        raise NotUnderstood(f"{token.text} stands where a value must")

    def record(self) -> Node:
        """`{bubbles: true}`: says how, never what."""
        while not self.take("}"):
            self.next()
            self.expect(":")
            self.expression()
            self.take(",")
        return Node("record")

    def function(self) -> Node:
        if self.peek() != "(":
            self.name()
        parameter = self.parameters()
        return Node("function", parameter, (self.block(),))

    def is_arrow(self) -> bool:
        if self.peek(1) == "=>":
            return True
        if self.peek() != "(":
            return False
        return self.peek(2) == "=>" or (self.peek(2) == ")" and self.peek(3) == "=>")

    def arrow(self) -> Node:
        parameter = self.parameters() if self.peek() == "(" else self.name()
        self.expect("=>")
        body = self.block() if self.peek() == "{" else self.expression()
        return Node("function", parameter, (body,))

    def parameters(self) -> str:
        """The first one's name: recipes use no other."""
        self.expect("(")
        first = "" if self.peek() == ")" else self.name()
        while self.take(","):
            self.name()
        self.expect(")")
        return first
