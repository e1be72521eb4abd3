import Testing
import TriageModel

@Suite struct RerunCommandTests {
  @Test func namesFewTestsAndTheFilesOfMany() {
    #expect(RerunCommand.of(["tests/a.py::test_x"]) == "pytest tests/a.py::test_x")
    let many = (0..<9).map { "tests/\($0 % 2).py::test_\($0)" }
    #expect(RerunCommand.of(many) == "pytest tests/0.py tests/1.py")
    #expect(RerunCommand.of((0..<100).map { "t/\($0).py::x" }) == nil)
  }

  @Test func saysNothingWhereNamesDoNotTellTheTool() {
    #expect(RerunCommand.of(["com.example.AppTest::works"]) == nil)
    #expect(RerunCommand.of(["tests/a.py::test_x", "suite::y"]) == nil)
    #expect(RerunCommand.of([]) == nil)
  }

  @Test func aNameNeverRunsInTheShell() {
    let command = RerunCommand.of(["tests/a.py::test_x[$(rm -rf ~); 'a']"])
    #expect(command == #"pytest 'tests/a.py::test_x[$(rm -rf ~); '\''a'\'']'"#)
  }
}
