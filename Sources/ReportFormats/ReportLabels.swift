/// Which properties of a suite tell one leg of a matrix from another.
enum ReportLabels {
  private static let labels: [String: String] = [
    "python": "python", "python_version": "python", "python.version": "python", "platform": "platform", "os": "os",
    "os.name": "os", "shard": "shard", "shard_index": "shard", "browser": "browser", "browsername": "browser",
    "jdk": "jdk", "java.specification.version": "jdk", "go.version": "go", "node": "node", "ruby": "ruby",
    "arch": "arch", "os.arch": "arch", "device": "device", "configuration": "configuration", "project": "project",
    "environment": "environment",
  ]

  /// The label that a property gives, if it gives one.
  static func label(for property: UnsafeRawBufferPointer) -> String? {
    guard !property.isEmpty, property.count < 32 else { return nil }
    return labels[String(decoding: property, as: UTF8.self).lowercased()]
  }
}
