import Foundation
import TestSupport
import Testing

@Suite struct DemoTests {
  @Test func listsTheNewestRunOfTheExample() throws {
    let program = try Program()
    let first = try program.run("demo")
    #expect(first.status == 0)
    #expect(first.output.hasPrefix("run 4140 · main · 8acabed Restore the round trip · 2026-11-17T11:15:00Z\n"))
    #expect(first.output.contains("  7 failed · 22 passed · 29 tests · "))
    #expect(first.output.contains("2 of 4 expectations failing"))
    #expect(first.output.ranges(of: "\nrun ").isEmpty)
    let second = try program.run("demo")
    #expect(second.output == first.output)
  }

  @Test func saysWhereItCouldNotUnpack() throws {
    let program = try Program()
    try program.write("a file where the cache should be", to: ".cache")
    let ending = try program.run("demo")
    #expect(ending.status == 3 && ending.output.isEmpty)
    #expect(ending.errors.hasPrefix("assay: could not open the demo: "))
    #expect(ending.errors.count { $0 == "\n" } == 1)
  }

  @Test func travelsLightly() throws {
    let archive = URL(filePath: #filePath).appending(path: "../../../Sources/CBundled/demo.tar.xz").standardized
    #expect(try Data(contentsOf: archive).count < 1 << 20)
  }
}
