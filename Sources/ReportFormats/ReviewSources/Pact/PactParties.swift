internal import DataSyntax

/// Who made a pact, and of which versions they are.
struct PactParties: Equatable {
  var consumer = ""
  var provider = ""
  var consumerVersion = ""
  var providerVersion = ""
  /// Where the provider was built, and what verified the pact.
  var build = ""
  var verifier = ""

  init() {}

  /// As a published result has them, or a broker's resource: the address of that names both.
  init(_ document: JSONNode) {
    let links = document["_links"]
    let link = links["pb:pact-version"]["href"].string ?? links["self"]["href"].string ?? ""
    let parts = link.split(separator: "/").map { SARIFPath.decoded(String($0)) }
    consumer = document["consumerName"].string ?? Self.value(of: "consumer", in: parts)
    provider = document["providerName"].string ?? Self.value(of: "provider", in: parts)
    // `Pact between Foo (1.0.0) and Bar`
    let title = links["pb:pact-version"]["name"].string ?? links["pb:pact"]["name"].string ?? ""
    if let open = title.firstIndex(of: "("), let close = title[open...].firstIndex(of: ")") {
      consumerVersion = String(title[title.index(after: open)..<close])
    }
    providerVersion = document["providerApplicationVersion"].string ?? ""
    build = document["buildUrl"].string ?? ""
    let tool = document["verifiedBy"]
    verifier = [tool["implementation"].string ?? "", tool["version"].string ?? ""].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// As a sentence names them: `Verifying a pact between Zoo App and Animals Given … - a request`.
  init(sentence: String, before description: String) {
    let start = "Verifying a pact between "
    guard sentence.hasPrefix(start), let and = sentence.utf8.firstRange(of: " and ".utf8) else { return }
    consumer = String(sentence[..<and.lowerBound].dropFirst(start.count))
    let rest = sentence[and.upperBound...]
    let ends = [" Given ", " given ", " - ", " " + description, " " + Self.capital(description)]
    let end = ends.compactMap { $0 == " " ? nil : rest.utf8.firstRange(of: $0.utf8)?.lowerBound }.min()
    provider = String(rest[..<(end ?? rest.endIndex)])
  }

  /// These, with what others know besides.
  func completed(by other: PactParties) -> PactParties {
    var all = self
    if all.consumer.isEmpty { all.consumer = other.consumer }
    if all.provider.isEmpty { all.provider = other.provider }
    return all
  }

  private static func value(of name: String, in parts: [String]) -> String {
    guard let place = parts.firstIndex(of: name), place + 1 < parts.count else { return "" }
    return parts[place + 1]
  }

  private static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
