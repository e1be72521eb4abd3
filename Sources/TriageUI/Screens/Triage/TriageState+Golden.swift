import TriageModel

extension TriageState {
  /// The tabs that the chosen test has.
  var tabs: [Tab] { Tab.allCases.filter { $0 != .golden || !goldens.isEmpty } }

  /// The tab that is shown: one that the chosen test lacks gives way to the message.
  var shownTab: Tab { tab == .golden && goldens.isEmpty ? .message : tab }

  /// The golden change that the Golden tab shows.
  var golden: GoldenChange? { goldens.isEmpty ? nil : goldens[goldenPlace % goldens.count] }

  /// Goes to the test's next golden, around the end.
  mutating func nextGolden() { goldenPlace = (goldenPlace + 1) % max(1, goldens.count) }
}
