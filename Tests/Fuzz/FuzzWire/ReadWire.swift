import Audience
import Fuzzing
import Practice

/// Any bytes, read as lines between a learner and a watcher.
///
/// What must hold: it ends; what is read is written as a line that is read the same, with no control character in it;
/// what is packed comes back to the byte; what of an event is shown to somebody can be shown to them again; and no event
/// brings down the session of who is watching.
func readWire(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  var sessions = [Shares: Session]()
  for line in bytes.split(separator: 10, maxSplits: 200) {
    _ = lineIsRead(String(decoding: line, as: UTF8.self), &sessions)
  }
  return 0
}

/// Reads `text` as a line of either side; what it was, nil where it was none.
func lineIsRead(_ text: String, _ sessions: inout [Shares: Session]) -> String? {
  if let line = WatcherLine(line: text) {
    must(text.utf8.count <= Wire.watcherLineBytes, "a line that is too long")
    must(isSafe(line.text), "not one line: \(line.text)")
    must(WatcherLine(line: line.text) == line, "another line in \(line.text)")
    if case .remark(_, let remark) = line { must(remark.bounded == remark, "not bounded: \(remark)") }
    must(HubLine(line: text) == nil, "a line of both sides: \(text)")
    return Wire.name(of: text)
  }
  guard let line = HubLine(line: text) else { return nil }
  must(text.utf8.count <= Wire.hubLineBytes, "a line that is too long")
  // An event may become longer than any that is read: characters may be written as escapes.
  if line.text.utf8.count <= EventLine.byteLimit {
    must(isSafe(line.text), "not one line: \(line.text)")
    must(HubLine(line: line.text)?.text == line.text, "another line in \(line.text)")
  }
  switch line {
  case .event(let event): show([event], &sessions)
  case .past(let events): show(events, &sessions)
  default: break
  }
  return Wire.name(of: text) ?? "event"
}

private func show(_ events: [SessionEvent], _ sessions: inout [Shares: Session]) {
  for role in Watcher.Role.allCases {
    let shown = events.compactMap { SharedEvents.shown($0, to: role.shares) }
    must(shown.compactMap { SharedEvents.shown($0, to: role.shares) } == shown, "shown otherwise the second time")
    var back: [SessionEvent] = []
    for line in EventPack.lines(of: shown) {
      guard case .past(let part)? = HubLine(line: line) else {
        must(line.utf8.count > Wire.hubLineBytes, "lost in \(line)")
        return
      }
      back += part
    }
    must(back.map(EventLine.text) == shown.map(EventLine.text), "packed otherwise: \(shown)")
    for event in shown { _ = sessions[role.shares, default: Session()].apply(event) }
    let seconds = sessions[role.shares]?.summary.durationSeconds ?? 0
    must(seconds.isFinite, "no end")
  }
}

private func isSafe(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
}
