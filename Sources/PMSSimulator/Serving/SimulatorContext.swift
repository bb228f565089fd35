import Hummingbird
import NIOCore

/// What the simulator knows of a request besides the request: its connection, and whether that comes
/// from this machine.
struct SimulatorContext: InitializableFromSource {
    let channel: any Channel
    let isLocal: Bool

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
        let address = source.channel.remoteAddress?.ipAddress ?? ""
        isLocal = address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
