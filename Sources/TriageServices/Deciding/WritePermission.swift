/// Whether the repository may be written at all.
package struct WritePermission: Sendable, Equatable {
  /// Why nothing may be written, as a clause; nil when it may.
  package let refusal: String?

  /// Judges by the command line and the environment: a CI job decides nothing unless it is told to.
  package init(isReadOnly: Bool, allowsCI: Bool = false, environment: [String: String]) {
    if isReadOnly {
      refusal = "assay was started with --read-only"
    } else if Self.isJob(environment), !allowsCI {
      refusal = "CI is set, and nobody looks on in a CI job (--allow-ci)"
    } else {
      refusal = nil
    }
  }

  /// Whether this is a job of CI.
  package static func isJob(_ environment: [String: String]) -> Bool {
    !["", "0", "false"].contains(environment["CI", default: ""].lowercased())
  }
}
