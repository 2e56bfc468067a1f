import Terminal

/// The keys of sharing: turning it on, deciding who looks on, ending it.
extension Keymap {
  /// Where a session is that can be shared.
  static let shareable: Set<Room> = [.rehearsal, .drill, .summary, .drillResult, .replay]

  /// Where nothing of one's own can be shared.
  static let unsharable: Set<Room> = [.home, .calibration, .wall, .watched, .rubricForm, .drillChoice]

  /// In the order of their worth, as in `table`.
  static let sharing: [Binding] = [
    .init(
      keys: [.character("y")], action: .admitOnce, rooms: [.sharing], label: "once",
      help: "let in who asks, until they go"),
    .init(
      keys: [.character("t")], action: .admitTalk, rooms: [.sharing], label: "this talk",
      help: "let in who asks, as often as they come, until this session ends"),
    .init(keys: [.character("n")], action: .decline, rooms: [.sharing], label: "no", help: "do not let them in"),
    .init(
      keys: [.character("h")], action: .letHear, rooms: [.sharing], label: "sound",
      help: "let who asked for it hear the microphone, or take that back; they do not unless you say so"),
    .init(
      keys: [.character("d")], action: .sendAway, rooms: [.sharing], label: "send away",
      help: "end the watch of who is selected"),
    .init(
      keys: [.character("X")], action: .endSharing, rooms: shareable.union([.sharing]), label: "end sharing",
      help: "end sharing: everybody who looks on is gone at once"),
    .init(
      keys: [.control("x")], action: .endSharing, rooms: Set(Room.allCases).subtracting(unsharable), label: "",
      help: "end sharing, wherever you are"),
    .init(
      keys: [.escape, .left, .enter, .character("q"), .character("S"), .control("c")], action: .back,
      rooms: [.sharing], label: "back", help: "go back; sharing goes on"),
    .init(keys: [.up, .character("k")], action: .up, rooms: [.sharing], label: "", help: "move up"),
    .init(keys: [.down, .character("j")], action: .down, rooms: [.sharing], label: "", help: "move down"),
  ]

  /// Turning it on: the last in the bar.
  static let toShare: [Binding] = [
    .init(
      keys: [.character("S")], action: .share, rooms: shareable, label: "share",
      help: "share this session with tutors of this host; on, it shows who asks and who looks on")
  ]
}
