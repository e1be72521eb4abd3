import Foundation
import TestSupport
import Testing

/// What stands between the program and a service: certificates and proxies.
@Suite(.enabled(if: LoopbackService.isAvailable, Comment(rawValue: LoopbackService.absence)))
struct ServiceNetworkTests {
  private static let hasOpenSSL = Shell.run(["openssl", "version"]).status == 0

  @Test(.enabled(if: hasOpenSSL, "openssl is not here")) func believesNoCertificateThatProvesNothing() throws {
    let folder = try TemporaryFolder()
    let made = Shell.run(
      [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
        "subjectAltName=IP:127.0.0.1", "-keyout", folder.at("key.pem"), "-out", folder.at("certificate.pem"),
      ])
    try #require(made.status == 0, "\(made.errors)")
    let routes = #"[{"path": "/junit.xml", "headers": {"Content-Type": "text/xml"}, "file": "a.xml"}]"#
    let files = [
      "a.xml": Array(CIFlow.junit().utf8), "key.pem": Files.bytes(folder.at("key.pem")),
      "certificate.pem": Files.bytes(folder.at("certificate.pem")),
    ]
    var flow = try CIFlow(routes, files: files, [:])
    let link = "https://127.0.0.1:\(flow.service.port)/junit.xml"
    let refused = try flow.run("list", link)
    #expect(refused.status == 3)
    #expect(refused.errors.contains("127.0.0.1 could not prove who it is ("), "\(refused.errors)")
    #expect(flow.service.seen.isEmpty)
    // Whoever says which certificate to believe is believed.
    flow.variables["SSL_CERT_FILE"] = folder.at("certificate.pem")
    #expect(try flow.run("list", link).output.contains("test_two"))
    // A certificate of another host proves nothing of this one.
    let other = try flow.run("list", link.replacingOccurrences(of: "127.0.0.1", with: "localhost"))
    #expect(other.errors.contains("localhost could not prove who it is ("), "\(other.errors)")
  }

  @Test func asksThroughAProxyAndShowsItNoToken() throws {
    var flow = try CIFlow(
      #"[{"path": "*", "method": "CONNECT", "status": 403}]"#, ["HTTPS_PROXY": "{here}", "GH_TOKEN": CIFlow.token])
    let refused = try flow.checked("list", "github:acme/shop/runs/7")
    #expect(refused.status == 3 && refused.errors.contains("could not fetch github:acme/shop/runs/7"))
    let asked = try #require(flow.service.seen.first)
    #expect(asked.method == "CONNECT" && asked.path == "api.github.com:443")
    #expect(!asked.headers.values.contains { $0.contains(CIFlow.token) })
    // What is on this machine is asked without a detour.
    let count = flow.service.seen.count
    flow.variables["GITHUB_SERVER_URL"] = flow.service.here
    _ = try flow.run("list", "{here}/a.xml")
    #expect(flow.service.seen.dropFirst(count).allSatisfy { $0.method == "GET" })
  }
}
