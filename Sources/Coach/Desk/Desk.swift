package import Practice
package import Report
package import Terminal

/// Everything on the screen, as one value: which room the speaker is in, and what is known there.
///
/// `press` is the whole behaviour of the keys: a pure step that says what must be done. Views only read.
package struct Desk: Equatable, Sendable {
  /// The rooms entered, innermost last; help, the device list and the question lie on top of where they were asked for.
  package var rooms: [Room]
  package var session = Session()
  /// The past session that is looked at: one of the history, or the one just kept.
  package var past: PastSession?
  /// A line that is being typed, over the room below it.
  package var entry: LineEntry?
  /// What the summary says beyond the figures, of the take just ended.
  package var review = TakeReview()
  package var density: Settings.Density = .calm
  package var theme = "dusk"
  package var source = SourceState()
  package var saving = Saving.saved
  /// The file that a session which is over goes into if it cannot be saved; nil while it goes on.
  package var rescuePath: String?
  package var homeSelection = 0
  /// Whether the selection was moved by hand; then it is left where it is.
  package var hasMoved = false
  package var history = HistoryState()
  /// The drills there are, what is due, and the one that is looked at.
  package var drills = DrillState()
  package var devices: [DeviceLine] = []
  package var deviceSelection = 0
  /// First line shown of help and of the summary.
  package var offset = 0
  /// One sentence for now: what could not be done, and the next step.
  package var notice: String?
  /// Whether a microphone was found; nil while looking.
  package var hasMicrophone: Bool?
  /// Whether the talk is over and the last of it is being heard out.
  package var isFinishing = false
  /// Whether the talk was going on when the question came up.
  package var pausedToAsk = false
  /// Whether a source is being opened in the background.
  package var isOpening = false
  /// The last session and what to work on next, for the home screen; nil where there is none.
  package var last: LastSession?
  /// The talk that will be rehearsed, for the home screen.
  package var talkTitle: String?
  /// Whether a take that has just ended is being read: what is said of it beyond its figures comes then.
  package var isReading = false
  /// How far a calibration has come, nil where there is none.
  package var calibration: CalibrationState?

  /// Who may look on, and who asks to.
  package var sharing = SharingState()

  /// The talk with the AI tutor, nil where there is none.
  package var conversation: ConversationState?
  /// Those who are watched; nil where this is a session of one's own.
  package var wall: Wall?

  /// Where the demo stands among the entries of the home screen.
  static let demoPlace = HomeEntry.allCases.firstIndex(of: .demo) ?? 0

  /// A desk with `room` open.
  package init(room: Room) { rooms = [room] }

  /// The room in front; the question whether something may be sent lies over the conversation.
  package var room: Room {
    guard rooms.last == .conversation, case .consent? = conversation?.talk.stage else { return rooms.last ?? .home }
    return .consent
  }

  /// Where sound comes from, for the status line.
  package struct SourceState: Equatable, Sendable {
    package var name = ""
    package var rate = 0
    package var isLive = true
    package var isRecovering = false
    /// Seconds since the device went, 0 while it is there.
    package var awaySeconds = 0.0
    package var keepsAudio = false
    package var audioFailed = false
    /// Whether this is a recording, whose silence is its own.
    package var isRecording = false
    /// Level bar: the loudest of the last moments, falling slowly.
    package var levelDecibels = -100.0
    package var flatSeconds: Float = 0
    package init() {}
  }

  /// A calibration under way.
  package struct CalibrationState: Equatable, Sendable {
    package var step = Calibration.Step.room
    package var secondsLeft = Calibration.stepSeconds
    /// What is to be read aloud, nil where there is no text.
    package var passage: String?
    package init() {}
  }

  /// Whether the session is safe on disk.
  package enum Saving: Equatable, Sendable {
    case saved
    /// Not on disk since this long, in whole seconds, and why.
    case late(seconds: Int, reason: String)
  }

  /// The session that was the last one, in a word or two, and the next step it asks for.
  package struct LastSession: Equatable, Sendable {
    package var when: String
    package var title: String
    package var nextStep: String?
  }

  /// A device in the list.
  package struct DeviceLine: Equatable, Sendable {
    package var id: String
    package var summary: String
    package var ability: String
  }

  /// An entry of the home screen.
  package enum HomeEntry: String, CaseIterable, Sendable {
    case rehearse, drills, demo, history, tutor, devices, help, quit
  }
}

/// What the stage must do after a key.
package enum Order: Equatable, Sendable {
  case rehearse, demo
  case hold(Bool)
  case mark
  case finish
  case leave
  case nextTheme
  case loadDevices
  /// What a room that looks back asks for.
  case review(ReviewOrder)
  case useDevice(String)
  case repaint, suspend
  /// Puts the script at a sentence.
  case place(sentence: Int)
  /// Opens the talk in the speaker's editor.
  case edit
  /// Opens the talk with the AI tutor; leaves it.
  case openConversation, leaveConversation
  /// What must follow a step of the conversation.
  case tutor(ConversationEffect)
  /// Shows what would be sent; goes on with another tutor.
  case showSent, nextTutor
  /// What a room of drills asks for.
  case drill(DrillOrder)
  /// What a watcher asks for.
  case watch(WatchOrder)
  /// What the learner says about who looks on.
  case share(ShareOrder)
}

extension Desk {
  /// Answers a key: changes what is shown and says what must be done.
  package mutating func press(_ key: Key) -> [Order] {
    let bound = Keymap.action(for: key, in: room)
    if bound == .endSharing { return shareKey(.endSharing) ?? [] }
    let isCommon = [.repaint, .suspend, .help].contains(bound)
    if rooms.last == .conversation, !isCommon { return converse(bound, key) }
    if bound != nil, room != .entry { notice = nil }
    if Keymap.shareable.contains(room) || room == .sharing, let orders = bound.flatMap({ shareKey($0) }) {
      return orders
    }
    if let orders = look(bound, key) { return orders }
    guard let action = bound else { return [] }
    notice = nil
    switch action {
    case .repaint: return [.repaint]
    case .suspend: return [.suspend]
    case .theme: return [.nextTheme]
    case .help:
      offset = 0
      rooms.append(.help)
    case .density: density = density == .calm ? .full : .calm
    case .pause:
      guard !isFinishing else { return [] }
      return [.hold(session.phase == .running)]
    case .mark: return isFinishing ? [] : [.mark]
    case .finish:
      if isFinishing { return [] }
      rooms.append(.ask)
      // The talk ends with the question, not with the answer.
      pausedToAsk = session.phase == .running
      return pausedToAsk ? [.hold(true)] : []
    case .yes:
      rooms.removeLast()
      isFinishing = true
      return [.finish]
    case .no:
      rooms.removeLast()
      return pausedToAsk ? [.hold(false)] : []
    case .devices: return isFinishing ? [] : enter(.devices)
    case .history: return enter(.history)
    case .rehearse: return [.rehearse]
    case .demo: return [.demo]
    case .pageUp, .pageDown: offset = max(0, offset + (action == .pageUp ? -1 : 1) * Desk.pageLines)
    case .up, .down:
      let step = action == .up ? -1 : 1
      if room == .rehearsal { return scroll(step) }
      move(step)
      if room == .history, history.wantsMore { return [.review(.list(isMore: true))] }
    case .previousSection, .nextSection: return leap(action == .nextSection ? 1 : -1)
    case .edit: return isFinishing || session.prompter == nil ? [] : [.edit]
    case .tutor:
      if isFinishing { return [] }
      return (room == .rehearsal && session.phase == .running ? [.hold(true)] : []) + [.openConversation]
    case .choose: return choose()
    case .back: return back()
    case .quit: return [.leave]
    // The other rooms have answered what is theirs.
    default: return []
    }
    return []
  }

  /// Moves the script by hand, a sentence at a time.
  private func scroll(_ step: Int) -> [Order] {
    guard let prompter = session.prompter, !isFinishing else { return [] }
    let sentence = min(max(prompter.sentence + step, 0), max(prompter.script.sentences.count - 1, 0))
    return sentence == prompter.sentence ? [] : [.place(sentence: sentence)]
  }

  /// Moves the script to the next section that has something to say, or to the beginning of this one or the one before.
  private func leap(_ step: Int) -> [Order] {
    guard let prompter = session.prompter, !isFinishing else { return [] }
    let starts = prompter.script.sections.filter { !$0.sentences.isEmpty }.map(\.sentences.lowerBound)
    let target = step > 0 ? starts.first { $0 > prompter.sentence } : starts.last { $0 < prompter.sentence }
    return target.map { [.place(sentence: $0)] } ?? []
  }

  /// Lines of the summary that a page key passes over.
  static let pageLines = 10

  private mutating func enter(_ room: Room) -> [Order] {
    rooms.append(room)
    switch room {
    case .devices:
      deviceSelection = 0
      return [.loadDevices]
    case .history: return [.review(.list(isMore: false))]
    default: return []
    }
  }

  private mutating func back() -> [Order] {
    offset = 0
    if room == .sent { conversation?.sent = nil }
    guard rooms.count > 1 else { return [.leave] }
    let left = rooms.removeLast()
    if room == .home || room == .history { past = nil }
    // A card from before an attempt knows nothing of it.
    if left == .drillResult, room == .drillCard, let card = drills.card { return [.drill(.show(card.drill.id))] }
    return []
  }

  private mutating func move(_ step: Int) {
    hasMoved = true
    func moved(_ selection: Int, _ count: Int) -> Int { min(max(selection + step, 0), max(count - 1, 0)) }
    switch room {
    case .home: homeSelection = moved(homeSelection, HomeEntry.allCases.count)
    case .history: history.selection = moved(history.selection, history.lines.count)
    case .devices: deviceSelection = moved(deviceSelection, devices.count)
    case .help: offset = moved(offset, Keymap.table.count)
    // The stage knows how far a screen of this size reaches.
    case .summary, .sent: offset = max(0, offset + step)
    default: break
    }
  }

  private mutating func choose() -> [Order] {
    switch room {
    case .home:
      switch HomeEntry.allCases[min(homeSelection, HomeEntry.allCases.count - 1)] {
      case .rehearse: return [.rehearse]
      case .drills: return openDrills()
      case .demo: return [.demo]
      case .history: return enter(.history)
      case .tutor: return [.openConversation]
      case .devices: return enter(.devices)
      case .help: return enter(.help)
      case .quit: return [.leave]
      }
    case .history:
      guard history.lines.indices.contains(history.selection) else { return [] }
      return [.review(.open(history.lines[history.selection].id, at: nil))]
    case .devices:
      guard devices.indices.contains(deviceSelection) else { return [] }
      let device = devices[deviceSelection].id
      rooms.removeLast()
      return [.useDevice(device)]
    default: return []
    }
  }
}
