import Audience
import Practice

/// One watch as JSON lines: its events, and what else is told as a line with the field `wire`, each with whose it is.
///
/// `{"learner":"anna","session":"k3f9x7qa","v":1,"t":12.34,"kind":"pause",…}`. A line `from` goes before the first event,
/// with its number; events that are told again after the line broke are left out. Sound is left out, and the secret that
/// lets a broken watch in again.
struct WrittenWatch {
  private let head: String
  private var count = WatchCount()

  /// Nothing is told yet of `seat`.
  init(_ seat: Seat) {
    let text = JSON.object([
      .init(WrittenWatch.learner, .string(seat.learner)), .init(WrittenWatch.session, .string(seat.door.session)),
    ]).text
    head = text.dropLast() + ","
  }

  /// The lines for what came.
  mutating func lines(for news: Watch.News) -> [String] {
    switch news {
    case .asked: return [line(HubLine.asked.text)]
    case .welcome(let welcome):
      _ = count.isAnew(welcome)
      return [line(WrittenWatch.text(of: welcome))]
    case .refused(let refusal): return [line(HubLine.refused(refusal).text)]
    case .events(let events, let first):
      let (new, isElsewhere) = count.new(events, first: first)
      let number = first + events.count - new.count
      return (isElsewhere ? [line(HubLine.from(number).text)] : [])
        + new.map { line(EventLine.text(of: WrittenWatch.own($0))) }
    case .glance(let glance): return [line(HubLine.glance(glance).text)]
    case .presence(let presence): return [line(HubLine.presence(presence).text)]
    case .answer(let number, let answer): return [line(HubLine.answer(number: number, answer).text)]
    case .sound: return []
    case .over(let farewell): return [line(HubLine.over(farewell).text)]
    case .broken(let reason):
      return [line(JSON.object([.init("wire", .string("broken")), .init("reason", .string(reason))]).text)]
    }
  }

  /// A line of JSON with whose it is in front.
  private func line(_ text: String) -> String { head + text.dropFirst() }

  private static let (learner, session) = ("learner", "session")

  /// A welcome without what nobody else may know, and without the names that stand in front.
  private static func text(of welcome: Welcome) -> String {
    let text = HubLine.welcome(welcome).text
    guard case .object(let fields)? = JSON(parsing: text, sortsFields: false) else { return #"{"wire":"welcome"}"# }
    return JSON.object(fields.filter { ![learner, session, "secret"].contains($0.name) }).text
  }

  /// An event without fields that would say whose it is a second time: a learner can put anything there.
  private static func own(_ event: SessionEvent) -> SessionEvent {
    func isOwn(_ field: JSON.Field) -> Bool { field.name != learner && field.name != session }
    var event = event
    event.extra = event.extra.filter(isOwn)
    if case .unknown(let name, let fields) = event.kind {
      event.kind = .unknown(name: name, fields: fields.filter(isOwn))
    }
    return event
  }
}
