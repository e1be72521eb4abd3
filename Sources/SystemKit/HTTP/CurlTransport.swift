internal import CCurl
internal import Foundation

/// Carries questions by libcurl: certificates are checked, proxies are those of the environment.
package struct CurlTransport: HTTPTransport {
  /// How long is waited, in seconds.
  package struct Patience: Sendable {
    /// For a connection.
    package var connect = 20
    /// For the next bytes.
    package var silence = 60

    /// The usual patience.
    package init() {}
  }

  private let patience: Patience
  private let certificates: String?

  /// A transport; `SSL_CERT_FILE` or `CURL_CA_BUNDLE` of the environment names other certificates than the system's.
  package init(environment: [String: String], patience: Patience = Patience()) {
    self.patience = patience
    certificates = environment["CURL_CA_BUNDLE"] ?? environment["SSL_CERT_FILE"]
  }

  /// Asks, with one connection for one question.
  package func send(_ hop: HTTPHop, to receiver: any HTTPReceiver) throws(HTTPError) -> Bool {
    if let words = curl_library_load() { throw .noLibrary(String(cString: words)) }
    guard let transfer = curl_library_new() else { throw .noLibrary("libcurl has no memory") }
    defer { curl_library_free(transfer) }
    let exchange = CurlExchange(transfer, hop, receiver)
    var lines: UnsafeMutablePointer<curl_slist>?
    for (name, value) in hop.headers { lines = curl_library_append(lines, name + ": " + value) ?? lines }
    // It would wait for a server's leave to send a body.
    lines = curl_library_append(lines, "Expect:") ?? lines
    defer { curl_library_free_list(lines) }
    set(hop, transfer)
    curl_library_set_pointer(transfer, CURLOPT_HTTPHEADER, lines)
    return try hop.body.withUnsafeBufferPointer { body throws(HTTPError) in
      if hop.method != .get {
        curl_library_set_pointer(transfer, CURLOPT_POSTFIELDS, body.baseAddress)
        curl_library_set_offset(transfer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        curl_library_set_text(transfer, CURLOPT_CUSTOMREQUEST, hop.method.rawValue)
      }
      return try exchange.run()
    }
  }

  private func set(_ hop: HTTPHop, _ transfer: UnsafeMutableRawPointer) {
    curl_library_set_text(transfer, CURLOPT_URL, hop.address.text)
    curl_library_set_text(transfer, CURLOPT_PROTOCOLS_STR, "http,https")
    curl_library_set_long(transfer, CURLOPT_FOLLOWLOCATION, 0)
    curl_library_set_long(transfer, CURLOPT_NOSIGNAL, 1)
    curl_library_set_long(transfer, CURLOPT_SSL_VERIFYPEER, 1)
    curl_library_set_long(transfer, CURLOPT_SSL_VERIFYHOST, 2)
    curl_library_set_long(transfer, CURLOPT_CONNECTTIMEOUT, patience.connect)
    curl_library_set_long(transfer, CURLOPT_LOW_SPEED_LIMIT, 1)
    curl_library_set_long(transfer, CURLOPT_LOW_SPEED_TIME, patience.silence)
    curl_library_set_offset(transfer, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(hop.limit))
    if hop.mayBePacked { curl_library_set_text(transfer, CURLOPT_ACCEPT_ENCODING, "") }
    if let signing = hop.signing {
      curl_library_set_text(transfer, CURLOPT_AWS_SIGV4, signing.scheme)
      curl_library_set_text(transfer, CURLOPT_USERPWD, signing.key.revealed + ":" + signing.secret.revealed)
    }
    if let certificates { curl_library_set_text(transfer, CURLOPT_CAINFO, certificates) }
    // What is on this machine is asked without a detour.
    if hop.address.origin.isThisMachine { curl_library_set_text(transfer, CURLOPT_NOPROXY, "*") }
  }
}

/// One transfer, and what its callbacks know.
private final class CurlExchange {
  private let transfer: UnsafeMutableRawPointer
  private let hop: HTTPHop
  private let receiver: any HTTPReceiver
  private var head = HTTPHead()
  private var headBytes = 0
  private var hasBegun = false
  private var isPublic = true
  private var failure: HTTPError?

  private static let longestHead = 1 << 18

  init(_ transfer: UnsafeMutableRawPointer, _ hop: HTTPHop, _ receiver: any HTTPReceiver) {
    self.transfer = transfer
    self.hop = hop
    self.receiver = receiver
  }

  /// Carries it out.
  func run() throws(HTTPError) -> Bool {
    let context = Unmanaged.passUnretained(self).toOpaque()
    curl_library_set_head(
      transfer,
      { bytes, size, count, context in
        CurlExchange.of(context)?.takeHead(UnsafeRawBufferPointer(start: bytes, count: size * count)) == true
          ? size * count : 0
      }, context)
    curl_library_set_body(
      transfer,
      { bytes, size, count, context in
        CurlExchange.of(context)?.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) == true
          ? size * count : 0
      }, context)
    curl_library_set_progress(
      transfer, { context, _, _, _, _ in CurlExchange.of(context)?.receiver.goOn() == false ? 1 : 0 }, context)
    let code = withExtendedLifetime(self) { curl_library_perform(transfer) }
    if code == CURLE_OK, !hasBegun { _ = begin() }
    if let failure = failure ?? receiver.failure { throw failure }
    if code != CURLE_OK { throw error(code) }
    return isPublic
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> CurlExchange? {
    context.map { Unmanaged<CurlExchange>.fromOpaque($0).takeUnretainedValue() }
  }

  /// A line of the head; a status line begins another one, behind a proxy's or a provisional answer.
  private func takeHead(_ bytes: UnsafeRawBufferPointer) -> Bool {
    headBytes += bytes.count
    guard headBytes <= Self.longestHead else {
      failure = .tooLarge(limit: Self.longestHead, said: nil)
      return false
    }
    let line = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    if line.hasPrefix("HTTP/") {
      head = HTTPHead(status: line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
    } else if let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      head.headers[line[..<colon].lowercased()] = value
    }
    return true
  }

  /// Looks who was reached before a byte is taken.
  private func begin() -> Bool {
    hasBegun = true
    let reached = curl_library_text(transfer, CURLINFO_PRIMARY_IP).flatMap { HostAddress(String(cString: $0)) }
    isPublic = reached.map { !$0.isPrivate } ?? false
    if !isPublic, !hop.mayBePrivate {
      failure = .redirect(
        "it redirects from a public host to \(hop.address.origin.host), which is of a private network")
      return false
    }
    return receiver.begin(head)
  }

  private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if !hasBegun, !begin() { return false }
    return receiver.take(bytes)
  }

  private func error(_ code: CURLcode) -> HTTPError {
    let words = String(cString: curl_library_words(code)).lowercased()
    let host = hop.address.origin.host
    switch code {
    case CURLE_ABORTED_BY_CALLBACK, CURLE_WRITE_ERROR: return .cancelled
    case CURLE_OPERATION_TIMEDOUT: return .timedOut(host: host)
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_HTTP2_STREAM:
      return .cut(bytes: Int(curl_library_offset(transfer, CURLINFO_SIZE_DOWNLOAD_T)))
    case CURLE_FILESIZE_EXCEEDED:
      return .tooLarge(limit: hop.limit, said: head.headers["content-length"].flatMap { Int($0) })
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
      return .certificate(words, host: host)
    default: return .network(words, host: host)
    }
  }
}
