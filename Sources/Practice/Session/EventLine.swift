import SpeechSignals

/// An event as one line of JSON: database row, `--json` output, test fixture and export.
///
/// `{"v":1,"t":12.34,"kind":"pause","start":11.9,"end":12.3}`: `t` is audio time in seconds since the first sample.
/// The codec is written out by hand, kind by kind, so that lines written today stay readable for ever; kinds and
/// fields it does not know are kept and passed on. docs/FORMATS.md lists the kinds.
package enum EventLine {
  /// The version of the format, raised only if old readers would misread new lines.
  package static let version = 1
  /// Bytes of the longest line that is read.
  package static let byteLimit = 65_536

  /// The line of `event`, without a line break.
  package static func text(of event: SessionEvent) -> String { json(of: event).text }

  /// What the line of `event` holds: an object, its fields in the order of the line.
  package static func json(of event: SessionEvent) -> JSON {
    let (name, all) = encode(event.kind)
    let later = all.first { $0.name == "v" }
    let head = [
      later ?? JSON.Field("v", .count(version)), JSON.Field("t", .rounded(event.seconds)),
      JSON.Field("kind", .string(name)),
    ]
    return JSON.object(head + all.filter { $0.name != "v" } + event.extra)
  }

  /// The name of the kind of `event`, as in its line.
  package static func kindName(of event: SessionEvent) -> String { encode(event.kind).name }

  /// Reads a line; nil where it is no event: not JSON, too long, or without a time and a kind.
  package static func event(from line: String) -> SessionEvent? {
    guard line.utf8.count <= byteLimit, let json = JSONReader.value(in: line, sortsFields: false) else { return nil }
    return event(from: json)
  }

  /// Reads what a line holds, the fields of its objects as they came; nil where it is no event.
  package static func event(from json: JSON) -> SessionEvent? {
    guard case .object(let all) = json, let seconds = json["t"]?.double, seconds >= 0, seconds < 1e7,
      let name = json["kind"]?.string
    else { return nil }
    let isLater = (json["v"]?.double ?? 1) > Double(version)
    guard !isLater, let kind = decode(name, json) else {
      return SessionEvent(at: seconds, .unknown(name: name, fields: others(json, than: ["t", "kind"], isLater)))
    }
    // A line as it is written today has no field that is unknown; and what a kind may leave out is looked for by
    // writing it.
    if names[name].map({ holds(all, only: $0) }) ?? false { return SessionEvent(at: seconds, kind) }
    let known = Set(encode(kind).fields.map(\.name)).union(["t", "kind"])
    return SessionEvent(at: seconds, kind, extra: others(json, than: known, false))
  }

  /// The fields of `json` by their names, without those in `known` and, unless `isLater`, the version.
  private static func others(_ json: JSON, than known: Set<String>, _ isLater: Bool) -> [JSON.Field] {
    guard case .object(let fields) = json.sorted else { return [] }
    return fields.filter { !known.contains($0.name) && (isLater || $0.name != "v") }
  }

  /// Whether each of `fields` is one of `names`, in this order or any other.
  private static func holds(_ fields: [JSON.Field], only names: [String]) -> Bool {
    var place = 0
    for field in fields {
      if place < names.count, names[place] == field.name {
        place += 1
      } else if !names.contains(field.name) {
        return false
      }
    }
    return true
  }

  /// The fields that every line of a kind has, for the kinds that come most often, in the order they are written in.
  static let names: [String: [String]] = [
    "second": [
      "v", "t", "kind", "start", "end", "speech_seconds", "syllables", "syllables_per_second", "level_db", "peak_db",
      "speech_level_db", "momentary_lufs", "short_term_lufs", "integrated_lufs", "voiced", "pitch_hz", "pitch_sd",
      "clipped", "silent", "run",
    ],
    "word": ["v", "t", "kind", "text", "start", "end", "confidence", "source"],
    "phrase": ["v", "t", "kind", "start", "end", "syllables"], "pause": ["v", "t", "kind", "start", "end"],
    "filler": ["v", "t", "kind", "start", "end", "label", "evidence", "confidence"],
  ]
}

extension EventLine {
  private static func encode(_ kind: SessionEvent.Kind) -> (name: String, fields: [JSON.Field]) {
    switch kind {
    case .began(let value): ("began", value.fields)
    case .second(let value): ("second", value.fields)
    case .phrase(let value): ("phrase", span(value.start, value.end) + value.fields)
    case .pause(let value): ("pause", span(value.start, value.end))
    case .filler(let value):
      (
        "filler",
        span(value.start, value.end) + [
          .init("label", .string(value.label)), .init("evidence", .array(value.evidence.map(JSON.string))),
          .init("confidence", .rounded(value.confidence, 2)),
        ]
      )
    case .word(let value):
      (
        "word",
        [.init("text", .string(value.text))] + span(value.start, value.end) + [
          .init("confidence", .rounded(value.confidence, 2)), .init("source", .string(value.source.rawValue)),
        ]
      )
    case .script(let value):
      (
        "script",
        [.init("part", .count(value.part)), .init("parts", .count(value.parts)), .init("text", .string(value.text))]
      )
    case .place(let sentence): ("place", [.init("sentence", .count(sentence))])
    case .section(let value):
      (
        "section",
        [
          .init("index", .count(value.index)), .init("title", .string(value.title)),
          .init("start", .rounded(value.start)),
        ]
      )
    case .restart(let value):
      ("restart", span(value.start, value.end) + [.init("words", .array(value.words.map(JSON.string)))])
    case .cluster(let value):
      (
        "cluster",
        span(value.start, value.end) + [.init("label", .string(value.label)), .init("count", .count(value.count))]
      )
    case .cue(let value): ("cue", value.fields)
    case .mark(let label): ("mark", [.init("label", .text(label))])
    case .gap(let value):
      ("gap", [.init("lost_seconds", .rounded(value.lostSeconds)), .init("cause", .string(value.cause))])
    case .note(let text): ("note", [.init("text", .string(text))])
    case .turn(let value): ("turn", value.fields)
    case .correction(let value): ("correction", value.fields)
    case .comment(let value): ("comment", value.fields)
    case .guess(let value): ("guess", value.fields)
    case .assessed(let value): ("assessed", value.fields)
    case .scored(let value): ("scored", value.fields)
    case .edited(let value): ("edited", value.fields)
    case .reviewed(let value): ("reviewed", value.fields)
    case .drill(let value): ("drill", value.fields)
    case .step(let place): ("step", [.init("step", .count(place))])
    case .tap: ("tap", [])
    case .choice(let value): ("choice", value.fields)
    case .contour(let value): ("contour", value.fields)
    case .model(let value): ("model", value.fields)
    case .drilled(let value): ("drilled", value.fields)
    case .watcher(let value): ("watcher", value.fields)
    case .paused: ("paused", [])
    case .resumed(let away): ("resumed", [.init("away_seconds", .rounded(away))])
    case .ended(let value):
      ("ended", [.init("reason", .string(value.reason.rawValue)), .init("summary", .object(value.summary.fields))])
    case .unknown(let name, let fields): (name, fields)
    }
  }

  private static func decode(_ name: String, _ json: JSON) -> SessionEvent.Kind? {
    switch name {
    case "began": return Beginning(json).map(SessionEvent.Kind.began)
    case "second": return SecondSummary(json).map(SessionEvent.Kind.second)
    case "phrase":
      guard let (start, end) = span(json) else { return nil }
      return .phrase(Phrase(json, start: start, end: end))
    case "pause":
      guard let (start, end) = span(json) else { return nil }
      return .pause(Pause(start: start, end: end))
    case "filler":
      guard let (start, end) = span(json), let label = json["label"]?.string else { return nil }
      var evidence: [String] = []
      if case .array(let values)? = json["evidence"] { evidence = values.compactMap(\.string) }
      return .filler(
        Filler(start: start, end: end, label: label, evidence: evidence, confidence: json["confidence"]?.double ?? 0))
    case "word":
      guard let (start, end) = span(json), let text = json["text"]?.string,
        let source = json["source"]?.string.flatMap(Word.Source.init)
      else { return nil }
      return .word(Word(text, start: start, end: end, confidence: json["confidence"]?.double ?? 0, source: source))
    case "script":
      guard let part = json["part"]?.countInHere, let parts = json["parts"]?.countInHere,
        let text = json["text"]?.string
      else { return nil }
      return .script(ScriptPart(part: part, parts: parts, text: text))
    case "place": return json["sentence"].map { .place(sentence: $0.countInHere) }
    case "section":
      guard let index = json["index"]?.countInHere, let title = json["title"]?.string else { return nil }
      return .section(SectionStart(index: index, title: title, start: json["start"]?.double ?? 0))
    case "restart":
      guard let (start, end) = span(json), case .array(let words)? = json["words"] else { return nil }
      return .restart(Restart(start: start, end: end, words: words.compactMap(\.string)))
    case "cluster":
      guard let (start, end) = span(json), let label = json["label"]?.string else { return nil }
      return .cluster(Cluster(label: label, count: json["count"]?.countInHere ?? 0, start: start, end: end))
    case "cue":
      guard let topic = json["topic"]?.string.flatMap(Cue.Topic.init), let words = json["text"]?.string else {
        return nil
      }
      return .cue(Cue(topic, words, by: json["by"]?.string))
    case "mark": return .mark(json["label"]?.string)
    case "gap": return .gap(Gap(lostSeconds: json["lost_seconds"]?.double ?? 0, cause: json["cause"]?.string ?? ""))
    case "note": return json["text"]?.string.map(SessionEvent.Kind.note)
    case "turn": return Turn(json).map(SessionEvent.Kind.turn)
    case "correction": return Correction(json).map(SessionEvent.Kind.correction)
    case "comment": return Comment(json).map(SessionEvent.Kind.comment)
    case "guess": return Guess(json).map(SessionEvent.Kind.guess)
    case "assessed": return Assessment(json).map(SessionEvent.Kind.assessed)
    case "scored": return ScoreCard(json).map(SessionEvent.Kind.scored)
    case "edited": return .edited(Edit(json))
    case "reviewed": return .reviewed(ReviewedPitch(json))
    case "drill": return DrillStart(json).map(SessionEvent.Kind.drill)
    case "step": return json["step"].map { .step($0.countInHere) }
    case "tap": return .tap
    case "choice": return Choice(json).map(SessionEvent.Kind.choice)
    case "contour": return Contour(json).map(SessionEvent.Kind.contour)
    case "model": return ModelLine(json).map(SessionEvent.Kind.model)
    case "drilled": return DrillResult(json).map(SessionEvent.Kind.drilled)
    case "watcher": return Watcher(json).map(SessionEvent.Kind.watcher)
    case "paused": return .paused
    case "resumed": return .resumed(awaySeconds: json["away_seconds"]?.double ?? 0)
    case "ended":
      guard let reason = json["reason"]?.string.flatMap(Ending.Reason.init) else { return nil }
      return .ended(Ending(reason: reason, summary: Summary(json["summary"] ?? .null)))
    default: return nil
    }
  }

  private static func span(_ start: Double, _ end: Double) -> [JSON.Field] {
    [.init("start", .rounded(start)), .init("end", .rounded(end))]
  }

  private static func span(_ json: JSON) -> (Double, Double)? {
    guard let start = json["start"]?.double, let end = json["end"]?.double, start <= end else { return nil }
    return (start, end)
  }
}
