package import SystemKit
package import TriageModel

/// What a run left at its service.
package struct CIContents: Sendable, Equatable {
  /// Files and archives.
  package var artifacts: [CIArtifact] = []
  /// Jobs, those before a retry too.
  package var jobs: [CIJob] = []
  /// What the service itself knows of the tests, for runs whose artifacts hold no report.
  package var results: [CIResults] = []
  /// What is known to be missing, a sentence each.
  package var losses: [String] = []

  /// Nothing.
  package init() {}
}

/// An artifact.
package struct CIArtifact: Sendable, Equatable {
  /// Its name, or its path where it is one file of many.
  package var name: String
  /// Where it lies.
  package var address: WebAddress
  /// Bytes, where the service says so.
  package var size: Int?
  /// Whether it was taken away since.
  package var isExpired = false
  /// When it was or will be taken away.
  package var expiresAt: Timestamp?
  /// The SHA-256 of its bytes, where the service says so.
  package var sha256: ContentHash?
  /// Whether its name is a path of one file.
  package var isFile = false
  /// Whether the service says that reports are among what its job left.
  package var holdsReports = false

  /// An artifact of a name at an address.
  package init(name: String, address: WebAddress) {
    self.name = name
    self.address = address
  }
}

/// A job of a run.
package struct CIJob: Sendable, Equatable {
  /// Its id at the service.
  package var id: String
  /// Its name, with the cell of a matrix.
  package var name: String
  /// How the service calls its end; nil before that.
  package var conclusion: String?
  /// How long it took, where the service says so.
  package var seconds: Double?
  /// The steps that did not succeed.
  package var failedSteps: [String] = []
  /// Where its log lies; nil where it has none.
  package var log: WebAddress?
  /// Whether the link is about it: its log is wanted however it ended.
  package var isMeant = false

  /// A job.
  package init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  /// Whether it ended otherwise than well.
  package var isFailed: Bool { conclusion.map { !CIConclusion.isSuccess($0) } ?? false }
}

/// A part of a job's log where the service keeps no whole one: what one of its steps printed.
package struct CILogPart: Sendable, Equatable {
  /// The step, and how it ended.
  package var title: String
  /// Where its text lies; the service reads the answer.
  package var address: WebAddress
  /// Whether the service kept only a part of it.
  package var isCut = false

  /// A part at an address.
  package init(title: String, address: WebAddress) {
    self.title = title
    self.address = address
  }
}

/// What was remarked on a job, at a line of the code or at none.
package struct CIAnnotation: Sendable, Equatable {
  /// The file, in the repository; empty for none.
  package var path = ""
  /// The line, counted from 1.
  package var line: Int?
  /// How bad it is, in the service's word: `failure`.
  package var level = ""
  /// Its title; empty for none.
  package var title = ""
  /// What it says.
  package var message = ""
  /// What it says beyond that.
  package var details = ""

  /// An annotation that says nothing.
  package init() {}
}

/// The annotations of a job.
package struct CIAnnotations: Sendable, Equatable {
  /// In the service's order.
  package var all: [CIAnnotation] = []
  /// Whether there are more than these.
  package var isCut = false

  /// None.
  package init() {}
}

/// Results of tests that a service keeps itself, for a job or a run: a JUnit document is made of them.
package struct CIResults: Sendable, Equatable {
  /// The name of the file.
  package var name: String
  /// Where they are asked for; the service reads the answer.
  package var address: WebAddress
  /// Tests that failed, where the service says so beforehand.
  package var failing: Int?

  /// Results at an address.
  package init(name: String, address: WebAddress) {
    self.name = name
    self.address = address
  }
}

/// What running again led to.
package struct CIRerun: Sendable, Equatable {
  /// Where the answer will be: the attempt of the same run, or another run.
  package var identity: RunIdentity
  /// The page for people.
  package var link: String?

  /// A rerun that was asked for.
  package init(identity: RunIdentity, link: String?) {
    self.identity = identity
    self.link = link
  }
}
