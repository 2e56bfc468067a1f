import Terminal

/// The keys of who watches: the wall, one learner of it, a rubric, a drill to give.
extension Keymap {
  private static let walls: Set<Room> = [.wall, .watched]
  private static let forms: Set<Room> = [.rubricForm, .drillChoice]
  static let cueHelp = "send a cue; it shows on the learner's screen, or waits for the review"
  /// All rooms of a watcher.
  static let watching = walls.union(forms)

  /// In the order of their worth, as in `table`.
  static let watch: [Binding] = [
    .init(
      keys: [.enter], action: .choose, rooms: [.wall], label: "zoom", help: "see the learner who is selected full size"),
    .init(
      keys: [.escape, .character("q"), .control("c")], action: .back, rooms: forms.union([.watched]), label: "back",
      help: "go back"),
    .init(
      keys: [.character("a")], action: .askAgain, rooms: walls, label: "ask",
      help: "ask the learner again to let you in"),
    .init(
      keys: [.character("n")], action: .comment, rooms: walls, label: "note",
      help: "write a note at this second, that of the key; it is on the learner's timeline"),
    .init(
      keys: [.character("?"), .function(1)], action: .help, rooms: watching, label: "keys",
      help: "list the keys that are valid here"),
    .init(
      keys: (1...9).map { .character(Character("\($0)")) }, action: .sendCue, rooms: walls, label: "",
      help: cueHelp),
    .init(
      keys: [.tab, .right, .down], action: .nextSeat, rooms: [.wall], label: "next", help: "select the next learner"),
    .init(
      keys: [.backtab, .left, .up], action: .previousSeat, rooms: [.wall], label: "",
      help: "select the learner before"),
    .init(keys: [.tab], action: .nextSeat, rooms: [.watched], label: "next", help: "go on to the next learner"),
    .init(keys: [.backtab], action: .previousSeat, rooms: [.watched], label: "", help: "go to the learner before"),
    .init(
      keys: [.character("r")], action: .rubricForm, rooms: walls, label: "rubric",
      help: "fill in a rubric while you listen"),
    .init(
      keys: [.character("d")], action: .assignDrill, rooms: walls, label: "drill", help: "give the learner a drill"),
    .init(
      keys: [.character("q"), .control("c")], action: .quit, rooms: [.wall], label: "quit",
      help: "leave the wall; nothing is asked"),
    .init(
      keys: [.character("w")], action: .writeWatched, rooms: walls, label: "write",
      help: "write the session as you watched it into a file"),
    .init(
      keys: [.character("v")], action: .density, rooms: walls, label: "view",
      help: "switch between the full and the calm view of this learner"),
    .init(
      keys: [.character("x")], action: .leaveSeat, rooms: walls, label: "leave",
      help: "stop watching this learner; once more takes them off the wall, u brings back"),
    .init(
      keys: [.character("u")], action: .bringBack, rooms: walls, label: "bring back",
      help: "bring back whom you took off the wall; nobody is asked anything"),
    .init(keys: [.left], action: .stepBack, rooms: [.watched], label: "", help: "look ten seconds back"),
    .init(keys: [.right], action: .stepOn, rooms: [.watched], label: "", help: "look ten seconds on"),
    .init(
      keys: [.character("."), .end], action: .toEnd, rooms: [.watched], label: "", help: "look at what goes on now"),
    .init(
      keys: [.up, .character("k")], action: .up, rooms: [.watched], label: "", help: "read further up in the words"),
    .init(
      keys: [.down, .character("j")], action: .down, rooms: [.watched], label: "",
      help: "read further down in the words"),
    // Forms.
    .init(keys: [.tab], action: .nextRubric, rooms: [.rubricForm], label: "rubric", help: "the next rubric"),
    .init(
      keys: ((1...9) + [0]).map { .character(Character("\($0)")) }, action: .level, rooms: [.rubricForm], label: "",
      help: "give this criterion a level, sent at once; 0 takes it back where it is no level"),
    .init(
      keys: [.character("-"), .backspace], action: .unlevel, rooms: [.rubricForm], label: "",
      help: "take the level back"),
    .init(
      keys: [.enter, .right], action: .choose, rooms: [.drillChoice], label: "give it",
      help: "give this drill; a line for what to mind comes first"),
    .init(keys: [.up, .character("k")], action: .up, rooms: forms, label: "", help: "move up"),
    .init(keys: [.down, .character("j")], action: .down, rooms: forms, label: "", help: "move down"),
  ]
}
