internal import FailureAnalysis
internal import TriageModel

/// The titles of a run's causes: no two are the same, and a cause of one test says what that test said, unmasked.
struct CauseTitles {
  private var titles: [String: String] = [:]

  /// The title of a cause's key.
  func title(of key: String) -> String { titles[key] ?? "" }

  init(
    of tests: [TestIndex], in run: Run, keys: [TestIndex: String], causes: RunCauses, bugs: [String: SharedBugs.Bug]
  ) {
    var members: [String: [TestIndex]] = [:]
    for test in tests { if let key = keys[test] { members[key, default: []].append(test) } }
    var maker = SignatureMaker()
    var texts: [String: [UInt8]] = [:]
    for (key, own) in members {
      guard let cause = causes.cause(of: own[0]) else { continue }
      if key.hasPrefix(CauseNames.goldenPrefix) {
        titles[key] = "golden changed"
      } else if let bug = bugs[key] {
        let rest = bug.causes.count - 1
        titles[key] =
          "\(causes.causes[bug.causes[0]].title) · and \(rest) other \(rest == 1 ? "text" : "texts"), \(bug.why)"
      } else {
        let isAlone = own.count == 1 && !causes.isRuled(own[0])
        titles[key] = isAlone ? maker.ownTitle(of: own[0], in: run.table) ?? cause.title : cause.title
        texts[key] = cause.text
      }
    }
    tellApart(texts)
  }

  /// Adds to titles that are the same what their texts differ in: a further line, else the key.
  private mutating func tellApart(_ texts: [String: [UInt8]]) {
    let alike = Dictionary(grouping: texts.keys.sorted()) { titles[$0] ?? "" }.filter { $1.count > 1 }
    for (title, keys) in alike {
      let lines = keys.map { Self.lines(texts[$0] ?? []) }
      var counts: [String: Int] = [:]
      for line in lines.flatMap({ Set($0) }) { counts[line, default: 0] += 1 }
      for (key, own) in zip(keys, lines) {
        let line = own.first { counts[$0] == 1 && !title.hasPrefix($0) }
        titles[key] = "\(title) · \(line ?? String(key.prefix(6)))"
      }
    }
  }

  private static func lines(_ text: [UInt8]) -> [String] {
    text.split(separator: 0x0A).prefix(100).map { line in
      let words = String(decoding: line.prefix(200), as: UTF8.self).split(separator: " ")
      return words.joined(separator: " ")
    }
  }
}
