"""Firefox for the tests, driven by WebDriver BiDi: its own protocol over one WebSocket, without a driver program."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from . import firefox_mouse
from .install_browsers import find_firefox
from .programs import ended_with
from .site_names import SITE_NAMES

EXTENSION_ID = "coltiva@coltiva.app"
_ANSWER_SECONDS = 30
# Starting is the slowest that a browser does; a machine may have more to do than that.
_START_SECONDS = 180
_CHECK_MS = 50
_PREFERENCES: dict[str, object] = {
    # The fixture pages stand in for the site; their certificate is made for the run.
    "network.dns.localDomains": ",".join(SITE_NAMES),
    # Nobody is there to answer the browser's own question; it is asked all the same, and answered with yes.
    "extensions.webextOptionalPermissionPrompts": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
}
# Keys as WebDriver names them.
KEYS = {
    "Escape": "\ue00c", "Enter": "\ue007", "Tab": "\ue004", "Backspace": "\ue003", "End": "\ue010", "Home": "\ue011", "ArrowLeft": "\ue012",
    "Alt": "\ue00a", "Shift": "\ue008", "Control": "\ue009",
}


class Firefox:
    """One running Firefox with the extension installed from its folder, or from its package.

    Attributes:
        chrome: the browser's own window, in which the extension's address and its panel can be reached.
    """

    def __init__(self, socket: ClientConnection, extension: Path) -> None:
        self._socket, self._number = socket, 0
        self.call("session.new", _START_SECONDS, capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        kind = "path" if extension.is_dir() else "archivePath"
        self.call("webExtension.install", extensionData={"type": kind, "path": str(extension)})
        self.chrome = self._contexts(**{"moz:scope": "chrome"})[0]["context"]
        policy = f"WebExtensionPolicy.getByID({json.dumps(EXTENSION_ID)})"
        self.origin = str(self.run(self.chrome, f"{policy}.getURL('')")).rstrip("/")

    def call(self, method: str, seconds: float = _ANSWER_SECONDS, /, **parameters: object) -> dict[str, Any]:
        """Send a command and return its result, within so many seconds; events in between are dropped."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=seconds))
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
        """Open a page of the extension in a new tab in front, and return its context once it stands there."""
        url = f"{self.origin}/{path}"
        # The same page may lie open in another tab, from an earlier test.
        others = {one["context"] for one in self._contexts()}
        self.run(self.chrome, f"void (gBrowser.selectedTab = gBrowser.addTrustedTab({json.dumps(url)}))")
        page = self.find(url, others=others)
        self.wait(page, "document.visibilityState === 'visible'")
        return page

    def find(self, url: str, others: Collection[str] = (), **parameters: object) -> str:
        """Wait for a page, or a frame in one, whose address begins with *url* and that is none of *others*; return its context once it stands."""
        for _ in range(_ANSWER_SECONDS * 1000 // _CHECK_MS):
            waiting = self._contexts(**parameters)
            while waiting:
                one = waiting.pop()
                context: str = one["context"]
                if one["url"].startswith(url) and context not in others and self._stands(context):
                    return context
                waiting += one.get("children") or []
            self.run(self.chrome, f"new Promise((done) => setTimeout(done, {_CHECK_MS}))")
        raise AssertionError(f"no page begins with {url}")

    def _stands(self, context: str) -> bool:
        """Wait until a page has loaded; False where it has gone meanwhile, as a frame that is moved into another process does."""
        try:
            self.wait(context, "document.readyState === 'complete'")
        except AssertionError as gone:
            if "BrowsingContext does no longer exist" not in str(gone):
                raise
            return False
        return True

    def close(self, context: str) -> None:
        """Close a tab."""
        self.call("browsingContext.close", context=context)

    def run(self, context: str, expression: str) -> object:
        """Evaluate JavaScript in a page and return its value, a promise's once it is kept."""
        target = {"context": context}
        answer = self.call("script.evaluate", expression=expression, target=target, awaitPromise=True)
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        value: object = answer["result"].get("value")
        return value

    def wait(self, context: str, condition: str) -> None:
        """Wait until a JavaScript condition holds in a page; it may be a promise."""
        done = f"""new Promise((done, fail) => {{ const end = Date.now() + {_ANSWER_SECONDS * 500};
          const look = async () => {{ if (await ({condition})) done(true); else if (Date.now() > end) done(false); else setTimeout(look, {_CHECK_MS}); }}; look().catch(fail); }})"""
        assert self.run(context, done) is True, f"never true: {condition}; the page says: {self.run(context, 'document.body?.innerText')}"

    def click(self, context: str, selector: str) -> None:
        """Click the middle of an element with the mouse, in open shadow roots too, brought into view and once the page has come to rest there."""
        firefox_mouse.click(self, context, selector)

    def hover(self, context: str, x: float, y: float) -> None:
        """Move the mouse to a place of a page's window, and a little on, as a hand does."""
        moves = [{"type": "pointerMove", "x": round(x) + by, "y": round(y)} for by in (0, 4)]
        self.call("input.performActions", context=context, actions=[{"type": "pointer", "id": "mouse", "actions": moves}])

    def _keys(self, context: str, actions: list[dict[str, str]]) -> None:
        """Let keys go down and up in a page, once it has the keyboard: a tab that has just come in front gets it some time later."""
        self.wait(context, "document.hasFocus()")
        self.call("input.performActions", context=context, actions=[{"type": "key", "id": "keys", "actions": actions}])

    def press(self, context: str, *keys: str) -> None:
        """Press keys together: names as in KEYS, or characters. A key may close the page in which it is pressed."""
        codes = [KEYS.get(key, key) for key in keys]
        try:
            self._keys(context, [{"type": "keyDown", "value": code} for code in codes] + [{"type": "keyUp", "value": code} for code in reversed(codes)])
        except AssertionError as error:
            # Gone between the key's going down and its coming up.
            if "no longer exist" not in str(error):
                raise

    def press_shortcut(self, key: str) -> None:
        """Do what the extension's shortcut with this key does; keys of the protocol reach pages alone, not the browser's own."""
        found = f"[...document.querySelectorAll('keyset[id*=coltiva] key')].find((one) => one.getAttribute('key') === {json.dumps(key)})"
        # The browser learns the shortcuts some time after the extension has been installed.
        self.wait(self.chrome, f"Boolean({found})")
        self.run(self.chrome, f"void {found}.doCommand()")

    def type(self, context: str, text: str) -> None:
        """Type a text key by key."""
        self._keys(context, [{"type": kind, "value": character} for character in text for kind in ("keyDown", "keyUp")])

    def screenshot(self, context: str, path: Path) -> None:
        """Save what a page shows."""
        path.write_bytes(base64.b64decode(self.call("browsingContext.captureScreenshot", context=context)["data"]))

    def reddish_pixels(self, context: str, box: dict[str, float]) -> int:
        """Count the clearly reddish pixels in a box of a page's viewport."""
        png = self.call("browsingContext.captureScreenshot", context=context, clip={"type": "box", **box})["data"]
        count = self.run(context, f"""(async () => {{
          const bytes = Uint8Array.from(atob({json.dumps(png)}), (one) => one.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], {{ type: 'image/png' }}));
          const drawing = new OffscreenCanvas(image.width, image.height).getContext('2d');
          drawing.drawImage(image, 0, 0);
          const {{ data }} = drawing.getImageData(0, 0, image.width, image.height);
          let count = 0;
          for (let i = 0; i < data.length; i += 4) count += data[i] > 150 && data[i] - data[i + 1] > 90;
          return count;
        }})()""")
        assert isinstance(count, int)
        return count

    def press_button(self) -> None:
        """Press the extension's toolbar button, as a hand does; the protocol has no context for the popup that it opens."""
        self.run(self.chrome, f"""{{
          const {{ ExtensionParent }} = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
          const {{ extension }} = WebExtensionPolicy.getByID({json.dumps(EXTENSION_ID)});
          void ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
        }}""")


@contextmanager
def running_firefox(profile: Path, extension: Path) -> Iterator[Firefox]:
    """Start Firefox in a profile of its own, and close it at the end."""
    program = find_firefox()
    assert program, "no Firefox; make test installs it"
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0", "--remote-allow-system-access"]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    with started as process, ended_with(process):
        assert process.stderr is not None
        address = next((found[0] for line in process.stderr if (found := re.search(r"ws://127\.0\.0\.1:\d+", line))), None)
        assert address, "Firefox did not say where it listens"
        # What it says later is read away, so that it never waits for a reader.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        with connect(f"{address}/session", max_size=None, open_timeout=_START_SECONDS, ping_timeout=None) as socket:
            firefox = Firefox(socket, extension)
            yield firefox
            firefox.call("browser.close")


def pair(firefox: Firefox, server: str, code: str) -> None:
    """Pair the extension with the server at an origin, by a code that it has made."""
    options = firefox.open_page("options/options.html")
    firefox.run(options, f"chrome.storage.local.set({{ serverOrigin: {json.dumps(server)} }})")
    message = json.dumps({"type": "pair", "code": code, "name": "a test"})
    answer = firefox.run(options, f"chrome.runtime.sendMessage({message}).then(JSON.stringify)")
    assert answer == '{"paired":true}', answer
