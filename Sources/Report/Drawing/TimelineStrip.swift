import Practice
import Terminal

/// The course of a session in one picture: pace, pitch, pauses, fillers, and the moments somebody pointed at.
struct TimelineStrip {
  /// Columns for the names of the lanes, and the room right of the course.
  private static let left = 74.0, right = 0.0
  /// The height of each lane, and of the room between two.
  private static let paceHeight = 62.0, pitchHeight = 50.0, flatHeight = 13.0, gap = 11.0
  /// Points that a step of the course takes.
  private static let stepWidth = 2.2
  /// Semitones above and below the middle that are shown.
  private static let reach = 9.0

  private let session: Session
  /// What has a figure a second, and what is known more finely.
  private let curve: SessionCourse
  private let course: SessionCourse
  private var drawing: Drawing
  private var top = 4.0

  private var width: Double { drawing.width - Self.left - Self.right }

  /// The strip of `session`, `width` points wide; nil where no speech was heard.
  static func drawing(of session: Session, width: Double = 483) -> Drawing? {
    guard session.summary.heardSpeech, session.seconds > 1 else { return nil }
    var strip = TimelineStrip(session, width)
    strip.pace()
    strip.pitch()
    strip.pauses()
    strip.fillers()
    strip.moments()
    strip.axis()
    return strip.drawing
  }

  private init(_ session: Session, _ width: Double) {
    self.session = session
    let height = 4 + Self.paceHeight + Self.pitchHeight + 3 * Self.flatHeight + 5 * Self.gap + 8
    drawing = Drawing(width: width, height: height, summary: Self.summary(session))
    let count = max(Int((width - Self.left - Self.right) / Self.stepWidth), 1)
    curve = SessionCourse.curve(of: session, limit: count)
    course = SessionCourse(of: session, count: count)
  }

  private static func summary(_ session: Session) -> String {
    let summary = session.summary
    let pace = summary.wordsPerMinute.map { "pace about \(decimal($0, 0)) words a minute, " } ?? ""
    let moments = session.marks.count + session.comments.count
    return "The course of \(clockTime(session.seconds)): \(pace)\(summary.pauses) pauses, \(summary.fillers) fillers, "
      + "\(moments) marks and comments."
  }

  private func x(_ seconds: Double) -> Double {
    Self.left + width * min(max(seconds / max(session.seconds, 0.001), 0), 1)
  }

  /// The name of a lane at its left, and what its figures are in below it.
  private mutating func name(_ text: String, _ unit: String = "", height: Double) {
    let y = top + (unit.isEmpty ? height / 2 + 2.6 : height / 2 - 1)
    drawing.add(.text(text, .init(0, y), size: 8, .start, isBold: true, .text))
    if !unit.isEmpty { drawing.add(.text(unit, .init(0, y + 9.5), size: 6.5, .start, isBold: false, .quiet)) }
  }

  private mutating func rule(_ y: Double, _ label: String) {
    drawing.add(.line([.init(Self.left, y), .init(Self.left + width, y)], width: 0.5, .rule))
    drawing.add(.text(label, .init(Self.left - 5, y + 2.2), size: 6.5, .end, isBold: false, .quiet))
  }

  private mutating func pace() {
    let height = Self.paceHeight
    name("Pace", "words/min", height: height)
    let known = curve.steps.compactMap(\.pace)
    let bands = session.bands
    let low = max(0, min(known.min() ?? 100, bands.usable.lowerBound - 20, 100))
    let high = min(max(known.max() ?? 200, bands.usable.upperBound + 15, 200), low + 400)
    func y(_ pace: Double) -> Double { top + height * (1 - min(max((pace - low) / (high - low), 0), 1)) }
    let band = bands.usable
    drawing.add(
      .rectangle(
        .init(Self.left, y(band.upperBound)), width: width, height: y(band.lowerBound) - y(band.upperBound), radius: 0,
        .band))
    for value in stride(from: (low / 50).rounded(.up) * 50, through: high, by: 50) { rule(y(value), decimal(value, 0)) }
    trace(curve.steps.map { step in step.pace.map { (x((step.start + step.end) / 2), y($0)) } })
    top += height + Self.gap
  }

  /// The stretches of a curve that are known.
  private mutating func trace(_ places: [(Double, Double)?]) {
    var open: [Drawing.Point] = []
    for place in places + [nil] {
      if let place {
        open.append(.init(place.0, place.1))
      } else {
        if open.count == 1 { open.append(.init(open[0].x + 1, open[0].y)) }
        if !open.isEmpty { drawing.add(.line(open, width: 1.3, .accent)) }
        open = []
      }
    }
  }

  /// A bar a step, as high as the pitch spreads in it, with the mean marked: how lively the voice was.
  private mutating func pitch() {
    let height = Self.pitchHeight
    name("Pitch", "semitones", height: height)
    let (top, reach) = (top, Self.reach)
    func y(_ semitones: Double) -> Double { top + height * (0.5 - min(max(semitones / reach, -1), 1) / 2) }
    for (value, label) in [(6.0, "+6"), (0, "0"), (-6, "−6")] { rule(y(value), label) }
    let bar = max(min(width / Double(max(curve.steps.count, 1)) - 0.6, 4), 0.6)
    for place in curve.steps {
      guard let pitch = place.pitch else { continue }
      let spread = max(place.pitchSpread ?? 0, 0.35)
      let (middle, high, low) = (x((place.start + place.end) / 2), y(pitch + spread), y(pitch - spread))
      drawing.add(.rectangle(.init(middle - bar / 2, high), width: bar, height: low - high, radius: bar / 4, .tint))
      drawing.add(.circle(.init(middle, y(pitch)), radius: max(0.75, bar / 4), .accent))
    }
    self.top += height + Self.gap
  }

  /// A bar a step, as high as the share of it that was silent; neighbours that were silent throughout are one.
  private mutating func pauses() {
    name("Pauses", height: Self.flatHeight)
    ground()
    var open: (start: Double, end: Double)?
    let floor = top + Self.flatHeight
    for step in course.steps + [SessionCourse.Step(start: session.seconds, end: session.seconds)] {
      if step.pauseShare > 0.98 {
        open = (open?.start ?? step.start, step.end)
        continue
      }
      if let (start, end) = open {
        drawing.add(
          .rectangle(
            .init(x(start), top), width: x(end) - x(start), height: Self.flatHeight, radius: 0, .pause))
      }
      open = nil
      let height = Self.flatHeight * step.pauseShare
      guard height > 0.4 else { continue }
      drawing.add(
        .rectangle(
          .init(x(step.start), floor - height), width: x(step.end) - x(step.start), height: height, radius: 0, .pause))
    }
    top += Self.flatHeight + Self.gap
  }

  private mutating func ground() {
    drawing.add(.rectangle(.init(Self.left, top), width: width, height: Self.flatHeight, radius: 0, .track))
  }

  private mutating func fillers() {
    name("Fillers", height: Self.flatHeight)
    ground()
    if Double(session.fillers.count) <= width / 8 {
      for filler in session.fillers {
        drawing.add(
          .rectangle(.init(x(filler.start) - 0.6, top), width: 1.2, height: Self.flatHeight, radius: 0, .filler))
      }
    } else {
      crowd()
    }
    top += Self.flatHeight + Self.gap
  }

  /// Too many fillers for a line each: bars as high as there are many of them.
  private mutating func crowd() {
    let steps = SessionCourse(of: session, count: max(Int(width / 4), 1)).steps
    let most = Double(max(steps.map(\.fillers).max() ?? 0, 3))
    let step = width / Double(max(steps.count, 1))
    for place in steps where place.fillers > 0 {
      let height = Self.flatHeight * Double(place.fillers) / most
      drawing.add(
        .rectangle(
          .init(x(place.start) + 0.5, top + Self.flatHeight - height), width: max(step - 1, 0.5), height: height,
          radius: 0, .filler))
    }
  }

  /// Marks are diamonds, comments are discs.
  private mutating func moments() {
    name("Moments", height: Self.flatHeight)
    ground()
    let middle = top + Self.flatHeight / 2
    for mark in session.marks.prefix(400) {
      let (x, r) = (x(mark.seconds), 3.6)
      drawing.add(
        .polygon([.init(x, middle - r), .init(x + r, middle), .init(x, middle + r), .init(x - r, middle)], .mark))
    }
    for comment in session.comments.prefix(400) {
      drawing.add(.circle(.init(x(comment.start), middle), radius: 3.4, .paper))
      drawing.add(.circle(.init(x(comment.start), middle), radius: 2.7, .comment))
    }
    top += Self.flatHeight + 4
  }

  private mutating func axis() {
    let steps = [1.0, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400]
    let step = steps.first { session.seconds / $0 <= 8 } ?? (session.seconds / 8)
    drawing.add(.line([.init(Self.left, top), .init(Self.left + width, top)], width: 0.6, .quiet))
    var time = 0.0
    while time <= session.seconds {
      let x = x(time)
      drawing.add(.line([.init(x, top), .init(x, top + 3)], width: 0.6, .quiet))
      drawing.add(
        .text(
          clockTime(time), .init(x, top + 11), size: 7, x > Self.left + width - 8 ? .end : .middle, isBold: false,
          .quiet))
      time += step
    }
  }
}

/// A score as a point on its way from 0 to 100, with its interval.
enum ScoreBar {
  /// The picture of `score`; nil where there is no value.
  static func drawing(of score: ReportScore, width: Double = 190) -> Drawing? {
    guard let value = score.value, value.isFinite else { return nil }
    let (inset, middle) = (6.0, 6.0)
    func x(_ value: Double) -> Double { inset + (width - 2 * inset) * min(max(value / 100, 0), 1) }
    var drawing = Drawing(width: width, height: 12, summary: "\(score.criterion): \(score.words) of 100.")
    drawing.add(.rectangle(.init(inset, middle - 1.5), width: width - 2 * inset, height: 3, radius: 1.5, .track))
    for tick in [0.0, 50, 100] {
      drawing.add(.line([.init(x(tick), middle - 4), .init(x(tick), middle + 4)], width: 0.6, .rule))
    }
    if let low = score.low, let high = score.high, low <= high {
      drawing.add(
        .rectangle(.init(x(low), middle - 3), width: max(x(high) - x(low), 1), height: 6, radius: 3, .tint))
    }
    drawing.add(.circle(.init(x(value), middle), radius: 3.6, .paper))
    drawing.add(.circle(.init(x(value), middle), radius: 2.8, .accent))
    return drawing
  }
}
