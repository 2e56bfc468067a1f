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
  private typealias Kind = SessionEvent.Kind

  private static func encode(_ kind: SessionEvent.Kind) -> (name: String, fields: [JSON.Field]) {
    switch kind {
    case .began(let value): ("began", value.fields)
    case .second(let value): ("second", value.fields)
    case .phrase(let value): ("phrase", value.fields)
    case .pause(let value): ("pause", value.fields)
    case .filler(let value): ("filler", value.fields)
    case .word(let value): ("word", value.fields)
    case .script(let value): ("script", value.fields)
    case .place(let sentence): ("place", [.init("sentence", .count(sentence))])
    case .section(let value): ("section", value.fields)
    case .restart(let value): ("restart", value.fields)
    case .cluster(let value): ("cluster", value.fields)
    case .cue(let value): ("cue", value.fields)
    case .mark(let label): ("mark", [.init("label", .text(label))])
    case .gap(let value): ("gap", value.fields)
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
    case .ended(let value): ("ended", value.fields)
    case .unknown(let name, let fields): (name, fields)
    }
  }

  private static func decode(_ name: String, _ json: JSON) -> SessionEvent.Kind? {
    switch name {
    case "began": Beginning(json).map(Kind.began)
    case "second": SecondSummary(json).map(Kind.second)
    case "phrase": Phrase(json).map(Kind.phrase)
    case "pause": Pause(json).map(Kind.pause)
    case "filler": Filler(json).map(Kind.filler)
    case "word": Word(json).map(Kind.word)
    case "script": ScriptPart(json).map(Kind.script)
    case "place": json["sentence"].map { .place(sentence: $0.countInHere) }
    case "section": SectionStart(json).map(Kind.section)
    case "restart": Restart(json).map(Kind.restart)
    case "cluster": Cluster(json).map(Kind.cluster)
    case "cue": Cue(json).map(Kind.cue)
    case "mark": .mark(json["label"]?.string)
    case "gap": .gap(Gap(json))
    case "note": json["text"]?.string.map(Kind.note)
    case "turn": Turn(json).map(Kind.turn)
    case "correction": Correction(json).map(Kind.correction)
    case "comment": Comment(json).map(Kind.comment)
    case "guess": Guess(json).map(Kind.guess)
    case "assessed": Assessment(json).map(Kind.assessed)
    case "scored": ScoreCard(json).map(Kind.scored)
    case "edited": .edited(Edit(json))
    case "reviewed": .reviewed(ReviewedPitch(json))
    case "drill": DrillStart(json).map(Kind.drill)
    case "step": json["step"].map { .step($0.countInHere) }
    case "tap": .tap
    case "choice": Choice(json).map(Kind.choice)
    case "contour": Contour(json).map(Kind.contour)
    case "model": ModelLine(json).map(Kind.model)
    case "drilled": DrillResult(json).map(Kind.drilled)
    case "watcher": Watcher(json).map(Kind.watcher)
    case "paused": .paused
    case "resumed": .resumed(awaySeconds: json["away_seconds"]?.double ?? 0)
    case "ended": Ending(json).map(Kind.ended)
    default: nil
    }
  }
}
