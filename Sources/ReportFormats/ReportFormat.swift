package import TriageModel

/// A format of test reports. One format a file in `Formats/`, one line in `ReportFormats.all`.
package protocol ReportFormat: Sendable {
  /// The id in JSON, in `doctor` and in `ReportInfo.format` (`junit`).
  static var id: String { get }

  /// The name shown to people (`JUnit XML`).
  static var title: String { get }

  /// How much a report of the format tells; of several in one folder the richest is read first.
  static var richness: Int { get }

  /// The file names that its reports have; whoever looks for reports learns them here.
  static var names: ReportNames { get }

  /// Where the beginning of a report tells of times and tests.
  static var marks: ReportMarks { get }

  /// How a report is told from its beginning; empty where `recognises` decides otherwise.
  static var signs: [FormatSign] { get }

  /// Whether its files hold one test, or a few, each and are read together, as one report a folder.
  static var isOneReportAFolder: Bool { get }

  /// Whether such reports are a second account of tests that other reports tell of, wherever those lie.
  static var isCompanion: Bool { get }

  /// How many reports of a run are read at most, the newest of them; nil for all.
  static var mostReports: Int? { get }

  /// When what a report is of began, in any unit, from its beginning; asked only of formats with a most.
  static func began(_ head: ReportHead) -> Double?

  /// Whether a file with this name and beginning is such a report, whole or damaged.
  static func recognises(_ head: ReportHead) -> Bool

  /// Reads a report between the builder's `beginReport` and `endReport`.
  ///
  /// Keeps every test that can be read and says in the result what was lost; never traps and never throws.
  static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult
}

extension ReportFormat {
  /// Most reports are told by their signs alone.
  package static func recognises(_ head: ReportHead) -> Bool { signs.contains { head.sight.shows($0) } }

  /// A format that says more than signs do brings its own `recognises`.
  package static var signs: [FormatSign] { [] }

  /// Most formats put all tests into one file.
  package static var isOneReportAFolder: Bool { false }

  /// Of most formats all reports are read.
  package static var mostReports: Int? { nil }

  /// Most formats need not say when.
  package static func began(_ head: ReportHead) -> Double? { nil }

  /// Most reports are the first account of their tests.
  package static var isCompanion: Bool { false }
}

/// The file names that a format's reports have.
package struct ReportNames: Sendable {
  /// Endings without the point, in lower case.
  package let endings: [String]
  /// Whole names, of files whose ending many others have.
  package let files: [String]
  /// Whether tools print such reports as they go, so that what a tool printed is looked into (`go-test.log`).
  package let isPrinted: Bool
  /// Patterns for names in lower case that are meant as a report, whatever the file holds.
  package let meant: [String]
  /// Where tools leave such reports when nobody says otherwise, as patterns below the project's folder.
  package let usualPaths: [String]
  /// Hidden files and folders that hold such reports.
  package let hidden: [String]

  init(
    endings: [String], files: [String] = [], isPrinted: Bool = false, meant: [String] = [], usualPaths: [String] = [],
    hidden: [String] = []
  ) {
    self.endings = endings
    self.files = files
    self.isPrinted = isPrinted
    self.meant = meant
    self.usualPaths = usualPaths
    self.hidden = hidden
  }
}

/// What recognition sees of a file.
package struct ReportHead: Sendable {
  /// How many bytes of a file's beginning recognition gets at most.
  package static let length = 1 << 16

  /// The file's name without its folder.
  package let name: String
  /// The folder that the file lies in, as it is shown; empty where that is not known.
  package let folder: String
  /// The first bytes, up to `length`.
  package let bytes: [UInt8]
  /// Whether a file of a name lies in the same folder.
  package let hasBeside: @Sendable (_ name: String) -> Bool
  /// What the bytes look like, found once for all formats.
  let sight: FormatSight

  /// A file's name and beginning, and what is known of where it lies.
  package init(
    name: String, folder: String = "", bytes: [UInt8],
    hasBeside: @escaping @Sendable (_ name: String) -> Bool = { _ in false }
  ) {
    self.name = name
    self.folder = folder
    self.bytes = bytes
    self.hasBeside = hasBeside
    sight = FormatSight(bytes)
  }
}

/// A report to read.
package struct ReportInput {
  /// The path shown in damages and warnings.
  package let path: String
  /// Opens the report from its start; a reader may do so twice (once more with repairs), and on a thread of its own.
  package let open: @Sendable () throws(ByteSourceError) -> any ByteSource
  /// How many bytes its file has, compressed ones where it is compressed; 0 where that is not known.
  package var size = 0
  /// The further files of a report of several.
  package var others: [ReportInput] = []
  /// Whether the repository has a file: `tests/unit/test_a.py`. Without a repository it always says no.
  package let repositoryHas: (String) -> Bool
  /// The files that lie beside the report in its artifact; none where it came alone.
  package var beside = FilesBeside()
  /// Called about once a megabyte with the bytes read so far and the table so far; false asks the reader to stop.
  package let progress: (_ bytes: Int, _ table: TestTable) -> Bool

  /// A report, where to find it, and whom to tell how far reading has come.
  package init(
    path: String, open: @escaping @Sendable () throws(ByteSourceError) -> any ByteSource,
    repositoryHas: @escaping (String) -> Bool = { _ in false },
    progress: @escaping (_ bytes: Int, _ table: TestTable) -> Bool = { _, _ in true }
  ) {
    self.path = path
    self.open = open
    self.repositoryHas = repositoryHas
    self.progress = progress
  }
}

/// What a reader has to say besides the tests.
package struct ReportResult: Sendable, Equatable {
  /// What was lost, and why: such a report is partial.
  package var damages: [Damage] = []
  /// Things that disagree or were mended, a sentence each.
  package var warnings: [String] = []
  /// The exit status of the test process, where the report has it.
  package var exitCode: Int?
  /// How many results the report holds as it counts them itself: JUnit's `testcase` elements, pytest's tests.
  package var caseCount = 0

  /// A report that was read whole.
  package init() {}

  /// Warns, once, that some text was longer than a table keeps.
  mutating func warnOfLongText() {
    let warning = "text longer than \(TextStore.longestText) bytes is cut"
    if !warnings.contains(warning) { warnings.append(warning) }
  }
}

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
