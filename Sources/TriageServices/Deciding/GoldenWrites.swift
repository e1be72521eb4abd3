internal import Goldens
internal import TriageActions
internal import TriageModel
internal import Workspace

/// Turns golden changes into whole files: a file of several goldens is written once, with all its entries.
struct GoldenWrites: GoldenFiles {
  private struct Target {
    let file: RepositoryFile
    /// The file's bytes as they were read; nil when there is none.
    let before: [UInt8]?
    var after: [UInt8]?
    let isWhole: Bool
  }

  private let goldens: [GoldenLocation: PreparedGolden]
  private var targets: [RepositoryFile: Target] = [:]
  private var order: [RepositoryFile] = []

  /// The files of goldens that were read, as they are now.
  init(_ goldens: [GoldenLocation: PreparedGolden]) {
    self.goldens = goldens
  }

  mutating func put(_ candidate: Candidate) -> HeldBack? {
    let place = candidate.change.location
    func held(_ obstacle: Obstacle, _ reason: String) -> HeldBack {
      HeldBack(location: place, obstacle: obstacle, reason: reason)
    }
    guard let golden = goldens[place], let file = golden.file else {
      return held(.place, "it has no place in the repository")
    }
    let known = targets[file]
    if let known, known.isWhole || place.entry == nil { return held(.place, "another golden is the same file") }
    do throws(FileError) {
      let before = if let known { known.before } else { try file.bytes() }
      let current = if let known { known.after } else { before }
      var target = Target(file: file, before: before, after: current, isWhole: place.entry == nil)
      guard let key = place.entry else {
        let hash = before.map { ContentHash(of: $0) }
        guard hash == candidate.change.currentHash else { return held(.stale, "the golden changed since") }
        target.after = golden.actual
        return keep(target)
      }
      target.after = try Splice(convention: golden.convention, key: key).result(
        current, golden.actual, expecting: candidate.change.currentHash)
      return keep(target)
    } catch .changed {
      return held(.stale, "the golden changed since")
    } catch {
      return held(.place, "\(error)")
    }
  }

  private mutating func keep(_ target: Target) -> HeldBack? {
    if targets.updateValue(target, forKey: target.file) == nil { order.append(target.file) }
    return nil
  }

  var writes: [FileWrite] {
    order.compactMap { targets[$0] }.map { target in
      FileWrite(target.file.path, expected: target.before.map { ContentHash(of: $0) }, bytes: target.after)
    }
  }
}

/// Puts one entry into its file, and proves that nothing else of it changed.
private struct Splice {
  let convention: String
  let key: String

  func result(
    _ file: [UInt8]?, _ entry: [UInt8]?, expecting hash: ContentHash?
  ) throws(FileError) -> [UInt8] {
    guard let convention = GoldenConventions.named(convention) else {
      throw .system("no convention \(convention) is known")
    }
    var old: [UInt8]?
    do throws(SpliceError) {
      old = try file.flatMap { file throws(SpliceError) in try convention.entry(key, of: file) }
    } catch {
      throw .system("\(error)")
    }
    guard old.map({ ContentHash(of: $0) }) == hash else { throw .changed }
    do throws(SpliceError) {
      let new = try convention.replacing(key, of: file, with: entry)
      guard let file else { return new }
      // The way back must lead to the very same file: so no byte of another entry was touched.
      guard try convention.replacing(key, of: new, with: old) == file else { throw .notLocal }
      return new
    } catch {
      throw .system("\(error)")
    }
  }
}
