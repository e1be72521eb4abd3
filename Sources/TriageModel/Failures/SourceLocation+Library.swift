extension SourceLocation {
  /// Whether the path is that of a language, an installed library or a test tool: never what a person edits.
  package var isOfLibrary: Bool {
    let path = "/" + file.withSlashes
    if Self.starts.contains(where: path.hasPrefix) { return true }
    // Node's own modules; a project in Go may have a folder of that name.
    if path.hasPrefix("/internal/"), path.hasSuffix(".js") { return true }
    let bytes = Array(path.utf8)
    return bytes.indices.contains { place in
      bytes[place] == 0x2F && Self.folders.contains { bytes[place...].starts(with: $0) }
    }
  }

  /// How the paths of tools begin, behind a slash.
  private static let starts = [
    "/<", "/node:", "//usr/lib/", "//usr/share/", "//usr/include/", "//rustc/", "/library/std/",
    "/library/core/", "/library/test/", "//_/src/", "/deps/", "/testing.go", "/asm_amd64.s",
  ]
  /// Folders that only tools are in, as bytes: this is asked of every frame of every failure.
  private static let folders: [[UInt8]] = [
    "/site-packages/", "/dist-packages/", "/node_modules/", "/.venv/", "/vendor/", "/gems/", "/_pytest/",
    "/lib/python2.", "/lib/python3.", "/lib64/python3.", "/lib/ruby/", "/usr/local/go/src/", "/opt/go/src/",
    "/sdk/go1.", "/src/testing/testing.go", "/src/runtime/panic.go", "/src/runtime/asm_", "/src/runtime/signal_unix.go",
    "/src/runtime/proc.go", "/src/runtime/debug/stack.go", "/src/reflect/value.go", "/go/pkg/mod/", "/.cargo/registry/",
    "/src/libstd/", "/src/libcore/", "/library/std/src/", "/library/core/src/", "/library/alloc/src/",
    "/library/test/src/", "/googletest/", "/lib/ex_unit/", "/webpack/bootstrap", "/xunit.assert/", "/xunit.execution/",
  ].map { Array($0.utf8) }
}

extension String {
  /// The path with slashes, as everybody but Windows writes it.
  var withSlashes: String {
    guard utf8.contains(0x5C) else { return self }
    return String(decoding: utf8.map { $0 == 0x5C ? 0x2F : $0 }, as: UTF8.self)
  }
}
