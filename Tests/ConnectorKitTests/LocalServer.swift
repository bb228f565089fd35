import NIOCore
import NIOHTTP1
import NIOPosix

/// A server on this machine that answers every request by its path.
struct LocalServer {
    /// What a path is answered with.
    enum Answer: Sendable {
        case whole(status: HTTPResponseStatus, headers: HTTPHeaders, body: String)
        /// A body of that many bytes, sent without its length.
        case chunked(bytes: Int)
        /// A body that ends, with its connection, before the length it declares.
        case cut
        case silence
    }

    let channel: any Channel
    var port: Int { channel.localAddress?.port ?? 0 }
    var url: String { "http://127.0.0.1:\(port)" }

    /// Runs a server while `body` runs.
    static func with<Result>(
        _ answers: [String: Answer],
        _ body: (LocalServer) async throws -> Result
    ) async throws -> Result {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Responder(answers: answers))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body(LocalServer(channel: channel))
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }
}

private final class Responder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answers: [String: LocalServer.Answer]
    private var path = ""
    private var served = 0

    init(answers: [String: LocalServer.Answer]) {
        self.answers = answers
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): path = String(head.uri.prefix { $0 != "?" })
        case .body: break
        case .end:
            served += 1
            answer(context: context)
        }
    }

    private func answer(context: ChannelHandlerContext) {
        switch answers[path] {
        case .whole(let status, var headers, let body):
            headers.add(name: "Content-Length", value: "\(body.utf8.count)")
            headers.add(name: "X-Served-On-Connection", value: "\(served)")
            write(status, headers, body, context: context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .chunked(let bytes):
            write(.ok, [:], String(repeating: "x", count: bytes), context: context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .cut:
            write(.ok, ["Content-Length": "100"], "half", context: context)
            context.flush()
            context.close(promise: nil)
        case .silence: break
        case nil:
            write(.notFound, ["Content-Length": "0"], "", context: context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }

    private func write(
        _ status: HTTPResponseStatus,
        _ headers: HTTPHeaders,
        _ body: String,
        context: ChannelHandlerContext
    ) {
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let buffer = context.channel.allocator.buffer(string: body)
        context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    }
}
