internal import Foundation
internal import NcursesTerminal
internal import TerminalKit
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// The context as `doctor` tells them: nothing here fails, what is wrong is a problem in words.
struct DoctorSections {
  private let output: OutputOptions
  private let environment = CommandContext.environment
  private let directories = CommandContext.directories
  private var repository: Repository?
  private var configuration = Configuration()
  /// What the person has set, as far as it could be read.
  private(set) var settings = Settings()
  /// What is wrong with the configuration.
  private(set) var problems: [DoctorReport.Problem] = []

  /// The context of a command with the given options.
  init(repository folder: String?, _ output: OutputOptions) {
    self.output = output
    let repository = attempt { () throws(CommandFailure) in try CommandContext.repository(folder) } ?? nil
    self.repository = repository
    let directories = directories
    configuration =
      attempt { () throws(ConfigurationError) in try Configuration(repository: repository) } ?? configuration
    settings = attempt { () throws(ConfigurationError) in try Settings(directories: directories) } ?? settings
    for warning in configuration.warnings + settings.warnings {
      problems.append(DoctorReport.Problem(location: "", words: warning))
    }
  }

  /// All sections, in the order they are shown.
  var all: [DoctorReport.Section] { [program, files, terminal, folders] }

  /// The value, or nil and a problem more.
  private mutating func attempt<Value, Failure: Error>(_ body: () throws(Failure) -> Value) -> Value? {
    do throws(Failure) {
      return try body()
    } catch {
      problems.append(DoctorReport.Problem(location: "", words: "\(error)"))
      return nil
    }
  }

  private var program: DoctorReport.Section {
    DoctorReport.Section(
      "program", [DoctorReport.Fact("assay", Assay.version), DoctorReport.Fact("git", executable("git"))])
  }

  private var files: DoctorReport.Section {
    let file = repository.map { $0.root + "/" + Configuration.file }
    return DoctorReport.Section(
      "configuration",
      [
        DoctorReport.Fact("repository", repository?.root),
        DoctorReport.Fact("repository file", file.flatMap(existing)),
        DoctorReport.Fact("own file", existing(directories.configuration + "/config.yaml")),
        DoctorReport.Fact("owners", Owners(repository: repository, configuration: configuration).file),
        DoctorReport.Fact("theme", settings.theme),
      ])
  }

  private var terminal: DoctorReport.Section {
    let locale = setlocale(LC_CTYPE, nil).map { String(cString: $0) }
    let colors = TerminalType.colors(of: environment["TERM", default: ""])
    let codeset = String(cString: nl_langinfo(nl_item(CODESET)))
    return DoctorReport.Section(
      "terminal",
      [
        DoctorReport.Fact("standard output", StandardOutput.isTerminal ? "terminal" : "no terminal"),
        DoctorReport.Fact("TERM", environment["TERM"]),
        DoctorReport.Fact("known type", colors == nil ? "no" : "yes"),
        DoctorReport.Fact("its colours", colors.map { String($0) }),
        DoctorReport.Fact("colours asked for", output.color(settings)?.word ?? "auto"),
        DoctorReport.Fact("columns", StandardOutput.width.map { String($0) }),
        DoctorReport.Fact("locale", locale),
        DoctorReport.Fact("encoding", codeset),
      ])
  }

  private var folders: DoctorReport.Section {
    DoctorReport.Section(
      "directories",
      [
        DoctorReport.Fact("configuration", directories.configuration),
        DoctorReport.Fact("state", directories.state),
        DoctorReport.Fact("cache", directories.cache),
      ])
  }

  /// Where a program lies that would be found by its name.
  private func executable(_ name: String) -> String? {
    let folders = environment["PATH", default: ""].split(separator: ":")
    return folders.lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  private func existing(_ path: String) -> String? { access(path, R_OK) == 0 ? path : nil }
}
