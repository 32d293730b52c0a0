"""A widget in a page of its own: its own script and style, and instead of JupyterLab a line to the Python object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

DRAW = """async ([script, style, state]) => {
    const on = {}
    const fire = (name, ...said) => (on[name] ?? []).forEach(act => act(...said))
    const update = (now) => {
        const changed = Object.keys(now).filter(name => JSON.stringify(now[name]) !== JSON.stringify(state[name]))
        Object.assign(state, now)
        changed.forEach(name => fire('change:' + name))
    }
    const model = window.model = {
        fire,
        get: name => state[name], off() {}, on: (name, act) => { (on[name] ??= []).push(act) },
        set(name, value) { state[name] = value }, save_changes() {},
        async send(message) {
            for (const [now, said] of await window.toPython(message)) {
                update(now)
                if (said) fire('msg:custom', said)
            }
        },
    }
    document.head.append(Object.assign(document.createElement('style'), { textContent: style }))
    const widget = await import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
    const made = typeof widget.default === 'function' ? await widget.default() : widget.default
    made.render({ model, el: document.body.appendChild(document.createElement('div')) })
}"""


def state_of(widget: Any) -> Any:
    """What a front end knows of the widget, as it comes through JSON."""
    names = [name for name in widget.keys if not name.startswith("_")]
    return json.loads(json.dumps({name: widget.get_state(name)[name] for name in names if name != "layout"}))


def draw(page: Page, widget: Any) -> None:
    """Draw the widget; what its page sends reaches the Python object, and what that changes or says comes back."""
    told: list[Any] = []
    widget.send = lambda content, buffers=None: told.append([state_of(widget), content])  # noqa: ARG005

    def to_python(message: Any) -> Any:
        told.clear()
        widget._handle_custom_msg(message, [])
        return json.loads(json.dumps([*told, [state_of(widget), None]]))

    page.expose_function("toPython", to_python)
    page.evaluate(DRAW, [widget._esm, widget._css, state_of(widget)])
