/// What `doctor` found out: what was recognised of the paths, and how the program sees its surroundings.
package struct DoctorReport: Sendable, Equatable {
  /// A file that was read as a report.
  package struct Report: Sendable, Equatable {
    /// The path as it is shown.
    package var path: String
    /// The format's id in the registry.
    package var format: String
    /// How many results it holds.
    package var cases: Int

    /// A report that was read.
    package init(path: String, format: String, cases: Int) {
      self.path = path
      self.format = format
      self.cases = cases
    }
  }

  /// Something that was left alone, lost or looks wrong.
  package struct Problem: Sendable, Equatable {
    /// Where, as a path with a line when there is one; empty when it is nowhere in particular.
    package var place: String
    /// What, a clause in lower case.
    package var words: String

    /// A problem at a place.
    package init(place: String, words: String) {
      self.place = place
      self.words = words
    }
  }

  /// Facts under a heading: `terminal`, `configuration` …
  package struct Section: Sendable, Equatable {
    /// The heading, which is the key in JSON.
    package var title: String
    /// Names and values, in order.
    package var facts: [Fact]

    /// A section of facts.
    package init(_ title: String, _ facts: [Fact]) {
      self.title = title
      self.facts = facts
    }
  }

  /// A name and its value; nil where there is none.
  package struct Fact: Sendable, Equatable {
    /// What it is, in lower case.
    package var name: String
    /// What holds.
    package var value: String?

    /// A fact.
    package init(_ name: String, _ value: String?) {
      self.name = name
      self.value = value
    }
  }

  /// The paths that were looked at.
  package var paths: [String] = []
  /// The ids of the runs found, newest first.
  package var runs: [String] = []
  /// What was recognised.
  package var reports: [Report] = []
  /// Files that look like reports and are of no known format.
  package var unrecognised: [String] = []
  /// What was left alone, lost or looks wrong.
  package var problems: [Problem] = []
  /// The surroundings.
  package var sections: [Section] = []

  /// A report that says nothing yet.
  package init() {}
}
