"""A server of the loopback that plays what a CI service answers, and writes down what it was asked.

usage: loopback_service.py FOLDER    FOLDER/routes.json lists the answers; FOLDER/port gets the port, FOLDER/seen.jsonl the questions

With a certificate.pem and its key.pem beside them it answers over TLS.

A route is {"path", "status", "headers", "body" | "file", ...}; the first that fits is played. Texts may hold {here} (the
server as 127.0.0.1) and {there} (as localhost, another host to whoever sends tokens).
  "path"      the path with its query as sent; one ending in * fits by its beginning
  "method"    GET where nothing is said
  "host"      127.0.0.1 or localhost: only there
  "times"     it is played so often, then the next that fits
  "needs"     a header line that must be there: {"authorization": "Bearer x"}; "refuses": one that must not
  "signed"    {"key", "secret", "region"}: a signature of AWS (version 4) for S3 must be there and right
  "says"      a length that is announced instead of the true one
  "breaks"    the connection ends after so many bytes of the body
  "endless"   the body never ends
  "hangs"     nothing more comes after so many bytes of the body, and the connection stays
"""

import hashlib
import hmac
import http.server
import json
import os
import ssl
import sys
import threading

FOLDER = sys.argv[1]
LOCK = threading.Lock()
PLAYED = {}


def routes():
    with open(os.path.join(FOLDER, "routes.json"), encoding="utf-8") as file:
        return json.load(file)


def is_signed(request, needs):
    """Works the signature out anew, by AWS's description of it, from what was sent."""
    head = request.headers.get("authorization", "")
    if not head.startswith("AWS4-HMAC-SHA256 "):
        return False
    fields = dict(part.strip().split("=", 1) for part in head.split(" ", 1)[1].split(","))
    scope = fields["Credential"].split("/", 1)[1]
    if fields["Credential"].split("/")[0] != needs["key"] or not scope.endswith(f"/{needs['region']}/s3/aws4_request"):
        return False
    path, _, query = request.path.partition("?")
    lines = "".join(
        f"{name}:{' '.join((request.headers.get(name) or '').split())}\n" for name in fields["SignedHeaders"].split(";")
    )
    body = request.headers.get("x-amz-content-sha256", hashlib.sha256(b"").hexdigest())
    asked = "\n".join([request.command, path, query, lines, fields["SignedHeaders"], body])
    text = "\n".join(
        ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, hashlib.sha256(asked.encode()).hexdigest()])
    key = ("AWS4" + needs["secret"]).encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.new(key, text.encode(), "sha256").hexdigest() == fields["Signature"]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def filled(self, text):
        port = self.server.server_address[1]
        return text.replace("{here}", f"http://127.0.0.1:{port}").replace("{there}", f"http://localhost:{port}")

    def find(self):
        host = self.headers.get("host", "").split(":")[0]
        for route in routes():
            number = json.dumps(route)
            path = route["path"]
            fits = self.path.startswith(path[:-1]) if path.endswith("*") else self.path == path
            if not fits or route.get("method", "GET") != self.command or route.get("host", host) != host:
                continue
            if "times" in route and PLAYED.get(number, 0) >= route["times"]:
                continue
            if any(self.headers.get(key) != value for key, value in route.get("needs", {}).items()):
                continue
            if "signed" in route and not is_signed(self, route["signed"]):
                continue
            PLAYED[number] = PLAYED.get(number, 0) + 1
            return route
        return None

    def answer(self):
        length = int(self.headers.get("content-length") or 0)
        sent = self.rfile.read(length).decode("utf-8", "replace")
        with LOCK:
            route = self.find()
            with open(os.path.join(FOLDER, "seen.jsonl"), "a", encoding="utf-8") as file:
                line = {"method": self.command, "path": self.path, "body": sent, "headers": dict(self.headers.items())}
                file.write(json.dumps(line) + "\n")
        if route is None:
            route = {"status": 404, "headers": {"Content-Type": "application/json"}, "body": '{"message": "Not Found"}'}
        if any(self.headers.get(key) for key in route.get("refuses", {})):
            route = {"status": 400, "body": "a token for another host"}
        self.play(route)

    def play(self, route):
        if "file" in route:
            with open(os.path.join(FOLDER, route["file"]), "rb") as file:
                body = file.read()
        else:
            body = self.filled(route.get("body", "")).encode("utf-8")
        status = route.get("status", 200)
        headers = {key: self.filled(value) for key, value in route.get("headers", {}).items()}
        tag = headers.get("ETag")
        if tag and self.headers.get("if-none-match") == tag:
            status, body = 304, b""
        span = self.headers.get("range")
        if span and status == 200 and tag and self.headers.get("if-range") in (None, tag):
            start = int(span.removeprefix("bytes=").split("-")[0])
            if start >= len(body):
                status, headers["Content-Range"], body = 416, f"bytes */{len(body)}", b""
            else:
                headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
                status, body = 206, body[start:]
        self.send_response_only(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.close_connection = True
        self.send_header("Connection", "close")
        if not route.get("endless"):
            self.send_header("Content-Length", str(route.get("says", len(body))))
        self.end_headers()
        try:
            if route.get("endless"):
                while True:
                    self.wfile.write(b"x" * 65536)
            if "hangs" in route:
                self.wfile.write(body[: route["hangs"]])
                self.wfile.flush()
                threading.Event().wait()
            self.wfile.write(body[: route.get("breaks", len(body))])
        except OSError:
            pass

    do_GET = do_POST = do_PUT = do_PATCH = do_CONNECT = answer


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    address_family = 2


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Handler)
    certificate = os.path.join(FOLDER, "certificate.pem")
    if os.path.exists(certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, os.path.join(FOLDER, "key.pem"))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    # Whoever waits for the port sees the whole of it.
    with open(os.path.join(FOLDER, "port.new"), "w", encoding="utf-8") as out:
        out.write(str(server.server_address[1]))
    os.rename(os.path.join(FOLDER, "port.new"), os.path.join(FOLDER, "port"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # The test holds the other end of the input: it ends, and so does this.
    sys.stdin.read()
