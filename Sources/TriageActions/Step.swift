package import TriageModel

/// One thing that an action does, as it is carried out: the plan that is shown is the plan that is done.
package enum Step: Sendable, Equatable {
  /// A file of the repository gets bytes, if it is still the one that was read.
  case write(FileWrite)
  /// The ledger of goldens gets a line.
  case append(ApprovalLine)
  /// The ledger of notes gets a line.
  case keep(Note)
  /// Tests are run again.
  case run(RerunPlan)
  /// Jobs are run again at their CI service.
  case runThere(ServiceJobs.Choice)

  /// The step in words, for a dry run.
  package var words: String {
    switch self {
    case .write(let write): Self.words(write.path, write.expected, write.bytes.map { ContentHash(of: $0) })
    case .append(let line) where line.decision == .approve: Self.words("\(line.location)", line.old, line.new)
    case .append(let line):
      "refuse \(line.new.map { "\($0.short) for " } ?? "the deletion of ")\(line.location)"
    case .keep(let note): "keep a \(note.kind.word) with \(note.test)"
    case .run(let plan): "run \(plan.headline)"
    case .runThere(let choice): "run again \(choice.words)"
    }
  }

  /// Lines that go (`- …`) and come (`+ …`), and commands (`$ …`), for people; empty where the words say it all.
  package var patch: [String] {
    switch self {
    case .write(let write): write.patch
    case .append, .runThere: []
    case .keep(let note):
      ["+ " + [note.ticket, note.text.isEmpty ? nil : note.text].compactMap(\.self).joined(separator: ": ")]
    case .run(let plan):
      plan.invocations.map { "$ " + $0.shownArguments.map(RerunCommand.quoted).joined(separator: " ") }
    }
  }

  private static func words(_ subject: String, _ old: ContentHash?, _ new: ContentHash?) -> String {
    switch (old, new) {
    case (let old?, let new?): "replace \(subject) (\(old.short) by \(new.short))"
    case (nil, let new?): "make \(subject) (\(new.short))"
    case (let old?, nil): "remove \(subject) (\(old.short))"
    case (nil, nil): "leave \(subject) as it is"
    }
  }
}

/// A file to replace, make or remove, if it is still the one that was expected.
package struct FileWrite: Sendable, Equatable {
  /// The file, relative to the repository, without links.
  package var path: String
  /// The hash of the bytes it must have; nil when there must be no file.
  package var expected: ContentHash?
  /// The bytes it gets; nil removes it.
  package var bytes: [UInt8]?
  /// Lines that go (`- …`) and come (`+ …`), for people; empty where that says nothing.
  package var patch: [String] = []

  /// A file to replace, make or remove.
  package init(_ path: String, expected: ContentHash?, bytes: [UInt8]?) {
    self.path = path
    self.expected = expected
    self.bytes = bytes
  }
}
