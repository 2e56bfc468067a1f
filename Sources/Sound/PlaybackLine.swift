import CALSA
import CLinux
import Glibc
import Synchronization

/// The writer's side of a playback: conversion to what the device takes, and the device itself.
struct PlaybackLine: ~Copyable {
  /// A device that was opened and set up.
  struct Device: Sendable {
    // SAFETY: an ALSA handle may be used from one thread at a time; it is used under the lock around `PlaybackLine`.
    nonisolated(unsafe) let pcm: OpaquePointer
    let name: String
    let granted: HardwareSetup.Granted
  }

  private let device: Device
  private let shared: Playback.Shared
  /// Frames that wait in the device at most.
  private let aheadFrames: Int
  private var resampler: Resampler?
  /// The rate that the resampler is for, hertz.
  private var sourceRate = 0
  private var block: [Float] = []
  private var converted: [Float] = []
  private var bytes: [UInt8] = []
  private var writtenFrames = 0
  private var isClosed = false

  private var format: SoundFormat { device.granted.format }

  init(_ device: Device, _ shared: Playback.Shared) {
    self.device = device
    self.shared = shared
    let wanted = device.granted.format.rate * Int(Playback.aheadMicroseconds) / 1_000_000
    // A device that does not say what it holds is trusted with what was asked for.
    aheadFrames = device.granted.bufferFrames > 0 ? min(wanted, device.granted.bufferFrames) : wanted
  }

  deinit { if !isClosed { snd_pcm_close(device.pcm) } }

  /// Gives the device back.
  mutating func close() {
    guard !isClosed else { return }
    isClosed = true
    snd_pcm_drop(device.pcm)
    snd_pcm_close(device.pcm)
    setLevel(-100)
  }

  /// As `Playback.write`.
  mutating func write(
    _ samples: [Float], rate: Int, _ gains: PlaybackGains, goesOn: Bool, begun: @Sendable () -> Void
  ) throws(SoundError) -> Bool {
    let step = max(rate * Playback.pieceMilliseconds / 1000, 1)
    var start = 0
    // Even without samples the flag is looked at.
    if samples.isEmpty { return try push() }
    let early = min(rate * Int(Playback.startMicroseconds) / 1_000_000, samples.count)
    while start < samples.count {
      let end = min(start + step, samples.count)
      convert(samples[start..<end], rate: rate, isLast: end == samples.count && !goesOn)
      SampleConversion.append(converted, gains, as: format, to: &bytes)
      if try !push() { return false }
      setLevel(decibels(converted, gain: max(gains.left, gains.right)))
      if start < early, end >= early { begun() }
      start = end
    }
    return true
  }

  /// Brings a piece to the device's rate.
  private mutating func convert(_ piece: ArraySlice<Float>, rate: Int, isLast: Bool) {
    converted.removeAll(keepingCapacity: true)
    guard rate != format.rate, SoundFormat.rates.contains(rate) else {
      converted.append(contentsOf: piece)
      return
    }
    if resampler == nil || sourceRate != rate {
      resampler = Resampler(from: rate, to: format.rate)
      sourceRate = rate
    }
    block.removeAll(keepingCapacity: true)
    block.append(contentsOf: piece)
    resampler?.append(block, last: isLast, to: &converted)
  }

  /// As `Playback.delaySeconds`.
  var delaySeconds: Double {
    guard !isClosed else { return 0 }
    var delay: snd_pcm_sframes_t = 0
    if snd_pcm_state(device.pcm) == SND_PCM_STATE_RUNNING, snd_pcm_delay(device.pcm, &delay) >= 0 {
      return Double(max(0, delay)) / Double(format.rate)
    }
    // Not begun, or dry.
    let free = snd_pcm_avail_update(device.pcm)
    return free < 0 ? 0 : Double(max(0, device.granted.bufferFrames - Int(free))) / Double(format.rate)
  }

  /// Hands `bytes` to the device as it takes them; false if told to stop.
  private mutating func push() throws(SoundError) -> Bool {
    defer { bytes.removeAll(keepingCapacity: true) }
    guard !isClosed else { return false }
    let frames = bytes.count / format.frameBytes
    var done = 0
    var lastProgress = rostrum_monotonic_nanoseconds()
    while true {
      if shared.isStopping.load(ordering: .acquiring) {
        halt()
        return false
      }
      guard done < frames else { return true }
      let queued = try queuedFrames()
      let room = min(aheadFrames - queued, frames - done)
      var taken = 0
      if room > 0 {
        taken = try hand(from: done, frames: room)
        done += taken
        writtenFrames += taken
        if taken > 0 { lastProgress = rostrum_monotonic_nanoseconds() }
      }
      shared.framesPlayed.store(max(0, writtenFrames - queued - taken), ordering: .relaxed)
      if done < frames, taken == 0 {
        try check(since: lastProgress)
        let missing = max(min(frames - done, aheadFrames) - (aheadFrames - queued), 1)
        rest(milliseconds: missing * 1000 / format.rate + 1)
      }
    }
  }

  /// Writes `frames` from the `first` of `bytes` on: frames taken.
  private mutating func hand(from first: Int, frames: Int) throws(SoundError) -> Int {
    let (width, pcm) = (format.frameBytes, device.pcm)
    let got = bytes.withUnsafeBytes { bytes in
      snd_pcm_writei(pcm, bytes.baseAddress.map { $0 + first * width }, snd_pcm_uframes_t(frames))
    }
    if got >= 0 { return got }
    try cure(Int32(clamping: -got))
    return 0
  }

  /// Frames that wait in the device. One that ran dry is made ready again.
  private mutating func queuedFrames() throws(SoundError) -> Int {
    let free = snd_pcm_avail_update(device.pcm)
    if free < 0 {
      try cure(Int32(clamping: -free))
      return 0
    }
    return max(0, device.granted.bufferFrames - Int(free))
  }

  /// Makes a failed stream ready again, or says why it cannot be.
  private mutating func cure(_ code: Int32) throws(SoundError) {
    switch code {
    case EAGAIN, EINTR: return
    case EPIPE: shared.underruns.add(1, ordering: .relaxed)
    case ESTRPIPE:
      for _ in 0..<20 where snd_pcm_resume(device.pcm) == -EAGAIN { rest(milliseconds: 50) }
    default: throw failure(code)
    }
    let ready = snd_pcm_prepare(device.pcm)
    if ready < 0 { throw failure(-ready) }
  }

  private func failure(_ code: Int32) -> SoundError {
    SoundError(
      code == ENODEV ? .noSuchDevice : .io, operation: "snd_pcm_writei", name: device.name, code: code,
      detail: describe(code))
  }

  private func check(since progress: Int64) throws(SoundError) {
    guard rostrum_monotonic_nanoseconds() - progress > Playback.stallNanoseconds else { return }
    throw SoundError(
      .io, operation: "snd_pcm_writei", name: device.name, code: ETIMEDOUT, detail: describe(ETIMEDOUT))
  }

  /// Waits a little, or until told to stop.
  private func rest(milliseconds: Int) {
    var entry = pollfd(fd: shared.wake, events: Int16(POLLIN), revents: 0)
    _ = poll(&entry, 1, Int32(max(1, min(milliseconds, Playback.pieceMilliseconds))))
  }

  /// As `Playback.drain`.
  mutating func drain() throws(SoundError) -> Bool {
    guard !isClosed else { return false }
    // Less than the device begins with may wait in it.
    if snd_pcm_state(device.pcm) == SND_PCM_STATE_PREPARED, try queuedFrames() > 0 { snd_pcm_start(device.pcm) }
    let limit =
      rostrum_monotonic_nanoseconds() + Int64(Playback.aheadMicroseconds) * 1000 + Playback.drainNanoseconds
    while rostrum_monotonic_nanoseconds() < limit {
      if shared.isStopping.load(ordering: .acquiring) {
        halt()
        return false
      }
      var delay: snd_pcm_sframes_t = 0
      guard snd_pcm_state(device.pcm) == SND_PCM_STATE_RUNNING, snd_pcm_avail_update(device.pcm) >= 0,
        snd_pcm_delay(device.pcm, &delay) >= 0, delay > 0
      else { break }
      rest(milliseconds: min(Playback.pieceMilliseconds, Int(delay) * 1000 / format.rate + 1))
    }
    // What a device says it still holds is a little less than what it does.
    rest(milliseconds: Playback.pieceMilliseconds)
    shared.framesPlayed.store(writtenFrames, ordering: .relaxed)
    halt()
    return true
  }

  /// Throws away what waits in the device, and makes it ready for more.
  mutating func halt() {
    setLevel(-100)
    guard !isClosed else { return }
    writtenFrames = shared.framesPlayed.load(ordering: .relaxed)
    snd_pcm_drop(device.pcm)
    snd_pcm_prepare(device.pcm)
    resampler = nil
  }

  private func setLevel(_ decibels: Float) { shared.level.store(decibels.bitPattern, ordering: .relaxed) }

  private func decibels(_ samples: [Float], gain: Float) -> Float {
    guard !samples.isEmpty else { return -100 }
    var sum: Float = 0
    for sample in samples where sample.isFinite { sum += min(sample * sample, 1) }
    return max(-100, 10 * log10f(max(sum / Float(samples.count) * gain * gain, 1e-10)))
  }
}
