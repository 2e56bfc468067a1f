// swift-tools-version: 6.2
import PackageDescription

/// A package beside the real one, under its name so that it may use what is `package` there: everything in it is built
/// for libFuzzer, which nothing in the ordinary build must be. `make fuzz` runs it.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-O"]),
]

/// A C target of the real package and the library it stands for; `path` where it is one of this package.
func shim(_ name: String, _ libraries: String..., path: String? = nil) -> Target {
  .target(
    name: name, path: path ?? "Rooms/\(name)", linkerSettings: libraries.map { .linkedLibrary($0) })
}

/// A room of the real package.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, path: "Rooms/\(name)", swiftSettings: settings)
}

/// A program that libFuzzer drives.
func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies + ["Fuzzing"], path: name, swiftSettings: settings)
}

/// What of Coach reads drills and packs, and the lines it stands on.
let reading =
  ["DrillFile", "DrillShapes", "DrillPack", "PackFacts"].map { "Rooms/Coach/Drills/\($0).swift" }
  + ["Complaint", "Files", "FrontMatter", "MarkedYAML", "PathNames", "Places", "Spellings", "YAMLLines"].map {
    "Rooms/Coach/Settings/\($0).swift"
  } + ["Rooms/Coach/Keeping/DayText.swift"]

let package = Package(
  name: "rostrum",
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
  targets: [
    shim("CALSA", "asound"), shim("CLinux", "crypt"), shim("CSndFile", "sndfile"), shim("CSampleRate", "samplerate"),
    shim("CRubberBand", "rubberband"),
    shim("CEBUR128", "ebur128"), shim("CFFTW", "fftw3f"), shim("CCmark", "cmark"), shim("CCurl", "curl"),
    shim("CArchive", "archive"), shim("CLibFuzzer", path: "CLibFuzzer"),
    room("SpeechSignals", ["CEBUR128", "CFFTW"]),
    room("Practice", ["SpeechSignals", "CCmark"]),
    room("Sound", ["CALSA", "CLinux", "CSndFile", "CSampleRate", "CRubberBand"]),
    room("Network", ["CCurl", "CLinux"]),
    // What is read of a server's answer, without the tutors' templates.
    .target(
      name: "Tutor", dependencies: ["CLinux", "Practice", "Network"], path: "Rooms/Tutor",
      sources: ["Chat", "ChatMessage.swift", "ChatSettings.swift"], swiftSettings: settings),
    room("Packs", ["CArchive"]),
    .target(
      name: "Coach", dependencies: ["Practice", "Packs", .product(name: "Yams", package: "Yams")], path: ".",
      sources: reading, swiftSettings: settings),
    // What is said on the wire, without the sockets that it goes through.
    .target(
      name: "Audience", dependencies: ["Practice"], path: "Rooms/Audience", sources: ["Wire"], swiftSettings: settings),
    .target(name: "Support", path: "Support", sources: ["Mutations.swift"], swiftSettings: settings),
    .target(name: "Fuzzing", dependencies: ["CLibFuzzer"], path: "Fuzzing", swiftSettings: settings),
    fuzzer("FuzzFile", ["Sound", "CSndFile", "CLibFuzzer"]),
    fuzzer("FuzzAnalyzer", ["SpeechSignals"]),
    fuzzer("FuzzTalk", ["Practice"]),
    fuzzer("FuzzReply", ["Practice", "Tutor"]),
    fuzzer("FuzzDrill", ["Coach", "Practice", "Packs", "Support"]),
    fuzzer("FuzzPack", ["Coach", "Packs", "Support"]),
    fuzzer("FuzzWire", ["Audience", "Practice", "Support"]),
  ],
  swiftLanguageModes: [.v6]
)
