"""Forms whose fields are submitted in ways that only a browser knows: each under its fact."""

PLACE = "<textarea name=message></textarea>"
SEND = "<button id=send name=how value=click>Send</button>"


def _form(fields: str, attributes: str = "", end: str = SEND) -> str:
    return f'<form method=post action="/taken" {attributes}>{PLACE}{fields}{end}</form>'


def _sent_to(action: str) -> str:
    return f'<form method=POST action="{action}">{PLACE}{SEND}</form>'


FORMS = {
    "hidden fields and their newlines": _form(
        '<input type=hidden name=a value="x\ny&#13;z&#13;&#10;">'
        '<input type=HIDDEN name="b&quot;\n">'
        "<input name=c value='line&#10;line'><input type=hidden name=d value=' s '>"
    ),
    "names that are empty or missing": _form(
        '<input name="" value=1><input value=2><input name=isindex value=3><input name=" " value=4>'
    ),
    "disabled fields": _form(
        "<fieldset disabled><legend><input name=a value=1><input name=a2 disabled></legend>"
        "<legend><input name=b value=1></legend><input name=c value=1></fieldset>"
        "<fieldset><input name=d disabled value=1><select name=e disabled><option>1</select>"
        "<textarea name=f disabled>x</textarea></fieldset><input name=g readonly value=1>"
    ),
    "menus by default": _form(
        "<select name=a><option disabled>No<option>Yes<option>Maybe</select>"
        "<select name=b><option selected>1<option selected>2</select>"
        "<select name=c size=3><option>1<option>2</select>"
        "<select name=d multiple><option selected>1<option>2<option selected>3</select>"
        "<select name=e><optgroup disabled label=x><option>1</optgroup><option>  a \n b  </select>"
        "<select name=f></select><select name=g><option value>Choose<option>1</select>"
        "<select name=h><option disabled selected value=x>x<option>y</select>"
        "<select name=i size=1><option label=l>t</select>"
        "<select name=j><option disabled>only</select>"
    ),
    "checkboxes and radio buttons": _form(
        "<input type=checkbox name=a checked><input type=checkbox name=a value=2>"
        '<input type=checkbox name=a value="" checked><input type=radio name=r value=1 checked>'
        "<input type=radio name=r value=2 checked><input type=radio name=s value=1>"
        "<input type=Radio name=t checked><input type=radio name=R value=3 checked>"
    ),
    "textareas": _form(
        "<textarea name=a>\n\n x\r\ny </textarea><textarea name=b>\n</textarea>"
        "<textarea name=c dirname=c.dir></textarea><textarea name=e>&lt;b&gt;&amp;amp;</textarea>"
    ),
    "types of input": _form(
        "<input type=number name=a value=abc><input type=number name=b value=1e5>"
        "<input type=color name=c><input type=color name=d value='#ABCDEF'>"
        "<input type=range name=e>"
        "<input type=range name=f min=2 max=5><input type=date name=g value=2025-05-21>"
        "<input type=date name=h value=tomorrow><input type=email name=i value=' a@b.c\n '>"
        "<input type=url name=j value=' http://x '><input type=odd name=k value=' s '>"
        "<input type=time name=l value=12:30><input type=password name=m value=p>"
        "<input type=search name=n value=q><input type=tel name=o value=1>"
    ),
    "buttons that were not clicked": _form(
        "<input type=submit name=a value=1><input type=button name=b value=1>"
        "<button name=c>x</button>"
        "<input type=reset name=d value=1><button type=button name=e value=2>x</button>"
        "<input type=image name=f src=x>"
    ),
    "a submit button without a value": _form("", end="<input id=send type=submit name=go>"),
    "a button without a value": _form("", end="<button id=send name=go>Go</button>"),
    "a submit button with an empty value": _form(
        "", end='<input id=send type=submit name=go value="">'
    ),
    "the order of the tree": _form(
        "<input name=b value=1>", end=f'{SEND}<input name=a value=2><input name=b value="3">'
    ),
    "fields outside the form": (
        '<input name=before form=f value=1><form id=f method=post action="/taken">'
        f"{PLACE}<input name=other form=g value=1><input name=none form=nowhere value=1></form>"
        "<form id=g><input name=y value=1></form><input name=after form=f value=2>"
        "<button id=send form=f name=how>Send</button>"
    ),
    "a form that its table swallowed": (
        f'<table><form method=post action="/taken"><tr><td>{PLACE}<td><input name=a value=1>'
        f"<tr><td>{SEND}</form></table><input name=outside value=1>"
    ),
    "a form that was closed too early": (
        f'<div><form method=post action="/taken">{PLACE}<div><input name=a value=1></div></div>'
        f"<input name=b value=2>{SEND}</form><input name=outside value=1>"
    ),
    "a form within a form": _form(
        f"{SEND}<form action=/else><input name=inner value=1></form><input name=lost>", end=""
    ),
    "what stands in a template or noscript": _form(
        "<template><input name=a value=1></template><noscript><input name=b value=1></noscript>"
        "<datalist><input name=c value=1></datalist><object><input name=d value=1></object>"
    ),
    "the button's own way": _form(
        '<input type=file name=upload><input name="q&quot;\r\nq" value=1>',
        end="<button id=send formaction='/taken?x=1&amp;y=2#z' formmethod=post "
        "formenctype=multipart/form-data name=b>x</button>",
    ),
    "files in a form of the usual kind": _form("<input type=file name=upload><input name=x>"),
    "several parts": _form(
        '<input name="naïve" value="Łódź"><input type=file name=f multiple><input name=_charset_>'
        "<input type=hidden name=_charset_><input type=hidden name=_CHARSET_ value=x>",
        "enctype='multipart/form-data'",
    ),
    "plain text": _form("<input name=a value='x=y&amp;z'>", "enctype=text/plain"),
    "an unknown kind": _form("<input name=a value='x=y&amp;z'>", "enctype=application/json"),
    "the direction of writing": _form(
        "<input name=a dirname=a.dir><div dir=rtl><input name=b dirname=b.dir></div>"
        "<input name=c dir=auto value='שלום' dirname=c.dir><input name=d dir=auto value='1 a'"
        " dirname=d.dir><input type=hidden name=e dirname=e.dir><input type=email name=f "
        "dirname=f.dir><input type=number name=g dirname=g.dir><input type=checkbox name=h checked "
        "dirname=h.dir><div dir=auto>שלום<input name=i dirname=i.dir></div>"
        "<input type=tel name=j dir=auto value=1 dirname=j.dir><input name=k dirname=''>"
    ),
    "another character set": _form(
        "<input type=hidden name=_charset_>"
        '<input name="kè&#1053;" value="d&#1053;&euro;&#128512;">',
        "accept-charset='windows-1252'",
    ),
    "several character sets": _form(
        "<input name=a value='Łódź'>", "accept-charset='nonsense ISO-8859-2 UTF-8'"
    ),
    "no such character set": _form("<input name=a value='Łódź'>", "accept-charset='nonsense'"),
    "several parts in another character set": _form(
        '<input name="kè&#1053;" value="d&#1053;&euro;">',
        "accept-charset=koi8-r enctype=multipart/form-data",
    ),
    "a form that asks": (
        f"<form action='/taken?old=1#x'>{PLACE}<input name=a value='1 ~*!&apos;()'>{SEND}</form>"
    ),
    "an entity in the action": _sent_to("/taken?a=1&amp;b=2&copy=3"),
    "a base": f'<base href="/deep/er/">{_sent_to("taken")}',
    "no action": f"<form method=post>{PLACE}{SEND}</form>",
    "an empty action under a base": f"<base href=/deep/>{_sent_to('')}",
    "an action with white space": _sent_to(" \n/ta\nken "),
    "an action on another host": _sent_to("//other.example/taken"),
}


def _in(codec: str, head: str = "", value: str = "é", name: str = "é") -> bytes:
    """A page in that character set, whose forms tell what they were sent in."""
    fields = f'<input name={name} value="{value}"><input type=hidden name=_charset_>'
    return f"<!doctype html><head>{head}</head>{_form(fields)}".encode(codec)


# The content type that a page comes with, and the page. Where it says nothing, Chromium guesses by
# the letters: these are of the kind that it takes for Western European.
CHARSETS = {
    "by the header": ("text/html; charset=ISO-8859-1", _in("cp1252", value="“Š” &#1053;")),
    "by the header in quotes": ('text/html;charset="koi8-r"', _in("koi8-r", value="Ж", name="ж")),
    "by the header against the page": (
        "text/html; charset=utf-8",
        _in("utf-8", "<meta charset=windows-1251>"),
    ),
    "by the page": ("text/html", _in("cp1251", "<meta charset='windows-1251'>", "Ніна", "ж")),
    "by the page of old": (
        "text/html",
        _in("iso8859-2", "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-2'>"),
    ),
    "by a page that says nothing": ("text/html", _in("cp1252", value="“Š”")),
    "by a mark": ("text/html; charset=koi8-r", b"\xef\xbb\xbf" + _in("utf-8", value="Ніна")),
    "in sixteen bits": ("text/html", _in("utf-16", value="Ніна")),
    "in sixteen bits by the page": ("text/html", _in("utf-8", "<meta charset=utf-16>")),
    "by what a comment says": ("text/html", _in("cp1252", "<!-- <meta charset=utf-8> -->")),
    "by a late declaration": (
        "text/html",
        _in("utf-8", f"<style>{' ' * 2000}</style><meta charset=utf-8>"),
    ),
    "in Turkish": ("text/html; charset=iso-8859-9", _in("cp1254", value="ğ€")),
    "in Korean": ("text/html; charset=euc-kr", _in("cp949", value="한국", name="a")),
    "in Japanese": ("text/html; charset=Shift_JIS", _in("cp932", value="日本", name="a")),
    "in Chinese": ("text/html; charset=gb2312", _in("gbk", value="中文", name="a")),
}
