"""What a recipe's script is for: one of five idioms, or nothing that we know."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from letters.channels.webform.intake.elements import Element, element_of
from letters.channels.webform.intake.rewriting import changes_of, text_of
from letters.channels.webform.intake.scripts import Node, parse
from letters.channels.webform.intake.tokens import NotUnderstood
from letters.channels.webform.recipe import Change

CAPTCHA = re.compile(r"captcha", re.IGNORECASE)
# Taken away, these would change what is sent.
OF_A_FORM = re.compile(r"\b(form|input|select|textarea|button|field\w*)\b|gform|input_", re.I)
LOOKS = frozenset({"className", "hidden", "scrollTop", "innerText", "textContent", "tabIndex"})
LOOKING = frozenset(
    {"scrollIntoView", "focus", "blur", "hide", "show", "css", "setProperty", "toggle"}
    | {"addClass", "removeClass", "toggleClass", "add", "slideDown", "slideUp", "fadeIn", "fadeOut"}
)
HARMLESS_ATTRIBUTES = frozenset({"style", "class", "hidden", "aria-hidden", "aria-expanded"})
HARMLESS_EVENTS = frozenset({"change", "input", "blur", "focus", "focusout", "keyup", "keydown"})
# Of the window: nothing that a form would notice.
BYSTANDERS = frozenset({"scrollTo", "scrollBy", "scroll", "log"})


class Idiom(StrEnum):
    TRANSFORM = "changes a text"
    COSMETIC = "cosmetic"
    CLICK = "clicks"
    CAPTCHA = "captcha"
    INJECT = "puts a form in"
    TICK = "ticks"
    # What the page itself allows only after its own scripts.
    ENABLE = "enables"
    # None of the idioms: only a browser can run it.
    UNKNOWN = "not known"


@dataclass(frozen=True)
class Effect:
    """One thing that a script does, and to which element."""

    idiom: Idiom
    selector: str = ""
    changes: tuple[Change, ...] = ()
    html: str = ""
    # Nothing is amiss where the element is not there.
    optional: bool = False


def understand(script: str) -> tuple[Effect, ...]:
    """What a script does, in order; a single UNKNOWN where any of it is beyond the idioms."""
    try:
        effects = _Reader().block(parse(script))
    except NotUnderstood as error:
        return (Effect(Idiom.UNKNOWN, html=str(error)),)
    if any(effect.idiom == Idiom.CAPTCHA for effect in effects):
        return (Effect(Idiom.CAPTCHA),)
    return tuple(effect for effect in effects if effect.idiom != Idiom.COSMETIC) or (
        Effect(Idiom.COSMETIC),
    )


class _Reader:
    def __init__(self):
        self.known: dict[str, Element] = {}

    def block(self, statements: tuple[Node, ...]) -> list[Effect]:
        return [effect for each in statements for effect in self.statement(each)]

    def statement(self, node: Node) -> list[Effect]:
        if node.kind == "block":
            return self.block(node.parts)
        if node.kind == "if":
            self.look_only(node.parts[0])
            return [replace(each, optional=True) for each in self.statement(node.parts[1])]
        if node.kind == "assign":
            return self.assignment(*node.parts)
        if node.kind == "call":
            return self.call(*node.parts)
        self.look_only(node)
        return []

    def look_only(self, node: Node) -> None:
        """An element that is named, or a test whether it is there: nothing happens by it."""
        if node.kind == "test":
            node, other = node.parts
            if other.value not in ("null", "undefined", "0"):
                raise NotUnderstood("it asks what recipes do not ask")
        if node.kind == "member" and node.value == "length":
            node = node.parts[0]
        if not self.element(node):
            raise NotUnderstood("it asks what recipes do not ask")

    def element(self, node: Node) -> Element | None:
        return element_of(node, self.known)

    def assignment(self, target: Node, value: Node) -> list[Effect]:
        if target.kind == "name":
            element = self.element(value)
            if element is None:
                raise NotUnderstood("it keeps something that is no element")
            self.known[target.value] = element
            return []
        if target.kind != "member":
            raise NotUnderstood("it changes something that is no field")
        owner = target.parts[0]
        if owner.kind == "member" and owner.value == "style":
            return [_looks(self.element(owner.parts[0]))]
        element = self.element(owner)
        if element is None:
            raise NotUnderstood("it changes something that is no element")
        return [self.property(element, target.value, value)]

    def property(self, element: Element, name: str, value: Node) -> Effect:
        if CAPTCHA.search(element.selector):
            return Effect(Idiom.CAPTCHA)
        if name in LOOKS | {"style"} and not (name not in LOOKS and value.kind != "text"):
            return _looks(element)
        if name == "value":
            return self.transform(element, value)
        if name == "innerHTML":
            return Effect(Idiom.INJECT, _exact(element), html=text_of(value))
        if name == "checked" and value.value == "true":
            return Effect(Idiom.TICK, _exact(element))
        if name == "disabled" and value.value == "false":
            return Effect(Idiom.ENABLE, element.selector)
        raise NotUnderstood(f"it sets {name}")

    def transform(self, element: Element, value: Node) -> Effect:
        return Effect(
            Idiom.TRANSFORM, _exact(element), changes_of(value, element.selector, self.known)
        )

    def call(self, callee: Node, *arguments: Node) -> list[Effect]:
        if callee.kind == "function":
            return self.block(callee.parts)
        if callee.kind == "name" and callee.value == "setTimeout" and arguments:
            return self.call(arguments[0])
        if callee.kind != "member":
            raise NotUnderstood("it calls something of the page's own")
        owner = callee.parts[0]
        if callee.value in ("forEach", "each") or callee.value == "call":
            return self.each(callee, arguments)
        if owner.kind == "name" and owner.value == "grecaptcha":
            return [Effect(Idiom.CAPTCHA)]
        if owner.kind == "name" and owner.value in ("window", "console"):
            if callee.value in BYSTANDERS:
                return [Effect(Idiom.COSMETIC)]
        elif owner.kind == "member" and owner.value in ("classList", "style"):
            return [_looks(self.element(owner.parts[0]))]
        element = self.element(owner)
        if element is None:
            raise NotUnderstood("it calls something of the page's own")
        optional = owner.kind == "if there"
        return [replace(self.method(element, callee.value, arguments), optional=optional)]

    def method(self, element: Element, name: str, arguments: tuple[Node, ...]) -> Effect:
        put_in = text_of(arguments[-1]) if name == "insertAdjacentHTML" and arguments else ""
        if CAPTCHA.search(element.selector + put_in):
            return Effect(Idiom.CAPTCHA)
        if name == "val" and len(arguments) == 1:
            return self.transform(element, arguments[0])
        if name in ("trigger", "dispatchEvent") and arguments:
            return _event(element, arguments[0])
        if name in ("click", "submit", "requestSubmit") and not arguments:
            return _event(element, Node("text", name))
        if name in ("remove", "removeChild"):
            return _removal(element)
        if name in ("removeAttribute", "setAttribute", "removeAttr", "attr") and arguments:
            if arguments[0].value in HARMLESS_ATTRIBUTES:
                return _looks(element)
            if name.startswith("remove") and arguments[0].value == "disabled":
                return Effect(Idiom.ENABLE, element.selector)
        elif name in LOOKING:
            return _looks(element)
        raise NotUnderstood(f"it calls {name}")

    def each(self, callee: Node, arguments: tuple[Node, ...]) -> list[Effect]:
        """`forEach` in its ways: what is done to every element may only be cosmetic."""
        if callee.value == "call" and callee.parts[0].value == "forEach" and len(arguments) == 2:
            every, function = self.element(arguments[0]), arguments[1]
        elif callee.value != "call" and len(arguments) == 1:
            every, function = self.element(callee.parts[0]), arguments[0]
        else:
            raise NotUnderstood("it calls something of the page's own")
        if every is None or function.kind != "function":
            raise NotUnderstood("it goes through something that is no element")
        inner = _Reader()
        inner.known = self.known | {function.value: Element(every.selector, exact=False)}
        effects = inner.block(function.parts)
        if any(effect.idiom not in (Idiom.COSMETIC, Idiom.CAPTCHA) for effect in effects):
            raise NotUnderstood("it does one thing to many elements")
        return effects


def _looks(element: Element | None) -> Effect:
    if element is None:
        raise NotUnderstood("it dresses something that is no element")
    if CAPTCHA.search(element.selector):
        return Effect(Idiom.CAPTCHA)
    return Effect(Idiom.COSMETIC, element.selector)


def _removal(element: Element) -> Effect:
    if OF_A_FORM.search(element.selector):
        raise NotUnderstood("it takes away a part of a form")
    return _looks(element)


def _event(element: Element, event: Node) -> Effect:
    """A click, a form's submission, or what tells a page that a field was filled in."""
    if event.kind == "new" and event.parts[0].kind == "call" and len(event.parts[0].parts) > 1:
        event = event.parts[0].parts[1]
    name = text_of(event)
    if name in HARMLESS_EVENTS:
        return Effect(Idiom.COSMETIC)
    if name == "click":
        return Effect(Idiom.CLICK, _exact(element))
    if name in ("submit", "requestSubmit") and "," not in element.selector:
        form = _exact(element)
        # A button that does not say what it is for sends as well.
        return Effect(Idiom.CLICK, f'{form} [type="submit"], {form} button:not([type])')
    raise NotUnderstood(f"it triggers {name}")


def _exact(element: Element) -> str:
    if not element.exact:
        raise NotUnderstood("it means an element that cannot be named")
    return element.selector
