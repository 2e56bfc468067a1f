package import Practice

/// What of a session's events somebody may see: one pure table by kind.
///
/// The numbers of a watch count what this table lets pass, and a watch that was broken resumes by them: for the same
/// event and the same shares it says the same, always. Fields that this version does not know are never sent.
package enum SharedEvents {
  /// What of `event` is shown to who has `shares`; nil where nothing is.
  package static func shown(_ event: SessionEvent, to shares: Shares) -> SessionEvent? {
    guard shares.contains(.meters) else { return nil }
    return kind(event.kind, shares.contains(.words)).map { SessionEvent(at: event.seconds, $0) }
  }

  /// The line of what is shown; nil where nothing is, and where no reader would take a line so long.
  package static func line(of event: SessionEvent, to shares: Shares) -> String? {
    guard let text = shown(event, to: shares).map(EventLine.text), text.utf8.count <= EventLine.byteLimit else {
      return nil
    }
    return text
  }

  private static func kind(_ kind: SessionEvent.Kind, _ seesWords: Bool) -> SessionEvent.Kind? {
    switch kind {
    // Figures, and fillers, whose labels are the program's list of them: what the meters show. A cue is what stands on
    // the learner's screen; an ending has figures alone.
    case .second, .phrase, .pause, .filler, .cluster, .cue, .gap, .paused, .resumed, .step, .tap, .reviewed, .ended:
      return kind
    case .began(let beginning): return .began(shown(beginning))
    case .mark(let label): return .mark(seesWords ? label : nil)
    case .section(let start):
      return .section(seesWords ? start : SectionStart(index: start.index, title: "", start: start.start))
    // Rows name words of the text that is read aloud.
    case .drilled(let result): return .drilled(seesWords ? result : withoutRows(result))
    // A correction of a filler changes the count; one of a word is a word.
    case .correction(let correction): return seesWords || correction.change != .word ? kind : nil
    case .watcher(let watcher): return shown(watcher).map(SessionEvent.Kind.watcher)
    // What is said and what it is said from.
    case .word, .script, .place, .restart, .comment, .assessed, .drill, .choice, .contour, .model, .note:
      return seesWords ? kind : nil
    case .turn(let turn): return seesWords ? .turn(shown(turn)) : nil
    case .edited(let edit): return seesWords ? shown(edit).map(SessionEvent.Kind.edited) : nil
    // The learner's own business: what they thought, what the program made of it, and what nobody knows.
    case .guess, .scored, .unknown: return nil
    }
  }

  /// A file by its name: where it lies on the learner's machine is nobody's business.
  private static func shown(_ beginning: Beginning) -> Beginning {
    var beginning = beginning
    beginning.source = beginning.source.split(separator: "/").last.map(String.init) ?? ""
    return beginning
  }

  private static func withoutRows(_ result: DrillResult) -> DrillResult {
    var result = result
    result.rows = []
    return result
  }

  /// Who is here, and who went: not from where, nor why. Who asked and who was refused is between them and the learner.
  private static func shown(_ watcher: Watcher) -> Watcher? {
    guard watcher.change != .asked, watcher.change != .refused else { return nil }
    var watcher = watcher
    (watcher.place, watcher.reason) = (nil, nil)
    return watcher
  }

  /// What was said, without what it cost.
  private static func shown(_ turn: Turn) -> Turn {
    var turn = turn
    (turn.tokensIn, turn.tokensOut, turn.isEstimated, turn.cost) = (nil, nil, false, nil)
    return turn
  }

  /// Its title and context; the learner's tags are theirs.
  private static func shown(_ edit: Edit) -> Edit? {
    edit.title == nil && edit.context == nil ? nil : Edit(title: edit.title, context: edit.context)
  }
}
