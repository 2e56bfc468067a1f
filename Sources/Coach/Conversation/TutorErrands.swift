import History
import Practice
import Tutor

/// The errands of a conversation: what is read from disk before it, and written to it.
enum TutorErrands {
  /// Reads tutors and findings; and the last session, where there is none at hand to talk about.
  static func opening(_ surroundings: Surroundings, findsLast: Bool) -> @Sendable () -> Errand {
    {
      do throws(Failure) {
        let desk = try TutorDesk.gather(surroundings)
        guard findsLast else { return .conversation(desk, nil) }
        let history = try ReviewErrands.reading(surroundings)
        guard let row = try? history.find("last") else { return .notice(Messages.nothingToTalkOver) }
        return .conversation(desk, try PastReader(history, surroundings).read(row.id))
      } catch { return .notice(error.sentence) }
    }
  }

  /// Puts turns behind the events of their sessions.
  static func keeping(_ turns: [(String, StoredEvent)], _ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      do throws(HistoryError) {
        let history = try History(folder: surroundings.places.data)
        for (id, event) in turns { try history.append([event], to: id) }
        return .turnsKept(nil)
      } catch { return .turnsKept(Messages.turnNotKept(Messages.reason(error))) }
    }
  }
}

extension TutorDesk {
  /// Reads tutors and findings as they are on disk. Throws where the tutor in the settings is none.
  static func gather(_ surroundings: Surroundings) throws(Failure) -> TutorDesk {
    let shelf = surroundings.tutors()
    let settings = surroundings.settings
    guard let profile = shelf.tutor(settings.tutor) else {
      throw Failure(.configuration, shelf.missing(settings.tutor))
    }
    let findings = surroundings.findings()
    let mayAsk = settings.offline ? [] : settings.endpoints.filter { $0.use == .chat }
    let consents = Consents.read(surroundings.places)
    let refused = settings.endpoints.filter { consents.decision(on: $0) == false }.map(\.name)
    return TutorDesk(
      profile: profile, profiles: shelf.tutors, findings: findings.findings, fillers: surroundings.fillers().rules,
      endpoints: mayAsk, refused: Set(refused), notes: (shelf.complaints + findings.complaints).map { "\($0)" })
  }
}
