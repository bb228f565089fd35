import NIOCore

/// Closes a connection whose client has hung up while nothing is being written to it.
///
/// The server keeps connections half open after the client's end, so that without this a client's
/// departure would show at the next write only, and a stalled answer has none.
final class PeerCloseHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    /// Waits until the client has hung up, or the server stops.
    static func wait(on channel: any Channel) async throws {
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(PeerCloseHandler(), position: .first)
        }
        .get()
        try await withTaskCancellationHandler {
            try await channel.closeFuture.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }
}
