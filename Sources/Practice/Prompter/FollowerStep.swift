/// One step of a follower over all places at once: what each is best reached from when one more word was heard.
///
/// The same few operations for each place, eight places side by side; an hour of a long script is eighty million of them.
struct FollowerStep {
  /// The places before the word, as in `Follower`; one more than the script has words.
  let onScript: UnsafeBufferPointer<Float>
  let away: UnsafeBufferPointer<Float>
  /// What the word proves at each place of the script, and what a jump to it costs.
  let evidence: UnsafeBufferPointer<Float>
  let jumpPrices: UnsafeBufferPointer<Float>
  let best: (state: Int32, score: Float)
  /// The places after the word, and where each came from: those on the script, and behind them those away.
  let nextOnScript: UnsafeMutableBufferPointer<Float>
  let nextAway: UnsafeMutableBufferPointer<Float>
  let origins: UnsafeMutableBufferPointer<Int32>

  private typealias Price = Follower.Price
  private static let width = 8

  /// Goes through all places.
  func run() {
    let count = evidence.count
    stay(at: 0)
    leave(at: 0)
    var place = 1
    while place <= count {
      if place > Follower.longestPass, place + FollowerStep.width <= count + 1 {
        block(at: place)
        place += FollowerStep.width
      } else {
        single(at: place)
        place += 1
      }
    }
  }

  /// A word put in: the place stays.
  private func stay(at place: Int) {
    nextOnScript[place] = onScript[place] + Price.inserted
    origins[place] = Int32(place)
  }

  private func leave(at place: Int) {
    let offset = Int32(onScript.count)
    let leaving = onScript[place] + Price.leave
    let stays = away[place] >= leaving
    nextAway[place] = stays ? away[place] : leaving
    origins[place + onScript.count] = stays ? offset + Int32(place) : Int32(place)
  }

  private func single(at place: Int) {
    let offset = Int32(onScript.count)
    stay(at: place)
    leave(at: place)
    var (way, from) = (best.score + jumpPrices[place - 1], best.state)
    for passed in 0...min(Follower.longestPass, place - 1) {
      let cost = Float(passed) * Price.passed
      let before = place - 1 - passed
      if onScript[before] + cost > way { (way, from) = (onScript[before] + cost, Int32(before)) }
      let back = away[before] + Price.comeBack + cost
      if back > way { (way, from) = (back, offset + Int32(before)) }
    }
    guard way + evidence[place - 1] > nextOnScript[place] else { return }
    nextOnScript[place] = way + evidence[place - 1]
    origins[place] = Int32(FollowerTrace.said(Int(from), asWritten: evidence[place - 1] > 0))
  }

  /// What `single` does, for eight places from `place` on, all of which have enough places before them.
  private func block(at place: Int) {
    let offset = Int32(onScript.count)
    let here = SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7) &+ Int32(place)
    let (on, off) = (load(onScript, place), load(away, place))
    var way = load(jumpPrices, place - 1) + best.score
    var from = SIMD8<Int32>(repeating: best.state)
    for passed in 0...Follower.longestPass {
      let cost = Float(passed) * Price.passed
      let before = here &- Int32(1 + passed)
      let along = load(onScript, place - 1 - passed) + cost
      let isAlong = along .> way
      way.replace(with: along, where: isAlong)
      from.replace(with: before, where: isAlong)
      let back = load(away, place - 1 - passed) + Price.comeBack + cost
      let isBack = back .> way
      way.replace(with: back, where: isBack)
      from.replace(with: before &+ offset, where: isBack)
    }
    let proof = load(evidence, place - 1)
    var flags = SIMD8<Int32>(repeating: Int32(FollowerTrace.said(0, asWritten: false)))
    flags.replace(with: Int32(FollowerTrace.said(0, asWritten: true)), where: proof .> 0)
    var (score, origin) = (on + Price.inserted, here)
    let isSaid = way + proof .> score
    score.replace(with: way + proof, where: isSaid)
    origin.replace(with: from | flags, where: isSaid)
    store(score, nextOnScript, place)
    store(origin, origins, place)
    let leaving = on + Price.leave
    let stays = off .>= leaving
    store(leaving.replacing(with: off, where: stays), nextAway, place)
    store(here.replacing(with: here &+ offset, where: stays), origins, place + onScript.count)
  }

  private func load(_ buffer: UnsafeBufferPointer<Float>, _ place: Int) -> SIMD8<Float> {
    UnsafeRawBufferPointer(buffer).loadUnaligned(fromByteOffset: place * 4, as: SIMD8<Float>.self)
  }

  private func store<Scalar>(_ value: SIMD8<Scalar>, _ buffer: UnsafeMutableBufferPointer<Scalar>, _ place: Int) {
    UnsafeMutableRawBufferPointer(buffer).storeBytes(of: value, toByteOffset: place * 4, as: SIMD8<Scalar>.self)
  }
}
