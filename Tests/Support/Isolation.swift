import Glibc

/// Programs cut off from what they must not need.
package enum Isolation {
  /// The beginning of a command that runs the rest of it in a network namespace without an interface, not even a loopback
  /// that is up; empty where this machine does not let one do that.
  package static let withoutNetwork: [String] = {
    let command = getuid() == 0 ? ["unshare", "-n"] : ["unshare", "-rn"]
    return (try? run(command + ["true"]))?.code == 0 ? command : []
  }()
}
