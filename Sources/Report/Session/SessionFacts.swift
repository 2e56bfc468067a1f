package import Practice

/// What is known of a session beside its events: the row it is kept under.
package struct SessionFacts: Equatable, Sendable {
  package var id: String
  /// When it began, in milliseconds since 1970 (UTC), and how far the learner's clock was ahead of UTC, in seconds.
  package var startedAtMilliseconds: Int
  package var utcOffsetSeconds: Int
  package var title: String?
  /// What was listened to: a capture device or a file.
  package var source: String
  /// `live`, `finished` or `interrupted`.
  package var state: String
  /// Audio time at its end; nil where it is still live.
  package var endedSeconds: Double?

  /// Makes the facts of a session.
  package init(
    id: String, startedAtMilliseconds: Int = 0, utcOffsetSeconds: Int = 0, title: String? = nil, source: String = "",
    state: String = "finished", endedSeconds: Double? = nil
  ) {
    self.id = id
    self.startedAtMilliseconds = startedAtMilliseconds
    self.utcOffsetSeconds = utcOffsetSeconds
    self.title = title
    self.source = source
    self.state = state
    self.endedSeconds = endedSeconds
  }

  /// When it began by the learner's clock: "21 November 2026, 21:18"; empty where that is not known.
  package var when: String { startedAtMilliseconds > 0 ? localDate.words : "" }

  /// When it began as ISO 8601 with its offset: "2026-11-21T21:18:05+01:00"; nil where that is not known.
  package var timestamp: String? {
    startedAtMilliseconds > 0 ? localDate.timestamp(offsetSeconds: utcOffsetSeconds) : nil
  }

  private var localDate: CalendarDate {
    CalendarDate(secondsSince1970: startedAtMilliseconds / 1_000 + min(max(utcOffsetSeconds, -86_400), 86_400))
  }
}

extension SessionFacts {
  /// The fields as `sessions --json` has them.
  package var fields: [JSON.Field] {
    [
      .init("id", .string(id)), .init("started_at_ms", .count(startedAtMilliseconds)),
      .init("utc_offset_seconds", .count(utcOffsetSeconds)), .init("talk", .text(title)),
      .init("source", .string(source)), .init("state", .string(state)), .init("ended_seconds", .rounded(endedSeconds)),
    ]
  }

  /// Reads facts; nil where there is no id that a history could keep: 1 to 64 of `0-9 a-z -`.
  package init?(_ json: JSON) {
    guard let id = json["id"]?.string, (1...64).contains(id.utf8.count),
      id.utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0) || $0 == 45 })
    else { return nil }
    let state = json["state"]?.string ?? ""
    let offset = json["utc_offset_seconds"]?.integer ?? 0
    self.init(
      id: id, startedAtMilliseconds: max(json["started_at_ms"]?.integer ?? 0, 0),
      utcOffsetSeconds: abs(offset) <= 86_400 ? offset : 0,
      title: json["talk"]?.string.map { printed($0, limit: Afterwards.textBytes) },
      source: printed(json["source"]?.string ?? "", limit: Afterwards.textBytes),
      state: ["live", "finished"].contains(state) ? state : "interrupted",
      endedSeconds: json["ended_seconds"]?.double.map { min(max($0, 0), 1e7) })
  }
}

/// A day and a time of it, worked out from seconds since 1970 without a calendar of the system.
struct CalendarDate: Equatable {
  private(set) var year = 0, month = 0, day = 0
  private(set) var hour = 0, minute = 0, second = 0

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// The proleptic Gregorian date (Hinnant, "chrono-compatible low-level date algorithms", civil_from_days).
  init(secondsSince1970 seconds: Int) {
    let seconds = min(max(seconds, -62_135_596_800), 253_402_300_799)
    let days = (seconds - ((seconds % 86_400) + 86_400) % 86_400) / 86_400
    let rest = seconds - days * 86_400
    (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60)
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var words: String { "\(day) \(Self.months[month - 1]) \(year), \(hour):\(Self.two(minute))" }

  func timestamp(offsetSeconds: Int) -> String {
    let minutes = abs(offsetSeconds) / 60
    let date =
      String(repeating: "0", count: max(0, 4 - String(year).count)) + "\(year)-\(Self.two(month))-\(Self.two(day))"
    let zone = (offsetSeconds < 0 ? "-" : "+") + Self.two(minutes / 60) + ":" + Self.two(minutes % 60)
    return date + "T" + [hour, minute, second].map(Self.two).joined(separator: ":") + zone
  }

  private static func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
}

/// `text` as it may be printed: without control characters and what could mislead a reader, at most `limit` bytes.
func printed(_ text: String, limit: Int = 100_000) -> String {
  let safe = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } ? text : ReplyText.safe(text)
  guard safe.utf8.count > limit else { return safe }
  var kept = ""
  for character in safe {
    guard kept.utf8.count + character.utf8.count <= limit else { break }
    kept.append(character)
  }
  return kept
}

/// `text` of the program with the sign that readers expect of a minus: "-35" as "−35"; "5-7" is a span and stays.
func signed(_ text: String) -> String {
  guard text.utf8.contains(0x2D) else { return text }
  var (out, last) = ("", Character(" "))
  for (index, character) in zip(text.indices, text) {
    let next = text[text.index(after: index)...].first
    let isMinus = character == "-" && (last == " " || last == "(") && next?.isWholeNumber == true
    out.append(isMinus ? "\u{2212}" : character)
    last = character
  }
  return out
}
