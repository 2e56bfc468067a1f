import Practice
import Terminal

extension Desk {
  /// Answers a key in a room that looks back; nil where the key means something everywhere.
  mutating func look(_ action: Action?, _ key: Key) -> [Order]? {
    switch room {
    case .entry: return type(action, key)
    case .search: return searchKey(action, key)
    case .replay: return action.flatMap { replayKey($0) }
    case .scores, .explained: return action.flatMap { scoresKey($0, key) }
    case .trends: return action.flatMap { trendsKey($0) }
    case .clip, .export: return action.flatMap { menuKey($0) }
    case .history, .summary, .home: return action.flatMap { listKey($0) ?? drillKey($0) }
    case .drills, .drillCard, .drill, .drillResult, .plan: return action.flatMap { drillKey($0) }
    case .wall, .watched, .rubricForm, .drillChoice: return action.flatMap { wallKey($0, key) }
    default: return nil
    }
  }

  private mutating func open(_ room: Room) -> [Order] {
    offset = 0
    rooms.append(room)
    return []
  }

  private mutating func ask(_ entry: LineEntry) -> [Order] {
    self.entry = entry
    rooms.append(.entry)
    return []
  }

  // MARK: Lists

  private mutating func listKey(_ action: Action) -> [Order]? {
    switch action {
    case .search:
      history.search = HistoryState.Search()
      return open(.search)
    case .trends:
      return open(.trends) + [.review(.trend)]
    case .filter: return ask(LineEntry(.filter, Messages.whichSessions, text: history.filterText))
    case .sort:
      let all = SessionFilter.Order.allCases
      let next = (all.firstIndex(of: history.filter.order) ?? 0) + 1
      history.filter.order = all[next % all.count]
      return list()
    case .replay:
      guard past != nil else {
        notice = Messages.notReadYet
        return []
      }
      return open(.replay)
    case .scores:
      guard past?.scores.isEmpty == false else {
        notice = past?.isJudged == true ? Messages.noRubric : Messages.notReadYet
        return []
      }
      return open(.scores)
    case .export: return past == nil ? [] : open(.export)
    case .editTitle: return past.map { ask(LineEntry(.title, Messages.whichTitle, text: $0.session.title ?? "")) } ?? []
    case .editTags:
      return past.map { ask(LineEntry(.tags, Messages.whichTags, text: $0.session.tags.joined(separator: " "))) } ?? []
    default: return nil
    }
  }

  /// Lists the history anew, by its filter.
  private mutating func list() -> [Order] {
    history.selection = 0
    history.isWhole = false
    history.count = nil
    return [.review(.list(isMore: false))]
  }

  private mutating func searchKey(_ action: Action?, _ key: Key) -> [Order]? {
    func changed() -> [Order] {
      history.search.isDone = false
      history.search.selection = 0
      return [.review(.search(history.search.text))]
    }
    switch action {
    case .back, .repaint, .suspend: return nil
    case .erase:
      guard !history.search.text.isEmpty else { return [] }
      history.search.text.removeLast()
      return changed()
    case .up, .down:
      let last = max(history.search.hits.count - 1, 0)
      history.search.selection = min(max(history.search.selection + (action == .up ? -1 : 1), 0), last)
      return []
    case .choose:
      guard history.search.hits.indices.contains(history.search.selection) else { return [] }
      let hit = history.search.hits[history.search.selection]
      return [.review(.open(hit.id, at: hit.seconds))]
    default:
      guard case .character(let character) = key, history.search.text.utf8.count < LineEntry.byteLimit else {
        return []
      }
      history.search.text.append(character)
      return changed()
    }
  }

  private mutating func trendsKey(_ action: Action) -> [Order]? {
    let count = history.trends.figures.count
    guard [.previousFigure, .nextFigure].contains(action) else { return nil }
    guard count > 0 else { return [] }
    let step = action == .nextFigure ? 1 : count - 1
    history.trends.selection = (history.trends.selection + step) % count
    return [.review(.trend)]
  }

  private mutating func menuKey(_ action: Action) -> [Order]? {
    let clips: [Action: ClipChoice] = [.clipPhrase: .phrase, .clipBest: .best, .clipWorst: .worst]
    let exports: [Action: ExportFormat] = [
      .exportPDF: .pdf, .exportHTML: .html, .exportJSON: .json, .exportCSV: .csv, .exportMarkdown: .md,
      .exportSRT: .srt, .exportVTT: .vtt,
    ]
    let order = clips[action].map(ReviewOrder.clip) ?? exports[action].map(ReviewOrder.export)
    guard let order else { return nil }
    rooms.removeLast()
    return [.review(order)]
  }

  // MARK: Scores

  /// More lines than there are above the first moment of a score.
  static let farAbove = 10_000

  private mutating func scoresKey(_ action: Action, _ key: Key) -> [Order]? {
    guard var past else { return nil }
    defer { self.past = past }
    switch action {
    case .up, .down:
      let step = action == .up ? -1 : 1
      if room == .explained {
        // Above the first moment and below the last one there are lines to be read.
        let moment = min(max(past.moment + step, 0), max(past.momentCount - 1, 0))
        let scrolls = offset * step < 0 || moment == past.moment
        if scrolls { offset += step } else { past.moment = moment }
      } else {
        past.criterion = min(max(past.criterion + step, 0), max(past.criterionCount - 1, 0))
      }
      return []
    case .explain:
      past.moment = 0
      _ = open(.explained)
      // From its beginning; the stage knows how far that is from the first moment.
      offset = -Desk.farAbove
      return []
    case .nextRubric:
      past.rubric = past.sheets.isEmpty ? 0 : (past.rubric + 1) % past.sheets.count
      past.criterion = 0
      return []
    case .level:
      guard case .character(let character) = key, let level = character.wholeNumberValue else { return [] }
      return judged(past, level: Double(level))
    case .unlevel: return judged(past, level: nil)
    case .judge: return ask(LineEntry(.judge, Messages.whoJudges, text: past.judge ?? ""))
    case .trends: return open(.trends) + [.review(.trend)]
    case .editContext:
      return ask(
        LineEntry(.context, Messages.whichContext, text: SpeakingContext(named: past.session.context).rawValue))
    case .askJudge: return [.review(.askJudge)]
    case .toMoment:
      guard let seconds = past.momentSeconds else {
        notice = Messages.noMoments
        return []
      }
      past.seek(to: seconds)
      rooms.removeAll { [.scores, .explained, .replay].contains($0) }
      _ = open(.replay)
      return [.review(.seek(seconds))]
    default: return nil
    }
  }

  /// A level given to the criterion that is selected, by whoever judges now.
  private mutating func judged(_ past: PastSession, level: Double?) -> [Order] {
    guard let (rubric, criterion) = past.selected else { return [] }
    if let level, !rubric.scale.contains(Int(level)) {
      notice = Messages.levelsAre(rubric.scale)
      return []
    }
    return [
      .review(
        .keep(
          .assessed(
            Assessment(
              rubric: rubric.id, version: rubric.version, criterion: criterion.id,
              judge: past.judge == nil ? .learner : .tutor, name: past.judge, level: level))))
    ]
  }
}
