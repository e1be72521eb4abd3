internal import SystemKit

/// Asks the tools of CI services for the tokens that they keep, where the person's settings name them.
enum CITool {
  private static let patience: Double = 10

  /// What asks those of the named tools that are known: `gh`, `glab`.
  static func ask(_ tools: [String]) -> @Sendable (_ service: String, _ host: String) -> Secret? {
    { service, host in
      switch service {
      case "github" where tools.contains("gh"): token(["gh", "auth", "token", "--hostname", host])
      case "gitlab" where tools.contains("glab"): token(["glab", "config", "get", "token", "--host", host])
      default: nil
      }
    }
  }

  /// The token that a tool prints, and nothing else.
  private static func token(_ words: [String]) -> Secret? {
    guard let result = try? ProcessRunner.run(ProcessRequest(words, timeLimit: patience)), result.end == .exited(0)
    else {
      return nil
    }
    return Secret(String(decoding: result.output.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self))
  }
}
