/// What `doctor` found out: what was recognised of the given paths, and how the program sees its surroundings.
package struct DoctorReport: Sendable, Equatable {
  /// One path that was looked at.
  package struct Input: Sendable, Equatable {
    /// The path as it was given or found.
    package var path: String
    /// Reports that were recognised.
    package var reports: [Report] = []
    /// Files that are no report of a known format, as paths within the input.
    package var unrecognised: [String] = []
    /// What was left alone or lost: a place and a clause.
    package var problems: [Problem] = []

    /// A path of which nothing is known yet.
    package init(path: String) {
      self.path = path
    }
  }

  /// A file that was recognised.
  package struct Report: Sendable, Equatable {
    /// The path within its input.
    package var path: String
    /// The format's id in the registry.
    package var format: String
    /// The run it belongs to, and the tests that came from it first.
    package var run: String
    /// How many tests came from it; those that another report told of before are counted there.
    package var tests: Int

    /// A recognised report.
    package init(path: String, format: String, run: String, tests: Int) {
      self.path = path
      self.format = format
      self.run = run
      self.tests = tests
    }
  }

  /// Something that was left alone, lost or looks wrong.
  package struct Problem: Sendable, Equatable {
    /// Where, as a path with a line when there is one.
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
  package var inputs: [Input] = []
  /// The surroundings.
  package var sections: [Section] = []

  /// A report that says nothing yet.
  package init() {}
}
