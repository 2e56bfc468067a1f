import Practice
import SpeechSignals
import Terminal

/// One learner in a column: who it is, the meters, the last two minutes, the last words, the last remark.
enum SeatColumn {
  /// The least that a column is drawn in.
  static let leastColumns = 30
  static let leastRows = 8
  /// Cells of the names of meters, with the gap behind them; of the widest meter.
  private static let labels = 9
  private static let widestMeter = 64

  static func draw(_ seat: Seat, _ names: SeatNames, isSelected: Bool, in area: Area, on canvas: inout Canvas) {
    head(seat, names, isSelected: isSelected, in: area.rows(from: 0, count: 1), on: &canvas)
    let inner = area.columns(from: 2)
    guard seat.hasBeenWatched else {
      let sentence = WatchWords.sentence(seat) ?? (Messages.nothingToWatch, .hint)
      let lines = wrap(sentence.text, to: inner.columns)
      for (row, line) in lines.enumerated() { canvas.put(line, in: inner, row: 2 + row, sentence.role) }
      return
    }
    let seesWords = seat.seesWords
    let plan = Plan(rows: area.rows, seesWords: seesWords, isCalm: seat.density == .calm)
    var rest = inner.rows(from: 1)
    func next(_ count: Int) -> Area {
      let (top, below) = rest.splitTop(count)
      rest = below
      return top
    }
    if plan.hasState { state(seat, in: next(1), on: &canvas) }
    if plan.gaps > 0 { _ = next(1) }
    let desk = desk(of: seat)
    meters(desk, plan, in: next(plan.meterRows), on: &canvas)
    if plan.gaps > 1 { _ = next(1) }
    strips(desk.session, plan, in: next(plan.stripRows), on: &canvas)
    if plan.gaps > 2 { _ = next(1) }
    words(seat, seesWords, in: next(plan.words), on: &canvas)
    if plan.gaps > 3 { _ = next(1) }
    remarks(seat, in: next(plan.remarks), on: &canvas)
  }

  /// A desk as the meters of a rehearsal want it.
  static func desk(of seat: Seat) -> Desk {
    var desk = Desk(room: .rehearsal)
    desk.session = seat.shown
    desk.source = seat.source
    desk.density = seat.density
    if seat.position != nil { desk.source.levelDecibels = desk.session.rollups.last?.levelDecibels ?? -100 }
    return desk
  }

  /// How many rows each part has, the most telling ones first where there are few.
  private struct Plan {
    var hasState = false
    var hasMeter = false
    var hasLevel = false
    var hasPitch = false
    /// Rows of pauses and fillers: beside each other in one, below each other in two.
    var counts = 0
    var words = 0
    var remarks = 0
    /// Strips of two rows each: pace, loudness, pitch.
    var strips = 0
    var timeline = 0
    var gaps = 0

    var meterRows: Int { 1 + (hasMeter ? 1 : 0) + counts + (hasLevel ? 1 : 0) + (hasPitch ? 1 : 0) }
    var stripRows: Int { timeline + strips * 2 }

    /// What fits into `rows`; a calm column is without level, pitch and strips.
    init(rows: Int, seesWords: Bool, isCalm: Bool) {
      var left = rows - 2
      func take(_ count: Int) -> Int {
        guard left >= count else { return 0 }
        left -= count
        return count
      }
      hasState = take(1) > 0
      counts = take(1)
      if seesWords { words = take(2) }
      hasMeter = take(1) > 0
      if !isCalm { hasLevel = take(1) > 0 }
      remarks = take(1)
      timeline = take(1)
      counts += take(1)
      if !isCalm { hasPitch = take(1) > 0 }
      for _ in 0..<4 { gaps += take(1) }
      if !isCalm { strips += take(2) / 2 }
      timeline += take(1)
      if seesWords { words += take(2) }
      remarks += take(1)
      for _ in 0..<2 where !isCalm { strips += take(2) / 2 }
      remarks += take(1)
      if seesWords { words += take(left) }
    }
  }

  private static func head(_ seat: Seat, _ names: SeatNames, isSelected: Bool, in area: Area, on canvas: inout Canvas) {
    let session = seat.shown
    var clock = seat.hasBeenWatched ? clockTime(session.seconds) : ""
    if let length = session.beginning?.length, area.columns >= 44 { clock += " of " + Figures.length(length) }
    let width = canvas.grid.putRight(clock, area.column + area.columns, area.row, .value, glyphs: canvas.glyphs)
    let room = area.columns(from: 2, count: max(area.columns - width - 4, 0))
    let used = canvas.put(seat.learner, in: room, .title) + 2
    if let tag = names.tag(seat, columns: room.columns - used) {
      canvas.put(tag, in: room, column: used, .text)
    } else if let title = session.title, !title.isEmpty, room.columns >= used + 8 {
      canvas.put(title, in: room, column: used, .hint)
    }
    guard isSelected else { return }
    canvas.put(String(canvas.glyphs.caret), in: area, .selection)
    canvas.grid.restyle(area, .selection)
  }

  /// How it stands; while nothing is out of the common, the timing light.
  private static func state(_ seat: Seat, in area: Area, on canvas: inout Canvas) {
    var left = area
    if let light = WatchWords.light(seat), area.columns >= 20 {
      let (words, role) = RehearsalWords.lightWords(light, brief: area.columns < 40)
      let sign = seat.state == .watching ? "\(canvas.glyphs.light) \(words)" : ""
      left = area.columns(from: canvas.put(sign, in: area, role) + (sign.isEmpty ? 0 : 2))
    }
    let sentence = left.columns >= 40 ? WatchWords.sentence(seat) : nil
    let (text, role) = sentence ?? WatchWords.brief(seat)
    canvas.put(WatchWords.brief(text, columns: left.columns), in: left, role)
  }

  private static func fact(
    _ label: String, _ value: String, _ role: Role, _ detail: String = "", in area: Area, on canvas: inout Canvas
  ) {
    canvas.put(label, in: area.columns(from: 0, count: labels - 1), .label)
    let place = area.columns(from: labels)
    let used = canvas.put(value, in: place, role) + 2
    if used + cellWidth(detail) <= place.columns { canvas.put(detail, in: place, column: used, .hint) }
  }

  private static func meters(_ desk: Desk, _ plan: Plan, in area: Area, on canvas: inout Canvas) {
    let session = desk.session
    let band = session.paceBand
    let number = Figures.pace(session.pace).map { number in
      (session.paceSource == .words ? "" : canvas.glyphs.approximately) + number + " wpm"
    }
    let words = [band?.rawValue, area.columns >= 44 ? session.paceSource.map(RehearsalWords.origin) : nil]
    fact(
      "pace", number ?? "-", band?.attention.role ?? .quiet,
      number == nil ? "no pace yet" : words.compactMap(\.self).joined(separator: ", "),
      in: area.rows(from: 0, count: 1),
      on: &canvas)
    var row = 1
    func next() -> Area {
      defer { row += 1 }
      return area.rows(from: row, count: 1)
    }
    if plan.hasMeter {
      let place = next().columns(from: labels, count: widestMeter)
      canvas.grid.draw(RehearsalMeters.pace(session), in: place, canvas.glyphs)
    }
    let counters = RehearsalMeters.counters(desk)
    if plan.counts == 1 {
      let place = next()
      for (half, counter) in zip(place.splitColumns([1, 1], gap: 1), counters) {
        let used = canvas.put(counter.label, in: half, .label) + 1
        canvas.put(counter.brief, in: half, column: used, counter.role)
      }
    } else if plan.counts == 2 {
      for counter in counters.prefix(2) {
        fact(counter.label, counter.brief, counter.role, counter.detail, in: next(), on: &canvas)
      }
    }
    if plan.hasPitch {
      fact(counters[3].label, counters[3].value, counters[3].role, counters[3].detail, in: next(), on: &canvas)
    }
    if plan.hasLevel {
      let place = next()
      canvas.put("level", in: place.columns(from: 0, count: labels - 1), .label)
      canvas.grid.draw(
        RehearsalMeters.level(desk), in: place.columns(from: labels, count: min(30, widestMeter)), canvas.glyphs)
    }
  }

  /// The last two minutes: moments, then pace, loudness and variety of pitch, all on one axis.
  private static func strips(_ session: Session, _ plan: Plan, in area: Area, on canvas: inout Canvas) {
    let place = area.columns(from: labels, count: Int(FullView.span))
    guard place.columns > 0 else { return }
    let bands = session.bands
    let kinds:
      [(label: String, range: ClosedRange<Double>, band: ClosedRange<Double>?, value: (SecondSummary) -> Double?)] = [
        (
          "pace", 60...240, bands.usable,
          { $0.syllablesPerSecond.map { bands.wordsPerMinute(syllablesPerSecond: $0) } }
        ), ("loudness", -50 ... -10, nil, { $0.momentaryLUFS > -69 ? $0.momentaryLUFS : nil }),
        ("pitch", 0...4, nil, { $0.voicedFrames >= 10 ? $0.pitchSpreadSemitones : nil }),
      ]
    for (index, kind) in kinds.prefix(plan.strips).enumerated() {
      canvas.put(kind.label, in: area.rows(from: index * 2 + 1, count: 1).columns(from: 0, count: labels - 1), .hint)
      let values = FullView.columns(session, place.columns, kind.value)
      canvas.grid.draw(
        Strip(values, range: kind.range, band: kind.band), in: place.rows(from: index * 2, count: 2), canvas.glyphs)
    }
    guard plan.timeline > 0 else { return }
    let row = plan.strips * 2
    canvas.put("moments", in: area.rows(from: row, count: 1).columns(from: 0, count: labels - 1), .hint)
    canvas.grid.draw(
      FullView.timeline(session, columns: place.columns), in: place.rows(from: row, count: plan.timeline), canvas.glyphs
    )
  }

  private static func words(_ seat: Seat, _ seesWords: Bool, in area: Area, on canvas: inout Canvas) {
    guard seesWords, area.rows > 0 else { return }
    let words = SpokenWords(seat.shown, columns: area.columns, rows: area.rows)
    if words.lines.isEmpty { canvas.put("no words yet", in: area, .hint) }
    words.draw(in: area, on: &canvas)
  }

  /// The last remarks of everybody, and below them what became of one's own.
  private static func remarks(_ seat: Seat, in area: Area, on canvas: inout Canvas) {
    let own = WatchWords.lastSent(seat, columns: area.columns, rows: area.rows)
    let lines = WatchWords.remarks(seat, last: area.rows - own.lines.count, canvas.glyphs)
    for (row, line) in lines.enumerated() { canvas.put(line.text, in: area, row: row, line.role) }
    for (row, line) in own.lines.enumerated() {
      canvas.put(line, in: area, row: area.rows - own.lines.count + row, own.role)
    }
  }
}
