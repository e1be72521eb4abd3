import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SystemKit

/// What is asked of servers, what is sent along, and what of their answers is believed.
@Suite(.enabled(if: LoopbackService.isAvailable, Comment(rawValue: LoopbackService.absence)))
struct HTTPClientTests {
  private static let token = "t0ken-7f3a9c51"

  private static func client(_ watch: HTTPWatch = HTTPWatch(), cache: HTTPCache? = nil) -> HTTPClient {
    let clock = HTTPClock(now: { 1_700_000_000 }, wait: { _, _ in })
    return HTTPClient(CurlTransport(environment: [:]), clock: clock, cache: cache, watch: watch)
  }

  private static func request(_ text: String) throws -> HTTPRequest {
    let address = try #require(WebAddress(text))
    let secret = try #require(Secret(token))
    return HTTPRequest(
      address, credential: HTTPCredential("Authorization", secret, scheme: "Bearer ", for: [address.origin]))
  }

  private static func failure(_ routes: String, limit: Int = 1 << 20) throws -> String {
    let service = try LoopbackService(routes)
    var request = try request(service.here + "/a")
    request.limit = limit
    do throws(HTTPError) {
      let response = try client().send(request)
      return "answered \(response.head.status)"
    } catch {
      return "\(error)"
    }
  }

  @Test func waitsNotForEverForTheNextBytes() throws {
    let service = try LoopbackService(#"[{"path": "/a", "body": "0123456789", "hangs": 4}]"#)
    var patience = CurlTransport.Patience()
    patience.silence = 1
    let clock = HTTPClock(now: { 1_700_000_000 }, wait: { _, _ in })
    let client = HTTPClient(CurlTransport(environment: [:], patience: patience), clock: clock)
    let address = try #require(WebAddress(service.here + "/a"))
    #expect(throws: HTTPError.timedOut(host: "127.0.0.1")) { try client.send(HTTPRequest(address)) }
  }

  @Test func takesNoTokenToAnotherHost() throws {
    let service = try LoopbackService(
      """
      [{"path": "/a", "host": "127.0.0.1", "status": 302, "headers": {"Location": "{there}/b?sig=1"}},
       {"path": "/b?sig=1", "host": "localhost", "refuses": {"authorization": 1}, "body": "stored"}]
      """)
    let response = try Self.client().send(Self.request(service.here + "/a"))
    #expect(String(decoding: response.body, as: UTF8.self) == "stored")
    #expect(service.seen.map { $0["authorization"] } == ["Bearer " + Self.token, nil])
  }

  @Test(arguments: [
    ("file:///etc/passwd", "redirects to file:///etc/passwd, which is not followed"),
    ("ftp://127.0.0.1/x", "not followed"), ("http://192.168.0.1/", "not followed"),
    ("https://user:word@example.org/", "not followed"), ("{here}/a", "redirects more than 5 times"),
  ])
  func refusesRedirects(_ location: String, _ words: String) throws {
    let failure = try Self.failure(
      """
      [{"path": "/a", "status": 302, "headers": {"Location": "\(location)"}}]
      """)
    #expect(failure.contains(words), "\(failure)")
  }

  @Test func takesNoMoreThanItsLimit() throws {
    #expect(try Self.failure(#"[{"path": "/a", "endless": true}]"#).contains("larger than 1 MiB"))
    #expect(
      try Self.failure(#"[{"path": "/a", "says": 10737418240, "body": "x"}]"#).contains(
        "it has 10 GiB, and at most 1 MiB"))
    #expect(try Self.failure(#"[{"path": "/a", "says": 500, "body": "x"}]"#) == "the connection ended after 1 bytes")
  }

  @Test func asksAgainWhenTheServerSaysSo() throws {
    let notices = Mutex<[String]>([])
    var watch = HTTPWatch()
    watch.waiting = { words in notices.withLock { $0.append(words) } }
    let service = try LoopbackService(
      """
      [{"path": "/a", "status": 403, "times": 1, "headers": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1700000600"}},
       {"path": "/a", "status": 429, "times": 1, "headers": {"Retry-After": "30"}},
       {"path": "/a", "status": 503, "times": 1}, {"path": "/a", "body": "at last"}]
      """)
    let response = try Self.client(watch).send(Self.request(service.here + "/a"))
    #expect(String(decoding: response.body, as: UTF8.self) == "at last")
    let said = notices.withLock { $0 }
    #expect(said.count == 3)
    #expect(said.first == "127.0.0.1 answers no more until 22:24 UTC (rate limit), waiting")
  }

  @Test func doesNotWaitForHours() throws {
    let failure = try Self.failure(#"[{"path": "/a", "status": 429, "headers": {"Retry-After": "7200"}}]"#)
    #expect(failure == "127.0.0.1 answers no more until 00:14 UTC (rate limit)")
  }

  @Test func asksOnlyOnceWhatChangesThings() throws {
    let service = try LoopbackService(#"[{"path": "/a", "method": "POST", "status": 502}]"#)
    var request = try Self.request(service.here + "/a")
    request.method = .post
    request.body = Array("{}".utf8)
    #expect(try Self.client().send(request).head.status == 502)
    #expect(service.seen.map(\.body) == ["{}"])
  }

  @Test func goesOnWhereADownloadEnded() throws {
    let whole = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let service = try LoopbackService(
      """
      [{"path": "/a", "times": 3, "file": "whole", "headers": {"ETag": "\\"v1\\""}, "breaks": 100000},
       {"path": "/a", "file": "whole", "headers": {"ETag": "\\"v1\\""}}]
      """, files: ["whole": whole])
    let folder = try TemporaryFolder()
    _ = try Self.client().download(Self.request(service.here + "/a"), to: folder.at("file"))
    #expect(Files.bytes(folder.at("file")) == whole)
    #expect(service.seen.map { $0["range"] } == [nil, "bytes=100000-", "bytes=200000-"])
    #expect(service.seen.last?["if-range"] == "\"v1\"")
  }

  @Test func beginsAnewWhenTheFileIsAnother() throws {
    let service = try LoopbackService(
      """
      [{"path": "/a", "times": 1, "body": "old bytes of it", "headers": {"ETag": "\\"v1\\""}, "breaks": 9},
       {"path": "/a", "body": "new", "headers": {"ETag": "\\"v2\\""}}]
      """)
    let folder = try TemporaryFolder()
    _ = try Self.client().download(Self.request(service.here + "/a"), to: folder.at("file"))
    #expect(Files.text(folder.at("file")) == "new")
    #expect(Files.all(in: folder.path).map(Files.name) == ["file"])
  }

  /// Without a tag nothing tells that the rest would fit: it begins anew, and is whole all the same.
  @Test func downloadsWhatHasNoTag() throws {
    let service = try LoopbackService(
      #"[{"path": "/a", "times": 1, "body": "all of it", "breaks": 3}, {"path": "/a", "body": "all of it"}]"#)
    let folder = try TemporaryFolder()
    _ = try Self.client().download(Self.request(service.here + "/a"), to: folder.at("file"))
    #expect(Files.text(folder.at("file")) == "all of it")
    #expect(service.seen.map { $0["range"] } == [nil, nil])
  }

  @Test func keepsWhatHasATag() throws {
    let folder = try TemporaryFolder()
    let cache = HTTPCache(folder: folder.path) { bytes in String(bytes.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }) }
    let service = try LoopbackService(
      #"[{"path": "/a", "body": "listed", "headers": {"ETag": "W/\"1\"", "Link": "<{here}/b>; rel=\"next\""}}]"#)
    for _ in 0..<2 {
      let response = try Self.client(cache: cache).send(Self.request(service.here + "/a"))
      #expect(String(decoding: response.body, as: UTF8.self) == "listed")
      #expect(response.head.headers["link"] == "<\(service.here)/b>; rel=\"next\"")
    }
    #expect(service.seen.map { $0["if-none-match"] } == [nil, "W/\"1\""])
    for file in Files.all(in: folder.path) { #expect(!Files.text(file).contains(Self.token)) }
  }

  @Test func stopsWhenItIsTold() throws {
    var watch = HTTPWatch()
    watch.received = { bytes, _ in bytes < 1 << 20 }
    let service = try LoopbackService(#"[{"path": "/a", "endless": true}]"#)
    let folder = try TemporaryFolder()
    #expect(throws: HTTPError.cancelled) {
      try Self.client(watch).download(Self.request(service.here + "/a"), to: folder.at("file"))
    }
  }
}

/// Addresses and secrets, which need no network.
@Suite struct WebAddressTests {
  @Test(arguments: [
    "http://example.org/", "ftp://example.org/", "https://user@example.org/", "https://exa mple.org/", "https:///x",
    "https://127.1/", "https://0x7f.0.0.1/", "https://2130706433/", "https://example.org:0/",
    "https://example.org:99999/",
    "https://example.org\\@evil.org/", "https://[::1/", "https://ex%61mple.org/", "http://localhost.evil.org/",
    "https://é.org/", "https://example.org/\u{7}",
  ])
  func refuses(_ text: String) {
    #expect(WebAddress(text) == nil)
  }

  @Test(arguments: [
    ("https://Example.org", "https://example.org/"), ("https://example.org:443/a?b#c", "https://example.org/a?b"),
    ("http://localhost:8080/x y", "http://localhost:8080/x%20y"), ("http://[::1]:1/", "http://[::1]:1/"),
    ("http://127.0.0.9/", "http://127.0.0.9/"),
  ])
  func reads(_ text: String, _ whole: String) {
    #expect(WebAddress(text)?.text == whole)
  }

  @Test func errorsNameNoSignature() {
    #expect(WebAddress("https://s.example.org/f?sig=abc").map { "\($0)" } == "https://s.example.org/f")
  }

  @Test(arguments: [
    "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "127.0.0.1", "::1", "fd00::1", "fe80::1",
    "::ffff:10.0.0.1", "100.64.0.1", "0.0.0.0",
  ])
  func knowsPrivateNetworks(_ text: String) {
    #expect(HostAddress(text)?.isPrivate == true)
  }

  @Test(arguments: ["8.8.8.8", "172.32.0.1", "2606:4700::1111", "100.128.0.1"])
  func knowsThePublicOne(_ text: String) {
    #expect(HostAddress(text)?.isPrivate == false)
  }

  @Test func aPublicHostLeadsToNoPrivateOne() throws {
    let transport = PlayedTransport { hop in
      HTTPHead(status: 302, headers: ["location": "https://169.254.169.254/latest/meta-data"])
    }
    let address = try #require(WebAddress("https://api.example.org/x"))
    #expect(throws: HTTPError.redirect("it redirects from a public host to 169.254.169.254, which is not followed")) {
      try HTTPClient(transport).send(HTTPRequest(address))
    }
  }

  @Test func secretsAreNotPrinted() throws {
    let secret = try #require(Secret("hidden-word"))
    let origin = try #require(WebAddress("https://example.org")).origin
    let credential = try #require(HTTPCredential.basic(user: "me", secret, for: [origin]))
    var dumped = ""
    dump(credential, to: &dumped)
    for text in ["\(credential)", String(reflecting: credential), dumped] {
      #expect(!text.contains("hidden-word"))
      #expect(!text.contains("bWU6aGlkZGVuLXdvcmQ="))
    }
    #expect(credential.hidden(in: "bad login hidden-word") == "bad login [secret]")
    #expect(Secret("two\nlines") == nil)
  }

  @Test func readsLogins() {
    let netrc = Netrc(
      "machine a.example.org login me password one\nmachine b.example.org\n  password two\ndefault password x")
    #expect(netrc.login("A.example.org")?.user == "me")
    #expect(netrc.login("b.example.org")?.password?.revealed == "two")
    #expect(netrc.login("c.example.org") == nil)
  }

  @Test func readsWhenToAskAgain() {
    func pause(_ status: Int, _ headers: [String: String]) -> Double? {
      RateRule.pause(HTTPHead(status: status, headers: headers), now: 1_700_000_000)
    }
    #expect(pause(429, ["retry-after": "5"]) == 1_700_000_005)
    #expect(pause(429, ["retry-after": "Tue, 14 Nov 2023 22:15:00 GMT"]) == 1_700_000_100)
    #expect(pause(429, ["ratelimit-reset": "30"]) == 1_700_000_030)
    #expect(pause(403, ["x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000900"]) == 1_700_000_900)
    #expect(pause(403, ["x-ratelimit-remaining": "12", "x-ratelimit-reset": "1700000900"]) == nil)
    #expect(pause(429, [:]) == 1_700_000_060)
    #expect(pause(200, ["retry-after": "5"]) == nil)
  }
}

/// A transport that answers without a network, as a public host.
private struct PlayedTransport: HTTPTransport {
  let answer: @Sendable (HTTPHop) -> HTTPHead

  func send(_ hop: HTTPHop, to receiver: any HTTPReceiver) throws(HTTPError) -> Bool {
    _ = receiver.begin(answer(hop))
    return true
  }
}
