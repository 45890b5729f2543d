"""An extension of somebody else, with permission for this machine's servers, as an attacker would write it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from ..browser.conftest import EXTENSION

_MANIFEST = {
    "manifest_version": 3,
    "name": "Weather",
    "version": "1",
    "permissions": ["storage"],
    "host_permissions": ["http://127.0.0.1/*"],
    "background": {"service_worker": "worker.js", "type": "module"},
}
# The attacker has read Coltiva's own code and uses it.
_WORKER = """
import { pair } from './pairing.js';
globalThis.tryCode = async (server, code) => {
  const post = (path, body) => fetch(server + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  try { await pair(post, server, code, 'attacker'); return 'paired'; } catch (error) { return error.code ?? String(error); }
};
globalThis.proveBlindly = async (server, guess) => {
  const hex = (count) => [...crypto.getRandomValues(new Uint8Array(count))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const post = (path, body) => fetch(server + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).then((r) => r.json());
  const begun = await post('/api/v1/pairing/begin', { nonce: hex(16) });
  if (begun.error) return begun.error.code;
  const done = await post('/api/v1/pairing', { nonce: begun.nonce, proof: hex(32), stored_key: hex(32), server_key: hex(32), name: guess });
  return done.error?.code ?? 'paired';
};
"""


def other_extension(folder: Path) -> Path:
    """Write the attacker's extension and return its folder."""
    place = folder / "weather"
    place.mkdir()
    (place / "manifest.json").write_text(json.dumps(_MANIFEST), encoding="utf-8")
    (place / "worker.js").write_text(_WORKER, encoding="utf-8")
    for name in ("pairing.js", "proofs.js"):
        shutil.copy(EXTENSION / "background" / name, place)
    return place
