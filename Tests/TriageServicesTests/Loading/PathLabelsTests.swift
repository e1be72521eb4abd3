import Testing

@testable import TriageServices

@Suite struct PathLabelsTests {
  @Test(
    arguments: [
      ("junit.xml", [:]),
      ("test-results-ubuntu-py3.11/junit.xml", ["platform": "ubuntu", "python": "3.11"]),
      ("unit (ubuntu-22.04, 3.12)/junit.xml", ["platform": "ubuntu-22.04"]),
      ("results/py311/junit.xml", ["python": "3.11"]),
      ("python-3.12/windows-latest/x.xml", ["python": "3.12", "platform": "windows-latest"]),
      ("shard-2/junit.xml", ["shard": "2"]),
      ("junit-1of4.xml", ["shard": "1/4"]),
      ("blob-shard-3-of-8.xml", ["shard": "3/8"]),
      ("node20-chromium/results.xml", ["node": "20", "browser": "chromium"]),
      ("jdk-17-linux-x86_64/TEST-a.xml", ["jdk": "17", "platform": "linux", "arch": "x86_64"]),
      ("part-of-the-team/go-live/python/test_linux_support.xml", ["platform": "linux"]),
      ("TEST-com.acme.WindowsTest.xml", [:]),
    ] as [(String, [String: String])])
  func readsTheLegOutOfThePath(path: String, labels: [String: String]) {
    #expect(PathLabels(path).labels == labels)
  }
}
