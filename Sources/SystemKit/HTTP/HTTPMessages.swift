/// What is asked of a server.
package struct HTTPRequest: Sendable {
  /// What is to be done; only the first is asked again where an answer went astray.
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
  }

  /// What is to be done.
  package var method = Method.get
  /// Whom and what to ask.
  package var address: WebAddress
  /// Header lines by their names; none is secret.
  package var headers: [String: String] = [:]
  /// What is sent along.
  package var body: [UInt8] = []
  /// Who asks.
  package var credential: HTTPCredential?
  /// Bytes of an answer that are taken at most.
  package var limit = 64 << 20

  /// A request for what lies at an address.
  package init(_ address: WebAddress, credential: HTTPCredential? = nil) {
    self.address = address
    self.credential = credential
  }
}

/// The head of an answer.
package struct HTTPHead: Sendable, Equatable {
  /// The status; 0 before any came.
  package var status = 0
  /// The header lines by their names in lower case; of several of one name the last.
  package var headers: [String: String] = [:]

  /// A head with a status and header lines.
  package init(status: Int = 0, headers: [String: String] = [:]) {
    self.status = status
    self.headers = headers
  }

  /// Whether what was asked for was done.
  package var isSuccess: Bool { (200..<300).contains(status) }
  /// The kind of the body, without its parameters, in lower case.
  package var contentType: String? {
    headers["content-type"].map { $0.prefix { $0 != ";" && $0 != " " }.lowercased() }
  }
}

/// An answer.
package struct HTTPResponse: Sendable, Equatable {
  /// Status and header lines.
  package var head: HTTPHead
  /// The body; empty where it went into a file.
  package var body: [UInt8] = []
  /// Who answered in the end.
  package var address: WebAddress

  /// An answer.
  package init(head: HTTPHead, body: [UInt8] = [], address: WebAddress) {
    self.head = head
    self.body = body
    self.address = address
  }
}

/// Why there is no answer. The text fits "could not fetch X: {error}" and names no secret.
package enum HTTPError: Error, Equatable, CustomStringConvertible {
  /// The library is missing; its words.
  case noLibrary(String)
  /// The network or the server; the library's words.
  case network(String, host: String)
  /// Its certificate proves nothing; the library's words.
  case certificate(String, host: String)
  /// Nothing came for too long.
  case timedOut(host: String)
  /// The connection ended early.
  case cut(bytes: Int)
  /// The answer is longer than is taken; what it said of its length, where it did.
  case tooLarge(limit: Int, said: Int?)
  /// A redirect that is not followed; why.
  case redirect(String)
  /// The server asks to wait longer than is waited: until when, in seconds since 1970.
  case limited(until: Double, host: String)
  /// What came is not what was announced; how, as a clause.
  case unlike(String)
  /// The file could not be written; the system's words.
  case file(String)
  /// The person stopped it.
  case cancelled

  package var description: String {
    switch self {
    case .noLibrary(let words): words
    case .network(let words, let host): "\(host): \(words)"
    case .certificate(let words, let host): "\(host) could not prove who it is (\(words))"
    case .timedOut(let host): "\(host) did not answer in time"
    case .cut(let bytes): "the connection ended after \(bytes) bytes"
    case .tooLarge(let limit, nil): "the answer is larger than \(Self.size(limit)) (limit)"
    case .tooLarge(let limit, let said?): "it has \(Self.size(said)), and at most \(Self.size(limit)) are taken (limit)"
    case .redirect(let words): words
    case .limited(let until, let host): "\(host) answers no more until \(UTC.minute(until)) UTC (rate limit)"
    case .unlike(let words): words
    case .file(let words): "the file could not be written (\(words))"
    case .cancelled: "it was stopped"
    }
  }

  private static func size(_ bytes: Int) -> String {
    for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)] where bytes >= 1 << shift {
      return "\(bytes >> shift) \(unit)"
    }
    return "\(bytes) bytes"
  }
}

/// Takes an answer as it comes. Answering false ends the transfer; `failure` then says why, unless the person stopped it.
package protocol HTTPReceiver: AnyObject {
  /// Takes the head, once, before any byte of the body.
  func begin(_ head: HTTPHead) -> Bool
  /// Takes bytes of the body.
  func take(_ bytes: UnsafeRawBufferPointer) -> Bool
  /// Hears how much came of how much; false ends the transfer.
  func goOn() -> Bool
  /// Why it took no more.
  var failure: HTTPError? { get }
}

/// One question to one server: no redirect is followed, nothing is asked twice.
package struct HTTPHop: Sendable {
  /// What is to be done.
  package var method: HTTPRequest.Method
  /// Whom and what to ask.
  package var address: WebAddress
  /// All header lines, the secret ones too.
  package var headers: [(name: String, value: String)]
  /// How it is signed; nil where it is not.
  package var signing: HTTPSigning?
  /// What is sent along.
  package var body: [UInt8]
  /// Bytes that are taken at most, of what the answer announces.
  package var limit: Int
  /// Whether an answer may come packed; a file is taken as it lies.
  package var mayBePacked: Bool
  /// Whether the host may turn out to be this machine or one of a private network.
  package var mayBePrivate: Bool
}

/// What carries questions to servers.
package protocol HTTPTransport: Sendable {
  /// Asks, and hands the answer to a receiver; whether the host that was reached is one of the public network.
  func send(_ hop: HTTPHop, to receiver: any HTTPReceiver) throws(HTTPError) -> Bool
}
