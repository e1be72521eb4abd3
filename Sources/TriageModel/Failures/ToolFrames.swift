extension StackFrame {
  /// Whether the frame belongs to a language, its libraries or a test tool, and not to the project.
  package var isTools: Bool {
    if location.isOfLibrary { return true }
    let path = location.file.withSlashes
    return !isTest(path) && isToolsFunction(path)
  }

  /// Whether a file is named as tests of Java are: a tool that tests itself is its own project.
  private func isTest(_ path: String) -> Bool {
    ["Test.java", "Tests.java", "IT.java", "Spec.java", "Test.kt", "Tests.kt", "Spec.groovy", "Spec.scala"].contains {
      path.hasSuffix($0)
    }
  }

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
