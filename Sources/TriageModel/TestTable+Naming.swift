extension TestTable {
  /// The test that the history keeps under a name, in a leg; else the one that ended worst.
  ///
  /// - Parameters:
  ///   - name: The stable name: what changes with every run is masked in it.
  ///   - leg: What tells the test from its namesakes; empty when the run had one leg.
  package func test(named name: String, leg: String) -> TestIndex? {
    let wanted = Array(name.utf8)
    let isMasked = wanted.contains(0x3C)
    let namesakes = tests(among: nil) { test, _, bytes in
      // Nearly all names end otherwise: only of the others a whole id is made.
      guard isMasked || wanted.suffix(bytes.count).elementsEqual(bytes) else { return false }
      return StableName.of(id(of: test)) == name
    }
    return namesakes.first { self.leg(of: $0) == leg }
      ?? namesakes.min { outcome(of: $0).severity < outcome(of: $1).severity }
  }
}
