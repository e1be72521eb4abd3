import Testing
import TriageModel

@Suite struct ThresholdFieldTests {
  /// A threshold that the table forgets could not be set by anybody.
  @Test func everyThresholdHasOneNameAndFitsItsRange() {
    let properties = Mirror(reflecting: Thresholds()).children.compactMap(\.label)
    let names = properties.map { property in
      property.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
    }
    #expect(ThresholdField.all.map(\.name).sorted() == names.sorted())
    for field in ThresholdField.all {
      var thresholds = Thresholds()
      #expect(field.range.contains(field.value(in: thresholds)), "\(field.name)")
      #expect(
        field.set(field.range.upperBound, in: &thresholds) && field.value(in: thresholds) == field.range.upperBound)
      #expect(!field.set(field.range.upperBound + 1, in: &thresholds), "\(field.name)")
    }
  }
}
