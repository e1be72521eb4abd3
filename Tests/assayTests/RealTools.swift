import Foundation
import TestSupport

/// Python with the golden frameworks from PyPI, installed once and kept beside other temporary files.
enum RealTools {
  static let packages = [
    "pytest", "hypothesis", "pytest-regressions", "syrupy", "pytest-mpl", "approvaltests", "pytest-xdist", "numpy",
    "pandas",
    "matplotlib", "pillow",
  ]

  /// What a skipped test says.
  static let absence = "python3 with venv and pip is not here, or PyPI cannot be reached"

  /// The interpreter; nil where it could not be made.
  static let python: String? = {
    let folder = NSTemporaryDirectory() + "assay-real-tools-\(getuid())"
    let python = folder + "/bin/python"
    let mark = folder + "/installed: " + packages.joined(separator: " ")
    if Files.exists(mark) { return python }
    guard Shell.run(["python3", "-m", "venv", folder]).status == 0 else { return nil }
    let install = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--timeout", "15", "--retries", "1"]
    guard Shell.run([python] + install + packages).status == 0 else { return nil }
    return FileManager.default.createFile(atPath: mark, contents: nil) ? python : nil
  }()
}
