import Hummingbird
import NIOCore

/// What the simulator knows of a request besides the request: whether it comes from this machine.
struct SimulatorContext: InitializableFromSource {
    let isLocal: Bool

    init(source: ApplicationRequestContextSource) {
        let address = source.channel.remoteAddress?.ipAddress ?? ""
        isLocal = address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
