import Testing
import TriageModel
import Workspace

@Suite struct CauseFileTests {
  private let one = SignatureKey(0x0123_4567_89ab_cdef)
  private let two = SignatureKey(7)

  @Test func whatIsAddedIsReadBackAndTheRestStays() throws {
    let merge = CauseRule(.merge([one, two]), title: "the \"store\" is down: 1\n2", who: "Jo <jo@example.org>")
    let split = CauseRule(.split(two), reason: "another host, é 👍 # no comment")
    var text = CauseFile.adding(merge, to: nil)
    #expect(try CauseFile(text: text).rules == [merge])
    text += "# why: see the wiki"
    let longer = CauseFile.adding(split, to: text)
    #expect(longer.hasPrefix(text))
    #expect(try CauseFile(text: longer).rules == [merge, split])
  }

  @Test(arguments: [
    ("- merge: ['0123456789abcdef']", "merge: expected at least two keys"),
    ("- split: 12", "split: expected keys of 16 digits and letters a to f"),
    ("- split: '+123456789abcdef'", "split: expected keys of 16 digits and letters a to f"),
    ("- title: nothing", "expected merge or split"),
    ("- split: '0123456789abcdef'\n  merge: []", "expected merge or split, not both"),
    ("merge: x", "expected a list of rules"),
    ("- frob: x", "frob: expected merge or split, title, reason and by"),
  ])
  func namesWhatIsWrongAndItsLine(text: String, words: String) {
    #expect {
      try CauseFile(text: "\n" + text)
    } throws: { error in
      "\(error)" == ".assay/causes.yaml:2: " + words
    }
  }

  @Test func anEmptyFileHasNoRules() throws {
    #expect(try CauseFile(text: "# nothing yet\n").rules.isEmpty)
    #expect(try CauseFile(repository: nil).rules.isEmpty)
  }
}
