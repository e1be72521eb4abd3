internal import TriageModel

extension JUnitReader {
  /// The suite and the test's own title, of a test case that has the title as class name or name and the full title,
  /// with those of the suites before it, as the other (mocha, Cypress); nil for all others.
  func titles(
    classname: UnsafeRawBufferPointer?, name: UnsafeRawBufferPointer
  ) -> (suite: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer)? {
    guard let classname, !classname.isEmpty, !name.isEmpty, !dialect.isPytest else { return nil }
    let isSwapped = name.count > classname.count
    guard let suite = isSwapped ? Self.lead(of: name, before: classname) : Self.lead(of: classname, before: name)
    else { return nil }
    guard dialect == .mocha || isNamedBySuites(suite) else { return nil }
    return (suite, isSwapped ? classname : name)
  }

  /// What a full title has before a title and the space between them.
  private static func lead(
    of full: UnsafeRawBufferPointer, before title: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer? {
    let length = full.count - title.count - 1
    guard length > 0, full[length] == 0x20 else { return nil }
    guard XMLBytes.equal(UnsafeRawBufferPointer(rebasing: full[(length + 1)...]), title) else { return nil }
    return UnsafeRawBufferPointer(rebasing: full[..<length])
  }

  /// Whether a text ends with the name of the suite around.
  private func isNamedBySuites(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let suite = suites.last, !suite.isRoot, !suite.name.isEmpty else { return false }
    let start = text.count - suite.name.count
    if start < 0 { return false }
    return text[start...].elementsEqual(suite.name) && (start == 0 || text[start - 1] == 0x20)
  }

  /// The suite of the given name, remembered.
  mutating func knownSuite(_ name: UnsafeRawBufferPointer) -> SuiteID {
    if let known = suiteNames.known(name) { return known }
    let id = builder.suite(name)
    suiteNames.remember(name, id)
    return id
  }

  /// Tells the builder of the suites around the next test, unless it knows them.
  mutating func enterSuite(with labels: [String: String] = [:]) {
    if isSuiteKnown, labels.isEmpty { return }
    isSuiteKnown = labels.isEmpty
    guard let last = suites.indices.last else {
      builder.beginSuite(name: .empty, labels: labels)
      return
    }
    var labels = labels
    for suite in suites.reversed() where !suite.labels.isEmpty { labels.merge(suite.labels) { inner, _ in inner } }
    let file = suites.last(where: { !$0.file.isEmpty })?.file ?? fileBefore
    let place = suites[last].place ?? suitePlace()
    suites[last].place = place
    builder.beginSuite(name: place.names, host: place.host, file: file, labels: labels)
  }

  private mutating func suitePlace() -> (names: TextRef, host: TextRef) {
    let names = suiteNames.joined(suites)
    let host = suites.last(where: { !$0.host.isEmpty })?.host ?? []
    return (names.withUnsafeBytes { builder.text($0) }, host.withUnsafeBytes { builder.text($0) })
  }
}
