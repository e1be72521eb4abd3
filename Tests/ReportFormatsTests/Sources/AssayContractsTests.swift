import ReportFormats
import Testing
import TriageModel

/// The small JSON of checks of models.
@Suite struct AssayContractsTests {
  private static func read(_ text: String) -> ReadReport { ReadReport.read(Array(text.utf8), as: AssayContracts.self) }

  @Test(arguments: [
    (#"{"assay_contracts":2,"contracts":[]}"#, "it is of version 2, and what is read is 1"),
    (#"{"assay_contracts":1}"#, "it holds no list of contracts"),
    (#"{"assay_contracts":1,"contracts":{}}"#, "its contracts are no list"),
    (#"{"assay_contracts":1,"contracts":null}"#, "its contracts are no list"),
    (#"{"assay_contracts":1,"contracts":[null]}"#, "a contract is no object"),
  ])
  func whatIsNotSoIsSaid(_ text: String, _ words: String) {
    #expect(Self.read(text).result.damages.map(\.cause) == [words])
  }

  @Test(arguments: ["null", "\"perhaps\"", "7", "\"\""]) func anOutcomeThatIsNotKnownIsNotWell(_ word: String) {
    let read = Self.read(#"{"assay_contracts":1,"contracts":[{"name":"m","kind":"onnx","outcome":\#(word)}]}"#)
    #expect(read.lines == ["contract:onnx::m errored"])
  }
}
