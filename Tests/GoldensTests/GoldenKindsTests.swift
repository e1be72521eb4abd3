import TestSupport
import Testing
import TriageModel

@testable import Goldens

struct GoldenKindsTests {
  @Test func theRegistryIsSortedAndItsIdsAreUnique() {
    let ids = GoldenKinds.all.map(\.id)
    #expect(ids == ids.sorted() && Set(ids).count == ids.count)
    #expect(GoldenWords.kinds == (ids + ["bytes", "text"]).sorted())
    // A kind that a manifest invents is none that a filter could ask for.
    #expect(GoldenKinds.compare([0x61], [0x61], name: "a", kind: "invented").kind == "text")
  }

  @Test func everyFixtureIsClaimedByOneKind() {
    let files = ["numpy", "png"].flatMap { Files.all(in: Files.fixtures() + "/" + $0) }
    #expect(!files.isEmpty)
    for file in files {
      let head = Files.bytes(file).prefix(4096)
      let claims = GoldenKinds.all.filter { $0.claims(name: file, head: head) }.map(\.id)
      #expect(claims == [String(file.suffix(3))], "\(file)")
    }
  }

  @Test func whatCannotBeReadIsComparedAsTextAndSaid() {
    let deep = String(repeating: "[", count: 200_000)
    let comparison = GoldenKinds.compare(Array(deep.utf8), Array((deep + "1").utf8), name: "a.json")
    #expect(comparison.kind == "text" && comparison.differs)
    #expect(comparison.remarks.contains { $0.contains("more than 512 values inside one another (limit)") })
    let pickle = Files.bytes(Files.fixtures() + "/numpy/object.npy")
    let other = GoldenKinds.compare(pickle, pickle + [0], name: "a.npy")
    #expect(other.kind == "bytes" && other.remarks.contains { $0.contains("a pickle, which is never loaded") })
  }
}
