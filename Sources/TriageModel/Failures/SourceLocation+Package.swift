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
