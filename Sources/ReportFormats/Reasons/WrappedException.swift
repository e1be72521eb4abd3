/// Exceptions that only carry another one: the reason is what they carry.
enum WrappedException {
  /// The last part of the names of those that say nothing of their own.
  private static let carriers = [
    "InvocationTargetException", "ExecutionException", "CompletionException", "UndeclaredThrowableException",
    "ExceptionInInitializerError", "TargetInvocationException", "TypeInitializationException", "AggregateException",
  ]

  /// Whether a type may be one that carries another.
  static func mayCarry(_ type: UnsafeRawBufferPointer) -> Bool {
    type.count >= 18 && carriers.contains { type.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  /// The innermost exception that a stack tells of behind `Caused by: ` (Java) or `---- ` (xUnit); nil for none.
  static func cause(in details: String) -> (type: String, message: String)? {
    for mark in ["Caused by: ", "---- ", " ---> "] {
      guard let line = details.reasonLines.last(where: { $0.hasPrefix(mark) && !$0.hasPrefix("---- Inner Stack") })
      else { continue }
      let text = line.dropFirst(mark.utf8.count)
      let type = text.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "$" || $0 == "_" }
      guard type.contains(".") else { continue }
      let message = text.dropFirst(type.count).drop { $0 == " " || $0 == ":" }
      return (String(type), message.isEmpty ? String(type) : String(message))
    }
    return nil
  }
}
