/// A rule that sets a volatile part of outputs aside when they are compared.
///
/// | rule | what it sets aside |
/// |---|---|
/// | `$.meta.created_at`, `$.runs[*].id`, `$..uuid` | values of JSON and YAML, by their path |
/// | `column:run_id`, `column:tmp_*` | columns of tables, by name |
/// | `/\d{4}-\d\d-\d\dT.*/` | what the pattern (PCRE2) matches in a line, a cell or a value |
package struct IgnoreRule: Sendable, Equatable {
  /// One step of a path.
  package enum Step: Sendable, Equatable {
    /// The member of a name.
    case key(String)
    /// The element at an index.
    case index(Int)
    /// Any member or element.
    case any
    /// Any number of steps.
    case deep
  }

  /// What it is about.
  package enum Subject: Sendable {
    /// Values at a path from the root.
    case path([Step])
    /// Columns whose name fits.
    case column(Glob)
    /// Parts of texts.
    case pattern(Pattern)
  }

  /// The rule as it was written.
  package let source: String
  /// What it is about.
  package let subject: Subject

  /// Reads a rule.
  package init(_ source: String) throws(IgnoreRuleError) {
    self.source = source
    if source.hasPrefix("$") {
      var parser = PathParser(text: Array(source.unicodeScalars.dropFirst()))
      subject = .path(try parser.steps())
    } else if source.hasPrefix("column:"), source.utf8.count > 7 {
      subject = .column(Glob(String(source.dropFirst(7))))
    } else if source.hasPrefix("/"), source.hasSuffix("/"), source.utf8.count > 2 {
      do throws(PatternError) {
        subject = .pattern(try Pattern(String(source.dropFirst().dropLast())))
      } catch {
        throw .pattern(error)
      }
    } else {
      throw .unknown(source)
    }
  }

  package static func == (left: IgnoreRule, right: IgnoreRule) -> Bool { left.source == right.source }
}

/// Why a rule is none. The text fits "could not read X: {error}".
package enum IgnoreRuleError: Error, Equatable, CustomStringConvertible {
  /// It begins as no rule does.
  case unknown(String)
  /// The path cannot be read from a character on, which counts from 1.
  case path(position: Int)
  /// The pattern is refused.
  case pattern(PatternError)

  package var description: String {
    switch self {
    case .unknown(let text):
      "\(Sanitizer.line(text, limit: 200)) is no rule: $.path, column:name or /pattern/"
    case .path(let position): "the path cannot be read from character \(position) on ($.a.b, $.a[*].b, $.a[0], $..b)"
    case .pattern(let error): "\(error)"
    }
  }
}

/// Reads the path behind `$`.
private struct PathParser {
  let text: [Unicode.Scalar]
  private var position = 0

  init(text: [Unicode.Scalar]) {
    self.text = text
  }

  private var failure: IgnoreRuleError { .path(position: position + 2) }
  private var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

  mutating func steps() throws(IgnoreRuleError) -> [IgnoreRule.Step] {
    var steps: [IgnoreRule.Step] = []
    while let mark = next {
      guard mark == "." || mark == "[" else { throw failure }
      position += 1
      if mark == "[" {
        steps.append(try bracket())
        continue
      }
      if next == "." {
        steps.append(.deep)
        position += 1
        if next == "[" { continue }
      }
      steps.append(try name())
    }
    guard !steps.isEmpty, steps.last != .deep else { throw failure }
    return steps
  }

  private mutating func name() throws(IgnoreRuleError) -> IgnoreRule.Step {
    let start = position
    while let scalar = next, scalar != ".", scalar != "[" { position += 1 }
    if position == start { throw failure }
    let name = Self.string(text[start..<position])
    return name == "*" ? .any : .key(name)
  }

  private mutating func bracket() throws(IgnoreRuleError) -> IgnoreRule.Step {
    if let quote = next, quote == "\"" || quote == "'" {
      position += 1
      guard let end = text[position...].firstIndex(of: quote), end + 1 < text.count, text[end + 1] == "]" else {
        throw failure
      }
      let name = Self.string(text[position..<end])
      position = end + 2
      return .key(name)
    }
    guard let end = text[position...].firstIndex(of: "]") else { throw failure }
    let inside = Self.string(text[position..<end])
    if inside == "*" {
      position = end + 1
      return .any
    }
    guard let index = Int(inside), index >= 0 else { throw failure }
    position = end + 1
    return .index(index)
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
