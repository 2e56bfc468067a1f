@testable import Practice
@testable import Report

/// The talk of `spokenTalk` with all that people said of it afterwards, much of it meant to break a page.
func told(_ source: Word.Source = .script) -> SessionReport {
  var session = spokenTalk(source).analysis.session
  let filler = session.fillers[0]
  let word = session.words[3]
  let events: [SessionEvent.Kind] = [
    .mark("the river"), .mark(nil), .guess(Guess(fillers: 9, counted: 4)),
    .correction(Correction(.confirmed, start: filler.start, end: filler.end, text: filler.label)),
    .correction(Correction(.word, start: word.start, end: word.end, text: "barn & byre", was: word.text)),
    .comment(Comment("Slow here: <script>alert('x')</script> & [a](http://b.c) | *d*", start: 12, by: "=Okafor")),
    .comment(Comment("Привет, μέλισσα \u{202E}drow\u{202C} שלום", start: 21.5)),
    .turn(Turn(.learner, "Why so often?", source: "typed")),
    .turn(Turn(.tutor, "Your **fillers** follow long sentences.\n\n1. Cut them.", name: "Sage", source: "offline")),
    .edited(Edit(title: "A <house> & \"its\" river", tags: ["village", "two"], context: "technical")),
  ]
  for event in events { _ = session.apply(SessionEvent(at: session.lastEventSeconds, event)) }
  let facts = SessionFacts(
    id: "3kq9x2ab", startedAtMilliseconds: 1_763_760_000_000, utcOffsetSeconds: 3_600, source: "hw:0,0",
    endedSeconds: 40)
  let scores = ReportScores(
    rubric: "Rostrum, version 1", context: "a technical talk",
    overall: ReportScore(criterion: "Overall", value: 71, low: 63, high: 78, band: "secure"),
    criteria: [
      ReportScore(
        criterion: "Pace", value: 82, low: 70, high: 91, band: "in the band",
        parts: [
          ScoreExplanation(
            "pace: 135 words a minute; score 82 (70 to 91)",
            details: ["100 between 120 and 175 <words> a minute", "from 0:39 of talk; counts 75 percent"])
        ],
        judgements: [
          ReportJudgement(judge: "You", level: "3 of 5"),
          ReportJudgement(judge: "=Okafor", level: "5 of 5", reason: "calm <b>and</b> even"),
        ], disagreement: "You and =Okafor are 2 levels apart."),
      ReportScore(criterion: "Projection", reason: "needs a calibrated microphone"),
      ReportScore(criterion: "Structure", reason: "judged by people, nobody did yet"),
      ReportScore(criterion: "Contact", reason: "judged by people, nobody did yet"),
    ])
  return SessionReport(
    session: session, facts: facts, scores: [scores],
    nextSteps: ["Replace one \"um\" by a pause.", "- not a list <i>"], version: "0.1.0")
}

/// A session in which nothing was said.
func untold() -> SessionReport {
  SessionReport(session: silence().analysis.session, facts: SessionFacts(id: "a"))
}
