import Practice
import SpeechSignals
import Terminal

/// What both densities, and plain output, say in words: the light, the one message, the status line.
enum RehearsalWords {
  /// The timing light in words, for no meaning rests on colour.
  static func lightWords(_ light: TimingLight, brief: Bool) -> (String, Role) {
    switch light {
    case .waiting(let until): (brief ? "wait" : "green in " + clockTime(until.rounded(.up)), .quiet)
    case .green(let left): (brief ? "green" : "green, " + clockTime(left.rounded(.up)) + " left", .lightGreen)
    case .amber(let left): (brief ? "amber" : "amber, " + clockTime(left.rounded(.up)) + " left", .lightAmber)
    case .red(let over): (brief ? "red" : "red, " + clockTime(over) + " over", .lightRed)
    }
  }

  /// What the pace is taken from, in words.
  static func origin(_ source: PaceSource) -> String {
    switch source {
    case .words: "from words"
    case .syllables: "from syllables"
    case .both: "words + syllables"
    }
  }

  /// The one line that may ask for attention: the most urgent of what there is to say, nothing most of the time.
  static func message(_ desk: Desk) -> (text: String, role: Role)? {
    tutorsCue(desk) ?? state(desk) ?? moment(desk.session)
  }

  /// What a tutor says at this moment: they are told that it is on the screen.
  private static func tutorsCue(_ desk: Desk) -> (text: String, role: Role)? {
    guard desk.room != .ask, desk.wall == nil, let cue = desk.session.cueOnShow, cue.topic == .tutor else { return nil }
    return (cue.words, .cue)
  }

  /// What is so until it changes, and no event says.
  static func state(_ desk: Desk) -> (text: String, role: Role)? {
    if let seat = desk.wall?.selected { return WatchWords.message(seat) }
    if desk.room == .ask { return (Messages.askFinish, .cue) }
    // Who asks waits for an answer; a notice may have stood there for minutes.
    if desk.room != .sharing, let asking = desk.sharing.requests.first {
      return (Messages.asksToWatch(asking), .cue)
    }
    if let notice = desk.notice { return (notice, .warning) }
    if desk.room == .sharing { return (Messages.whoLooksOn(desk.sharing), .cue) }
    if desk.isFinishing { return (Messages.finishing, .hint) }
    if desk.source.isRecovering { return (Messages.recovering(desk.source.name), .warning) }
    if desk.session.phase == .paused { return (Messages.paused, .cue) }
    if !desk.source.isRecording, desk.source.flatSeconds >= Limits.flatSeconds {
      return (Messages.noSound(desk.source.name), .warning)
    }
    if case .late(let seconds, let reason) = desk.saving {
      guard let path = desk.rescuePath else { return (Messages.notSaved(seconds: seconds, reason), .error) }
      return (Messages.savingAtEnd(reason, path: path), .error)
    }
    return nil
  }

  /// What an event has just said.
  private static func moment(_ session: Session) -> (text: String, role: Role)? {
    if let loss = session.gaps.last, session.seconds - loss.seconds < 5, loss.gap.lostSeconds >= 0.5 {
      return (Messages.lostSound(loss.gap), .warning)
    }
    if let mark = session.marks.last, session.seconds - mark.seconds < 2 {
      return (Messages.marked(clockTime(mark.seconds)), .mark)
    }
    return session.cueOnShow.map { ($0.words, .cue) }
  }

  /// Draws the message centred in a row, marked on both sides where it is a cue.
  static func drawMessage(_ desk: Desk, in area: Area, on canvas: inout Canvas) {
    guard let message = message(desk) else { return }
    let mark = canvas.glyphs.cueMark
    let isCue = message.role == .cue
    canvas.centre(isCue ? " \(mark) \(message.text) \(mark) " : message.text, in: area, message.role)
  }

  /// Device, rate, level, lost samples, and whether audio is kept.
  static func status(_ desk: Desk, isNarrow: Bool) -> String {
    let source = desk.source
    // The level of the last whole second: a number that changes with every frame cannot be read.
    let decibels = desk.session.rollups.last?.levelDecibels ?? source.levelDecibels
    let level = decibels <= -99 ? "silent" : Figures.decimal(decibels, 0) + " dB"
    let audio =
      source.audioFailed
      ? "audio NOT kept" : source.keepsAudio ? "audio kept" : isNarrow ? "no audio" : "audio not kept"
    let lost = desk.session.lostSeconds
    let rate = Figures.rate(source.rate)
    var parts = isNarrow ? [clip(source.name, to: 10), rate.filter { $0 != " " }] : [source.name, rate]
    parts.append(level)
    parts.append(lost > 0 ? "lost \(Figures.decimal(lost, 1)) s" : "lost 0")
    parts.append(audio)
    if desk.sharing.isOn { parts.insert(Messages.seen(by: desk.sharing.watchers, isNarrow: isNarrow), at: 0) }
    if case .late = desk.saving { parts.insert("NOT saved", at: 0) }
    return parts.joined(separator: isNarrow ? " " : ", ")
  }
}

extension Attention {
  /// The role a measure is drawn in.
  var role: Role {
    switch self {
    case .fine: .good
    case .watch: .watch
    case .act: .act
    }
  }
}

extension Session {
  /// Whether the input clipped within the last two seconds.
  var clipsNow: Bool { rollups.suffix(2).contains { $0.clippedSamples > 0 } }
}
