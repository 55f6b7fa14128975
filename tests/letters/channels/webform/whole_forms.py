"""Forms with letters to fill them in, such as offices have them: each under its fact."""

from dataclasses import dataclass

from letters.channels.webform.recipe import Action, Kind
from tests.letters.channels.webform.office import (
    MESSAGE,
    THANKS,
    click,
    fill,
    page,
    redirect,
    write,
)

SEND = "<button id=send name=how value=click>Send</button>"
PLACE = f"<textarea name=message id=message></textarea>{SEND}"
STATES = "<option value=''>Choose<option value=22_MI>Michigan<option value='NY'>New York"


@dataclass(frozen=True)
class WholeForm:
    """What the office's site answers, and what is done there."""

    pages: dict
    actions: tuple[Action, ...]


def _form(fields: str, *actions: Action, attributes: str = "", **more) -> WholeForm:
    html = f'<form method=post action="/taken" {attributes}>{fields}{PLACE}</form>'
    return WholeForm(
        {"/form": page(html, **more), "/taken": page(THANKS)}, (*actions, write(), click())
    )


def select(selector: str, *wanted: str, required: bool = True) -> Action:
    return Action(Kind.SELECT, selector, wanted=wanted, required=required)


def choose(selector: str, *wanted: str) -> Action:
    return Action(Kind.CHOOSE, selector, wanted=wanted, required=True)


def check(selector: str, *wanted: str, kind: Kind = Kind.CHECK) -> Action:
    return Action(kind, selector, wanted=wanted, required=True)


def _two_pages() -> WholeForm:
    first = "<form method=post action=/two><input name=zip><input type=hidden name=step value=1>"
    second = (
        f"<form method=post action=/taken><input type=hidden name=zip value=82001>{PLACE}</form>"
    )
    return WholeForm(
        {
            "/form": page(f"{first}<input type=submit id=next name=go value=Next></form>"),
            "POST /two": redirect("/second", 303, Set_Cookie="session=abc; Path=/"),
            "/second": page(second),
            "/taken": page(THANKS),
        },
        (
            fill("[name=zip]", "82001"),
            click("#next"),
            fill("[name=zip]", "82001"),
            write(),
            click(),
        ),
    )


def _injected() -> WholeForm:
    html = (
        "<form method=post action='/taken?a=1&amp;b=2'><input name=first><select name=state>"
        f"{STATES}</select><input type=hidden name=token value='x&quot;y'>{PLACE}</form>"
    )
    inject = Action(Kind.INJECT, "#place", html, required=True)
    return WholeForm(
        {"/form": page("<div id=place><p>Loading</p></div>"), "/taken": page(THANKS)},
        (inject, fill("[name=first]", "Alena"), select("[name=state]", "NY"), write(), click()),
    )


VIEW_STATE = (
    "<input type=hidden name=__VIEWSTATE value='/wEPDwUKLTk5=+'><input type=hidden "
    "name=__EVENTTARGET value=''><input type=text name='ctl00$Main$first' id=ctl00_first>"
)
TABLE = "<table><tr><td>First<td><input name=first><tr><td>Last<td><input name=last></table>"

WHOLE_FORMS = {
    "a menu by value": _form(
        f"<select name=state>{STATES}</select>", select("[name=state]", "NY", "New York")
    ),
    "a menu by text": _form(
        f"<select name=state>{STATES}</select>", select("[name=state]", "MI", "michigan")
    ),
    "an optional menu without such an option": _form(
        f"<select name=state>{STATES}</select>", select("[name=state]", "Guam", required=False)
    ),
    "a menu that is optional and missing": _form("", select("#none", "NY", required=False)),
    "a menu with a disabled option of that name": _form(
        "<select name=t><option disabled value=a>World<option value=b> World \n </select>",
        select("[name=t]", "World"),
    ),
    "a menu of groups": _form(
        "<select name=t><optgroup label=A><option>One<option>Two</optgroup></select>",
        select("[name=t]", "Two"),
    ),
    "a menu of several": _form(
        "<select name=t multiple><option selected>One<option>Two</select>",
        select("[name=t]", "Two"),
    ),
    "radio buttons by value": _form(
        "<input type=radio name=r value=Yes checked><input type=radio name=r value=No>",
        choose("input[name=r]", "No"),
    ),
    "radio buttons by label": _form(
        "<label><input type=radio name=r value=1> Yes </label>"
        "<input type=radio name=r value=2 id=no><label for=no>No, thank you</label>",
        choose("input[name=r]", "no, thank you"),
    ),
    "radio buttons in a list": _form(
        "<ul id=list><li><input type=radio name=r value=1><li><input type=radio name=r value=2>"
        "</ul>",
        choose("#list", "2"),
    ),
    "a group of checkboxes": _form(
        "<input type=checkbox name='t[]' value=a checked><input type=checkbox name='t[]' value=b>"
        "<input type=checkbox name='t[]' value=c>",
        choose("[name='t[]']", "c"),
    ),
    "a checkbox that is ticked": _form("<input type=checkbox name=a>", check("[name=a]")),
    "a checkbox that stays ticked": _form(
        "<input type=checkbox name=a checked>", check("[name=a]")
    ),
    "a newsletter that is declined": _form(
        "<input type=checkbox name=news value=yes checked>", check("[name=news]", kind=Kind.UNCHECK)
    ),
    "a checkbox of that value": _form(
        "<input type=checkbox name=a value=1><input type=checkbox name=a value=2>",
        check("[name=a]", "2"),
    ),
    "a label that is clicked": _form(
        "<input type=checkbox name=a id=a><label for=a id=words>I agree</label>", click("#words")
    ),
    "a radio button that is clicked": _form(
        "<input type=radio name=r value=1 checked><input type=radio name=r value=2 id=two>",
        click("#two"),
    ),
    "a link to a form that is folded up": _form(
        "<a href='#fold' id=jump>Write</a><div id=fold hidden><input name=first></div>",
        Action(Kind.CLICK, "#jump"),
        fill("[name=first]", "Alena"),
    ),
    "a honeypot": _form(
        "<div style='display:none'><input name=website><input name=url value=''></div>"
        "<input name=first>",
        fill("[name=first]", "Alena"),
    ),
    "a text over a default": _form(
        "<input name=phone value='(000) 000-0000'>", fill("[name=phone]", "307-555-0123")
    ),
    "quotes, ampersands and letters of three scripts": _form(
        "<input name=last>", fill("[name=last]", 'O\'Škłoŭ-Ніна & "漢字" 😀')
    ),
    "a field that is missing and optional": _form("", fill("#gone", "x", required=False)),
    "a field that is too short and optional": _form(
        "<input name=x maxlength=2>", fill("[name=x]", "abc", required=False)
    ),
    "a field of numbers": _form("<input type=number name=zip>", fill("[name=zip]", "82001")),
    "a page in Latin-1": _form(
        "<input name=last>",
        fill("[name=last]", "Škłoŭ Ніна é"),
        kind="text/html; charset=iso-8859-1",
    ),
    "a form that wishes for Latin-2": _form(
        "<input name=last>", fill("[name=last]", "Łódź Ніна"), attributes="accept-charset=latin2"
    ),
    "several parts": _form(
        "<input name=first><input type=file name=f>",
        fill("[name=first]", "Alena"),
        attributes="enctype=multipart/form-data",
    ),
    "a table": _form(TABLE, fill("[name=first]", "Alena"), fill("[name=last]", "Novak")),
    "view state": _form(VIEW_STATE, fill("#ctl00_first", "Alena")),
    "two pages with a cookie between": _two_pages(),
    "a form that is put in": _injected(),
    "an image for a button": WholeForm(
        {
            "/form": page(
                "<form method=post action=/taken><textarea name=message></textarea>"
                "<input type=image id=send name=go src=data:,></form>"
            ),
            "/taken": page(THANKS),
        },
        (write(), click()),
    ),
    "a button of the search before that of the form": WholeForm(
        {
            "/form": page(
                "<form action=/search><input name=q><button>Go</button></form>"
                "<form method=post action=/taken><textarea name=message></textarea>"
                "<button name=b>Send</button></form>"
            ),
            "/taken": page(THANKS),
        },
        (write(), click("button")),
    ),
    "the words on a button": WholeForm(
        {
            "/form": page(
                "<form method=post action=/taken><textarea name=message></textarea>"
                "<button name=b value=1><span id=words>Send</span></button></form>"
            ),
            "/taken": page(THANKS),
        },
        (write(), click("#words")),
    ),
    "an answer that leads on": WholeForm(
        {
            "/form": page(f"<form method=post action=/taken>{PLACE}</form>"),
            "POST /taken": redirect("/thanks", 302),
            "/thanks": page(THANKS),
        },
        (write(value=MESSAGE), click()),
    ),
}
