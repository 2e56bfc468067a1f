import History
import Practice
import Sound
import Terminal

/// The errands: slow looks at devices and disk.
enum Errands {
  /// Capture devices, with what each can do.
  static let devices: @Sendable () -> Errand = {
    .devices(
      listDevices().filter(\.captures).map { device in
        Desk.DeviceLine(id: device.id, summary: device.summary, ability: DeviceWords.ability(device))
      })
  }

  /// Opens a take.
  static func opening(_ plan: TakePlan, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    { .opened(Result { () throws(Failure) in try TakeParts.open(plan, surroundings) }) }
  }

  /// Opens the demo.
  static func demo(_ surroundings: Surroundings, ready: ReadyRecogniser?) -> @Sendable () -> Errand {
    {
      .opened(
        Result { () throws(Failure) in
          let demo = try Demo.load(surroundings)
          var plan = TakePlan(request: try demo.request(fast: false), title: demo.title, length: demo.length)
          plan.ready = ready
          return try TakeParts.open(plan, surroundings)
        })
    }
  }

  /// Opens another device, and a recording at `path` if there is to be one.
  static func device(_ name: String, recordingAt path: String?, _ surroundings: Surroundings) -> @Sendable () -> Errand
  {
    {
      let capture = Result { () throws(Failure) in try TakeParts.capture(.device(name), surroundings) }
      guard let path, case .success(let opened) = capture else { return .changed(capture, recorder: nil) }
      let recorder = Result { () throws(Failure) in try TakeParts.record(opened, at: path, surroundings) }
      return .changed(capture, recorder: recorder)
    }
  }

  /// Closes what an earlier run left open, deletes what was kept for long enough, and puts what is not there yet into the
  /// index.
  static func sweep(_ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      do throws(HistoryError) {
        let history = try History(folder: surroundings.places.data)
        let closed = try Archive.closeAbandoned(in: history, takes: surroundings.places.takes)
        let kept = Retention(surroundings).apply()
        try PastReader(history, surroundings).indexAll()
        return (kept.first ?? closed.last).map { .notice($0) } ?? .swept
      } catch { return .notice(Messages.sentence(error)) }
    }
  }
}

extension Errands {
  /// Reads the last rehearsal, for the home screen; a history that cannot be read is told of elsewhere.
  static func last(_ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      guard let history = try? History(reading: surroundings.places.data),
        let rows = try? history.sessions(SessionQuery(isWithoutDrills: true, limit: Limits.listedSessions)),
        let row = rows.first(where: { !$0.tags.contains(PastReader.watchedTag) }), row.state != .live,
        let past = try? PastReader(history, surroundings).read(row.id)
      else { return .last(nil) }
      return .last(
        Desk.LastSession(when: row.when, title: past.session.title ?? row.source, nextStep: past.nextStep))
    }
  }
}

extension SessionLine {
  /// The line of a row of the history.
  init(_ row: SessionRow) {
    let summary = row.parsedSummary
    let isOver = row.state != .live
    self.init(
      id: row.id, when: row.when, title: (row.drill == nil ? "" : "drill: ") + (row.title ?? row.source),
      duration: isOver ? clockTime(row.endedSeconds ?? 0) : "now",
      // The pace of a drill is what it asked for.
      pace: row.drill != nil ? "-" : summary?.wordsPerMinute.map { Figures.decimal($0, 0) + " wpm" } ?? "-",
      state: row.state == .finished ? "" : row.state.rawValue,
      score: row.score.map { Figures.decimal($0, 0) } ?? "",
      fillers: summary?.fillersPerMinute.map { Figures.decimal($0, 1) + "/min" } ?? "-", tags: row.tags)
  }
}

extension Device {
  /// Whether speech can be heard from it.
  var captures: Bool { direction != .output && problem == nil && !isConverter }
}

/// What a device can do, in few words.
enum DeviceWords {
  static func ability(_ device: Device) -> String {
    var parts: [String] = []
    if let rates = device.rates {
      parts.append(
        rates.lowerBound == rates.upperBound
          ? Figures.rate(rates.lowerBound)
          : (rates.lowerBound < 8_000 ? "up to " : Figures.rate(rates.lowerBound) + " to ")
            + Figures.rate(rates.upperBound))
    }
    if let channels = device.channels {
      parts.append(
        channels.lowerBound == channels.upperBound
          ? Figures.count(channels.lowerBound, "channel") : "\(channels.lowerBound)-\(channels.upperBound) channels")
    }
    return parts.joined(separator: ", ")
  }
}
