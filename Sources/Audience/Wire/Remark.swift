import Practice

/// What a watcher may say to a learner: all there is, and nothing of it types, runs or reads anything.
///
/// A `bounded` one has texts that are safe to show, on one line and no longer than `Afterwards` keeps; one that was read
/// from the wire is bounded.
package enum Remark: Equatable, Sendable {
  /// A note at a second of the session. Needs `Shares.remarks`.
  case note(String, at: Double)
  /// One or two words for the learner's screen. Needs `Shares.cues`.
  case cue(String)
  /// A level of a criterion of a rubric; nil takes an earlier one back. Needs `Shares.remarks`.
  case level(rubric: String, version: Int, criterion: String, level: Double?, reason: String?)
  /// A drill to be done, by its id, with what to mind and days until it is due. Needs `Shares.remarks`.
  case drill(String, note: String, days: Int?)

  /// What it takes to send it.
  package var needs: Shares {
    switch self {
    case .cue: .cues
    case .note, .level, .drill: .remarks
    }
  }

  /// What became of one, told to who sent it.
  package enum Answer: Equatable, Sendable {
    /// It is in the session; a cue was on the screen.
    case taken
    /// It waits for the review, as the learner wished.
    case later
    /// It was not taken, for this reason.
    case refused(String)
  }
}

extension Remark {
  /// Words and bytes of a cue: what can be read at a glance.
  package static let cueWords = 3
  package static let cueBytes = 40
  /// Days until a drill is due, at most.
  package static let dayLimit = 365

  /// This remark as the learner's side reads it.
  package var bounded: Remark {
    switch self {
    case .note(let text, let seconds): return .note(Afterwards.line(text), at: Afterwards.seconds(seconds))
    case .cue(let text):
      let words = Afterwards.name(text).split(separator: " ").prefix(Remark.cueWords).joined(separator: " ")
      var kept = ""
      for character in words where kept.utf8.count + character.utf8.count <= Remark.cueBytes { kept.append(character) }
      return .cue(kept)
    case .level(let rubric, let version, let criterion, let level, let reason):
      let kept = Assessment(
        rubric: rubric, version: version, criterion: criterion, judge: .tutor, level: level, reason: reason)
      return .level(
        rubric: kept.rubric, version: kept.version, criterion: kept.criterion, level: kept.level, reason: kept.reason)
    case .drill(let id, let note, let days):
      return .drill(
        Afterwards.name(id), note: Afterwards.line(note), days: days.map { min(max($0, 0), Remark.dayLimit) })
    }
  }

  /// The fields of its line, which name its kind.
  var fields: [JSON.Field] {
    switch bounded {
    case .note(let text, let seconds):
      [.init("kind", .string("note")), .init("text", .string(text)), .init("at", .rounded(seconds))]
    case .cue(let text): [.init("kind", .string("cue")), .init("text", .string(text))]
    case .level(let rubric, let version, let criterion, let level, let reason):
      [
        .init("kind", .string("level")), .init("rubric", .string(rubric)), .init("version", .count(version)),
        .init("criterion", .string(criterion)), .init("level", .rounded(level, 2)),
      ] + Wire.known("reason", .text(reason))
    case .drill(let id, let note, let days):
      [.init("kind", .string("drill")), .init("drill", .string(id)), .init("note", .string(note))]
        + Wire.known("days", days.map(JSON.count) ?? .null)
    }
  }

  /// Reads one; nil where it is none of those above.
  init?(_ json: JSON) {
    let remark: Remark
    switch json["kind"]?.string {
    case "note":
      guard let text = json["text"]?.string, let seconds = json["at"]?.double else { return nil }
      remark = .note(text, at: seconds)
    case "cue":
      guard let text = json["text"]?.string else { return nil }
      remark = .cue(text)
    case "level":
      // Nothing but a null takes a level back: what is no number must not.
      guard let rubric = json["rubric"]?.string, let criterion = json["criterion"]?.string, let level = json["level"],
        level == .null || level.double != nil
      else { return nil }
      remark = .level(
        rubric: rubric, version: json["version"]?.countInHere ?? 0, criterion: criterion, level: level.double,
        reason: json["reason"]?.string)
    case "drill":
      guard let id = json["drill"]?.string else { return nil }
      remark = .drill(id, note: json["note"]?.string ?? "", days: json["days"]?.number)
    default: return nil
    }
    self = remark.bounded
  }
}

extension Remark.Answer {
  var fields: [JSON.Field] {
    switch self {
    case .taken: [.init("became", .string("taken"))]
    case .later: [.init("became", .string("later"))]
    case .refused(let reason):
      [.init("became", .string("refused")), .init("reason", .string(Afterwards.name(reason)))]
    }
  }

  /// Reads one; what a newer side says that is neither taken nor put off was refused.
  init?(_ json: JSON) {
    guard let became = json["became"]?.string else { return nil }
    switch became {
    case "taken": self = .taken
    case "later": self = .later
    default: self = .refused(json["reason"]?.name ?? "")
    }
  }
}
