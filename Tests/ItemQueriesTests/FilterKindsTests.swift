import SafeText
import Testing

@testable import ItemQueries

/// What holds of every kind's table of fields.
@Suite struct FilterKindsTests {
  private func check<Kind: FilteredKind>(_ kind: Kind.Type) throws {
    let names = Kind.fields.map(\.name)
    #expect(Set(names).count == names.count && Kind.words.name.isEmpty)
    for field in Kind.fields {
      // Only letters are read as a field's name.
      #expect(field.name.allSatisfy { $0.isASCII && $0.isLowercase } && !field.name.isEmpty, "\(field.name)")
      #expect(!field.help.isEmpty && !field.help.hasSuffix("."), "\(field.name)")
      for value in field.values {
        #expect(try ItemFilter<Kind>(parsing: "\(field.name):\(value.uppercased())").asks(for: field.name))
      }
      guard !field.values.isEmpty else { continue }
      #expect {
        try ItemFilter<Kind>(parsing: "\(field.name):nosuchword")
      } throws: { error in
        "\(error)".contains("\(field.name): has no nosuchword; it knows \(field.values[0])")
      }
      #expect(throws: FilterError.noValue(field: field.name, column: field.name.count + 2)) {
        try ItemFilter<Kind>(parsing: field.name + ":,")
      }
    }
    for name in names where name.count > 3 {
      let misspelt = String(name.dropLast())
      let near = names.contains(misspelt) ? nil : names.first { $0.count > 3 && NearNames.distance($0, misspelt) == 1 }
      guard let near else { continue }
      #expect(throws: FilterError.unknownField(misspelt, column: 1, suggestion: near)) {
        try ItemFilter<Kind>(parsing: misspelt + ":x")
      }
    }
  }

  @Test func everyKindReadsItsFieldsAndNamesWhatItDoesNotKnow() throws {
    try check(FlakeFields.self)
    try check(GoldenFields.self)
    try check(MuteFields.self)
    try check(RunFields.self)
    try check(TestFields.self)
    #expect(FilterKinds.all.map(\.title) == FilterKinds.all.map(\.title).sorted() && FilterKinds.all.count == 5)
  }
}
