import Goldens
import Testing
import TriageModel

/// A number that became NaN, infinite, a word for *nothing* or empty is lost; no tolerance accepts it, and no proof calls
/// it small.
@Suite struct LostNumberTests {
  private func compare(_ left: String, _ right: String, _ name: String, rtol: Double = 0) -> Comparison {
    var options = ComparisonOptions()
    options.tolerance.relative = rtol
    return GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: name, options: options)
  }

  private static let words = [
    "nan", "NaN", "-nan", "inf", "-inf", "Infinity", "null", "NULL", "None", "none", "NA", "N/A", "n/a", "<NA>", "nil",
    "#N/A", "#NUM!", "#DIV/0!", "NaT", "1.#INF", "-1.#IND",
  ]

  @Test(arguments: words + ["", "-", "  "])
  func inACell(_ word: String) {
    let comparison = compare("id,v,w\na,1.5,x\nb,2.5,y\n", "id,v,w\na,1.5,x\nb,\(word),y\n", "t.csv", rtol: 0.5)
    #expect(comparison.drift.kind == .nanBorn && comparison.summary.nanBorn == 1 && comparison.differs, "\(word)")
    #expect(!comparison.drift.proof.contains("by at most"), "\(comparison.drift.proof)")
  }

  @Test(arguments: words)
  func inALine(_ word: String) {
    let comparison = compare("step 1 loss: 0.52 ok\n", "step 1 loss: \(word) ok\n", "t.txt", rtol: 0.5)
    #expect(comparison.drift.kind == .nanBorn && comparison.summary.nanBorn == 1, "\(word): \(comparison.drift.proof)")
  }

  @Test func inALineThatSaysSomethingElseToo() {
    #expect(compare("epoch 3 loss 0.5\n", "step 3 loss nan\n", "t.txt").drift.kind == .nanBorn)
    #expect(compare("loss 0.5, fine\n", "the loss is nan; stopped here\n", "t.txt").drift.kind == .nanBorn)
    #expect(compare("acc=0.9, f1=0.8\n", "acc=, f1=0.8\n", "t.txt").drift.kind == .nanBorn)
  }

  @Test(arguments: ["null", "NaN", "Infinity", "-Infinity", "\"NaN\"", "\"None\"", "\"\"", "1e999"])
  func inJSON(_ word: String) {
    let comparison = compare(#"{"m": {"acc": 0.91, "n": 3}}"#, #"{"m": {"acc": \#(word), "n": 3}}"#, "t.json")
    #expect(comparison.drift.kind == .nanBorn && comparison.summary.nanBorn == 1, "\(word): \(comparison.drift.proof)")
    #expect(!comparison.drift.proof.contains("by at most"))
  }

  @Test(arguments: [".nan", ".inf", "-.inf", "null", "~", "", "None"])
  func inYAML(_ word: String) {
    let comparison = compare("a: 0.5\nb: 1\n", "a: \(word)\nb: 1\n", "t.yml")
    #expect(comparison.drift.kind == .nanBorn && comparison.summary.nanBorn == 1, "\(word): \(comparison.drift.proof)")
  }

  @Test(arguments: [
    ("v\n1\nnan\n", "v\n1\n0.5\n", "t.csv"), ("v\n1\nNone\n", "v\n1\n0.5\n", "t.csv"),
    ("x inf\n", "x 0.5\n", "t.txt"), ("[null]", "[0.5]", "t.json"), ("[NaN]", "[0.5]", "t.json"),
  ])
  func theOtherWayIsNoNumberEither(left: String, right: String, name: String) {
    let comparison = compare(left, right, name, rtol: 0.9)
    #expect(comparison.differs && comparison.summary.regained == 1 && comparison.summary.nanBorn == 0)
    #expect(comparison.drift.kinds == [.real, .nanBorn] && !comparison.drift.proof.contains("by at most"))
  }

  @Test(arguments: [
    ("c\nred\n", "c\nNA\n", "t.csv"), ("c\nNone\nx\n", "c\nnull\nx\n", "t.csv"),
    ("found none\n", "found nobody\n", "t.txt"),
    (#"["a"]"#, #"["None"]"#, "t.json"), ("[true]", "[null]", "t.json"), ("is nan set\n", "was nan set\n", "t.txt"),
  ])
  func wordsAreNoLostNumbers(left: String, right: String, name: String) {
    let comparison = compare(left, right, name)
    #expect(comparison.differs && comparison.summary.nanBorn == 0 && !comparison.drift.kinds.contains(.nanBorn))
  }

  @Test func whatElseChangedIsNamedBehind() {
    let comparison = compare("id,v\na,1.5\nb,2.5\nc,x\n", "id,v\na,inf\nb,2.75\nc,y\n", "t.csv")
    #expect(comparison.drift.kind == .nanBorn && comparison.drift.others == [.real])
    #expect(comparison.drift.proof.hasPrefix("1 number became infinite; 1 word changed: \"x\" → \"y\" ×1; 1 of"))
  }
}
