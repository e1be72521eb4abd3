/// What a test point says of itself behind `#`.
enum TAPDirective {
  case none, skip, todo
}

/// The grammar of TAP's lines.
enum TAPLine {
  /// What follows a text at the start of a line; nil for other lines.
  static func after(_ start: StaticString, _ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    text.withUnsafeBytes { XMLBytes.starts($0, with: start) } ? text.dropFirst(start.utf8CodeUnitCount) : nil
  }

  /// `1..24`, and `1..0 # SKIP why`.
  static func plan(_ text: ArraySlice<UInt8>) -> (count: Int, skip: ArraySlice<UInt8>?)? {
    guard let rest = after("1..", text) else { return nil }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty, digits.count < 10, let count = Int(String(decoding: digits, as: UTF8.self)) else {
      return nil
    }
    let tail = rest.dropFirst(digits.count).drop { $0 == 0x20 }
    guard tail.isEmpty || tail.first == UInt8(ascii: "#") else { return nil }
    if tail.isEmpty { return (count, nil) }
    let directive = self.directive(in: tail)
    return (count, directive.map { $0.reason } ?? tail.dropFirst().drop { $0 == 0x20 })
  }

  /// The directive behind the last `#` that is not escaped, with the place it begins at.
  static func directive(
    in text: ArraySlice<UInt8>
  ) -> (start: Int, directive: TAPDirective, reason: ArraySlice<UInt8>)? {
    for index in text.indices.reversed() where text[index] == UInt8(ascii: "#") {
      if index > text.startIndex, text[index - 1] == UInt8(ascii: "\\") { continue }
      let rest = text[(index + 1)...].drop { $0 == 0x20 }
      let directive = rest.prefix(4).withUnsafeBytes { word in
        JUnitBytes.equalInAnyCase(word, "skip")
          ? TAPDirective.skip : JUnitBytes.equalInAnyCase(word, "todo") ? .todo : .none
      }
      if directive != .none {
        // `# SKIPPED: why`, `# skip why`.
        let reason = rest.drop { $0 != 0x20 }.drop { $0 == 0x20 }
        return (index, directive, reason)
      }
    }
    return nil
  }
}

/// A test point: `ok 1 - name # SKIP why`, and what the lines below it say.
struct TAPPoint {
  let isOK: Bool
  /// The number, where there is one.
  let number: ArraySlice<UInt8>
  /// The description without its escapes.
  let name: ArraySlice<UInt8>
  let directive: TAPDirective
  let reason: ArraySlice<UInt8>
  /// Seconds that node-tap and others write behind the description: `# time=68.43ms`.
  let seconds: Double?
  var comments: [UInt8] = []
  var block = TAPBlock()

  /// Reads a line; nil for one that is no test point.
  init?(_ text: ArraySlice<UInt8>) {
    guard let rest = TAPLine.after("ok", text) ?? TAPLine.after("not ok", text) else { return nil }
    if let next = rest.first, next != 0x20, next != 0x09, next != UInt8(ascii: "-") { return nil }
    isOK = text.first == UInt8(ascii: "o")
    var body = rest.drop { $0 == 0x20 || $0 == 0x09 }
    let digits = body.prefix { (0x30...0x39).contains($0) }
    let behind = body.dropFirst(digits.count).first
    // A description may begin with a number of its own when the point has none.
    if !digits.isEmpty, behind == nil || behind == 0x20 || behind == UInt8(ascii: "-") || behind == 0x09 {
      body = body.dropFirst(digits.count).drop { $0 == 0x20 || $0 == 0x09 }
      number = Array(digits)[...]
    } else {
      number = []
    }
    if body.first == UInt8(ascii: "-") { body = body.dropFirst().drop { $0 == 0x20 } }
    let found = TAPLine.directive(in: body)
    var description = found.map { body[..<$0.start] } ?? body
    var seconds: Double?
    if let mark = description.lastIndex(of: UInt8(ascii: "#")) {
      let tail = String(decoding: description[mark...].drop { $0 == UInt8(ascii: "#") || $0 == 0x20 }, as: UTF8.self)
      if tail.hasPrefix("time="), let end = tail.dropFirst(5).firstIndex(where: \.isLetter) {
        let number = Double(tail.dropFirst(5)[..<end])
        seconds = number.map { tail[end...].hasPrefix("ms") ? $0 / 1000 : $0 }
        description = description[..<mark]
      }
    }
    while description.last == 0x20 { description = description.dropLast() }
    // A brace opens the subtest in node-tap's buffered form.
    if description.last == UInt8(ascii: "{") {
      description = description.dropLast()
      while description.last == 0x20 { description = description.dropLast() }
    }
    name = Self.unescaped(description)
    directive = found?.directive ?? .none
    reason = Array(found?.reason ?? [])[...]
    self.seconds = seconds
  }

  /// What perl's Test::More says below a point that failed: the place, and the two values that differ.
  var perl: (message: [UInt8], file: ArraySlice<UInt8>, line: Int)? {
    guard TAPLine.after("  Failed ", comments[...]) != nil else { return nil }
    var (message, file, number): ([UInt8], ArraySlice<UInt8>, Int) = ([], [], 0)
    for line in comments.split(separator: 0x0A) {
      let text = line.drop { $0 == 0x20 }
      if let place = TAPLine.after("at ", text), let end = place.lastIndex(of: 0x20), number == 0 {
        let words = place[..<end].split(separator: 0x20)
        let digits = place[end...].filter { (0x30...0x39).contains($0) }
        number = Int(String(decoding: digits.prefix(9), as: UTF8.self)) ?? 0
        file = words.dropLast().first ?? []
      } else if TAPLine.after("got: ", text) != nil || TAPLine.after("expected: ", text) != nil {
        message += (message.isEmpty ? [] : Array(", ".utf8)) + text
      }
    }
    return (message, file, number)
  }

  private static func unescaped(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.contains(UInt8(ascii: "\\")) else { return Array(text)[...] }
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in text {
      if byte == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
        continue
      }
      if isEscaped, byte != UInt8(ascii: "#"), byte != UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
      isEscaped = false
      bytes.append(byte)
    }
    if isEscaped { bytes.append(UInt8(ascii: "\\")) }
    return bytes[...]
  }
}

/// A YAML block below a test point, of which the keys that tools use are read and the rest is text.
struct TAPBlock {
  private(set) var details: [UInt8] = []
  private var values: [String: [UInt8]] = [:]
  private var key = ""
  private static let most = 1 << 20
  private static let wanted: Set<String> = [
    "duration_ms", "message", "error", "type", "failureType", "name", "location", "at", "file", "line", "severity",
  ]

  init() {}

  /// Adds a line without the block's own indentation.
  mutating func add(_ line: ArraySlice<UInt8>) {
    if details.count < Self.most { details += line + [0x0A] }
    guard line.first != 0x20 else {
      if let value = values[key], value.count < 1 << 16 {
        let text = line.drop { $0 == 0x20 }
        if key == "at" { return addPlace(text) }
        values[key] = value + (value.isEmpty ? [] : [0x0A]) + text
      }
      return
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    key = String(decoding: line[..<colon].prefix(40), as: UTF8.self)
    guard Self.wanted.contains(key) else { return }
    let value = line[(colon + 1)...].drop { $0 == 0x20 }
    values[key] = [UInt8(ascii: "|"), UInt8(ascii: ">")].contains(value.first ?? 0) ? [] : Self.unquoted(value)
  }

  /// A line of `at:`, as node-tap and the specification write it.
  private mutating func addPlace(_ text: ArraySlice<UInt8>) {
    for name in ["file", "line"] where text.starts(with: (name + ":").utf8) {
      values[name] = Self.unquoted(text.dropFirst(name.utf8.count + 1).drop { $0 == 0x20 })
    }
  }

  private static func unquoted(_ value: ArraySlice<UInt8>) -> [UInt8] {
    guard let quote = value.first, quote == 0x27 || quote == 0x22, value.count > 1, value.last == quote else {
      return Array(value)
    }
    return Array(value.dropFirst().dropLast())
  }

  private func number(_ key: String) -> Double? { values[key].flatMap { Double(String(decoding: $0, as: UTF8.self)) } }

  /// Whether node wrote it.
  var isNode: Bool { values["duration_ms"] != nil }

  /// How long the test took.
  var seconds: Double? { number("duration_ms").map { $0 / 1000 } }

  /// The short text.
  var message: ArraySlice<UInt8> { (values["message"] ?? values["error"] ?? [])[...] }

  /// What kind of failure it is; node's `type` is that of the test.
  var type: ArraySlice<UInt8> { (values["failureType"] ?? [])[...] }

  /// Whether a time limit was met.
  var isTimeout: Bool { values["failureType"].map { $0 == Array("testTimeoutFailure".utf8) } ?? false }

  /// Where the test is defined: `location: '/w/n.mjs:3:3'`, or `file` and `line`.
  var location: (file: ArraySlice<UInt8>, line: Int) {
    if let file = values["file"] { return (file[...], number("line").flatMap { Int(exactly: $0) } ?? 0) }
    guard let location = values["location"] else { return ([], 0) }
    let parts = location.split(separator: UInt8(ascii: ":"))
    let numbers = parts.suffix(2).map { Int(String(decoding: $0, as: UTF8.self)) }
    guard parts.count > 2, let line = numbers[0], numbers[1] != nil else { return (location[...], 0) }
    return (location[..<(parts[parts.count - 2].startIndex - 1)], line)
  }
}
