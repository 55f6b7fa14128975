"""The character set of a page and of its forms, by the names that browsers have for it."""

import codecs
import re

UTF_8 = "UTF-8"
# A page that names none.
DEFAULT = "windows-1252"
# Names that browsers take for another one, by the codec that Python knows them as.
MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gbk",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# The browsers' names of what is not UTF-8, which is also what `_charset_` tells.
NAMES = (
    {f"cp{number}": f"windows-{number}" for number in (874, *range(1250, 1259))}
    | {f"iso8859-{number}": f"ISO-8859-{number}" for number in (*range(2, 9), 10, 13, 14, 15, 16)}
    | {"koi8-r": "KOI8-R", "koi8-u": "KOI8-U", "cp866": "IBM866", "mac-roman": "macintosh"}
    | {"mac-cyrillic": "x-mac-cyrillic"}
    | {"gbk": "GBK", "gb18030": "gb18030", "big5hkscs": "Big5", "cp949": "EUC-KR"}
    | {"cp932": "Shift_JIS", "euc_jp": "EUC-JP", "iso2022_jp": "ISO-2022-JP"}
)
CODECS = {name: codec for codec, name in NAMES.items()}
TAKING_ALL = {UTF_8, "gb18030"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF16_LE, "utf-16"),
)
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
META = re.compile(rb"""<meta\b[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.IGNORECASE)
PARAMETER = re.compile(r"""charset\s*=\s*["']?([^\s"';]+)""", re.IGNORECASE)
# A declaration counts within these bytes, and as long as the head has not ended.
PRESCAN = 1024


def named(label: str) -> str:
    """The browsers' name for what a page calls its character set; empty for what none knows."""
    try:
        codec = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return ""
    codec = MEANT.get(codec, codec)
    return NAMES.get(codec) or (UTF_8 if codec.startswith("utf-") else "")


def codec_of(label: str) -> str:
    """Python's name for what a browser sends under that label: what is none of NAMES, as UTF-8."""
    return CODECS.get(named(label), "utf-8")


def decoded(body: bytes, content_type: str) -> tuple[str, str]:
    """A page's text, and the name of its character set: by its mark, its header, its `meta`."""
    for mark, codec in MARKS:
        if body.startswith(mark):
            return body.decode(codec, "replace").removeprefix("\ufeff"), UTF_8
    told = PARAMETER.search(content_type)
    name = (told and named(told[1])) or _declared(body) or DEFAULT
    return body.decode(CODECS.get(name, "utf-8"), "replace"), name


def encoded(text: str, charset: str) -> bytes:
    """As browsers send it: what the character set cannot take becomes `&#1053;`.

    For what the page itself brought along; a letter is transliterated before it gets here.
    """
    return text.encode(CODECS.get(charset, "utf-8"), "xmlcharrefreplace")


def _declared(body: bytes) -> str:
    ends = body.lower().find(b"</head")
    declared = META.search(COMMENT.sub(b"", body[: max(PRESCAN, ends)]))
    return named(declared[1].decode("ascii", "replace")) if declared else ""
