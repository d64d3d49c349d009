"""Receives SafeHarbor's webhooks on this machine: python3 receiver.py PORT SECRET-FILE"""
import base64
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

port, secret_file = int(sys.argv[1]), Path(sys.argv[2])
# Yours outlives a restart: a table with webhook-id as its key.
handled = set()


def is_genuine(secret, headers, body):
    """Over the bytes as they came: JSON that was read and written again has other ones."""
    message, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{message}.{timestamp}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = b"v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256))
    # Two while a secret is rotated. In constant time: a forger learns nothing from how long it took.
    return any(hmac.compare_digest(one.encode(), expected) for one in headers.get("webhook-signature", "").split(" "))


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        genuine = is_genuine(secret_file.read_text().strip(), self.headers, body)
        # Take it, answer, and act on it afterwards: after ten seconds it would be sent again.
        if genuine and self.headers["webhook-id"] not in handled:
            handled.add(self.headers["webhook-id"])
            print(body.decode(), flush=True)
        # A test asks for its challenge back: that makes this an endpoint that gets notices.
        challenge = genuine and json.loads(body)["data"].get("challenge")
        answer = json.dumps({"challenge": challenge}).encode() if challenge else b""
        self.send_response(401 if not genuine else 200 if challenge else 204)
        if challenge:
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", port), Receiver).serve_forever()
