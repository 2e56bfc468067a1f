import ArgumentParser
import Practice
import Sound

/// `rostrum devices`: what can be listened to and played on.
struct DevicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices", abstract: "List capture and playback devices with what each can do.",
    discussion: "Example: rostrum devices; then: rostrum rehearse --device pulse")

  @Flag(help: "One JSON object a device.")
  var json = false

  mutating func run() throws {
    let devices = listDevices().filter { !$0.isConverter }
    if json {
      for device in devices { Printed.line(JSON.object(device.fields).text) }
      return
    }
    section("Capture", devices.filter { $0.direction != .output })
    Printed.line("")
    section("Playback", devices.filter { $0.direction != .input })
  }

  private func section(_ title: String, _ devices: [Device]) {
    Printed.line(title)
    if devices.isEmpty {
      Printed.line("  none found. " + (title == "Capture" ? "rostrum rehearse --demo works without one." : ""))
      return
    }
    Printed.table(
      devices.map { device in
        let formats = device.formats.prefix(3).joined(separator: " ")
        let ability =
          device.problem ?? [DeviceWords.ability(device), formats].filter { !$0.isEmpty }.joined(separator: ", ")
        return ["  " + device.id, ability, device.summary]
      })
  }
}

extension Device {
  /// The fields of `devices --json`.
  var fields: [JSON.Field] {
    let way =
      switch direction {
      case .input: "capture"
      case .output: "playback"
      case .both: "both"
      }
    func range(_ range: ClosedRange<Int>?) -> JSON {
      range.map { .array([.count($0.lowerBound), .count($0.upperBound)]) } ?? .null
    }
    return [
      .init("id", .string(id)), .init("direction", .string(way)), .init("summary", .string(summary)),
      .init("rates", range(rates)), .init("channels", range(channels)),
      .init("formats", .array(formats.map(JSON.string))),
      .init("problem", .text(problem)),
    ]
  }
}
