package import DataSyntax
internal import SafeText
package import SystemKit
internal import TriageModel

/// Asks one service: what all services have in common.
package struct CISession: Sendable {
  private let client: HTTPClient
  private let credential: HTTPCredential?
  private let headers: [String: String]
  private let tokens: [String]
  /// Hears of each change instead of the service; nil where changes are made.
  package var rehearsal: (@Sendable (String) -> Void)?

  private static let pages = 200
  private static let longestWords = 200

  /// A session with a service, in the name of whoever the world says.
  package init(_ client: HTTPClient, _ provider: any CIProvider.Type, _ target: CITarget, _ world: CIWorld) {
    self.client = client
    headers = provider.headers
    tokens = provider.tokens
    credential = provider.credential(for: target, world) ?? Self.login(target.api.origin, world)
  }

  private static func login(_ origin: WebAddress.Origin, _ world: CIWorld) -> HTTPCredential? {
    guard let login = world.netrc.login(origin.host), let password = login.password else { return nil }
    return .basic(user: login.user, password, for: [origin])
  }

  /// The time, in seconds since 1970.
  package var now: Double { client.now }
  /// Whether nobody asks.
  package var isAnonymous: Bool { credential == nil }

  /// A request for an address, in the session's name.
  package func request(_ address: WebAddress) -> HTTPRequest {
    var request = HTTPRequest(address, credential: credential)
    request.headers = headers
    return request
  }

  /// Reads a JSON document; `right` and `what` are for messages.
  package func json(_ address: WebAddress, _ what: String, right: String) throws(CIError) -> JSONValue {
    try answer(request(address), what, right: right).value
  }

  /// Reads the documents of all pages, as long as `take` wants more.
  package func pages(
    _ address: WebAddress, _ what: String, right: String, take: (JSONValue) -> Bool
  ) throws(CIError) {
    var next: WebAddress? = address
    var count = 0
    while let page = next, count < Self.pages {
      let (value, head) = try answer(request(page), what, right: right)
      guard take(value) else { return }
      count += 1
      next = Self.next(head).flatMap { page.following($0) }
    }
  }

  /// The address of the next page that a `Link` line names.
  static func next(_ head: HTTPHead) -> String? {
    for part in (head.headers["link"] ?? "").split(separator: ",") {
      let fields = part.split(separator: ";").map { $0.drop { $0 == " " } }
      guard fields.dropFirst().contains("rel=\"next\""), let address = fields.first,
        address.hasPrefix("<"), address.hasSuffix(">")
      else { continue }
      return String(address.dropFirst().dropLast())
    }
    return nil
  }

  /// Sends a request, and reads the JSON that comes.
  package func answer(
    _ request: HTTPRequest, _ what: String, right: String
  ) throws(CIError) -> (value: JSONValue, head: HTTPHead) {
    let response: HTTPResponse
    do throws(HTTPError) { response = try client.send(request) } catch { throw .http(error) }
    try check(response, what, right: right)
    if response.body.isEmpty { return (.null, response.head) }
    if response.head.contentType == "text/html" { throw page(response) }
    do throws(JSONError) {
      return (try JSONValue(parsing: response.body), response.head)
    } catch {
      throw .unreadable(host: response.address.origin.host, words: "\(error)")
    }
  }

  /// Changes something at the service, and reads what it answers; a rehearsal changes nothing.
  @discardableResult
  package func change(
    _ method: HTTPRequest.Method, _ address: WebAddress, sending members: [(String, JSONValue)] = [], _ what: String,
    right: String, headers: [String: String] = [:]
  ) throws(CIError) -> JSONValue {
    var request = request(address)
    request.method = method
    request.headers.merge(headers) { $1 }
    if !members.isEmpty {
      request.headers["Content-Type"] = "application/json"
      var json = JSONWriter()
      json.value(.object(members.map { JSONValue.Member(key: $0.0, value: $0.1) }))
      request.body = json.bytes
    }
    if let rehearsal {
      rehearsal(
        "\(method.rawValue) \(address.text)" + (request.body.isEmpty ? "" : " ")
          + String(decoding: request.body, as: UTF8.self))
      return .null
    }
    return try answer(request, what, right: right).value
  }

  /// Reads a whole text of at most `limit` bytes.
  package func bytes(_ address: WebAddress, _ what: String, right: String, limit: Int) throws(CIError) -> [UInt8] {
    var request = request(address)
    request.limit = limit
    let response: HTTPResponse
    do throws(HTTPError) { response = try client.send(request) } catch { throw .http(error) }
    try check(response, what, right: right)
    return response.body
  }

  /// Downloads into a file, from where an earlier download broke off.
  package func download(
    _ address: WebAddress, to path: String, limit: Int, _ what: String, right: String,
    _ received: @escaping @Sendable (Int, Int?) -> Bool
  ) throws(CIError) -> HTTPHead {
    var client = client
    client.watch.received = received
    var request = request(address)
    request.limit = limit
    let response: HTTPResponse
    do throws(HTTPError) { response = try client.download(request, to: path) } catch { throw .http(error) }
    try check(response, what, right: right)
    return response.head
  }

  /// Turns a status that is no success into what it means here.
  private func check(_ response: HTTPResponse, _ what: String, right: String) throws(CIError) {
    let host = response.address.origin.host
    switch response.head.status {
    // Azure answers whoever it does not know with a page and this status.
    case 203: throw page(response)
    case 200..<300: return
    case 401: throw .unauthorized(host: host, hint: hint)
    case 403: throw .forbidden(right: right, host: host, says: says(response))
    case 404: throw .missing(what: what, hint: isAnonymous ? "it is private and \(hint)" : "the token may not see it")
    case 410: throw .gone(what: what)
    case let status: throw .status(status, host: host, says: says(response))
    }
  }

  private func page(_ response: HTTPResponse) -> CIError {
    .page(host: response.address.origin.host, hint: isAnonymous ? hint : "the token may be wrong")
  }

  /// Where a token would come from.
  private var hint: String {
    let known = tokens.joined(separator: " or ")
    let source = known.isEmpty ? "a login in ~/.netrc" : "\(known), or a login in ~/.netrc,"
    return isAnonymous ? "no token was sent; \(source) gives one" : "the token that was sent is not accepted"
  }

  /// What a refusal says, without what is secret.
  private func says(_ response: HTTPResponse) -> String {
    guard let value = try? JSONValue(parsing: response.body) else { return "" }
    let words = ["message", "error", "error_description"].lazy.compactMap { value[$0]?.string }.first ?? ""
    return Sanitizer.line(credential?.hidden(in: words) ?? words, limit: Self.longestWords)
  }
}
