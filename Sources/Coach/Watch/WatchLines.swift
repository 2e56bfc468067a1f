import Audience
import Practice

/// What is watched, as lines: sentences for screen readers, dumb terminals and logs, or JSON for machines. Append-only;
/// each line says whose it is.
struct WatchLines {
  private let style: LineFace.Style
  /// What was told of each seat, by its name.
  private var spoken: [String: SpokenWatch] = [:]
  private var written: [String: WrittenWatch] = [:]
  /// The sessions of each learner that were told of.
  private var sessions: [String: Set<String>] = [:]

  init(_ style: LineFace.Style) { self.style = style }

  /// The lines for what came of a seat, given the seat after it has taken that in.
  mutating func lines(for news: Watch.News, seat: Seat) -> [String] {
    switch style {
    case .json: return written[seat.id, default: WrittenWatch(seat)].lines(for: news)
    case .plain:
      sessions[seat.learner, default: []].insert(seat.door.session)
      let several = sessions[seat.learner, default: []].count > 1
      let name = several ? "\(seat.learner) (\(seat.door.session))" : seat.learner
      return spoken[seat.id, default: SpokenWatch()].lines(for: news, seat).map { WatchLines.line($0, of: name, seat) }
    }
  }

  /// A sentence with the name of whose it is: `anna 1:20 cue: slower`, `anna: Finished at 2:14.`
  private static func line(_ sentence: String, of name: String, _ seat: Seat) -> String {
    if sentence.hasPrefix(seat.learner + " ") { return name + sentence.dropFirst(seat.learner.count) }
    return name + (sentence.first?.isNumber == true ? " " : ": ") + sentence
  }
}
