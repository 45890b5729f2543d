"""Firefox for the tests, driven by WebDriver BiDi: its own protocol over one WebSocket, without a driver program."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from .install_firefox import find_firefox

EXTENSION_ID = "coltiva@coltiva.app"
_ANSWER_SECONDS = 30
_CHECK_MS = 50
_PREFERENCES: dict[str, object] = {
    # The fixture pages stand in for the site; their certificate is made for the run.
    "network.dns.localDomains": "www.linkedin.com,forum.example",
    # Nobody is there to answer the browser's own question; it is asked all the same, and answered with yes.
    "extensions.webextOptionalPermissionPrompts": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
}
# Keys as WebDriver names them.
KEYS = {"Escape": "\ue00c", "Enter": "\ue007", "Tab": "\ue004", "Alt": "\ue00a", "Shift": "\ue008", "Control": "\ue009"}


class Firefox:
    """One running Firefox with the extension installed from its folder.

    Attributes:
        chrome: the browser's own window, in which the extension's address and its panel can be reached.
    """

    def __init__(self, socket: ClientConnection, extension: Path) -> None:
        self._socket, self._number = socket, 0
        self.call("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        self.call("webExtension.install", extensionData={"type": "path", "path": str(extension)})
        self.chrome = self._contexts(**{"moz:scope": "chrome"})[0]["context"]
        policy = f"WebExtensionPolicy.getByID({json.dumps(EXTENSION_ID)})"
        self.origin = str(self.run(self.chrome, f"{policy}.getURL('')")).rstrip("/")

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return its result; events in between are dropped."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=_ANSWER_SECONDS))
            if answer.get("id") == self._number:
                assert answer["type"] == "success", f"{method}: {answer.get('message')}"
                result: dict[str, Any] = answer["result"]
                return result

    def _contexts(self, **parameters: object) -> list[dict[str, Any]]:
        contexts: list[dict[str, Any]] = self.call("browsingContext.getTree", **parameters)["contexts"]
        return contexts

    def open(self, url: str) -> str:
        """Open an address of the web in a new tab in front, and return its context."""
        context: str = self.call("browsingContext.create", type="tab")["context"]
        self.call("browsingContext.navigate", context=context, url=url, wait="complete")
        self.call("browsingContext.activate", context=context)
        return context

    def open_page(self, path: str) -> str:
        """Open a page of the extension in a new tab in front, and return its context once it stands."""
        url = f"{self.origin}/{path}"
        self.run(self.chrome, f"void (gBrowser.selectedTab = gBrowser.addTrustedTab({json.dumps(url)}))")
        return self.find(url)

    def find(self, url: str, **parameters: object) -> str:
        """Wait for a page, or a frame in one, whose address begins with *url*, and return its context."""
        for _ in range(_ANSWER_SECONDS * 1000 // _CHECK_MS):
            waiting = self._contexts(**parameters)
            while waiting:
                one = waiting.pop()
                if one["url"].startswith(url):
                    self.wait(one["context"], "document.readyState === 'complete'")
                    context: str = one["context"]
                    return context
                waiting += one.get("children") or []
            self.run(self.chrome, f"new Promise((done) => setTimeout(done, {_CHECK_MS}))")
        raise AssertionError(f"no page begins with {url}")

    def run(self, context: str, expression: str) -> object:
        """Evaluate JavaScript in a page and return its value, a promise's once it is kept."""
        target = {"context": context}
        answer = self.call("script.evaluate", expression=expression, target=target, awaitPromise=True)
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        value: object = answer["result"].get("value")
        return value

    def wait(self, context: str, condition: str) -> None:
        """Wait until a JavaScript condition holds in a page."""
        done = f"""new Promise((done, fail) => {{ const end = Date.now() + {_ANSWER_SECONDS * 500};
          const look = () => {{ if ({condition}) done(true); else if (Date.now() > end) done(false); else setTimeout(look, {_CHECK_MS}); }}; look(); }})"""
        assert self.run(context, done) is True, f"never true: {condition}; the page says: {self.run(context, 'document.body?.innerText')}"

    def click(self, context: str, selector: str) -> None:
        """Click the middle of an element with the mouse."""
        found = self.call("browsingContext.locateNodes", context=context, locator={"type": "css", "value": selector})["nodes"]
        assert found, f"no element {selector}"
        origin = {"type": "element", "element": {"sharedId": found[0]["sharedId"]}}
        actions = [{"type": "pointerMove", "x": 0, "y": 0, "origin": origin}, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.call("input.performActions", context=context, actions=[{"type": "pointer", "id": "mouse", "actions": actions}])

    def press(self, context: str, *keys: str) -> None:
        """Press keys together: names as in KEYS, or characters. A key may close the page in which it is pressed."""
        codes = [KEYS.get(key, key) for key in keys]
        actions = [{"type": "keyDown", "value": code} for code in codes] + [{"type": "keyUp", "value": code} for code in reversed(codes)]
        try:
            self.call("input.performActions", context=context, actions=[{"type": "key", "id": "keys", "actions": actions}])
        except AssertionError as error:
            # Gone between the key's going down and its coming up.
            if "no longer exist" not in str(error):
                raise

    def press_shortcut(self, key: str) -> None:
        """Do what the extension's shortcut with this key does; keys of the protocol reach pages alone, not the browser's own."""
        found = f"[...document.querySelectorAll('keyset[id*=coltiva] key')].find((one) => one.getAttribute('key') === {json.dumps(key)})"
        self.run(self.chrome, f"void {found}.doCommand()")

    def type(self, context: str, text: str) -> None:
        """Type a text key by key."""
        actions = [{"type": kind, "value": character} for character in text for kind in ("keyDown", "keyUp")]
        self.call("input.performActions", context=context, actions=[{"type": "key", "id": "keys", "actions": actions}])

    def screenshot(self, context: str, path: Path) -> None:
        """Save what a page shows."""
        path.write_bytes(base64.b64decode(self.call("browsingContext.captureScreenshot", context=context)["data"]))


@contextmanager
def running_firefox(profile: Path, extension: Path) -> Iterator[Firefox]:
    """Start Firefox in a profile of its own, and close it at the end."""
    program = find_firefox()
    assert program, "no Firefox; make test installs it"
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0", "--remote-allow-system-access"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = next((found[0] for line in process.stderr if (found := re.search(r"ws://127\.0\.0\.1:\d+", line))), None)
        assert address, "Firefox did not say where it listens"
        # What it says later is read away, so that it never waits for a reader.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        with connect(f"{address}/session", max_size=None) as socket:
            firefox = Firefox(socket, extension)
            try:
                yield firefox
            finally:
                firefox.call("browser.close")
        process.wait(timeout=_ANSWER_SECONDS)
