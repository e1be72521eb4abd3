import Goldens
import Testing
import TriageModel

/// Numbers in the writing of people, units and other languages.
@Suite struct WrittenNumberTests {
  private func compare(_ left: String, _ right: String, _ name: String) -> Comparison {
    var options = ComparisonOptions()
    options.tolerance.relative = 0.1
    return GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: name, options: options)
  }

  private static let near = [
    ("0.53s", "0.54s"), ("12.5ms", "12.6ms"), ("100µs", "101µs"), ("300MB", "301MB"),
    ("1.5GiB", "1.6GiB"),
    ("50px", "51px"), ("$12.50", "$12.75"), ("-$12.50", "-$12.75"), ("€12.50", "€12.75"), ("12.5€", "12.6€"),
    ("45.1%", "45.2%"), ("21.5°C", "21.6°C"), ("1.5D+03", "1.51D+03"), ("1.5d3", "1.51d3"), ("1.5+2.5j", "1.51+2.51j"),
    ("(1.5-2.5j)", "(1.51-2.51j)"), ("2.5j", "2.51j"), ("-1.5e-3s", "-1.51e-3s"),
  ]

  @Test(arguments: near)
  func nearNumbersAreWithinTheTolerance(left: String, right: String) {
    for (name, frame) in [
      ("t.txt", ("took ", " ok\n")), ("t.csv", ("id,v\na,1\nb,", "\n")), ("t.tsv", ("id\tv\nb\t", "\n")),
    ] {
      let comparison = compare(frame.0 + left + frame.1, frame.0 + right + frame.1, name)
      #expect(!comparison.differs && comparison.summary.tolerated == 1, "\(name) \(left): \(comparison.drift.proof)")
    }
  }

  @Test(arguments: [
    ("3MB", "3GB"), ("3ms", "3s"), ("$12.50", "€12.50"), ("12", "12%"), ("1.5+2.5j", "1.5-2.5j"), ("17a", "18a"),
    ("v1", "v2"),
    ("3d", "4d"), ("001s", "002s"), ("10.0.0.1", "10.0.0.2"), ("0x1F", "0x1E"), ("1st", "2nd"),
  ])
  func otherUnitsAndNamesAreOther(left: String, right: String) {
    for (name, frame) in [("t.txt", ("took ", " ok\n")), ("t.csv", ("id,v\na,x\nb,", "\n"))] {
      #expect(compare(frame.0 + left + frame.1, frame.0 + right + frame.1, name).differs, "\(name) \(left)")
    }
  }

  @Test(arguments: [";", "\t"])
  func aDecimalCommaIsAPointWhereATableHasSuch(_ delimiter: String) {
    func text(_ values: [String]) -> String {
      "name\(delimiter)val\n" + values.enumerated().map { "r\($0)\(delimiter)\($1)\n" }.joined()
    }
    let name = delimiter == "\t" ? "t.tsv" : "t.csv"
    let near = compare(text(["1,5", "2,25", "1.234,5"]), text(["1,5", "2,2500001", "1.234,75"]), name)
    #expect(!near.differs && near.summary.tolerated == 2, "\(near.drift.proof)")
    #expect(near.summary.maxAbsolute.map { abs($0.value - 0.25) < 1e-9 } ?? false)
    #expect(compare(text(["1,5", "2,25"]), text(["1,5", "22,5"]), name).differs)
    // A list of words with commas is none.
    #expect(compare(text(["1,5", "a,b"]), text(["1,51", "a,b"]), name).differs)
  }

  @Test func timesOfSeveralUnitsAreNumbersInALine() {
    #expect(!compare("took 1h30m5s\n", "took 1h31m5s\n", "t.txt").differs)
    #expect(compare("took 1h30m\n", "took 1h30s\n", "t.txt").differs)
  }

  @Test func thousandsApartAreOneNumber() {
    let comparison = compare("id,v\na,\"1,234.5\"\n", "id,v\na,\"1,234.75\"\n", "t.csv")
    #expect(!comparison.differs && comparison.summary.maxAbsolute?.value == 0.25)
  }

  @Test func stringsWithUnitsAreNumbersInJSONAndCodesAreNot() {
    #expect(!compare(#"{"t": "12.5ms"}"#, #"{"t": "12.6ms"}"#, "t.json").differs)
    #expect(compare(#"{"t": "1.10"}"#, #"{"t": "1.11"}"#, "t.json").differs)
  }

  @Test func aWordStandsBeforeSmallNumbers() {
    let drift = compare("label cat score 0.5\n", "label dog score 0.9\n", "t.txt").drift
    #expect(drift.proof.hasPrefix("1 word changed: \"cat\" → \"dog\" ×1; 1 of 1 number differs"))
  }

  @Test func aLabelThatWasZeroHasNoRelativeDifference() {
    let summary = compare("id,y\na,0\nb,1\n", "id,y\na,1\nb,1\n", "t.csv").summary
    #expect(summary.maxRelative == nil && summary.maxAbsolute?.value == 1 && summary.worst == "id a, y")
    #expect(!summary.distances.contains { $0.contains("inf") })
  }
}
