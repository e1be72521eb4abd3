/// Reads which leg of a matrix a report is from out of its path: `test-results-ubuntu-py3.11/junit.xml`.
///
/// Only words that can mean nothing else count; a path without them gives no labels.
struct PathLabels {
  private(set) var labels: [String: String] = [:]
  private var words: [Substring] = []

  private static let platforms: Set<String> = [
    "ubuntu", "linux", "debian", "alpine", "fedora", "centos", "macos", "darwin", "osx", "windows", "win32", "win64",
    "freebsd", "android", "ios",
  ]
  private static let browsers: Set<String> = ["chromium", "chrome", "firefox", "webkit", "safari", "edge"]
  private static let machines: Set<String> = [
    "amd64", "arm64", "aarch64", "x64", "armv7", "riscv64", "ppc64le", "s390x",
  ]
  private static let shards: Set<String> = ["shard", "part", "split", "chunk", "partition"]
  private static let tools: [String: String] = [
    "python": "python", "py": "python", "cp": "python", "pypy": "python", "node": "node", "nodejs": "node",
    "jdk": "jdk", "java": "jdk", "go": "go", "ruby": "ruby", "php": "php", "dotnet": "dotnet", "swift": "swift",
  ]

  /// The labels in a path; its deeper parts win.
  init(_ path: String) {
    for part in path.lowercased().split(separator: "/") {
      words = Self.stem(part).split { "-_ ()[],=+".contains($0) }
      var index = 0
      while index < words.count { index += take(index) }
    }
  }

  /// A name without the endings that tell a file's format.
  private static func stem(_ name: Substring) -> Substring {
    for ending in [".xml", ".json", ".jsonl", ".trx", ".zip", ".tar", ".gz", ".tgz", ".zst", ".xz", ".bz2"]
    where name.hasSuffix(ending) {
      return stem(name.dropLast(ending.count))
    }
    return name
  }

  /// Looks at one word and those after it, and returns how many were used.
  private mutating func take(_ index: Int) -> Int {
    let word = String(words[index])
    let next = index + 1 < words.count ? words[index + 1] : ""
    if Self.platforms.contains(word) {
      let isVersion = next == "latest" || Self.isVersion(next)
      labels["platform"] = isVersion ? word + "-" + next : word
      return isVersion ? 2 : 1
    }
    if Self.browsers.contains(word) { labels["browser"] = word }
    if Self.machines.contains(word) { labels["arch"] = word }
    if word == "x86" {
      labels["arch"] = next == "64" ? "x86_64" : "x86"
      return next == "64" ? 2 : 1
    }
    return takeShard(word, index) ?? takeTool(word, next) ?? 1
  }

  /// `shard-2`, `shard2`, `2of4`, `2-of-4`, `shard-2-of-4`.
  private mutating func takeShard(_ word: String, _ index: Int) -> Int? {
    let isNamed = Self.shards.contains(word)
    if isNamed, index + 1 < words.count, let used = takeShard(String(words[index + 1]), index + 1) { return used + 1 }
    let isFraction = index + 2 < words.count && words[index + 1] == "of" && Self.isNumber(words[index + 2])
    if Self.isNumber(word[...]), isFraction {
      labels["shard"] = word + "/" + words[index + 2]
      return 3
    }
    let sides = word.split(separator: "of", omittingEmptySubsequences: false)
    if sides.count == 2, Self.isNumber(sides[0]), Self.isNumber(sides[1]) {
      labels["shard"] = sides[0] + "/" + sides[1]
      return 1
    }
    if isNamed, index + 1 < words.count, Self.isNumber(words[index + 1]) {
      labels["shard"] = String(words[index + 1])
      return 2
    }
    for name in Self.shards where word.hasPrefix(name) && Self.isNumber(word.dropFirst(name.count)) {
      labels["shard"] = String(word.dropFirst(name.count))
      return 1
    }
    return nil
  }

  /// `py311`, `py3.11`, `python-3.12`, `node20`, `jdk-17`.
  private mutating func takeTool(_ word: String, _ next: Substring) -> Int? {
    if let tool = Self.tools[word], Self.isVersion(next) {
      labels[tool] = Self.version(next, of: tool)
      return 2
    }
    let letters = word.prefix { $0.isASCII && $0.isLetter }
    guard let tool = Self.tools[String(letters)], Self.isVersion(word.dropFirst(letters.count)) else { return nil }
    labels[tool] = Self.version(word.dropFirst(letters.count), of: tool)
    return 1
  }

  /// `311` means 3.11 for Python.
  private static func version(_ text: Substring, of tool: String) -> String {
    guard tool == "python", isNumber(text), text.count > 1 else { return String(text) }
    return text.prefix(1) + "." + text.dropFirst()
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.count < 6 && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func isVersion(_ text: Substring) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, isNumber(first), parts.count <= 3 else { return false }
    return parts.dropFirst().allSatisfy { isNumber($0) || $0 == "x" }
  }
}
