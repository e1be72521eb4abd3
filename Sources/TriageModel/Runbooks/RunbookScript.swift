/// A fenced block of a runbook's page that a person may run, as the page's bytes say it.
package struct RunbookScript: Sendable, Equatable {
  /// Where it stands.
  package struct Place: Sendable, Equatable, Hashable {
    /// The page, relative to the repository.
    package let page: String
    /// Its number among the blocks of the page that can be run, from 1.
    package let number: Int

    /// A block of a page by its number.
    package init(page: String, number: Int) {
      self.page = page
      self.number = number
    }

    /// `block 2 of runbooks/a.md`.
    package var words: String { "block \(number) of \(page)" }
  }

  /// Where it stands.
  package let place: Place
  /// The hash of the page's bytes: what a person trusts.
  package let pageHash: ContentHash
  /// The shell that runs it: `sh` or `bash`.
  package let shell: String
  /// Its text, which is run as it is.
  package let text: String

  /// A block of a page.
  package init(_ place: Place, pageHash: ContentHash, shell: String, text: String) {
    self.place = place
    self.pageHash = pageHash
    self.shell = shell
    self.text = text
  }

  /// The hash of its text, by which it is known wherever in the page it stands.
  package var hash: ContentHash { ContentHash(of: text.utf8) }

  /// The arguments that run it: the text is one of them, and nothing is put into it; errors name the page.
  package var arguments: [String] { [shell, "-e", "-c", text, place.page] }
}

/// A block of a runbook, shown before a person decides whether it runs.
package struct ScriptOffer: Sendable, Equatable {
  /// The block.
  package var script: RunbookScript
  /// The failure that it is run for.
  package var subject: NoteSubject
  /// What it is told of the failure: variables of its environment.
  package var variables: [String: String] = [:]
  /// Whether the person trusts the page as it is.
  package var isTrusted = false
  /// Why it cannot be run, as a sentence; nil when it can.
  package var refusal: String?

  /// A block for a failure.
  package init(_ script: RunbookScript, for subject: NoteSubject) {
    self.script = script
    self.subject = subject
  }
}

/// The failure that a note is about.
package struct NoteSubject: Sendable, Equatable {
  /// The test's stable name.
  package var test: String
  /// What the failure said; nil when it said nothing.
  package var signature: SignatureKey?
  /// The run.
  package var run: String

  /// A failure of a test in a run.
  package init(test: String, signature: SignatureKey?, run: String) {
    self.test = test
    self.signature = signature
    self.run = run
  }
}

extension [Note] {
  /// The newest run of each block of a page, by the hash of the block's text.
  package func runs(in page: String) -> [ContentHash: Note] {
    reduce(into: [:]) { runs, note in
      if note.kind == .ran, note.runbook == page, let script = note.script { runs[script] = note }
    }
  }
}
