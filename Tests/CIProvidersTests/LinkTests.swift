import SystemKit
import Testing

@testable import CIProviders

/// Which service a link is of, and what it means there.
@Suite struct LinkTests {
  private static let world = CIWorld([:], netrc: Netrc(""))

  private static func subject(_ link: String, _ world: CIWorld = world) -> String {
    do throws(CIError) {
      let target = try CIProviders.target(link, world)
      return "\(target.service) \(target.api) \(target.project) \(target.subject)"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("https://github.com/acme/shop/actions/runs/7", "run(\"7\", attempt: nil)"),
    ("https://github.com/acme/shop/actions/runs/7/attempts/2", "run(\"7\", attempt: Optional(2))"),
    ("https://github.com/acme/shop/actions/runs/7/job/9?pr=3#step:4:1", "job(\"9\", run: Optional(\"7\"))"),
    ("https://github.com/acme/shop/runs/9?check_suite_focus=true", "job(\"9\", run: nil)"),
    ("https://github.com/acme/shop/pull/12/checks?check_run_id=4", "request(\"12\")"),
    ("https://github.com/acme/shop/commit/8acabed/checks", "commit(\"8acabed\")"),
    ("https://github.com/acme/shop/tree/fix/a%20b", "branch(\"fix/a b\")"),
    ("https://github.com/acme/shop/actions/workflows/ci.yml?query=branch%3Amain+is%3Afailure", "branch(\"main\")"),
    ("https://github.com/acme/shop", "project"),
    ("github:acme/shop#12", "request(\"12\")"), ("github:acme/shop@fix/x", "branch(\"fix/x\")"),
    ("github:acme/shop/runs/7", "run(\"7\", attempt: nil)"), ("github:acme/shop", "project"),
  ])
  func readsLinksOfGitHub(_ link: String, _ subject: String) {
    #expect(Self.subject(link) == "github https://api.github.com/ acme/shop " + subject)
  }
}
