import Coach

@main
enum Main {
  static func main() { Rostrum.launch() }
}
