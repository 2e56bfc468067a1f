package import Terminal

/// What a key can ask for.
package enum Action: String, CaseIterable, Sendable {
  case pause, mark, density, theme, help, finish
  case up, down, choose, back, quit
  case yes, no
  case devices, demo, rehearse, history, repaint, suspend
  case previousSection, nextSection, edit, pageUp, pageDown
  case tutor, speak, send, erase, breakOff, leaveTutor, showSent, nextTutor, agree, refuse
  case replay, play, stepBack, stepOn, nextUnit, previousUnit, toStart, toEnd, faster, slower
  case confirm, remove, relabel, add, correctWord, comment, clip, clipPhrase, clipBest, clipWorst, ghost
  case scores, explain, nextRubric, level, unlevel, judge, askJudge, toMoment
  case search, filter, sort, trends, previousFigure, nextFigure, editTitle, editTags, editContext, enterLine
  case share, endSharing, admitOnce, admitTalk, decline, letHear, sendAway
  case drills, advance, skipStep, beginDrill, queueDrill, nextDue, plan
  case nextSeat, previousSeat, sendCue, rubricForm, assignDrill, writeWatched, askAgain, leaveSeat, bringBack
  case export, exportPDF, exportHTML, exportJSON, exportCSV, exportMarkdown, exportSRT, exportVTT
}

/// Where the speaker is: the screens that keys are bound on.
package enum Room: String, CaseIterable, Sendable {
  case home, rehearsal, ask, summary, history, devices, help, calibration, conversation, consent, sent
  case replay, scores, explained, trends, search, entry, clip, export
  case drills, drillCard, drill, drillResult, plan
  case wall, watched, rubricForm, drillChoice
  case sharing

  /// What it is called where its keys are listed.
  package var words: String {
    switch self {
    case .drillCard: "a drill before it starts"
    case .drill: "a drill"
    case .drillResult: "the result of a drill"
    case .plan: "the plan"
    case .wall: "the wall"
    case .watched: "a learner you watch"
    case .rubricForm: "a rubric you fill in"
    case .drillChoice: "a drill for a learner"
    default: rawValue
    }
  }
}

/// The one table of keys; bar, help and behaviour are all read from it.
package enum Keymap {
  /// A key, what it does, where, and in which words.
  package struct Binding: Sendable {
    package var keys: [Key]
    package var action: Action
    package var rooms: Set<Room>
    /// One word for the bar.
    package var label: String
    /// A line for help.
    package var help: String
  }

  private static let lists: Set<Room> = [.home, .history, .devices]
  private static let everywhere = Set(Room.allCases)
  /// Where what is typed goes into a line.
  private static let typing: Set<Room> = [.conversation, .search, .entry]

  /// In the order of their worth: where the bar is short of room, the last ones are left out.
  package static let table: [Binding] = sharing + watch + review + drilling + speaking + toShare

  private static let speaking: [Binding] = [
    .init(
      keys: [.character(" ")], action: .pause, rooms: [.rehearsal], label: "pause",
      help: "pause, and go on again; nothing is heard meanwhile"),
    .init(
      keys: [.character("q"), .control("c")], action: .finish, rooms: [.rehearsal], label: "finish",
      help: "finish; asks once, and saves"),
    .init(keys: [.character("y"), .enter], action: .yes, rooms: [.ask], label: "finish and save", help: "yes"),
    .init(keys: [.character("n"), .escape], action: .no, rooms: [.ask], label: "go on", help: "no"),
    .init(keys: [.control("c"), .character("q")], action: .yes, rooms: [.ask], label: "", help: "finish"),
    .init(
      keys: [.enter, .right], action: .choose, rooms: lists.subtracting([.history]), label: "choose",
      help: "open what is selected"),
    .init(
      keys: [.escape, .left, .character("q"), .character("?")], action: .back, rooms: [.help], label: "back",
      help: "go back"),
    .init(
      keys: [.escape, .left, .character("q")], action: .back, rooms: [.devices], label: "back",
      help: "go back"),
    .init(
      keys: [.control("c")], action: .back, rooms: [.summary, .history, .devices, .help], label: "", help: "go back"),
    .init(
      keys: [.character("q"), .control("c")], action: .quit, rooms: [.home], label: "quit",
      help: "leave Rostrum"),
    .init(
      keys: [.character("q"), .control("c")], action: .quit, rooms: [.calibration], label: "leave",
      help: "leave; nothing is kept"),
    .init(
      keys: [.character("?"), .function(1)], action: .help,
      rooms: everywhere.subtracting(
        typing.union([.help, .ask, .consent, .sent, .clip, .export]).union(Keymap.lookingBack).union(watching)),
      label: "keys",
      help: "list the keys that are valid here"),
    .init(
      keys: [.character("a")], action: .tutor, rooms: [.summary, .home], label: "AI tutor",
      help: "talk it over with the AI tutor"),
    .init(
      keys: [.character("m")], action: .mark, rooms: [.rehearsal], label: "mark",
      help: "mark this moment, to find it later"),
    .init(
      keys: [.character("v")], action: .density, rooms: [.rehearsal], label: "view",
      help: "switch between the calm and the full view"),
    .init(
      keys: [.character("t")], action: .theme, rooms: [.home, .rehearsal, .summary, .history], label: "theme",
      help: "try the next theme"),
    .init(
      keys: [.character("d")], action: .devices, rooms: [.rehearsal, .home], label: "devices",
      help: "list the microphones and choose one"),
    .init(
      keys: [.up, .character("k")], action: .up, rooms: lists.union([.help, .summary]), label: "", help: "move up"),
    .init(
      keys: [.down, .character("j")], action: .down, rooms: lists.union([.help, .summary]), label: "", help: "move down"
    ),
    .init(keys: [.pageUp], action: .pageUp, rooms: [.summary], label: "", help: "move up by ten lines"),
    .init(keys: [.pageDown], action: .pageDown, rooms: [.summary], label: "", help: "move down by ten lines"),
    .init(
      keys: [.up, .character("k")], action: .up, rooms: [.rehearsal], label: "",
      help: "put the script back by a sentence; your hand goes before what is heard"),
    .init(
      keys: [.down, .character("j")], action: .down, rooms: [.rehearsal], label: "",
      help: "put the script on by a sentence"),
    .init(
      keys: [.pageUp], action: .previousSection, rooms: [.rehearsal], label: "", help: "go back by a section"),
    .init(
      keys: [.pageDown], action: .nextSection, rooms: [.rehearsal], label: "", help: "go on by a section"),
    .init(
      keys: [.character("e")], action: .edit, rooms: [.rehearsal], label: "",
      help: "open the talk in your editor; it is read anew afterwards"),
    .init(
      keys: [.character("a")], action: .tutor, rooms: [.rehearsal], label: "",
      help: "pause, and talk it over with the AI tutor"),
    .init(
      keys: [.character(" ")], action: .speak, rooms: [.conversation], label: "speak",
      help: "begin to speak, and again when you have spoken; in a line you are typing it is a space"),
    .init(keys: [.enter], action: .send, rooms: [.conversation], label: "send", help: "send what you have typed"),
    .init(
      keys: [.escape], action: .breakOff, rooms: [.conversation], label: "stop, back",
      help: "silence the tutor, break off the answer, clear the line; then leave"),
    .init(keys: [.backspace], action: .erase, rooms: [.conversation], label: "", help: "take back a character"),
    .init(
      keys: [.function(1)], action: .help, rooms: [.conversation], label: "keys",
      help: "list the keys that are valid here"),
    .init(
      keys: [.function(2)], action: .showSent, rooms: [.conversation], label: "what is sent",
      help: "see exactly what the tutor is told"),
    .init(keys: [.tab], action: .nextTutor, rooms: [.conversation], label: "tutor", help: "talk to the next tutor"),
    .init(
      keys: [.up], action: .up, rooms: [.conversation], label: "", help: "look further up"),
    .init(keys: [.down], action: .down, rooms: [.conversation], label: "", help: "look further down"),
    .init(keys: [.pageUp], action: .pageUp, rooms: [.conversation], label: "", help: "look up by ten lines"),
    .init(keys: [.pageDown], action: .pageDown, rooms: [.conversation], label: "", help: "look down by ten lines"),
    .init(
      keys: [.control("c")], action: .leaveTutor, rooms: [.conversation], label: "",
      help: "leave at once; what was said is kept"),
    .init(keys: [.character("y")], action: .agree, rooms: [.consent], label: "send it", help: "yes, from now on"),
    .init(
      keys: [.character("n")], action: .refuse, rooms: [.consent], label: "never",
      help: "no, and do not ask again; the offline tutor answers"),
    .init(
      keys: [.escape, .control("c")], action: .breakOff, rooms: [.consent], label: "not now",
      help: "not this time; the offline tutor answers"),
    .init(
      keys: [.escape, .left, .character("q"), .function(2), .control("c")], action: .back, rooms: [.sent],
      label: "back", help: "go back to the tutor"),
    .init(keys: [.up, .character("k")], action: .up, rooms: [.sent, .consent], label: "", help: "move up"),
    .init(keys: [.down, .character("j")], action: .down, rooms: [.sent, .consent], label: "", help: "move down"),
    .init(keys: [.pageUp], action: .pageUp, rooms: [.sent, .consent], label: "", help: "move up by ten lines"),
    .init(keys: [.pageDown], action: .pageDown, rooms: [.sent, .consent], label: "", help: "move down by ten lines"),
    .init(keys: [.character("r")], action: .rehearse, rooms: [.home], label: "", help: "start rehearsing"),
    .init(keys: [.character("h")], action: .history, rooms: [.home], label: "", help: "see past sessions"),
    .init(keys: [.control("l")], action: .repaint, rooms: everywhere, label: "", help: "draw the screen anew"),
    .init(
      keys: [.control("z")], action: .suspend, rooms: everywhere, label: "",
      help: "put Rostrum aside; fg brings it back"),
  ]

  /// What `key` asks for in `room`, nil where it means nothing.
  package static func action(for key: Key, in room: Room) -> Action? {
    table.first { $0.rooms.contains(room) && $0.keys.contains(key) }?.action
  }

  /// The key bar of `room`: the first key of each binding that has a word for it, without those that mean nothing now.
  package static func bar(_ room: Room, without: Set<Action> = []) -> [(key: String, label: String)] {
    (bars[room] ?? []).filter { !without.contains($0.action) }.map { ($0.key, $0.label) }
  }

  /// The whole bar of each room: it is looked up with every frame.
  private static let bars = Dictionary(
    uniqueKeysWithValues: Room.allCases.map { room in
      (
        room,
        table.filter { $0.rooms.contains(room) && !$0.label.isEmpty }.compactMap { binding in
          binding.keys.first.map { (action: binding.action, key: $0.name, label: binding.label) }
        }
      )
    })

  /// The lines of help for `room`, without keys that mean nothing now.
  package static func help(_ room: Room, without: Set<Action> = []) -> [(key: String, help: String)] {
    table.filter { $0.rooms.contains(room) && !without.contains($0.action) }.map { binding in
      (names(binding.keys), binding.help)
    }
  }

  /// Keys as they are listed: `q ^C`, and of the digits from 1 on only the ends, `1 to 9`.
  private static func names(_ keys: [Key]) -> String {
    let digits = zip(1..., keys).prefix { $1 == .character(Character("\($0 % 10)")) }.count
    let rest = keys.dropFirst(digits > 2 ? digits : 0).map(\.name)
    return ((digits > 2 ? ["1 to \(digits)"] : []) + rest).joined(separator: " ")
  }
}
