/// The pauses that a text asks for, and what became of each.
struct MarkedPauses: Equatable, Sendable {
  /// A place and the pause that was made there.
  struct Entry: Equatable, Sendable {
    /// The place in the text.
    var place: Int
    /// Seconds that are aimed at.
    var target: Double
    /// Seconds that make a hit.
    var wanted: ClosedRange<Double>
    /// Seconds of the pause; nil where there was none, or where the reader has not come by.
    var got: Double?
    /// Audio time of the pause's beginning, or of the passing without one; nil where the reader has not come by.
    var start: Double?

    /// Whether a pause of the right length was made.
    var isHit: Bool { got.map { wanted.contains($0) } ?? false }
  }

  /// Every place at which the text asks for a pause, in order.
  let entries: [Entry]

  /// A hundredth of a second, the length of a frame: what is measured is no finer, and the bounds belong to the hit.
  private static let resolution = 0.01

  /// The pauses at `places` of what was read, each with the seconds that make a hit.
  init(_ read: ReadAloud, at places: [(place: Int, target: Double, wanted: ClosedRange<Double>)]) {
    entries = places.map { place, target, wanted in
      let bounds = wanted.lowerBound - Self.resolution / 2...wanted.upperBound + Self.resolution / 2
      if let silence = read.silence(at: place) {
        return Entry(place: place, target: target, wanted: bounds, got: silence.seconds, start: silence.start)
      }
      return Entry(
        place: place, target: target, wanted: bounds, start: read.path.end > place ? read.time(of: place) : nil)
    }
  }

  /// Pauses of the right length, as a share of all that are asked for; nil where none is.
  var hits: Double? { entries.isEmpty ? nil : Double(entries.count(where: \.isHit)) / Double(entries.count) }

  /// How far the pauses were from what was aimed at, in seconds, over the places that were passed; a pause
  /// that was not made is off by all of its length. Nil before the first.
  var meanError: Double? {
    let passed = entries.filter { $0.start != nil }
    guard !passed.isEmpty else { return nil }
    return passed.reduce(0) { $0 + abs(($1.got ?? 0) - $1.target) } / Double(passed.count)
  }

  /// What became of each, as rows; `wanted` says what was asked for: `0.6`, `2 to 3`.
  func rows(_ text: ReadText, wanted: (Entry) -> String) -> [DrillRow] {
    entries.map { entry in
      let wanted = wanted(entry)
      let value =
        if let got = entry.got {
          "\(got.rounded(places: 2)) s, wanted \(wanted) s"
        } else if entry.start != nil {
          "no pause, wanted \(wanted) s"
        } else {
          "not come to, wanted \(wanted) s"
        }
      return DrillRow("after “\(text.word(before: entry.place))”", value, isHit: entry.isHit, start: entry.start)
    }
  }

  /// Pauses from `seconds` on where the text has neither a mark nor a stop nor a comma.
  static func extra(_ read: ReadAloud, from seconds: Double, marks: Set<Int>) -> [ReadAloud.Silence] {
    read.silences.filter {
      $0.seconds >= seconds - resolution / 2 && !marks.contains($0.place) && read.text.stops[$0.place] == .none
        && $0.place > 0
    }
  }
}

extension MarkedPauses.Entry {
  /// As the screen shows it while the reader is at `place`, silent for `silence` seconds.
  func mark(at place: Int, silence: Double, sign: String) -> DrillScene.Reading.Mark {
    let isHere = place == self.place && silence > 0 && got == nil
    let state: DrillScene.Reading.Mark.State =
      if isHere {
        .now
      } else if let got {
        isHit ? .hit : got < wanted.lowerBound ? .tooShort : .tooLong
      } else {
        start == nil ? .ahead : .missed
      }
    return DrillScene.Reading.Mark(
      target: target, got: isHere ? silence : got, state: state, sign: sign)
  }
}
