internal import Foundation

/// Who looks on while a client works.
package struct HTTPWatch: Sendable {
  /// Hears how many bytes of a file are there, and of how many; false ends it.
  package var received: @Sendable (Int, Int?) -> Bool = { _, _ in true }
  /// Hears why and until when nothing is asked.
  package var waiting: @Sendable (String) -> Void = { _ in }
  /// Whether to go on.
  package var goesOn: @Sendable () -> Bool = { true }

  /// Nobody.
  package init() {}
}

/// Asks servers: follows redirects without what is secret, waits where it is told to, takes files up where they broke off.
package struct HTTPClient: Sendable {
  private let transport: any HTTPTransport
  private let clock: HTTPClock
  private let cache: HTTPCache?
  /// Who looks on.
  package var watch: HTTPWatch

  private static let redirects = 5
  private static let waits = 5
  /// Times that a question is asked again after the network or the server failed.
  private static let repeats = 2
  /// Seconds that are waited at most, for one answer.
  private static let patience: Double = 65 * 60
  private static let userAgent = "assay"

  /// A client; answers that may be asked for again are kept in `cache`.
  package init(
    _ transport: any HTTPTransport, clock: HTTPClock = .system, cache: HTTPCache? = nil, watch: HTTPWatch = HTTPWatch()
  ) {
    self.transport = transport
    self.clock = clock
    self.cache = cache
    self.watch = watch
  }

  /// The time as the client knows it, in seconds since 1970.
  package var now: Double { clock.now() }

  /// The answer to a request, whatever its status.
  package func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
    let kept = request.method == .get ? cache?.answer(to: request) : nil
    var asked = request
    if let tag = kept?.head.headers["etag"] { asked.headers["If-None-Match"] = tag }
    let question = asked
    let (response, _) = try patiently(request.method) { () throws(HTTPError) in
      try follow(question, limit: question.limit, mayBePacked: true) { MemoryReceiver(limit: question.limit, watch) }
    } answer: { receiver, address in
      HTTPResponse(head: receiver.head, body: receiver.body, address: address)
    }
    if response.head.status == 304, let kept { return kept }
    if request.method == .get { cache?.keep(response, of: request) }
    return response
  }

  /// Downloads into a file, from where an earlier download broke off; a response that is no success wrote none.
  ///
  /// `limit` is that of the request: bytes of the whole file.
  package func download(_ request: HTTPRequest, to path: String) throws(HTTPError) -> HTTPResponse {
    var hasRestarted = false
    while true {
      let (response, receiver) = try patiently(request.method) { () throws(HTTPError) in
        let file = try PartialFile(path)
        var request = request
        if let validator = file.validator, file.count > 0 {
          request.headers["Range"] = "bytes=\(file.count)-"
          request.headers["If-Range"] = validator
        }
        return try follow(request, limit: request.limit, mayBePacked: false) {
          FileReceiver(file, limit: request.limit, watch)
        }
      } answer: { receiver, address in
        HTTPResponse(head: receiver.head, body: receiver.body, address: address)
      }
      if response.head.status == 416, !hasRestarted {
        // The part is the whole already, or longer than what is there now.
        if ContentRange(response.head.headers["content-range"] ?? "")?.total == receiver.file.count {
          try receiver.file.finish()
          return HTTPResponse(head: HTTPHead(status: 200), address: response.address)
        }
        receiver.file.discard()
        hasRestarted = true
        continue
      }
      guard response.head.status == 200 || response.head.status == 206 else {
        if receiver.count == 0 { receiver.file.discard() }
        return response
      }
      if let total = receiver.total, total != receiver.count { throw .cut(bytes: receiver.count) }
      try receiver.file.finish()
      return response
    }
  }

  /// Asks, and asks again where the server says when, or the network failed; what is not just reading is asked once.
  private func patiently<Receiver: HTTPReceiver>(
    _ method: HTTPRequest.Method, ask: () throws(HTTPError) -> (Receiver, WebAddress),
    answer: (Receiver, WebAddress) -> HTTPResponse
  ) throws(HTTPError) -> (HTTPResponse, Receiver) {
    var failures = 0
    var waits = 0
    while true {
      let failure: HTTPError
      do throws(HTTPError) {
        let (receiver, address) = try ask()
        let response = answer(receiver, address)
        if let until = RateRule.pause(response.head, now: clock.now()), waits < Self.waits {
          waits += 1
          try wait(until: until, address.origin.host)
          continue
        }
        guard [500, 502, 503, 504].contains(response.head.status), method == .get, failures < Self.repeats else {
          return (response, receiver)
        }
        failure = .network("it answered with status \(response.head.status)", host: address.origin.host)
      } catch {
        guard error.mayPass, method == .get, failures < Self.repeats else { throw error }
        failure = error
      }
      failures += 1
      watch.waiting("\(failure), asking again")
      clock.wait(Double(failures), watch.goesOn)
      if !watch.goesOn() { throw .cancelled }
    }
  }

  private func wait(until: Double, _ host: String) throws(HTTPError) {
    let seconds = until - clock.now()
    guard seconds <= Self.patience else { throw .limited(until: until, host: host) }
    watch.waiting("\(host) answers no more until \(UTC.minute(until)) UTC (rate limit), waiting")
    clock.wait(max(seconds, 0), watch.goesOn)
    if !watch.goesOn() { throw .cancelled }
  }

  /// Asks, and goes where the answers lead.
  private func follow<Receiver: HTTPReceiver>(
    _ request: HTTPRequest, limit: Int, mayBePacked: Bool, _ receiver: () -> Receiver
  ) throws(HTTPError) -> (Receiver, WebAddress) where Receiver: HeadHolder {
    var address = request.address
    var mayBePrivate = true
    for _ in 0...Self.redirects {
      var headers = request.headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
      headers.append(("User-Agent", Self.userAgent))
      if let line = request.credential?.line(for: address.origin) { headers.append(line) }
      let taken = receiver()
      let isPublic = try transport.send(
        HTTPHop(
          method: request.method, address: address, headers: headers,
          signing: request.credential?.signing(for: address.origin),
          body: request.body, limit: limit,
          mayBePacked: mayBePacked, mayBePrivate: mayBePrivate), to: taken)
      let head = taken.head
      guard [301, 302, 303, 307, 308].contains(head.status), let location = head.headers["location"] else {
        return (taken, address)
      }
      guard request.method == .get else { throw .redirect("it redirects what is to be changed, which is not followed") }
      guard let next = address.following(location) else {
        throw .redirect("it redirects to \(Self.shown(location)), which is not followed")
      }
      if isPublic, !address.origin.isPrivate { mayBePrivate = false }
      guard mayBePrivate || !next.origin.isPrivate else {
        throw .redirect("it redirects from a public host to \(next.origin.host), which is not followed")
      }
      address = next
    }
    throw .redirect("it redirects more than \(Self.redirects) times")
  }

  /// What a redirect leads to, without what may be signed.
  private static func shown(_ location: String) -> String {
    String(location.prefix { $0 != "?" && $0 != "#" }.prefix(200))
  }
}

/// A receiver that keeps the head.
protocol HeadHolder: HTTPReceiver {
  var head: HTTPHead { get }
}

extension MemoryReceiver: HeadHolder {}
extension FileReceiver: HeadHolder {}

extension HTTPError {
  /// Whether the same question may be answered a moment later.
  var mayPass: Bool {
    switch self {
    case .network, .timedOut, .cut: true
    case .noLibrary, .certificate, .tooLarge, .redirect, .limited, .unlike, .file, .cancelled: false
    }
  }
}
