/// A line of a source file, as a report or a stack names it.
package struct SourceLocation: Hashable, Sendable {
  /// The path as written; relative paths are relative to the repository.
  package let file: String
  /// The line, counted from 1; nil when the report does not say.
  package let line: Int?

  /// A file, and a line where one is known.
  package init(file: String, line: Int?) {
    self.file = file
    self.line = line
  }
}

extension SourceLocation {
  /// Whether the path is that of a language, an installed library or a test tool: never what a person edits.
  package var isOfLibrary: Bool {
    let path = Array(("/" + file.withSlashes).utf8)
    if Self.starts.has(at: 0, of: path) { return true }
    // Node's own modules; a project in Go may have a folder of that name.
    if path.starts(with: "/internal/".utf8), path.suffix(3).elementsEqual(".js".utf8) { return true }
    return path.indices.contains { path[$0] == 0x2F && Self.folders.has(at: $0, of: path) }
  }

  /// How the paths of tools begin, behind a slash.
  private static let starts = SlashedWords([
    "/<", "/node:", "//usr/lib/", "//usr/share/", "//usr/include/", "//rustc/", "/library/std/",
    "/library/core/", "/library/test/", "//_/src/", "/deps/", "/testing.go", "/asm_amd64.s",
  ])
  /// Folders that only tools are in.
  private static let folders = SlashedWords([
    "/site-packages/", "/dist-packages/", "/node_modules/", "/.venv/", "/vendor/", "/gems/", "/_pytest/",
    "/lib/python2.", "/lib/python3.", "/lib64/python3.", "/lib/ruby/", "/usr/local/go/src/", "/opt/go/src/",
    "/sdk/go1.", "/src/testing/testing.go", "/src/runtime/panic.go", "/src/runtime/asm_", "/src/runtime/signal_unix.go",
    "/src/runtime/proc.go", "/src/runtime/debug/stack.go", "/src/reflect/value.go", "/go/pkg/mod/", "/.cargo/registry/",
    "/src/libstd/", "/src/libcore/", "/library/std/src/", "/library/core/src/", "/library/alloc/src/",
    "/library/test/src/", "/googletest/", "/lib/ex_unit/", "/webpack/bootstrap", "/xunit.assert/", "/xunit.execution/",
  ])

  /// Words that begin with a slash, by the byte behind it: they are asked for at every slash of every frame.
  private struct SlashedWords {
    private var words = [[[UInt8]]](repeating: [], count: 256)

    init(_ all: [String]) {
      for word in all.map({ Array($0.utf8) }) { words[Int(word[1])].append(word) }
    }

    func has(at slash: Int, of path: [UInt8]) -> Bool {
      slash + 1 < path.count && words[Int(path[slash + 1])].contains { path[slash...].starts(with: $0) }
    }
  }
}

extension String {
  /// The path with slashes, as everybody but Windows writes it.
  var withSlashes: String {
    guard utf8.contains(0x5C) else { return self }
    return String(decoding: utf8.map { $0 == 0x5C ? 0x2F : $0 }, as: UTF8.self)
  }
}

extension SourceLocation {
  /// The place with its package's folder, where only a file's name was written: Java and its kin name the package in the
  /// class (`com.acme.CartTest`), Go in the suite (`github.com/acme/shop/cart`).
  package func inPackage(of name: String) -> SourceLocation {
    if file.isEmpty || file.utf8.contains(0x2F) || file.utf8.contains(0x5C) { return self }
    if Self.hasClasses(file) {
      let parts = name.split(separator: ".").prefix { $0.first?.isLowercase == true }
      return SourceLocation(file: (parts + [Substring(file)]).joined(separator: "/"), line: line)
    }
    if file.hasSuffix(".go"), name.utf8.contains(0x2F) {
      return SourceLocation(file: name + "/" + file, line: line)
    }
    return self
  }

  /// Whether a file holds classes that are named by their package.
  package static func hasClasses(_ file: String) -> Bool {
    [".java", ".kt", ".scala", ".groovy", ".clj"].contains(where: file.hasSuffix)
  }
}

extension StackFrame {
  /// The place, with its package's folder where the frame names one: `com/acme/CartTest.java`.
  package var placed: SourceLocation {
    // `java.base/java.lang.Thread.run`, `app//com.acme.CartTest.adds`.
    location.inPackage(of: function.split(separator: "/").last.map(String.init) ?? "")
  }
}
