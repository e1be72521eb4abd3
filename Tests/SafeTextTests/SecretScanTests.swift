import TestSupport
import Testing

@testable import SafeText

@Suite struct SecretScanTests {
  private func kinds(_ line: String) -> [SecretFinding.Kind] {
    SecretScan.findings(in: Array("a\n\(line)\nb\n".utf8), since: Array("a\nb\n".utf8)).map(\.kind)
  }

  @Test(arguments: [
    ("id = AKIAIOSFODNN7EXAMPLE", SecretFinding.Kind.awsKey),
    ("\"ghp_0123456789abcdefghijABCDEFGHIJ012345\"", .githubToken),
    ("hook xoxb-123456789012-abcdefghijkl", .slackToken), ("-----BEGIN RSA PRIVATE KEY-----", .privateKey),
    ("-----BEGIN PRIVATE KEY-----", .privateKey),
    ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P", .jwt),
    ("api_key = 'k3J9x0PqLmZ81vTs7Ry2'", .password), ("{\"apiKey\": \"k3J9x0PqLmZ81vTs7Ry2\"}", .password),
    ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCY", .password), ("password: hunter2x", .password),
    ("url,https://me:s3cr3t@host/", .password), ("author,jane.doe+x@corp.co.uk", .email),
    ("hf_AbCdEfGhIjKlMnOpQrStUvWxYz01234567", .serviceKey), ("paid with 4111-1111-1111-1111.", .card),
    ("\"card\": \"4111111111111111\"", .card), ("credit card 4111 1111 1111 1111", .card),
  ])
  func findsWhatLooksSecret(line: String, kind: SecretFinding.Kind) {
    #expect(kinds(line) == [kind])
  }

  @Test(arguments: [
    "someone@example.com", "logo@2x.png", "git@github.com:me/it.git", "token_count: 4096", "token: 1234567890123456",
    "n_tokens,token\n12,34", "api_key = ", "password: ********", "secret: <redacted>", "0.4111111111111111",
    "4111111111111111", "id,4111111111111111,5", "{\"id\": 4111111111111111}", "{\"id\": \"4111111111111111\"}",
    "4111 1111 1111 1111", "4111 1111 1111 1111 1111", "card 4111-1111-1111-1112", "4111111111111111.5",
    "a4111111111111111", "550e8400-e29b-41d4-a716-446655440000", "AKIA", "AKIAIOSFODNN7EXAMPLES", "eyJhIjox.b.c",
    "-----BEGIN CERTIFICATE-----", "visa,4111111111111111,1", "https://host:8080/@me", "sha256:0123456789abcdef",
  ])
  func leavesAloneWhatOnlyLooksAlike(line: String) {
    #expect(kinds(line).isEmpty)
  }

  @Test func countsOnlyWhatIsAdded() {
    let old = Array("x\nmail: jane@corp.io\r\n{\"a\": 1, \"mail\": \"joe@corp.io\"}\n".utf8)
    let new = Array("mail: jane@corp.io\r\nx\n{\"a\": 2, \"mail\": \"joe@corp.io\"}\nann@corp.io\n".utf8)
    #expect(SecretScan.findings(in: new, since: old) == [SecretFinding(.email, line: 4)])
    #expect(SecretScan.findings(in: new, since: new).isEmpty)
    #expect(SecretScan.findings(in: [0x89, 0, 1] + Array(" ann@corp.io".utf8), since: []).isEmpty)
  }

  @Test func sayNothingOfTheSecretItself() {
    let found = SecretScan.findings(in: Array("AKIAIOSFODNN7EXAMPLE\nann@corp.io".utf8), since: [])
    #expect(SecretFinding.words(found) == "an added line looks like an AWS key (line 1, and 1 more)")
    #expect(!"\(found)".contains("AKIAIOSFODNN7EXAMPLE"))
  }

  @Test func tablesOfNumbersHaveNoSecrets() {
    var random = Seeded(state: 42)
    var text = "id,score,count,other\n"
    for _ in 0..<40_000 {
      let whole = UInt64.random(in: 1_000_000_000_000_000...9_999_999_999_999_999, using: &random)
      let fraction = Double.random(in: -1...1, using: &random)
      let four = (0..<4).map { _ in String(Int.random(in: 1000...9999, using: &random)) }
      switch Int.random(in: 0..<5, using: &random) {
      case 0: text += "\(whole),\(fraction),\(four[0])\n"
      case 1: text += "\(fraction)\t0.\(whole)\t-\(whole)e-7\n"
      case 2: text += four.joined(separator: " ") + " \(whole)\n"
      case 3: text += "{\"id\": \(whole), \"x\": [0.\(whole), \(fraction)], \"k\": \"\(whole)\"}\n"
      default: text += "\"\(whole)\";\"\(fraction)\";\(four.joined(separator: ";"))\n"
      }
    }
    #expect(SecretScan.findings(in: Array(text.utf8), since: []).isEmpty)
  }

  @Test func noBytesTrap() {
    var random = Seeded(state: 7)
    let alphabet = Array("@:=-. \"'4eyJAKIAghp_xtoken/\n\u{1}é".utf8)
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      _ = SecretScan.findings(in: bytes, since: [])
    }
  }

  @Test func aMaskedTextSaysWhatStoodThere() {
    #expect(SecretScan.masked("login with AKIAIOSFODNN7EXAMPLE failed") == "login with [an AWS key] failed")
    #expect(SecretScan.masked("no secret, ann@company.org") == "no secret, ann@company.org")
    #expect(
      SecretScan.masked("a ghp_0123456789abcdefghijABCDEFGHIJ012345\nb AKIAIOSFODNN7EXAMPLE")
        == "a [a GitHub token]\nb [an AWS key]")
  }

  @Test(arguments: [1, 2, 3, 5, 40]) func piecesTellWhatTheWholeTells(_ size: Int) {
    let lines = (0..<40).map { $0 % 3 == 0 ? "mail from ann@company.org\r\n" : $0 % 7 == 0 ? "\n" : "nothing \($0)\n" }
    var reader = SecretReader()
    for start in stride(from: 0, to: lines.count, by: size) {
      reader.read(Array(lines[start..<min(start + size, lines.count)].joined().utf8)[...])
    }
    #expect(reader.findings.map(\.line) == stride(from: 1, through: 40, by: 3).map { $0 })
    #expect(reader.findings == SecretScan.findings(in: Array(lines.joined().utf8), since: []))
  }
}
