/// Hands a document's events on to a `JUnitReader`, each under one access to it.
final class JUnitEvents: XMLEvents {
  var reader: JUnitReader

  /// The events of one report.
  init(_ reader: consuming JUnitReader) {
    self.reader = reader
  }

  var isCollectingText: Bool { reader.isCollectingText }

  func start(_ word: UInt8, _ attributes: UnsafeBufferPointer<XMLAttribute>) { reader.start(word, attributes) }

  func text(_ bytes: UnsafeRawBufferPointer) { reader.text(bytes) }

  func end(_ word: UInt8) { reader.end(word) }
}
