extension StackFrame {
  /// Whether the frame belongs to a language, its libraries or a test tool, and not to the project.
  package var isTools: Bool {
    let path = location.file.utf8.contains(0x5C) ? location.file.replacingSeparators : location.file
    if isTest(path) { return Self.isLibrary("/" + path) }
    return Self.isLibrary("/" + path) || isToolsFunction(path)
  }

  /// Whether a file is named as tests of Java are: a tool that tests itself is its own project.
  private func isTest(_ path: String) -> Bool {
    ["Test.java", "Tests.java", "IT.java", "Spec.java", "Test.kt", "Tests.kt", "Spec.groovy", "Spec.scala"].contains {
      path.hasSuffix($0)
    }
  }

  private static func isLibrary(_ path: String) -> Bool {
    starts.contains(where: path.hasPrefix) || folders.contains { path.contains($0) }
  }

  /// How the paths of tools begin, behind a slash.
  private static let starts = [
    "/<", "/node:", "/internal/", "//usr/lib/", "//usr/share/", "//usr/include/", "//rustc/", "/library/std/",
    "/library/core/", "/library/test/", "//_/src/", "/deps/", "/testing.go", "/asm_amd64.s",
  ]
  /// Folders that only tools are in.
  private static let folders = [
    "/site-packages/", "/dist-packages/", "/node_modules/", "/.venv/", "/vendor/", "/gems/", "/_pytest/",
    "/lib/python2.", "/lib/python3.", "/lib64/python3.", "/lib/ruby/", "/usr/local/go/src/", "/opt/go/src/",
    "/sdk/go1.", "/src/testing/testing.go", "/src/runtime/panic.go", "/src/runtime/asm_", "/src/runtime/signal_unix.go",
    "/src/runtime/proc.go", "/src/runtime/debug/stack.go", "/src/reflect/value.go", "/go/pkg/mod/", "/.cargo/registry/",
    "/src/libstd/", "/src/libcore/", "/library/std/src/", "/library/core/src/", "/library/alloc/src/",
    "/library/test/src/", "/googletest/", "/lib/ex_unit/", "/webpack/bootstrap", "/xunit.assert/", "/xunit.execution/",
  ]

  /// Functions say whose a frame is where the path is only a file's name (Java), or a builder's folder (.NET).
  private func isToolsFunction(_ path: String) -> Bool {
    guard !function.isEmpty else { return false }
    if SourceLocation.hasClasses(path) {
      // `java.base/java.lang.reflect.Method.invoke`, `app//org.junit.Assert.fail`.
      let name = function.split(separator: "/").last.map(String.init) ?? function
      return Self.javaPackages.contains(where: name.hasPrefix)
    }
    if [".cs", ".fs", ".vb"].contains(where: path.hasSuffix) {
      return Self.dotNetNamespaces.contains(where: function.hasPrefix)
    }
    return false
  }

  private static let javaPackages = [
    "java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.", "kotlin.", "kotlinx.", "scala.", "groovy.",
    "org.codehaus.groovy.", "org.apache.groovy.", "clojure.", "org.junit.", "junit.", "org.testng.", "org.opentest4j.",
    "org.hamcrest.", "org.assertj.", "org.mockito.", "org.easymock.", "org.powermock.", "mockit.", "io.mockk.",
    "io.kotest.", "org.spockframework.", "spock.", "org.scalatest.", "org.scalactic.", "munit.", "org.specs2.",
    "io.cucumber.", "cucumber.", "net.bytebuddy.", "org.springframework.", "org.gradle.", "worker.org.gradle.",
    "org.apache.maven.", "org.apache.tools.ant.", "com.intellij.", "androidx.test.", "androidx.junit.", "android.",
    "com.android.", "dalvik.", "org.robolectric.", "com.google.common.truth.", "com.google.testing.", "io.netty.",
    "reactor.core.", "com.google.common.base.Preconditions", "org.jacoco.", "org.apache.commons.lang3.Validate",
  ]
  private static let dotNetNamespaces = [
    "Xunit.", "NUnit.", "Microsoft.", "System.", "FluentAssertions.", "Shouldly.", "Moq.", "NSubstitute.",
    "ReflectionAbstractionExtensions.",
  ]
}

extension String {
  /// The path with slashes, as everybody but Windows writes it.
  fileprivate var replacingSeparators: String {
    String(decoding: utf8.map { $0 == 0x5C ? 0x2F : $0 }, as: UTF8.self)
  }
}
