package import CIProviders
internal import SystemKit

/// Tells a CI service how the gate judged: a check or a status of the commit, and one comment of the request.
package struct GatePublisher: Sendable {
  private let place: CIPlace
  private let provider: any CIProvider.Type
  private let session: CISession

  /// Finds out where to: the commit that the job around is about, else what a link leads to.
  ///
  /// - Parameters:
  ///   - commit: The commit that was judged, for a link.
  ///   - rehearsal: Hears of the requests instead of the service.
  package init(
    _ setting: FetchSetting, link: String?, commit: String?, rehearsal: (@Sendable (String) -> Void)? = nil
  ) throws(PublishError) {
    let place = try Self.place(setting.world, link, commit)
    guard let provider = CIProviders.provider(place.target.service) else { throw .nowhere }
    self.place = place
    self.provider = provider
    var watch = HTTPWatch()
    watch.waiting = setting.notice
    var session = CISession(
      HTTPClient(setting.transport, clock: setting.clock, watch: watch), provider, place.target, setting.world)
    session.rehearsal = rehearsal
    self.session = session
  }

  private static func place(_ world: CIWorld, _ link: String?, _ commit: String?) throws(PublishError) -> CIPlace {
    if let link {
      let target: CITarget
      do throws(CIError) { target = try CIProviders.target(link, world) } catch { throw .service(error) }
      guard let commit else { throw .noCommit }
      var place = CIPlace(target: target, commit: commit)
      if case .request(let number) = target.subject { place.request = number }
      return place
    }
    for provider in CIProviders.all {
      if let place = provider.place(world) { return place }
    }
    throw .nowhere
  }

  /// Tells it.
  package func publish(_ judgement: CIJudgement) throws(PublishError) {
    do throws(CIError) { try provider.publish(judgement, place, session) } catch { throw .service(error) }
  }
}

/// Why a judgement was not published. The text fits "could not publish: {error}".
package enum PublishError: Error, Equatable, CustomStringConvertible {
  /// Neither a job of a service is around nor a link was given.
  case nowhere
  /// The run that was judged names no commit.
  case noCommit
  /// The service refused.
  case service(CIError)

  package var description: String {
    switch self {
    case .nowhere: "no job of GitHub Actions or GitLab is around, and no link was given"
    case .noCommit: "the run names no commit"
    case .service(let error): "\(error)"
    }
  }
}
