/// Writes JSON into a sink as it is made, with commas where they belong.
///
/// Strings are escaped further than JSON asks: what could move a cursor, hide text or turn its direction round
/// becomes `\u….`, so that the output may be looked at in a terminal. A reader of JSON sees the text as it was.
package struct JSONStream {
  private let sink: OutputSink
  private var needsComma = false

  /// A writer into a sink.
  package init(into sink: OutputSink) {
    self.sink = sink
  }

  /// Writes an object; as a member of another when it has a key, on a line of its own when asked.
  package mutating func object(_ key: String? = nil, onNewLine: Bool = false, _ members: (inout JSONStream) -> Void) {
    nest(key, onNewLine, open: 0x7B, close: 0x7D, members)
  }

  /// Writes an array; as a member of an object when it has a key.
  package mutating func array(_ key: String? = nil, onNewLine: Bool = false, _ elements: (inout JSONStream) -> Void) {
    nest(key, onNewLine, open: 0x5B, close: 0x5D, elements)
  }

  /// Writes a string, or null.
  package mutating func string(_ key: String? = nil, _ value: String?) {
    begin(key)
    if let value { JSONEscape.append(value, to: sink) } else { sink.append("null") }
  }

  /// Writes a whole number, or null.
  package mutating func number(_ key: String? = nil, _ value: Int?) {
    begin(key)
    sink.append(value.map { String($0) } ?? "null")
  }

  /// Writes seconds as precisely as the reports' table keeps them; null for what is no finite number.
  package mutating func seconds(_ key: String? = nil, _ value: Double?) {
    begin(key)
    let seconds = value.map { Float($0) }
    sink.append(seconds.flatMap { $0.isFinite ? $0.description : nil } ?? "null")
  }

  /// Writes a truth value.
  package mutating func bool(_ key: String? = nil, _ value: Bool) {
    begin(key)
    sink.append(value ? "true" : "false")
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
    if needsComma { sink.append(byte: 0x2C) }
    if onNewLine { sink.append(byte: 0x0A) }
    if let key {
      JSONEscape.append(key, to: sink)
      sink.append(byte: 0x3A)
    }
    needsComma = true
  }

  private mutating func nest(
    _ key: String?, _ onNewLine: Bool, open: UInt8, close: UInt8, _ body: (inout JSONStream) -> Void
  ) {
    begin(key, onNewLine: onNewLine)
    sink.append(byte: open)
    needsComma = false
    body(&self)
    sink.append(byte: close)
    needsComma = true
  }
}
