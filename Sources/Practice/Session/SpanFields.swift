import SpeechSignals

/// The fields of the smaller kinds of events, each written beside how it is read; most of them tell of a stretch of time.
extension JSON {
  /// The stretch of audio time, in seconds, that an object tells; nil where it has none or one that ends before it begins.
  fileprivate var span: (start: Double, end: Double)? {
    guard let start = self["start"]?.double, let end = self["end"]?.double, start <= end else { return nil }
    return (start, end)
  }

  fileprivate static func span(_ start: Double, _ end: Double) -> [Field] {
    [.init("start", .rounded(start)), .init("end", .rounded(end))]
  }
}

extension Phrase {
  /// A fade that could not be told is left out, as in lines written before there was one.
  var fields: [JSON.Field] {
    JSON.span(start, end) + [.init("syllables", .count(syllables))]
      + (endDropDecibels.map { [.init("drop_db", .rounded($0))] } ?? [])
  }

  init?(_ json: JSON) {
    guard let (start, end) = json.span else { return nil }
    self.init(
      start: start, end: end, syllables: json["syllables"]?.countInHere ?? 0, endDropDecibels: json["drop_db"]?.double)
  }
}

extension Pause {
  var fields: [JSON.Field] { JSON.span(start, end) }

  init?(_ json: JSON) {
    guard let (start, end) = json.span else { return nil }
    self.init(start: start, end: end)
  }
}

extension Filler {
  var fields: [JSON.Field] {
    JSON.span(start, end) + [
      .init("label", .string(label)), .init("evidence", .array(evidence.map(JSON.string))),
      .init("confidence", .rounded(confidence, 2)),
    ]
  }

  init?(_ json: JSON) {
    guard let (start, end) = json.span, let label = json["label"]?.string else { return nil }
    var evidence: [String] = []
    if case .array(let values)? = json["evidence"] { evidence = values.compactMap(\.string) }
    self.init(start: start, end: end, label: label, evidence: evidence, confidence: json["confidence"]?.double ?? 0)
  }
}

extension Word {
  var fields: [JSON.Field] {
    [.init("text", .string(text))] + JSON.span(start, end) + [
      .init("confidence", .rounded(confidence, 2)), .init("source", .string(source.rawValue)),
    ]
  }

  init?(_ json: JSON) {
    guard let (start, end) = json.span, let text = json["text"]?.string,
      let source = json["source"]?.string.flatMap(Source.init)
    else { return nil }
    self.init(text, start: start, end: end, confidence: json["confidence"]?.double ?? 0, source: source)
  }
}

extension ScriptPart {
  var fields: [JSON.Field] {
    [.init("part", .count(part)), .init("parts", .count(parts)), .init("text", .string(text))]
  }

  init?(_ json: JSON) {
    guard let part = json["part"]?.countInHere, let parts = json["parts"]?.countInHere, let text = json["text"]?.string
    else { return nil }
    self.init(part: part, parts: parts, text: text)
  }
}

extension SectionStart {
  var fields: [JSON.Field] {
    [.init("index", .count(index)), .init("title", .string(title)), .init("start", .rounded(start))]
  }

  init?(_ json: JSON) {
    guard let index = json["index"]?.countInHere, let title = json["title"]?.string else { return nil }
    self.init(index: index, title: title, start: json["start"]?.double ?? 0)
  }
}

extension Restart {
  var fields: [JSON.Field] { JSON.span(start, end) + [.init("words", .array(words.map(JSON.string)))] }

  init?(_ json: JSON) {
    guard let (start, end) = json.span, case .array(let words)? = json["words"] else { return nil }
    self.init(start: start, end: end, words: words.compactMap(\.string))
  }
}

extension Cluster {
  var fields: [JSON.Field] {
    JSON.span(start, end) + [.init("label", .string(label)), .init("count", .count(count))]
  }

  init?(_ json: JSON) {
    guard let (start, end) = json.span, let label = json["label"]?.string else { return nil }
    self.init(label: label, count: json["count"]?.countInHere ?? 0, start: start, end: end)
  }
}

extension Gap {
  var fields: [JSON.Field] { [.init("lost_seconds", .rounded(lostSeconds)), .init("cause", .string(cause))] }

  init(_ json: JSON) {
    self.init(lostSeconds: json["lost_seconds"]?.double ?? 0, cause: json["cause"]?.string ?? "")
  }
}

extension Ending {
  var fields: [JSON.Field] {
    [.init("reason", .string(reason.rawValue)), .init("summary", .object(summary.fields))]
  }

  init?(_ json: JSON) {
    guard let reason = json["reason"]?.string.flatMap(Reason.init) else { return nil }
    self.init(reason: reason, summary: Summary(json["summary"] ?? .null))
  }
}
