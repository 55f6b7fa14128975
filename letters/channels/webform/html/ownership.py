"""Which form a field belongs to, also where a page is nested so badly that the tree hides it."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from letters.channels.webform.html.page import Page, ancestors, attribute, has

CONTROLS = "button, input, select, textarea"
# Stands where a form's end tag stood; a template may stand anywhere and changes nothing.
END = "<template data-form-ends></template>"
END_TAG = re.compile(r"</form\b[^>]*>", re.IGNORECASE)


def ancestor_form(node: LexborNode) -> LexborNode | None:
    return next((each for each in ancestors(node) if each.tag == "form"), None)


def parser_owners(page: Page) -> dict[int, LexborNode]:
    """The forms that the parser gave to fields by its "form element pointer", by the fields' ids.

    The tree shows nothing of it: only where a field stands outside of every form behind one, or a
    form within another, the page is parsed again, with marks where the forms end.
    """
    if not _is_badly_nested(page.tree):
        return {}
    page.tree = LexborHTMLParser(END_TAG.sub(lambda end: end[0] + END, page.html), scripting=True)
    owners, form = {}, None
    for node in page.tree.css(f"form, template[data-form-ends], {CONTROLS}"):
        if node.tag == "form":
            form = node
        elif node.tag == "template":
            form = None
        elif form is not None and not has(node, "form"):
            owners[node.mem_id] = form
    return owners


def named_form(page: Page, node: LexborNode) -> LexborNode | None:
    """The form that the field's `form` attribute names."""
    wanted = attribute(node, "form")
    named = (each for each in page.all("[id]") if attribute(each, "id") == wanted)
    form = next(named, None)
    return form if form is not None and form.tag == "form" else None


def _is_badly_nested(tree: LexborHTMLParser) -> bool:
    form_seen = False
    for node in tree.css(f"form, {CONTROLS}"):
        if node.tag == "form":
            form_seen = True
            if ancestor_form(node) is not None:
                return True
        elif form_seen and not has(node, "form") and ancestor_form(node) is None:
            return True
    return False
