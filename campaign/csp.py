"""What a page may load: our own files, and pictures that lie in the page itself."""

from csp.constants import NONE, SELF

OWN_ONLY = ("script-src", "style-src", "font-src", "connect-src", "form-action")
POLICY = {
    "DIRECTIVES": {"img-src": [SELF, "data:"]}
    | dict.fromkeys(OWN_ONLY, [SELF])
    | dict.fromkeys(("default-src", "frame-ancestors", "base-uri"), [NONE])
}
