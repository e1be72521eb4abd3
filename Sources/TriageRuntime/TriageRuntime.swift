internal import Dispatch
internal import Foundation
internal import RunHistory
internal import Synchronization
package import TriageMessages
package import TriageModel

/// Carries out what the screens ask for, each thing on its own thread, and posts the answers.
///
/// Reading runs, answering queries and making texts wait for nobody: a newer question makes the older one stop,
/// and an answer that nobody waits for is dropped by the screens.
package final class TriageRuntime: Sendable {
  /// What a load ended with.
  package enum Outcome: Sendable {
    /// The runs, newest first, and the files and folders to watch.
    case runs([Run], watched: [String])
    /// Why there are none, as a sentence.
    case failed(String)
  }

  /// Reads everything; `publish` is told how far it came, with a snapshot now and then, and says whether to go on.
  package typealias Load = @Sendable (_ publish: @escaping (LoadCount, [Run]?) -> Bool) -> Outcome

  private struct State {
    var runs = RunSet.none
    var revision = 0
    /// The number of the newest load; an older one stops.
    var load = 0
    var query = 0
    /// The text that is wanted by now.
    var document: DocumentRequest?
    /// What the last load that succeeded read.
    var watched: [String] = []
  }

  private let queue: EventQueue
  private let load: Load
  private let owners: OwnerLookup
  private let ownFiles: OwnFiles
  private let goldens: GoldenService
  private let decisions: DecisionRunner
  private let history: HistoryOpener
  /// Whether loaded runs are added to the history.
  private let keepsHistory: Bool
  private let watches: Bool
  private let state = Mutex(State())
  private let loading = DispatchQueue(label: "assay.loading")
  private let asking = DispatchQueue(label: "assay.asking")
  private let reading = DispatchQueue(label: "assay.reading")
  private let copying = DispatchQueue(label: "assay.copying")
  private let remembering = DispatchQueue(label: "assay.remembering")

  /// A runtime that posts to a queue; `start` begins the first load.
  package init(
    queue: EventQueue, owners: OwnerLookup, ownFiles: OwnFiles, goldens: GoldenFinder,
    decisions: DecisionService, keepsHistory: Bool = false, watches: Bool,
    history: @escaping HistoryOpening = { () throws(HistoryError) in nil },
    load: @escaping Load
  ) {
    self.queue = queue
    self.load = load
    self.owners = owners
    self.ownFiles = ownFiles
    let service = GoldenService(finder: goldens) { queue.post($0) }
    self.goldens = service
    self.decisions = DecisionRunner(service: decisions, goldens: service) { queue.post($0) }
    self.history = HistoryOpener(open: history) { queue.post(.notice(Notice(.warning, $0))) }
    self.keepsHistory = keepsHistory
    self.watches = watches
  }

  /// Begins to read the runs.
  package func start() {
    let number = state.withLock { state in
      state.load += 1
      return state.load
    }
    decisions.start()
    loading.async { self.runLoad(number) }
  }

  /// Carries out an effect that needs no terminal; false for those that do.
  package func perform(_ effect: Effect) -> Bool {
    switch effect {
    case .reload: start()
    case .arrange(let request):
      state.withLock { $0.query = request.generation }
      asking.async { self.answer(request) }
    case .read(let request):
      state.withLock { $0.document = request }
      reading.async { self.read(request) }
    case .findGoldens(let run, let revision): goldens.find(run: run, revision: revision)
    case .compare(let request): goldens.compare(request)
    case .whatIf(let request): goldens.tryTolerance(request)
    case .prepare(let request): decisions.prepare(request)
    case .decide(let request): decisions.decide(request)
    case .offerUndo(let isRedo): decisions.offer(isRedo: isRedo)
    case .undo(let offer): decisions.undo(offer)
    case .edit, .copy, .mouse, .suspend, .quit: return false
    }
    return true
  }

  /// Hands text to the system's clipboard tool, if there is one, and says which ways it went.
  ///
  /// - Parameter isSent: Whether the terminal was asked already.
  package func copy(_ text: String, what: String, isSent: Bool, environment: [String: String]) {
    copying.async {
      var ways = isSent ? ["sent to the terminal (OSC 52)"] : []
      if let tool = Clipboard.systemTool(environment: environment), Clipboard.copy(text, with: tool) {
        ways.append("copied with \(tool[0])")
      }
      let notice =
        ways.isEmpty
        ? Notice(.failure, "could not copy: \(what) is longer than terminals take, and no clipboard tool took it")
        : Notice(.info, "\(what): " + ways.joined(separator: ", "))
      self.queue.post(.notice(notice))
    }
  }

  private func runLoad(_ number: Int) {
    let began = Date().timeIntervalSince1970
    let outcome = load { count, runs in
      guard self.state.withLock({ $0.load == number }) else { return false }
      self.queue.post(.loading(count))
      // Runs that are read again are shown when all of them are there: until then the old ones are whole.
      if let runs, !self.state.withLock(\.runs.isComplete) { self.publish(runs, isComplete: false) }
      return true
    }
    guard state.withLock({ $0.load == number }) else { return }
    switch outcome {
    case .runs(let runs, let watched):
      state.withLock { $0.watched = watched }
      publish(runs, isComplete: true)
      keep(runs)
    case .failed(let reason):
      publish(state.withLock { $0.runs.runs }, isComplete: true)
      queue.post(.notice(Notice(.failure, reason)))
    }
    // What is gone may come back: a job often clears its folder before it writes.
    if watches { watch(FileWatch(paths: state.withLock(\.watched), readSince: began), of: number) }
  }

  /// Runs with more tests are added when a person asks for it (`assay ingest`): the screen comes first.
  private static let largestKept = 200_000

  /// Adds what was loaded to the history, where one is kept.
  private func keep(_ runs: [Run]) {
    guard keepsHistory else { return }
    remembering.async {
      guard let history = self.history.service else { return }
      for run in runs where run.table.count > 0 && run.table.count <= Self.largestKept {
        do throws(HistoryError) {
          try history.add(run)
        } catch {
          return self.queue.post(.notice(Notice(.warning, "could not add the run to the history: \(error)")))
        }
      }
    }
  }

  private func publish(_ runs: [Run], isComplete: Bool) {
    let set = state.withLock { state in
      state.revision += 1
      state.runs = RunSet(revision: state.revision, runs: runs, isComplete: isComplete)
      return state.runs
    }
    goldens.take(set)
    queue.post(.runs(set))
  }

  /// The run that a request means, unless the tables have changed since.
  private func run(_ place: Int, revision: Int) -> Run? {
    let runs = state.withLock(\.runs)
    return runs.revision == revision && runs.runs.indices.contains(place) ? runs.runs[place] : nil
  }

  private func answer(_ request: QueryRequest) {
    let isWanted = { self.state.withLock(\.query) == request.generation }
    guard isWanted(), let run = run(request.run, revision: request.revision) else { return }
    let runner = QueryRunner(owner: { self.owners.owner(of: $1, in: $0) }, isWanted: isWanted)
    if let answer = runner.answer(request, in: run) { queue.post(.arranged(answer)) }
  }

  private func read(_ request: DocumentRequest) {
    guard state.withLock({ $0.document == request }), let run = run(request.run, revision: request.revision)
    else { return }
    queue.post(
      .document(
        DocumentBuilder.document(for: request, of: run, ownFiles: ownFiles) { test in
          history.service?.standing(of: test, in: run)
        }))
  }

  /// Looks once a second whether the files changed; then the screens are told, and they ask for a reload.
  private func watch(_ files: FileWatch, of number: Int) {
    reading.asyncAfter(deadline: .now() + 1) {
      guard self.state.withLock({ $0.load == number }) else { return }
      var files = files
      if files.hasChanged() { self.queue.post(.filesChanged) } else { self.watch(files, of: number) }
    }
  }
}
