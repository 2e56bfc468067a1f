import CALSA
import Glibc

/// A sound device as ALSA lists it, and what it can do in one direction.
///
/// A name that stands for both directions is two devices, since what each can do has nothing to do with the other.
package struct Device: Equatable, Sendable {
  /// Which way sound goes.
  package enum Direction: Equatable, Sendable {
    case input
    case output
    /// Either: `listDevices` never says so.
    case both
  }

  /// The name to give to `--device`.
  package var id: String
  /// What ALSA says it is, on one line.
  package var summary: String
  /// Which way sound goes.
  package var direction: Direction
  /// Rates it takes, hertz; `nil` where it could not be asked.
  package var rates: ClosedRange<Int>?
  /// Channels it takes; `nil` where it could not be asked.
  package var channels: ClosedRange<Int>?
  /// Encodings it takes, by ALSA's names, as in `S16_LE`.
  package var formats: [String]
  /// Why it could not be asked: busy, or nothing behind it.
  package var problem: String?
}

/// The most devices listed.
private let deviceLimit = 256

/// Devices that are listed and not asked: libjack starts a server and writes on standard error.
private let startsServers: Set<String> = ["jack"]

/// Entries that convert or throw away sound instead of being a place it comes from or goes to.
private let converters: Set<String> = ["null", "lavrate", "samplerate", "speexrate", "speex", "upmix", "vdownmix"]

extension Device {
  /// Whether this is only a step on the way: it converts or throws away what comes from elsewhere.
  package var isConverter: Bool { converters.contains(id) }
}

/// Every device ALSA offers, each asked what it can do without being set up or started.
///
/// A name for both directions comes twice, first for capture.
package func listDevices() -> [Device] {
  rostrum_alsa_silence()
  var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
  guard snd_device_name_hint(-1, "pcm", &hints) >= 0, let hints else { return [] }
  defer { snd_device_name_free_hint(hints) }
  var devices: [Device] = []
  var next = hints
  while let hint = next.pointee, devices.count < deviceLimit {
    next += 1
    guard let id = hintText(hint, "NAME") else { continue }
    let summary = (hintText(hint, "DESC") ?? "").split(separator: "\n").joined(separator: ", ")
    let directions: [Device.Direction] =
      switch hintText(hint, "IOID") {
      case "Input": [.input]
      case "Output": [.output]
      default: [.input, .output]
      }
    for direction in directions {
      var device = Device(id: id, summary: summary, direction: direction, formats: [])
      if startsServers.contains(id) { device.problem = "not asked" } else { probe(&device) }
      devices.append(device)
    }
  }
  return devices
}

/// Whether sound could be played on `device` (`default` also as `pulse` or `pipewire`): `nil` if so.
package func canPlay(device: String) -> SoundError? {
  rostrum_alsa_silence()
  var first: SoundError?
  for name in DeviceDoor.candidates(device) {
    var handle: OpaquePointer?
    let code = snd_pcm_open(&handle, name, SND_PCM_STREAM_PLAYBACK, Int32(SND_PCM_NONBLOCK))
    if code >= 0, let handle {
      snd_pcm_close(handle)
      return nil
    }
    first = first ?? DeviceDoor.openFailure(name, code: -code, suffix: "p")
  }
  return first
}

private func hintText(_ hint: UnsafeMutableRawPointer, _ key: String) -> String? {
  guard let text = snd_device_name_get_hint(hint, key) else { return nil }
  defer { free(text) }
  return String(cString: text)
}

private func probe(_ device: inout Device) {
  let stream = device.direction == .output ? SND_PCM_STREAM_PLAYBACK : SND_PCM_STREAM_CAPTURE
  var handle: OpaquePointer?
  let code = snd_pcm_open(&handle, device.id, stream, Int32(SND_PCM_NONBLOCK))
  guard code >= 0, let handle else {
    device.problem = describe(-code)
    return
  }
  defer { snd_pcm_close(handle) }
  var allocated: OpaquePointer?
  guard snd_pcm_hw_params_malloc(&allocated) >= 0, let params = allocated else { return }
  defer { snd_pcm_hw_params_free(params) }
  let any = snd_pcm_hw_params_any(handle, params)
  guard any >= 0 else {
    device.problem = describe(-any)
    return
  }
  device.rates = range(params, snd_pcm_hw_params_get_rate_min, snd_pcm_hw_params_get_rate_max)
  var fewest: UInt32 = 0
  var most: UInt32 = 0
  if snd_pcm_hw_params_get_channels_min(params, &fewest) >= 0,
    snd_pcm_hw_params_get_channels_max(params, &most) >= 0, fewest <= most
  {
    device.channels = Int(fewest)...Int(most)
  }
  for (_, format) in HardwareSetup.encodings where snd_pcm_hw_params_test_format(handle, params, format) >= 0 {
    if let name = snd_pcm_format_name(format) { device.formats.append(String(cString: name)) }
  }
}

private typealias RateQuery = (OpaquePointer?, UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<Int32>?) -> Int32

private func range(_ params: OpaquePointer, _ least: RateQuery, _ most: RateQuery) -> ClosedRange<Int>? {
  var low: UInt32 = 0
  var high: UInt32 = 0
  guard least(params, &low, nil) >= 0, most(params, &high, nil) >= 0, low <= high else { return nil }
  return Int(low)...Int(high)
}
