import Terminal

/// The keys of drills: choosing one, doing it, what came of it, the plan.
extension Keymap {
  private static let lists: Set<Room> = [.drills, .plan]

  /// In the order of their worth, as in `table`.
  static let drilling: [Binding] = [
    .init(
      keys: [.character(" ")], action: .advance, rooms: [.drill], label: "go on",
      help: "go on to the next step; while you hear yourself, tap it at each filler"),
    .init(keys: [.enter], action: .beginDrill, rooms: [.drillCard], label: "start", help: "start this drill"),
    .init(
      keys: [.enter, .right], action: .choose, rooms: lists, label: "open", help: "look at the drill that is selected"),
    .init(
      keys: [.character("n"), .enter], action: .nextDue, rooms: [.drillResult], label: "next due",
      help: "the next drill that is due"),
    .init(
      keys: [.character("r")], action: .beginDrill, rooms: [.drillResult], label: "again", help: "do this drill again"),
    .init(
      keys: [.character(" ")], action: .replay, rooms: [.drillResult], label: "replay",
      help: "hear and see the attempt again"),
    .init(
      keys: [.character("x")], action: .scores, rooms: [.drillResult], label: "ballot",
      help: "fill in the ballot of a contest"),
    .init(
      keys: [.character("p")], action: .pause, rooms: [.drill], label: "pause",
      help: "pause, and go on again; nothing is heard meanwhile"),
    .init(
      keys: [.enter], action: .skipStep, rooms: [.drill], label: "", help: "go on to the next step, from a clip too"),
    .init(
      keys: [.character("q"), .control("c")], action: .finish, rooms: [.drill], label: "finish",
      help: "finish; asks once, and keeps what was done"),
    .init(
      keys: [.character("s")], action: .queueDrill, rooms: [.drillCard, .drills], label: "schedule",
      help: "put it on the schedule for tomorrow"),
    .init(
      keys: [.character("d")], action: .beginDrill, rooms: [.summary], label: "drill",
      help: "do the drill that fits what was found"),
    .init(
      keys: [.character("s")], action: .queueDrill, rooms: [.summary], label: "schedule it",
      help: "put that drill on the schedule for tomorrow"),
    .init(
      keys: [.character("p")], action: .plan, rooms: [.drills], label: "plan", help: "the plan for the next two weeks"),
    .init(
      keys: [.tab], action: .filter, rooms: [.drills], label: "which",
      help: "all drills, what is due, or one skill alone"),
    .init(
      keys: [.escape, .left, .character("q"), .control("c")], action: .back, rooms: [.drills, .drillCard, .plan],
      label: "back", help: "go back"),
    .init(
      keys: [.escape, .left, .character("q"), .control("c")], action: .back, rooms: [.drillResult], label: "done",
      help: "leave the result"),
    .init(
      keys: [.up, .character("k")], action: .up, rooms: lists.union([.drillCard, .drillResult]), label: "",
      help: "move up"),
    .init(
      keys: [.down, .character("j")], action: .down, rooms: lists.union([.drillCard, .drillResult]), label: "",
      help: "move down"),
    .init(
      keys: [.character("x")], action: .drills, rooms: [.home], label: "", help: "see the drills, what is due first"),
  ]
}
