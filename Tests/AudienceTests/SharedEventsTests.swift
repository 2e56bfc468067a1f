import Practice
import Support
import Testing

@testable import Audience

/// What of each kind of event is shown to whom.
struct SharedEventsTests {
  /// What a role gets of a line.
  enum Gets: Sendable {
    case all, nothing
    case only(String)
  }

  /// A line of each kind, what an observer gets of it, and what a tutor does.
  static let table: [(String, Gets, Gets)] = [
    (
      #"{"v":1,"t":0,"kind":"began","id":"k3f9x7qa","started_at_ms":1763704320000,"utc_offset_seconds":3600,"talk":"A talk","length":"5-7m","source":"/home/ada/take.wav","rate":48000,"channels":1,"bands":{"comfortable":[140,160],"usable":[120,175],"flagged":[110,190],"fillers_watch":5,"fillers_act":12,"syllables_per_word":1.45},"version":"0.1"}"#,
      .only(began), .only(began)
    ),
    (
      #"{"v":1,"t":1.2,"kind":"second","start":0,"end":1,"speech_seconds":0.62,"syllables":3,"syllables_per_second":null,"level_db":-22.5,"peak_db":-9.1,"speech_level_db":-20.3,"momentary_lufs":-21,"short_term_lufs":-30.2,"integrated_lufs":null,"voiced":41,"pitch_hz":118.2,"pitch_sd":1.8,"clipped":0,"silent":0,"run":0.62}"#,
      .all, .all
    ),
    (#"{"v":1,"t":8.4,"kind":"phrase","start":3.1,"end":8.05,"syllables":21,"drop_db":6.3}"#, .all, .all),
    (#"{"v":1,"t":12.34,"kind":"pause","start":11.9,"end":12.3}"#, .all, .all),
    (
      #"{"v":1,"t":13,"kind":"filler","start":12.4,"end":12.81,"label":"um","evidence":["sound"],"confidence":0.83}"#,
      .all, .all
    ),
    (#"{"v":1,"t":18,"kind":"cluster","start":12,"end":17.5,"label":"um","count":3}"#, .all, .all),
    (#"{"v":1,"t":20,"kind":"cue","topic":"tutor","text":"look up","by":"Ana"}"#, .all, .all),
    (#"{"v":1,"t":30,"kind":"gap","lost_seconds":2.13,"cause":"vanished"}"#, .all, .all),
    (#"{"v":1,"t":31,"kind":"paused"}"#, .all, .all),
    (#"{"v":1,"t":31,"kind":"resumed","away_seconds":12.3}"#, .all, .all),
    (#"{"v":1,"t":12,"kind":"step","step":1}"#, .all, .all), (#"{"v":1,"t":12.4,"kind":"tap"}"#, .all, .all),
    (#"{"v":1,"t":59,"kind":"reviewed","voiced":2210,"pitch_hz":112.4,"pitch_sd":2.41}"#, .all, .all),
    (
      #"{"v":1,"t":60,"kind":"ended","reason":"finished","summary":{"duration_seconds":60,"speech_seconds":45.2,"syllables":180,"words_per_minute":142.1,"articulation_rate":3.98,"pauses":9,"pause_seconds":8.1,"pause_share":0.14,"longest_pause_seconds":2.2,"longest_run_seconds":9.3,"fillers":2,"fillers_per_minute":2,"integrated_lufs":-21.3,"clipped_samples":0,"pitch_hz":118.2,"pitch_sd_semitones":2.4,"voiced_frames":2210,"gaps":1,"lost_seconds":2.13,"marks":1,"cues":1}}"#,
      .all, .all
    ),
    (
      #"{"v":1,"t":21.5,"kind":"mark","label":"s3cret"}"#, .only(#"{"v":1,"t":21.5,"kind":"mark","label":null}"#), .all
    ),
    (
      #"{"v":1,"t":16,"kind":"section","index":2,"title":"s3cret","start":14.31}"#,
      .only(#"{"v":1,"t":16,"kind":"section","index":2,"title":"","start":14.31}"#), .all
    ),
    (
      #"{"v":1,"t":59,"kind":"drilled","drill":"marks-one","version":2,"passed":true,"complete":true,"grade":"good","refusal":null,"figures":{"hits":0.875,"extra-pauses":0},"rows":[{"label":"after \"s3cret\"","value":"1.1 s","hit":true,"start":4.2}]}"#,
      .only(
        #"{"v":1,"t":59,"kind":"drilled","drill":"marks-one","version":2,"passed":true,"complete":true,"grade":"good","refusal":null,"figures":{"hits":0.875,"extra-pauses":0},"rows":[]}"#
      ), .all
    ),
    (
      #"{"v":1,"t":60,"kind":"correction","change":"relabelled","start":12.4,"end":12.81,"text":"like","was":"um","confidence":0.83}"#,
      .all, .all
    ),
    (
      #"{"v":1,"t":60,"kind":"correction","change":"word","start":12.4,"end":12.81,"text":"s3cret","was":"news"}"#,
      .nothing, .all
    ),
    (
      #"{"v":1,"t":20,"kind":"watcher","change":"joined","id":1,"name":"ana","role":"tutor","place":"192.0.2.7","hears":true,"reason":"invited","at_ms":1763704340500}"#,
      .only(joined), .only(joined)
    ),
    (
      #"{"v":1,"t":20,"kind":"watcher","change":"asked","id":1,"name":"s3cret","role":"tutor"}"#, .nothing, .nothing
    ),
    (
      #"{"v":1,"t":20,"kind":"watcher","change":"refused","id":2,"name":"s3cret","role":"tutor"}"#, .nothing, .nothing
    ),
    (
      #"{"v":1,"t":14.2,"kind":"word","text":"s3cret","start":13.12,"end":13.4,"confidence":0.91,"source":"script"}"#,
      .nothing, .all
    ),
    (#"{"v":1,"t":0,"kind":"script","part":1,"parts":1,"text":"s3cret"}"#, .nothing, .all),
    (#"{"v":1,"t":15,"kind":"place","sentence":12}"#, .nothing, .all),
    (#"{"v":1,"t":17,"kind":"restart","start":15.5,"end":16.8,"words":["s3cret"]}"#, .nothing, .all),
    (#"{"v":1,"t":60,"kind":"comment","start":31.5,"text":"s3cret","by":"Ana"}"#, .nothing, .all),
    (
      #"{"v":1,"t":60,"kind":"assessed","rubric":"voice-21","version":2,"criterion":"pace","judge":"tutor","level":3.5,"name":"Ana","reason":"s3cret"}"#,
      .nothing, .all
    ),
    (
      #"{"v":1,"t":0,"kind":"drill","id":"marks-one","exercise":"marked-reading","version":2,"name":"Marks","skill":"pauses","seconds":60,"level":1,"language":"en","values":{"short":1.5},"measure":"hits","pass":[{"hits":"at least 0.8"}],"body":"One, / s3cret.","text":"One, / s3cret.","seed":7,"topic":null,"first_language":"es","own":{"pitch-spread":2.4},"attempt":3}"#,
      .nothing, .all
    ),
    (#"{"v":1,"t":13,"kind":"choice","start":11.9,"end":12.5,"scores":{"ship":-3.25,"s3cret":-3.91}}"#, .nothing, .all),
    (#"{"v":1,"t":13,"kind":"contour","start":12,"levels":[-20.1],"pitches":[118.2]}"#, .nothing, .all),
    (
      #"{"v":1,"t":0,"kind":"model","line":0,"text":"s3cret","seconds":0.9,"voice":"en","start":0,"levels":[-20.1],"pitches":[118.2]}"#,
      .nothing, .all
    ),
    (#"{"v":1,"t":30,"kind":"note","text":"s3cret"}"#, .nothing, .all),
    (
      #"{"v":1,"t":30,"kind":"turn","who":"tutor","text":"s3cret","said_at_ms":1763704323000,"name":"Warm coach","source":"local","model":"llama3.2","tokens_in":812,"tokens_out":6,"estimated":true,"seconds":1.2,"cost":0.00021,"cut":true}"#,
      .nothing,
      .only(
        #"{"v":1,"t":30,"kind":"turn","who":"tutor","text":"s3cret","said_at_ms":1763704323000,"name":"Warm coach","source":"local","model":"llama3.2","seconds":1.2,"cut":true}"#
      )
    ),
    (
      #"{"v":1,"t":60,"kind":"edited","title":"s3cret","tags":["wedding"],"context":"ceremony"}"#, .nothing,
      .only(#"{"v":1,"t":60,"kind":"edited","title":"s3cret","context":"ceremony"}"#)
    ),
    (#"{"v":1,"t":60,"kind":"edited","tags":["wedding"]}"#, .nothing, .nothing),
    (#"{"v":1,"t":60,"kind":"guess","fillers":4,"counted":9}"#, .nothing, .nothing),
    (
      #"{"v":1,"t":60,"kind":"scored","rubric":"rostrum","version":1,"context":"talk","scores":[]}"#, .nothing, .nothing
    ),
    (#"{"v":1,"t":60,"kind":"wink","eye":"s3cret"}"#, .nothing, .nothing),
    (
      #"{"v":1,"t":12.34,"kind":"pause","start":11.9,"end":12.3,"place":"s3cret"}"#,
      .only(#"{"v":1,"t":12.34,"kind":"pause","start":11.9,"end":12.3}"#),
      .only(#"{"v":1,"t":12.34,"kind":"pause","start":11.9,"end":12.3}"#)
    ),
    (#"{"v":2,"t":12.34,"kind":"pause","end":12.3,"start":11.9}"#, .nothing, .nothing),
  ]
  static let lines = table.map(\.0)

  private static let began =
    #"{"v":1,"t":0,"kind":"began","id":"k3f9x7qa","started_at_ms":1763704320000,"utc_offset_seconds":3600,"talk":"A talk","length":"5-7m","source":"take.wav","rate":48000,"channels":1,"bands":{"comfortable":[140,160],"usable":[120,175],"flagged":[110,190],"fillers_watch":5,"fillers_act":12,"syllables_per_word":1.45},"version":"0.1"}"#
  private static let joined =
    #"{"v":1,"t":20,"kind":"watcher","change":"joined","id":1,"name":"ana","role":"tutor","hears":true,"at_ms":1763704340500}"#

  @Test(arguments: table) func `each role gets what is theirs`(line: String, observer: Gets, tutor: Gets) throws {
    let event = try #require(EventLine.event(from: line))
    for (role, gets) in [(Watcher.Role.observer, observer), (.tutor, tutor)] {
      let shown = SharedEvents.line(of: event, to: role.shares)
      switch gets {
      case .all: #expect(shown == line)
      case .nothing: #expect(shown == nil)
      case .only(let part): #expect(shown == part)
      }
      if role == .observer { #expect(shown?.contains("s3cret") != true) }
    }
    for shares in [[], .words, .sound, [.remarks, .cues]] as [Shares] {
      #expect(SharedEvents.shown(event, to: shares) == nil)
    }
  }

  @Test func `an observer's meters are those of the learner`() throws {
    let events =
      (0..<40).flatMap { index -> [String] in
        let at = Double(index)
        return [
          #"{"v":1,"t":\#(at + 0.5),"kind":"word","text":"friends","start":\#(at),"end":\#(at + 0.4),"confidence":0.9,"source":"script"}"#,
          #"{"v":1,"t":\#(at + 0.5),"kind":"filler","start":\#(at),"end":\#(at + 0.3),"label":"um","evidence":["sound"],"confidence":0.8}"#,
          #"{"v":1,"t":\#(at + 0.8),"kind":"pause","start":\#(at + 0.3),"end":\#(at + 0.7)}"#,
          #"{"v":1,"t":\#(at + 1),"kind":"second","start":\#(at),"end":\#(at + 1),"speech_seconds":0.6,"syllables":4,"syllables_per_second":4.1,"level_db":-22.5,"peak_db":-9,"speech_level_db":-20,"momentary_lufs":-21,"short_term_lufs":-30,"integrated_lufs":-24,"voiced":41,"pitch_hz":118,"pitch_sd":1.8,"clipped":0,"silent":0,"run":0.6}"#,
        ]
      } + SharedEventsTests.lines
    var (own, seen) = (Session(), Session())
    let first = try #require(EventLine.event(from: SharedEventsTests.lines[0]))
    for event in try [first] + events.map({ try #require(EventLine.event(from: $0)) }) {
      _ = own.apply(event)
      if let shown = SharedEvents.shown(event, to: Watcher.Role.observer.shares) { _ = seen.apply(shown) }
    }
    #expect(seen.fillers == own.fillers)
    #expect(seen.pauses == own.pauses)
    #expect(seen.rollups == own.rollups)
    #expect(seen.clusters == own.clusters)
    #expect(seen.phase == own.phase)
    #expect(seen.watchers.map(\.name) == own.watchers.map(\.name))
    #expect(seen.summary.fillersPerMinute == own.summary.fillersPerMinute)
    #expect(seen.words.isEmpty && seen.script == nil && seen.title == "A talk")
  }

  @Test func `whatever happened, what is shown can be shown again and never brings a session down`() {
    let seeds = SharedEventsTests.lines.map { Array($0.utf8) }
    var mutations = Mutations(seed: 20_261_129)
    var sessions = [Session](repeating: Session(), count: 32)
    var shown = 0
    for _ in 0..<4_000 {
      let bytes = mutations.next(seeds[mutations.number(below: seeds.count)], seeds[0])
      guard let event = EventLine.event(from: String(decoding: bytes, as: UTF8.self)) else { continue }
      for value in 0..<32 {
        let shares = Shares(rawValue: value)
        guard let part = SharedEvents.shown(event, to: shares) else { continue }
        shown += 1
        #expect(SharedEvents.shown(part, to: shares) == part)
        _ = sessions[value].apply(part)
      }
    }
    #expect(shown > 2_000)
    for session in sessions { #expect(session.summary.durationSeconds.isFinite) }
  }
}
