import TriageModel

extension TriageScreen {
  /// The tabs that the chosen test has.
  var tabs: [Tab] { Tab.allCases.filter(isThere) }

  /// The tab that is shown: one that the chosen test lacks gives way to the message.
  var shownTab: Tab { isThere(tab) ? tab : .message }

  private func isThere(_ tab: Tab) -> Bool {
    switch tab {
    case .golden: !goldens.isEmpty
    case .compare: hasWords
    case .message, .stack, .output, .history, .files: true
    }
  }

  /// The golden change that the Golden tab shows.
  var golden: GoldenChange? { goldens.isEmpty ? nil : goldens[goldenPlace % goldens.count] }

  /// Goes to the test's next golden, around the end.
  mutating func nextGolden() { goldenPlace = (goldenPlace + 1) % max(1, goldens.count) }
}
