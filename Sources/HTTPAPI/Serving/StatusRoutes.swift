package import Hummingbird

/// What a server tells machines about itself.
package protocol ServerStatus: Sendable {
    /// Nil where the server can do its work, else why not, without secrets.
    func hindrance() async -> String?
    /// Everything measured, in the Prometheus text exposition format 0.0.4.
    func metrics() async throws -> String
}

/// `/health` (the process answers), `/ready` (its database answers too) and `/metrics`.
package enum StatusRoutes {
    package static func add<Context: RequestContext>(
        to router: Router<Context>,
        status: any ServerStatus
    ) {
        router.get("/health") { _, _ in "ok\n" }
        router.get("/ready") { _, _ -> Response in
            guard let why = await status.hindrance() else { return text("ready\n") }
            return text("not ready: \(why)\n", .serviceUnavailable)
        }
        router.get("/metrics") { _, _ -> Response in
            text(
                try await status.metrics(),
                type: "text/plain; version=0.0.4; charset=utf-8"
            )
        }
    }

    private static func text(
        _ body: String,
        _ code: HTTPResponse.Status = .ok,
        type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: code,
            headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body))
        )
    }
}
