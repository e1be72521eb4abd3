import Testing
import TriageModel

@testable import TriageRuntime

@Suite struct OwnFilesTests {
  @Test func findsTheRepositorysFileUnderAnotherMachinesFolder() {
    let own = OwnFiles { $0 == "tests/test_a.py" }
    let frame = SourceLocation(file: "/builds/churn/checkout/tests/test_a.py", line: 3)
    #expect(own.resolve(frame) == SourceLocation(file: "tests/test_a.py", line: 3))
    #expect(own.resolve(SourceLocation(file: "/usr/lib/python3/site-packages/tests/test_a.py", line: 3)) == nil)
    #expect(own.resolve(SourceLocation(file: "../tests/test_a.py", line: 3)) == nil)
  }
}
