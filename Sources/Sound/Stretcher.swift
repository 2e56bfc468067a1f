import CRubberBand

/// One channel of sound played slower or faster with its pitch kept.
///
/// librubberband's finer engine (R3: Cannam, "Rubber Band Library", phase vocoder with several resolutions at once) in
/// real-time mode with its standard window. On seven recordings of people at 0.5 to 2 times its log-mel spectra were
/// 1.6 to 2.8 dB off the original's, those of the faster engine (R2) 2.6 to 4.7 dB; the pitch is right to 0.3 % either
/// way. It costs 1.4 % of a core at 16 kHz and 5.1 % at 48 kHz, where R2 costs 0.6 and 1.8 %.
///
/// Sound goes in as it comes and out as soon as it is made; the engine's delay and the padding it starts with are taken
/// off, so that the first sample out stands for the first one in. It works in blocks of its own, so what comes out does
/// not depend on how the sound was cut. At a speed of 1 samples pass unchanged and at once; where that begins or ends,
/// both are faded into each other for 5 ms. What is kept is bounded: some 0.3 s at 48 kHz. One thread at a time.
package final class Stretcher {
  /// How fast sound may be played.
  package static let speeds = 0.5...2.0
  /// Frames given to the engine at a time.
  private static let blockFrames = 512
  /// Rates that the engine is told, hertz; for others it is told the nearest, which changes its windows alone.
  private static let engineRates = 8_000...192_000

  private let engine: RubberBandState?
  private let padFrames: Int
  private let delayFrames: Int
  private let fadeFrames: Int
  /// The speed asked for.
  private var wanted: Double
  /// The speed that the engine runs at; nil while samples pass by it.
  private var running: Double?
  /// The latest of the sound that came in, and the number of its first frame.
  private var recent: [Float] = []
  private var recentStart = 0
  /// Frames of the sound that the engine has.
  private var fed = 0
  /// Frames still to be dropped, and faded, of what the engine puts out.
  private var dropFrames = 0
  private var fadedFrames = 0
  /// Frames that the engine has put out, dropped ones included.
  private var engineFrames = 0
  /// From which of those frames on it is heard at which speed; the first holds already.
  private var turns: [(frame: Int, speed: Double)] = []
  /// Where the fade from unchanged samples into the engine's began.
  private var fadeStart = 0
  private var block = [Float](repeating: 0, count: Stretcher.blockFrames)
  private var made: [Float] = []

  /// Frames of the sound that stand for all that was put out, fractions included.
  package private(set) var position = 0.0

  /// How fast the sound is played, held within `speeds`; may be changed at any time, and holds from what is put out
  /// next.
  package var speed: Double {
    get { wanted }
    set { wanted = Self.held(newValue) }
  }

  /// A stretcher for sound of `rate` hertz. Where the library has no memory to give, samples pass unchanged.
  package init(rate: Int, speed: Double = 1) {
    wanted = Self.held(speed)
    let told = max(Self.engineRates.lowerBound, min(Self.engineRates.upperBound, rate))
    let options =
      RubberBandOptionProcessRealTime.rawValue | RubberBandOptionEngineFiner.rawValue
      | RubberBandOptionThreadingNever.rawValue
    engine = rubberband_new(UInt32(told), 1, Int32(bitPattern: options), 1 / wanted, 1)
    if let engine { rubberband_set_max_process_size(engine, UInt32(Self.blockFrames)) }
    padFrames = engine.map { Int(rubberband_get_preferred_start_pad($0)) } ?? 0
    delayFrames = engine.map { Int(rubberband_get_start_delay($0)) } ?? 0
    fadeFrames = max(1, rate / 200)
  }

  deinit { if let engine { rubberband_delete(engine) } }

  private static func held(_ speed: Double) -> Double {
    speed.isNaN ? 1 : max(speeds.lowerBound, min(speeds.upperBound, speed))
  }

  /// Appends to `output` what can be made of `samples` and those before them; what is no number counts as silence.
  package func process(_ samples: [Float], into output: inout [Float]) {
    var start = 0
    while start < samples.count {
      let end = min(start + Self.blockFrames, samples.count)
      for sample in samples[start..<end] { recent.append(sample.isFinite ? sample : 0) }
      advance(into: &output)
      start = end
    }
  }

  /// Appends what is left of the sound, so that all of it is as long as its frames over the speed they were played at,
  /// and makes ready for something unrelated.
  package func finish(into output: inout [Float]) {
    let end = recentStart + recent.count
    let left = max(0, Int(((Double(end) - position) / wanted).rounded()))
    let start = output.count
    // The engine holds back less than four of its windows.
    let silence = [Float](repeating: 0, count: Self.blockFrames)
    var rounds = 16 + 16 * (padFrames + delayFrames) / Self.blockFrames + 2 * left / Self.blockFrames
    while output.count - start < left, rounds > 0 {
      process(silence, into: &output)
      rounds -= 1
    }
    output.removeLast(max(0, output.count - start - left))
    output.append(contentsOf: repeatElement(0, count: max(0, left - (output.count - start))))
    reset()
  }

  /// Forgets all sound, and begins anew with the next; the speed stays.
  package func reset() {
    recent.removeAll(keepingCapacity: true)
    (recentStart, position, running) = (0, 0, nil)
  }

  /// Puts out all that can be.
  private func advance(into output: inout [Float]) {
    if let running {
      if wanted != 1, wanted != running { turn(to: wanted) }
      runEngine(into: &output)
    } else if wanted != 1, engine != nil {
      startEngine()
      runEngine(into: &output)
    }
    if running == nil { pass(into: &output) }
    forget()
  }

  /// Puts samples out as they are.
  private func pass(into output: inout [Float]) {
    let first = max(0, min(Int(position.rounded()) - recentStart, recent.count))
    output.append(contentsOf: recent[first...])
    position = Double(recentStart + recent.count)
  }

  /// Has the engine run at another speed: its next window begins there, and what is put out is half a window behind.
  private func turn(to speed: Double) {
    running = speed
    turns.append((engineFrames + delayFrames, speed))
    if let engine { rubberband_set_time_ratio(engine, 1 / speed) }
  }

  /// Begins to stretch at the present position, with what came before it in the engine's windows.
  private func startEngine() {
    guard let engine else { return }
    let first = Int(position.rounded())
    rubberband_reset(engine)
    (engineFrames, turns) = (0, [])
    turn(to: wanted)
    (position, dropFrames, fed) = (Double(first), delayFrames, first - padFrames)
    // There is nothing to fade from at the start of the sound.
    (fadeStart, fadedFrames) = (first, first > 0 ? 0 : fadeFrames)
  }

  /// Gives the engine whole blocks, and takes what it makes of them, until there are no more or it is left.
  private func runEngine(into output: inout [Float]) {
    guard let engine else { return }
    while running != nil, recentStart + recent.count - fed >= Self.blockFrames {
      for index in 0..<Self.blockFrames {
        let at = fed + index - recentStart
        block[index] = at >= 0 ? recent[at] : 0
      }
      fed += Self.blockFrames
      block.withUnsafeBufferPointer { frames in
        var channel = frames.baseAddress
        rubberband_process(engine, &channel, UInt32(Self.blockFrames), 0)
      }
      retrieve(engine)
      put(into: &output)
    }
  }

  /// Takes into `made` what the engine has ready.
  private func retrieve(_ engine: RubberBandState) {
    let ready = Int(max(0, rubberband_available(engine)))
    if made.count < ready { made.append(contentsOf: repeatElement(0, count: ready - made.count)) }
    let got = made.withUnsafeMutableBufferPointer { frames in
      var channel = frames.baseAddress
      return Int(rubberband_retrieve(engine, &channel, UInt32(ready)))
    }
    made.removeLast(made.count - min(got, made.count))
  }

  /// Puts out what the engine made, faded where it takes over from unchanged samples or is left for them.
  private func put(into output: inout [Float]) {
    guard running != nil else { return }
    let dropped = min(dropFrames, made.count)
    dropFrames -= dropped
    engineFrames += dropped
    let frames = made[dropped...]
    guard !frames.isEmpty else { return }
    if wanted == 1 { return leaveEngine(frames, into: &output) }
    for sample in frames {
      if fadedFrames < fadeFrames {
        let share = Float(fadedFrames) / Float(fadeFrames)
        output.append(share * sample + (1 - share) * frame(fadeStart + fadedFrames))
        fadedFrames += 1
      } else {
        output.append(sample)
      }
    }
    position += passed(frames.count)
  }

  /// How many frames of the sound the engine's next `count` stand for.
  private func passed(_ count: Int) -> Double {
    var (sum, left) = (0.0, count)
    while left > 0, let turn = turns.first {
      let next = turns.dropFirst().first?.frame ?? .max
      let part = max(0, min(left, next - engineFrames))
      sum += Double(part) * turn.speed
      engineFrames += part
      left -= part
      if engineFrames >= next { turns.removeFirst() }
    }
    return sum
  }

  /// Fades the engine's last frames into samples as they are.
  private func leaveEngine(_ frames: ArraySlice<Float>, into output: inout [Float]) {
    let first = Int(position.rounded())
    let count = min(frames.count, fadeFrames)
    for (index, sample) in frames.prefix(count).enumerated() {
      let share = Float(index + 1) / Float(count)
      output.append(share * frame(first + index) + (1 - share) * sample)
    }
    position = Double(first + count)
    running = nil
  }

  /// A frame of the sound, silence where it is not kept.
  private func frame(_ number: Int) -> Float {
    let index = number - recentStart
    return recent.indices.contains(index) ? recent[index] : 0
  }

  /// Lets go of what neither engine nor fade can ask for any more.
  private func forget() {
    let needed = min(Int(position), running == nil ? .max : fed) - padFrames - fadeFrames
    let count = min(max(0, needed - recentStart), recent.count)
    guard count >= 4 * Self.blockFrames else { return }
    recent.removeFirst(count)
    recentStart += count
  }
}
