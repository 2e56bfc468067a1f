import Practice
import Terminal

extension Desk {
  /// Answers a key in the conversation: what has no meaning of its own is typed.
  mutating func converse(_ action: Action?, _ key: Key) -> [Order] {
    guard var state = conversation else { return [.leaveConversation] }
    var orders: [Order] = []
    func step(_ step: ConversationStep) {
      orders += state.talk.apply(step).map { $0 == .leave ? .leaveConversation : .tutor($0) }
    }
    switch action {
    case .speak where state.talk.draft.isEmpty || state.talk.stage == .listening: step(.talk)
    case .send: step(.send)
    case .erase: step(.erase)
    case .breakOff: step(.escape)
    case .agree: step(.decide(true))
    case .refuse: step(.decide(false))
    case .leaveTutor:
      // Leaves at once; what is under way is broken off as by so many presses of Esc.
      for _ in 0..<4 where !orders.contains(.leaveConversation) { step(.escape) }
    case .showSent: orders = [.showSent]
    case .nextTutor: orders = state.talk.stage == .idle ? [.nextTutor] : []
    case .up, .down, .pageUp, .pageDown:
      let isUp = [.up, .pageUp].contains(action)
      let rows = [.pageUp, .pageDown].contains(action) ? Desk.pageLines : 1
      // What would be sent is read from its beginning, the conversation from its end.
      if room == .consent { offset = max(0, offset + (isUp ? -rows : rows)) }
      if room != .consent { state.rowsUp = max(0, state.rowsUp + (isUp ? rows : -rows)) }
    default:
      if case .character(let character) = key { step(.type(String(character))) }
    }
    if [.send, .speak].contains(action) { state.rowsUp = 0 }
    conversation = state
    return orders
  }
}
