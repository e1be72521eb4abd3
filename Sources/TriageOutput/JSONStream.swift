internal import DataSyntax

/// Writes a JSON document into a sink as it is made, so that a million tests never stand in one string.
package struct JSONStream {
  private static let blockSize = 1 << 15

  private let sink: OutputSink
  private var writer = JSONWriter()

  /// Writes one object into a sink, and a line end behind it.
  package static func write(to sink: OutputSink, _ members: (inout JSONStream) -> Void) {
    var json = JSONStream(sink: sink)
    json.object(nil, members)
    json.drain(atLeast: 1)
    sink.appendLine()
  }

  private init(sink: OutputSink) {
    self.sink = sink
  }

  /// Writes an object; as a member of another when it has a key, on a line of its own when asked.
  package mutating func object(_ key: String? = nil, onNewLine: Bool = false, _ members: (inout JSONStream) -> Void) {
    begin(key, onNewLine: onNewLine)
    writer.beginObject()
    members(&self)
    writer.endObject()
    drain(atLeast: Self.blockSize)
  }

  /// Writes an array; as a member of an object when it has a key.
  package mutating func array(_ key: String? = nil, _ elements: (inout JSONStream) -> Void) {
    begin(key)
    writer.beginArray()
    elements(&self)
    writer.endArray()
  }

  /// Writes a string, or null.
  package mutating func string(_ key: String? = nil, _ value: String?) {
    begin(key)
    if let value { writer.string(value) } else { writer.null() }
  }

  /// Writes a whole number, or null.
  package mutating func number(_ key: String? = nil, _ value: Int?) {
    begin(key)
    if let value { writer.number(value) } else { writer.null() }
  }

  /// Writes seconds as precisely as the reports' table keeps them; null for what is no finite number.
  package mutating func seconds(_ key: String? = nil, _ value: Double?) {
    begin(key)
    // The table keeps a Float; the shortest text for it is what the report said.
    if let value { writer.number(Double(Float(value).description) ?? .nan) } else { writer.null() }
  }

  /// Writes a number with all its digits; null for what is no finite number.
  package mutating func decimal(_ key: String? = nil, _ value: Double?) {
    begin(key)
    if let value { writer.number(value) } else { writer.null() }
  }

  /// Writes a truth value.
  package mutating func bool(_ key: String? = nil, _ value: Bool) {
    begin(key)
    writer.bool(value)
  }

  /// Writes an array of strings.
  package mutating func strings(_ key: String? = nil, _ values: some Sequence<String>) {
    array(key) { json in
      for value in values { json.string(nil, value) }
    }
  }

  /// Writes an object of strings, sorted by key.
  package mutating func strings(_ key: String? = nil, _ values: [String: String]) {
    object(key) { json in
      for (name, value) in values.sorted(by: { $0.key < $1.key }) { json.string(name, value) }
    }
  }

  private mutating func begin(_ key: String?, onNewLine: Bool = false) {
    if onNewLine { writer.breakLine() }
    if let key { writer.key(key) }
  }

  private mutating func drain(atLeast count: Int) {
    if writer.bytes.count < count { return }
    writer.takeBytes().withUnsafeBytes(sink.append(_:))
  }
}
