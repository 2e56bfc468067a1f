/// Which fillers of a clip the learner tapped at, of those that were heard in it.
///
/// A tap belongs to the earliest filler without one that began `reaction` seconds before it: as all fillers are waited
/// for equally long, no other choice finds more.
struct FillerTaps {
  /// Seconds after the beginning of a filler within which a tap is meant for it: nobody is faster, and who is slower
  /// taps at something else.
  static let reaction = 0.2...2.0

  /// Fillers of the clip in order, each with the seconds after which it was tapped at; nil where it was not.
  let fillers: [(filler: Filler, after: Double?)]
  /// Taps where no filler was heard.
  let stray: Int
  private let taps: Int
  private let start: Double

  /// What was tapped in the clip of `session`; nil where none was come to.
  init?(_ session: Session) {
    guard let run = session.drill,
      let span = run.spans.last(where: { if case .clip = run.steps[$0.step].role { true } else { false } }),
      case .clip(let start, let seconds) = run.steps[span.step].role
    else { return nil }
    // A clip that is ended early is heard so far.
    let heard = min(seconds, (span.end ?? session.lastEventSeconds) - span.start)
    let taps = run.taps.filter { $0 >= span.start && $0 <= span.end ?? .infinity }.map { $0 - span.start + start }
    let inside = session.fillers.filter { $0.start >= start && $0.start < start + heard }.sorted { $0.start < $1.start }
    var after: [Double?] = inside.map { _ in nil }
    var stray = 0
    for tap in taps.sorted() {
      let place = inside.indices.first { after[$0] == nil && Self.reaction.contains(tap - inside[$0].start) }
      if let place { after[place] = tap - inside[place].start } else { stray += 1 }
    }
    (fillers, self.stray, self.taps, self.start) = (Array(zip(inside, after)), stray, taps.count, start)
  }

  /// Fillers tapped at.
  var noticed: Int { fillers.count { $0.after != nil } }

  /// Share of the fillers that were tapped at; nil without a filler, and where nobody tapped at all.
  var awareness: Double? { fillers.isEmpty || taps == 0 ? nil : Double(noticed) / Double(fillers.count) }

  /// The clip in a line, then each filler of it where somebody tapped.
  var rows: [DrillRow] {
    guard awareness != nil else { return [DrillRow("heard again", "not tapped", start: start)] }
    let strays = stray == 0 ? "" : ", \(DrillRow.count(stray, "tap", "taps")) where none was heard"
    let whole = DrillRow("heard again", "\(noticed) of \(fillers.count) fillers tapped\(strays)", start: start)
    return [whole]
      + fillers.map { filler, after in
        DrillRow(
          "\"\(filler.label)\"", after.map { "noticed after \(decimal($0, 1)) s" } ?? "not noticed",
          isHit: after != nil, start: filler.start)
      }
  }
}
