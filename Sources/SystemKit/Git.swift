/// Asks git about one repository, in the one way that is safe with any repository: its own settings start no programs,
/// a partial clone does not go to the network, and nobody is asked anything.
package struct Git: Sendable {
  private let root: String
  private let environment: [String: String]

  /// Git for a repository's folder.
  package init(root: String, environment: [String: String]) {
    self.root = root
    var environment = GitEnvironment.direct(environment)
    for (name, value) in ["GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"] {
      environment[name] = value
    }
    self.environment = environment
  }

  /// What git printed; nil unless it succeeded in time, and printed no more than `limit` bytes.
  package func run(_ arguments: [String], limit: Int, seconds: Double) -> [UInt8]? {
    let command =
      ["git", "-C", root, "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--no-pager"] + arguments
    let request = ProcessRequest(command, environment: environment, output: .kept(limit: limit), timeLimit: seconds)
    guard let result = try? ProcessRunner.run(request), result.end == .exited(0) else { return nil }
    return result.output
  }
}
