import History
import Practice

/// What corrections of past sessions teach: how sure the ear must be of a filler for it to count.
enum LearnedFillers {
  /// The figure that sessions with corrections are found by: how many there are.
  static let figure = "corrections"
  /// The sessions that are looked at, the latest ones: a voice and a microphone change.
  private static let sessionLimit = 100

  /// The thresholds by label; none where nothing was corrected, or nothing can be read.
  static func thresholds(_ surroundings: Surroundings) -> [String: Double] {
    guard let history = try? History(reading: surroundings.places.data),
      let corrected = try? history.series(figure: figure), !corrected.isEmpty
    else { return [:] }
    let sessions = corrected.suffix(sessionLimit).map { point -> [Correction] in
      let lines = (try? history.lines(of: point.id, kind: "correction")) ?? []
      return lines.compactMap {
        guard case .correction(let correction)? = EventLine.event(from: $0)?.kind else { return nil }
        return correction
      }
    }
    return FillerThresholds.learned(from: sessions)
  }
}
