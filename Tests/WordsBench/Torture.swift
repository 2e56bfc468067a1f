import Practice

/// How well the prompter kept to what was read.
struct Following {
  /// From the first sound of each sentence that the speaker jumped or returned to, to the right one at eye height.
  var returns: [Double] = []
  /// The longest time on a wrong sentence, asides left out.
  var longestWrong = 0.0
  /// Tenths of a second in which a sentence was read, and those in which it was at eye height.
  var (tenths, rightTenths) = (0, 0)
  /// Words of the script that were read, and those that were followed where they were read.
  var (read, followed) = (0, 0)
  /// The same for sentences that were not read but spoken freely, and written down afterwards.
  var (free, freeFollowed) = (0, 0)
  /// Tenths of a second of asides, and those in which the prompter wandered off from where the script was left.
  var (asideTenths, wandered) = (0, 0)
  /// Stretches on a wrong sentence of more than two seconds, for whoever looks closer.
  var wrong: [String] = []

  static func + (left: Following, right: Following) -> Following {
    var sum = left
    sum.returns += right.returns
    sum.longestWrong = max(left.longestWrong, right.longestWrong)
    sum.tenths += right.tenths
    sum.rightTenths += right.rightTenths
    sum.read += right.read
    sum.followed += right.followed
    sum.free += right.free
    sum.freeFollowed += right.freeFollowed
    sum.asideTenths += right.asideTenths
    sum.wandered += right.wandered
    sum.wrong += right.wrong
    return sum
  }

  var row: [String] {
    [
      [0.5, 0.95, 1].map { decimal(percentile($0, returns)) }.joined(separator: " "), "\(returns.count)",
      decimal(longestWrong), percent(rightTenths, tenths), percent(followed, read), percent(freeFollowed, free),
      percent(wandered, asideTenths),
    ]
  }

  /// Judges how `talk` was followed through a take.
  init(_ take: SplicedTalk.Take, _ beats: [Beat], talk: SplicedTalk, partials: Bool) {
    var listener = Listener(talk: talk.markdown)
    var (wrongSince, waitingSince): (Double?, Double?) = (nil, nil)
    var (step, begun) = (-1, -1)
    for beat in beats {
      listener.take(beat, partials: partials)
      while step + 1 < take.steps.count, take.steps[step + 1].start <= beat.seconds { step += 1 }
      guard step >= 0 else { continue }
      let truth = take.steps[step]
      if step > begun {
        begun = step
        let before = step == 0 ? -1 : take.steps[step - 1].sentence
        let isReturn = truth.sentence != nil && before.map({ $0 + 1 }) != truth.sentence
        if isReturn || truth.sentence == nil {
          // Whatever was not found before the next jump was not found in time.
          if let since = waitingSince { returns.append(beat.seconds - since) }
          waitingSince = isReturn ? truth.start : nil
        }
      }
      guard let shown = listener.session.prompter?.sentence else { continue }
      guard let sentence = truth.sentence else {
        wrongSince = nil
        asideTenths += 1
        if let left = step > 0 ? take.steps[step - 1].sentence : 0, !(left...left + 1).contains(shown) { wandered += 1 }
        continue
      }
      // Between two sentences either is right.
      let isRight =
        shown == sentence
        || beat.seconds > truth.end && step + 1 < take.steps.count && shown == take.steps[step + 1].sentence
      tenths += 1
      rightTenths += isRight ? 1 : 0
      guard isRight else {
        if wrongSince == nil { wrongSince = beat.seconds - 0.1 }
        longestWrong = max(longestWrong, beat.seconds - (wrongSince ?? 0))
        continue
      }
      if let since = wrongSince, beat.seconds - since > 2 {
        wrong.append("\(take.name): \(decimal(since)) to \(decimal(beat.seconds))")
      }
      wrongSince = nil
      if let since = waitingSince { returns.append(max(0, beat.seconds - since)) }
      waitingSince = nil
    }
    count(take, listener)
  }

  /// Nothing was followed yet.
  init() {}

  private mutating func count(_ take: SplicedTalk.Take, _ listener: Listener) {
    guard let prompter = listener.session.prompter else { return }
    let words = prompter.settled.words
    for step in take.steps {
      guard let sentence = step.sentence else { continue }
      let said = zip(prompter.heard, prompter.settled.places).compactMap { word, place -> Int? in
        let middle = (word.start + word.end) / 2
        guard middle >= step.start, middle <= step.end, let place, words.sentences[place] == sentence else {
          return nil
        }
        return place
      }
      let count = words.sentences.count { $0 == sentence }
      if step.isFree {
        free += count
        freeFollowed += Set(said).count
      } else {
        read += count
        followed += Set(said).count
      }
    }
  }
}
