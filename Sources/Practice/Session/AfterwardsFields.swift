/// The fields of what is said afterwards, each written beside how it is read.

/// A field that is left out where it holds nothing.
private func known(_ name: String, _ value: JSON) -> [JSON.Field] { value == .null ? [] : [.init(name, value)] }

private func moment(_ milliseconds: Int) -> [JSON.Field] {
  known("at_ms", milliseconds > 0 ? .count(milliseconds) : .null)
}

extension JSON {
  fileprivate var atMilliseconds: Int { max(self["at_ms"]?.integer ?? 0, 0) }
}

extension Correction {
  var fields: [JSON.Field] {
    [.init("change", .string(change.rawValue)), .init("start", .rounded(start)), .init("end", .rounded(end))]
      + known("text", .text(text)) + known("was", .text(was)) + known("confidence", .rounded(confidence, 2))
      + moment(atMilliseconds)
  }

  init?(_ json: JSON) {
    guard let change = json["change"]?.string.flatMap(Change.init), let start = json["start"]?.double,
      let end = json["end"]?.double, start <= end, start >= 0, end <= Afterwards.secondsLimit
    else { return nil }
    self.init(
      change, start: start, end: end, text: json["text"]?.string, was: json["was"]?.string,
      confidence: json["confidence"]?.double, atMilliseconds: json.atMilliseconds)
  }
}

extension Comment {
  var fields: [JSON.Field] {
    [.init("start", .rounded(start)), .init("text", .string(text))] + known("by", .text(by)) + moment(atMilliseconds)
  }

  init?(_ json: JSON) {
    guard let start = json["start"]?.double, start >= 0,
      start <= Afterwards.secondsLimit, let text = json["text"]?.string
    else { return nil }
    self.init(text, start: start, by: json["by"]?.string, atMilliseconds: json.atMilliseconds)
  }
}

extension Guess {
  var fields: [JSON.Field] {
    [.init("fillers", .count(fillers)), .init("counted", .count(counted))] + moment(atMilliseconds)
  }

  init?(_ json: JSON) {
    guard let fillers = json["fillers"] else { return nil }
    self.init(
      fillers: fillers.countInHere, counted: json["counted"]?.countInHere ?? 0, atMilliseconds: json.atMilliseconds)
  }
}

extension Assessment {
  var fields: [JSON.Field] {
    [
      .init("rubric", .string(rubric)), .init("version", .count(version)), .init("criterion", .string(criterion)),
      .init("judge", .string(judge.rawValue)), .init("level", .rounded(level, 2)),
    ] + known("name", .text(name)) + known("reason", .text(reason)) + moment(atMilliseconds)
  }

  init?(_ json: JSON) {
    guard let rubric = json["rubric"]?.string, let criterion = json["criterion"]?.string,
      let judge = json["judge"]?.string.flatMap(Judge.init)
    else { return nil }
    self.init(
      rubric: rubric, version: json["version"]?.countInHere ?? 0, criterion: criterion, judge: judge,
      name: json["name"]?.string, level: json["level"]?.double, reason: json["reason"]?.string,
      atMilliseconds: json.atMilliseconds)
  }
}

extension ScoreCard {
  var fields: [JSON.Field] {
    [
      .init("rubric", .string(rubric)), .init("version", .count(version)), .init("context", .string(context)),
      .init(
        "scores",
        .array(
          entries.map {
            .object([
              .init("criterion", .string($0.criterion)), .init("value", .rounded($0.value, 1)),
              .init("low", .rounded($0.low, 1)), .init("high", .rounded($0.high, 1)),
            ])
          })),
    ] + moment(atMilliseconds)
  }

  init?(_ json: JSON) {
    guard let rubric = json["rubric"]?.string, case .array(let scores)? = json["scores"] else { return nil }
    let entries = scores.compactMap { score in
      score["criterion"]?.string.map {
        Entry(criterion: $0, value: score["value"]?.double, low: score["low"]?.double, high: score["high"]?.double)
      }
    }
    self.init(
      rubric: rubric, version: json["version"]?.countInHere ?? 0, context: json["context"]?.string ?? "",
      entries: entries, atMilliseconds: json.atMilliseconds)
  }
}

extension Edit {
  var fields: [JSON.Field] {
    known("title", .text(title)) + known("tags", tags.map { .array($0.map(JSON.string)) } ?? .null)
      + known("context", .text(context))
  }

  init(_ json: JSON) {
    var tags: [String]?
    if case .array(let values)? = json["tags"] { tags = values.compactMap(\.string) }
    self.init(title: json["title"]?.string, tags: tags, context: json["context"]?.string)
  }
}
