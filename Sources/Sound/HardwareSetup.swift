import CALSA

/// The talk with ALSA about what a device shall deliver or take.
enum HardwareSetup {
  /// What we would like of a device.
  struct Wish {
    /// Frames in a second.
    var rate = preferredRate
    /// Channels, best first; where it has none of these, the fewest it has.
    var channels = [1, 2]
    /// How often it wants to be served, milliseconds, 1...1000.
    var periodMilliseconds: Int
    /// How much it should hold, microseconds; four periods at least.
    var bufferMicroseconds: UInt32 = 500_000
    /// How much it waits for before it plays by itself, microseconds; nil for capture, which is told to start.
    var startMicroseconds: UInt32?
    /// Rate, channels and encoding it must come out at.
    var exactly: SoundFormat?
  }

  /// What it granted.
  struct Granted {
    /// What a frame is.
    var format: SoundFormat
    /// Frames in a period, a tenth of a second at most.
    var periodFrames: Int
    /// Frames it holds.
    var bufferFrames: Int
  }

  /// What we take, best first: integers as the converter made them, then what costs more to move.
  static let encodings: [(SampleEncoding, snd_pcm_format_t)] = [
    (.s16, SND_PCM_FORMAT_S16_LE), (.s32, SND_PCM_FORMAT_S32_LE), (.float32, SND_PCM_FORMAT_FLOAT_LE),
    (.s24in32, SND_PCM_FORMAT_S24_LE), (.s24, SND_PCM_FORMAT_S24_3LE), (.u8, SND_PCM_FORMAT_U8),
    (.s8, SND_PCM_FORMAT_S8),
  ]
  /// The rate we would like, hertz: what sound cards run at, and three times what we work at.
  static let preferredRate: UInt32 = 48000

  /// Sets `pcm` up and makes it ready; returns what it will deliver or take.
  ///
  /// Throws `.badDevice` if it offers nothing that we can use, or cannot be what it must come out `exactly` as.
  static func negotiate(_ pcm: OpaquePointer, _ name: String, _ wish: Wish) throws(SoundError) -> Granted {
    do throws(SoundError) {
      return try configure(pcm, name, wish, resample: false)
    } catch {
      return try configure(pcm, name, wish, resample: true)
    }
  }

  private static func configure(
    _ pcm: OpaquePointer, _ name: String, _ wish: Wish, resample: Bool
  ) throws(SoundError) -> Granted {
    func need(_ operation: String, _ code: Int32) throws(SoundError) {
      if code >= 0 { return }
      throw SoundError(.badDevice, operation: operation, name: name, code: -code, detail: describe(-code))
    }
    let wanted = wish.exactly
    var allocated: OpaquePointer?
    try need("snd_pcm_hw_params_malloc", snd_pcm_hw_params_malloc(&allocated))
    guard let params = allocated else { throw SoundError(.io, operation: "snd_pcm_hw_params_malloc", name: name) }
    defer { snd_pcm_hw_params_free(params) }
    try need("snd_pcm_hw_params_any", snd_pcm_hw_params_any(pcm, params))
    _ = snd_pcm_hw_params_set_rate_resample(pcm, params, resample ? 1 : 0)
    let access = snd_pcm_hw_params_set_access(pcm, params, SND_PCM_ACCESS_RW_INTERLEAVED)
    try need("snd_pcm_hw_params_set_access", access)
    let encoding = try chooseEncoding(pcm, params, name, wanted?.encoding)
    let channels = try chooseChannels(pcm, params, name, wish)
    var rate = wanted.map { UInt32($0.rate) } ?? wish.rate
    try need("snd_pcm_hw_params_set_rate_near", snd_pcm_hw_params_set_rate_near(pcm, params, &rate, nil))
    var period = UInt32(max(1, min(wish.periodMilliseconds, 1000))) * 1000
    _ = snd_pcm_hw_params_set_period_time_near(pcm, params, &period, nil)
    var buffer = max(wish.bufferMicroseconds, period * 4)
    _ = snd_pcm_hw_params_set_buffer_time_near(pcm, params, &buffer, nil)
    try need("snd_pcm_hw_params", snd_pcm_hw_params(pcm, params))
    let format = SoundFormat(rate: Int(rate), channels: channels, encoding: encoding)
    guard SoundFormat.rates.contains(format.rate), wanted == nil || wanted == format else {
      throw SoundError(.badDevice, operation: "snd_pcm_hw_params_set_rate_near", name: name, detail: "\(rate) Hz")
    }
    var (periodFrames, bufferFrames): (snd_pcm_uframes_t, snd_pcm_uframes_t) = (0, 0)
    if snd_pcm_hw_params_get_period_size(params, &periodFrames, nil) < 0 { periodFrames = 0 }
    if snd_pcm_hw_params_get_buffer_size(params, &bufferFrames) < 0 { bufferFrames = 0 }
    let frames = periodFrames == 0 ? format.rate / 100 : Int(clamping: periodFrames)
    let start = wish.startMicroseconds.map { UInt($0) * UInt(format.rate) / 1_000_000 }
    try need("snd_pcm_sw_params", wakeEvery(UInt(frames), startAt: start, pcm))
    // A period at a time is read or written, however large the device's own is.
    return Granted(
      format: format, periodFrames: min(max(frames, 16), format.rate / 10), bufferFrames: Int(clamping: bufferFrames))
  }

  private static func chooseEncoding(
    _ pcm: OpaquePointer, _ params: OpaquePointer, _ name: String, _ wanted: SampleEncoding?
  ) throws(SoundError) -> SampleEncoding {
    for (encoding, format) in encodings where wanted == nil || wanted == encoding {
      if snd_pcm_hw_params_set_format(pcm, params, format) >= 0 { return encoding }
    }
    throw SoundError(.badDevice, operation: "snd_pcm_hw_params_set_format", name: name, detail: "no linear format")
  }

  private static func chooseChannels(
    _ pcm: OpaquePointer, _ params: OpaquePointer, _ name: String, _ wish: Wish
  ) throws(SoundError) -> Int {
    let wanted = wish.exactly?.channels
    for count in wanted.map({ [$0] }) ?? wish.channels {
      if snd_pcm_hw_params_set_channels(pcm, params, UInt32(count)) >= 0 { return count }
    }
    var fewest: UInt32 = 0
    if wanted == nil, snd_pcm_hw_params_set_channels_first(pcm, params, &fewest) >= 0, fewest > 0,
      Int(fewest) <= SoundFormat.channelLimit
    {
      return Int(fewest)
    }
    throw SoundError(.badDevice, operation: "snd_pcm_hw_params_set_channels", name: name, detail: "channels")
  }

  private static func wakeEvery(_ frames: UInt, startAt start: UInt?, _ pcm: OpaquePointer) -> Int32 {
    var allocated: OpaquePointer?
    guard snd_pcm_sw_params_malloc(&allocated) >= 0, let params = allocated else { return -12 }
    defer { snd_pcm_sw_params_free(params) }
    let current = snd_pcm_sw_params_current(pcm, params)
    if current < 0 { return current }
    _ = snd_pcm_sw_params_set_avail_min(pcm, params, frames)
    if let start { _ = snd_pcm_sw_params_set_start_threshold(pcm, params, start) }
    return snd_pcm_sw_params(pcm, params)
  }
}
