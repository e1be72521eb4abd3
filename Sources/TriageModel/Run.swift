/// What makes two folders of artifacts the same run.
package struct RunIdentity: Hashable, Sendable {
  /// Where the run happened: the CI system and job, or the folder.
  package var source: String
  /// The run's id at its source.
  package var id: String
  /// The CI system's own attempt at the run, from 1.
  package var attempt: Int

  /// A run's identity.
  package init(source: String, id: String, attempt: Int = 1) {
    self.source = source
    self.id = id
    self.attempt = attempt
  }
}

/// Whether a run's reports can be believed to hold all its tests.
package enum Completeness: Sendable, Equatable {
  case complete
  /// The job crashed, was cut, or left nothing; each reason is one clause in lower case.
  case incomplete(reasons: [String])

  /// Whether nothing is known to be missing.
  package var isComplete: Bool { self == .complete }

  /// Why the run is not complete; empty when it is.
  package var reasons: [String] {
    switch self {
    case .complete: []
    case .incomplete(let reasons): reasons
    }
  }
}

/// A file that came with a run and is no test report: a log, an image, a table.
package struct RunFile: Sendable, Equatable {
  /// What the file holds, as far as its name and first bytes tell.
  package enum Kind: String, Sendable, CaseIterable {
    case log
    case report
    case text
    case image
    case data
    case other
  }

  /// The path shown, relative to the run's folder.
  package var path: String
  package var kind: Kind
  /// Bytes.
  package var size: Int
  /// Where the bytes lie on disk; archives are unpacked into the cache first.
  package var location: String

  /// A file of a run.
  package init(path: String, kind: Kind, size: Int, location: String) {
    self.path = path
    self.kind = kind
    self.size = size
    self.location = location
  }
}

/// One execution of a test job at one commit: what is known of it besides its tests.
package struct RunInfo: Sendable, Equatable {
  package var identity: RunIdentity
  package var commit: String?
  /// The first line of the commit's message, when the repository has the commit.
  package var commitTitle: String?
  package var branch: String?
  package var startedAt: Timestamp?
  package var labels: [String: String] = [:]
  /// The exit status of the test job, where something says it.
  package var exitCode: Int?
  package var completeness = Completeness.complete
  package var partial: [Damage] = []
  /// Things that disagree or look wrong, a sentence each.
  package var warnings: [String] = []
  package var files: [RunFile] = []

  /// A run of which only the identity is known.
  package init(identity: RunIdentity) {
    self.identity = identity
  }
}

/// A run with its tests: what screens and commands work on.
package struct Run: Sendable {
  package var info: RunInfo
  package var table: TestTable

  /// A run and its tests.
  package init(info: RunInfo, table: TestTable) {
    self.info = info
    self.table = table
  }
}
