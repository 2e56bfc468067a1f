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
  /// The places after the word, and how each was come to: those on the script, and behind them those away.
  let nextOnScript: UnsafeMutableBufferPointer<Float>
  let nextAway: UnsafeMutableBufferPointer<Float>
  let origins: UnsafeMutableBufferPointer<UInt8>

  private typealias Price = Follower.Price
  private typealias Origin = FollowerTrace.Origin
  private static let width = 8

  /// Goes through all places. The best state before the word has the score 0.
  func run() {
    let count = evidence.count
    leave(at: 0)
    nextOnScript[0] = onScript[0] + Price.inserted
    origins[0] = Origin.stays
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

  private func leave(at place: Int) {
    let leaving = onScript[place] + Price.leave
    let stays = away[place] >= leaving
    nextAway[place] = stays ? away[place] : leaving
    origins[place + onScript.count] = stays ? Origin.stays : Origin.leaves
  }

  private func single(at place: Int) {
    leave(at: place)
    var (score, origin) = (onScript[place] + Price.inserted, Origin.stays)
    var (way, from) = (jumpPrices[place - 1], Origin.best)
    for passed in 0...min(Follower.longestPass, place - 1) {
      let cost = Float(passed) * Price.passed
      let along = onScript[place - 1 - passed] + cost
      if along > way { (way, from) = (along, Origin.along + UInt8(passed)) }
      let back = away[place - 1 - passed] + Price.comeBack + cost
      if back > way { (way, from) = (back, Origin.back + UInt8(passed)) }
    }
    let proof = evidence[place - 1]
    if way + proof > score { (score, origin) = (way + proof, from | Origin.flag(asWritten: proof > 0)) }
    nextOnScript[place] = score
    origins[place] = origin
  }

  /// What `single` does, for eight places from `place` on, all of which have enough places before them.
  private func block(at place: Int) {
    let (on, off) = (load(onScript, place), load(away, place))
    var way = load(jumpPrices, place - 1)
    var from = SIMD8<Int32>(repeating: Int32(Origin.best))
    for passed in 0...Follower.longestPass {
      let cost = Float(passed) * Price.passed
      let along = load(onScript, place - 1 - passed) + cost
      let isAlong = along .> way
      way.replace(with: along, where: isAlong)
      from.replace(with: Int32(Origin.along) &+ Int32(passed), where: isAlong)
      let back = load(away, place - 1 - passed) + Price.comeBack + cost
      let isBack = back .> way
      way.replace(with: back, where: isBack)
      from.replace(with: Int32(Origin.back) &+ Int32(passed), where: isBack)
    }
    let proof = load(evidence, place - 1)
    var flags = SIMD8<Int32>(repeating: Int32(Origin.alteredFlag))
    flags.replace(with: Int32(Origin.saidFlag), where: proof .> 0)
    var (score, origin) = (on + Price.inserted, SIMD8<Int32>(repeating: Int32(Origin.stays)))
    let isSaid = way + proof .> score
    score.replace(with: way + proof, where: isSaid)
    origin.replace(with: from | flags, where: isSaid)
    store(score, nextOnScript, place)
    store(SIMD8<UInt8>(truncatingIfNeeded: origin), origins, place)
    let leaving = on + Price.leave
    let stays = off .>= leaving
    store(leaving.replacing(with: off, where: stays), nextAway, place)
    let left = SIMD8<Int32>(repeating: Int32(Origin.leaves)).replacing(with: Int32(Origin.stays), where: stays)
    store(SIMD8<UInt8>(truncatingIfNeeded: left), origins, place + onScript.count)
  }

  private func load(_ buffer: UnsafeBufferPointer<Float>, _ place: Int) -> SIMD8<Float> {
    UnsafeRawBufferPointer(buffer).loadUnaligned(fromByteOffset: place * 4, as: SIMD8<Float>.self)
  }

  private func store<Scalar>(_ value: SIMD8<Scalar>, _ buffer: UnsafeMutableBufferPointer<Scalar>, _ place: Int) {
    UnsafeMutableRawBufferPointer(buffer).storeBytes(
      of: value, toByteOffset: place * MemoryLayout<Scalar>.size, as: SIMD8<Scalar>.self)
  }
}
