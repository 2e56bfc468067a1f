import Terminal

/// The keys of everything that looks back: history, search, replay, scores, trends.
extension Keymap {
  private static let looking: Set<Room> = [.history, .summary, .scores]
  private static let pages: Set<Room> = [.scores, .explained, .trends]
  private static let menus: Set<Room> = [.clip, .export]
  /// Rooms in whose bar the way to the other keys comes early, for there are many.
  static let lookingBack = pages.union([.replay, .history, .summary])

  /// In the order of their worth, as in `table`.
  static let review: [Binding] = [
    .init(
      keys: [.escape, .left, .character("q"), .enter], action: .back, rooms: [.summary], label: "done",
      help: "leave the summary"),
    .init(
      keys: [.character("x")], action: .scores, rooms: [.summary], label: "scores",
      help: "the scores, and how each came about"),
    // The time machine.
    .init(
      keys: [.character(" ")], action: .replay, rooms: [.summary], label: "replay",
      help: "hear and see it again, from any second on"),
    .init(
      keys: [.character(" ")], action: .play, rooms: [.replay], label: "play", help: "play, and stop again"),
    .init(keys: [.escape, .character("q")], action: .back, rooms: [.replay], label: "back", help: "go back"),
    .init(
      keys: [.character("x"), .enter], action: .explain, rooms: [.scores], label: "explain",
      help: "open this score: formula, inputs, band, and the moments that moved it"),
    .init(
      keys: [.enter, .character(" ")], action: .toMoment, rooms: [.explained], label: "hear it",
      help: "go to the moment that is selected"),
    .init(keys: [.right, .down], action: .nextFigure, rooms: [.trends], label: "figure", help: "the next figure"),
    .init(keys: [.enter, .right], action: .choose, rooms: [.history], label: "open", help: "open what is selected"),
    .init(
      keys: [.character("/")], action: .search, rooms: [.history], label: "search",
      help: "search what was said, noted and answered, in all sessions"),
    .init(
      keys: [.character("f")], action: .filter, rooms: [.history], label: "filter",
      help: "show some alone: words of the talk, #tag, since 2026-10, until 2026-11, score>70"),
    .init(
      keys: [.escape, .character("q")], action: .back, rooms: pages, label: "back", help: "go back"),
    .init(
      keys: [.character("?"), .function(1)], action: .help, rooms: lookingBack, label: "keys",
      help: "list the keys that are valid here"),
    .init(
      keys: [.escape, .left, .character("q")], action: .back, rooms: [.history], label: "back", help: "go back"),
    // The line above the keys says what a step is, and which keys are about the filler there.
    .init(keys: [.left], action: .stepBack, rooms: [.replay], label: "", help: "go back by a step"),
    .init(keys: [.right], action: .stepOn, rooms: [.replay], label: "", help: "go on by a step"),
    .init(
      keys: [.tab], action: .nextUnit, rooms: [.replay], label: "",
      help: "what a step is: a second, a sentence, a pause, a filler, a mark, a comment"),
    .init(keys: [.backtab], action: .previousUnit, rooms: [.replay], label: "", help: "the same, the other way round"),
    .init(
      keys: [.up, .character("k")], action: .up, rooms: [.replay], label: "", help: "go back by a minute"),
    .init(
      keys: [.down, .character("j")], action: .down, rooms: [.replay], label: "", help: "go on by a minute"),
    .init(keys: [.home], action: .toStart, rooms: [.replay], label: "", help: "go to the beginning"),
    .init(keys: [.end], action: .toEnd, rooms: [.replay], label: "", help: "go to the end"),
    .init(
      keys: [.character("]")], action: .faster, rooms: [.replay], label: "",
      help: "faster, up to twice; the pitch stays"),
    .init(keys: [.character("[")], action: .slower, rooms: [.replay], label: "", help: "slower, down to half"),
    .init(
      keys: [.enter], action: .confirm, rooms: [.replay], label: "",
      help: "this filler is one; it stands above the keys"),
    .init(
      keys: [.character("-")], action: .remove, rooms: [.replay], label: "", help: "this filler is none"),
    .init(
      keys: [.character("r")], action: .relabel, rooms: [.replay], label: "", help: "this filler is another one"),
    .init(
      keys: [.character("+")], action: .add, rooms: [.replay], label: "filler",
      help: "here is a filler that was missed"),
    .init(
      keys: [.character("w")], action: .correctWord, rooms: [.replay], label: "word", help: "correct the word here"),
    .init(
      keys: [.character("n")], action: .comment, rooms: [.replay], label: "note", help: "write a note at this second"),
    .init(
      keys: [.character("c")], action: .clip, rooms: [.replay], label: "clip",
      help: "cut this phrase, the best stretch or the worst stumble out as a file"),
    .init(
      keys: [.character("x")], action: .scores, rooms: [.replay], label: "scores",
      help: "the scores, and how each came about"),
    .init(
      keys: [.character("v")], action: .density, rooms: [.replay], label: "view",
      help: "switch between the calm and the full view"),
    .init(
      keys: [.character("o")], action: .ghost, rooms: [.replay], label: "other take",
      help: "put another take of the same talk beside it, the next one each time"),
    // Scores.
    .init(
      keys: [.tab], action: .nextRubric, rooms: [.scores], label: "rubric", help: "judge it by the next rubric"),
    .init(
      keys: ((1...9) + [0]).map { .character(Character("\($0)")) }, action: .level, rooms: [.scores], label: "level",
      help: "give this criterion a level, as the rubric counts them"),
    .init(
      keys: [.backspace, .character("-")], action: .unlevel, rooms: [.scores], label: "", help: "take the level back"),
    .init(
      keys: [.character("b")], action: .judge, rooms: [.scores], label: "by",
      help: "who judges now: you, or the tutor at your side"),
    .init(
      keys: [.character("c")], action: .editContext, rooms: [.scores], label: "context",
      help: "which kind of talking it is judged as: its bands are others"),
    .init(
      keys: [.character("i")], action: .askJudge, rooms: [.scores], label: "",
      help: "have the AI tutor judge it; asks before anything is sent"),
    // History and trends.
    .init(
      keys: [.character("/")], action: .search, rooms: [.summary], label: "search",
      help: "search what was said, noted and answered, in all sessions"),
    .init(
      keys: [.character("/")], action: .search, rooms: [.home, .replay], label: "",
      help: "search what was said, noted and answered, in all sessions"),
    .init(keys: [.character("o")], action: .sort, rooms: [.history], label: "sort", help: "sort by the next column"),
    .init(
      keys: [.character("g")], action: .trends, rooms: looking, label: "trends", help: "how it goes over the sessions"),
    .init(keys: [.character("g")], action: .trends, rooms: [.home], label: "", help: "how it goes over the sessions"),
    .init(keys: [.left, .up], action: .previousFigure, rooms: [.trends], label: "", help: "the figure before"),
    .init(
      keys: [.character("T")], action: .editTitle, rooms: [.summary], label: "", help: "give it another title"),
    .init(keys: [.character("#")], action: .editTags, rooms: [.summary], label: "", help: "give it tags"),
    .init(
      keys: [.character("e")], action: .export, rooms: [.summary, .replay, .drillResult], label: "export",
      help: "write it to a file: PDF, HTML, JSON and others"),
    .init(
      keys: [.character("a")], action: .tutor, rooms: [.replay, .drillResult], label: "",
      help: "talk it over with the AI tutor"),
    .init(keys: [.left], action: .back, rooms: [.scores, .explained], label: "", help: "go back"),
    .init(
      keys: [.control("c")], action: .back, rooms: pages.union(menus).union([.replay, .search, .entry]), label: "",
      help: "go back"),
    .init(
      keys: [.up, .character("k")], action: .up, rooms: [.scores, .explained], label: "", help: "move up"),
    .init(
      keys: [.down, .character("j")], action: .down, rooms: [.scores, .explained], label: "", help: "move down"),
    // Menus and lines; a menu says its keys itself.
    .init(keys: [.escape, .character("q")], action: .back, rooms: menus, label: "back", help: "go back"),
    .init(keys: [.character("p")], action: .clipPhrase, rooms: [.clip], label: "this phrase", help: "the phrase here"),
    .init(
      keys: [.character("b")], action: .clipBest, rooms: [.clip], label: "best stretch", help: "what went best"),
    .init(
      keys: [.character("w")], action: .clipWorst, rooms: [.clip], label: "worst stumble", help: "where it stuck most"),
    .init(keys: [.character("p")], action: .exportPDF, rooms: [.export], label: "PDF", help: "a page to print"),
    .init(keys: [.character("h")], action: .exportHTML, rooms: [.export], label: "HTML", help: "a page for a browser"),
    .init(
      keys: [.character("j")], action: .exportJSON, rooms: [.export], label: "JSON", help: "all of it, to be imported"),
    .init(keys: [.character("c")], action: .exportCSV, rooms: [.export], label: "CSV", help: "its figures as a table"),
    .init(keys: [.character("m")], action: .exportMarkdown, rooms: [.export], label: "Markdown", help: "as Markdown"),
    .init(keys: [.character("s")], action: .exportSRT, rooms: [.export], label: "SRT", help: "captions, SubRip"),
    .init(keys: [.character("v")], action: .exportVTT, rooms: [.export], label: "VTT", help: "captions, WebVTT"),
    .init(keys: [.enter], action: .choose, rooms: [.search], label: "open there", help: "open it at that moment"),
    .init(keys: [.enter], action: .enterLine, rooms: [.entry], label: "done", help: "take what is typed"),
    .init(keys: [.escape], action: .back, rooms: [.search, .entry], label: "back", help: "go back"),
    .init(keys: [.backspace], action: .erase, rooms: [.search, .entry], label: "", help: "take back a character"),
    .init(keys: [.up], action: .up, rooms: [.search], label: "", help: "move up"),
    .init(keys: [.down], action: .down, rooms: [.search], label: "", help: "move down"),
  ]
}
