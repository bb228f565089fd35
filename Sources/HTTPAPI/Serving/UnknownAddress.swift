import Hummingbird

/// Answers requests to addresses of the API that there are not, or not with that method, as the API answers.
struct UnknownAddress<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let path = request.uri.path
            guard path == "/v1" || path.hasPrefix("/v1/") else { throw error }
            return Self.problem(path).reply.response
        }
    }

    private static func problem(_ path: String) -> Problem {
        let parts = path.split(separator: "/")
        var methods = Set(
            API.endpoints.filter { endpoint in
                let own = endpoint.path.split(separator: "/")
                return own.count == parts.count
                    && zip(own, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
            }
            .map(\.method.rawValue)
        )
        if path == "/v1/openapi.json" { methods = ["GET"] }
        guard !methods.isEmpty else { return .notFound }
        let words = methods.sorted().joined(separator: ", ")
        return Problem(
            .methodNotAllowed,
            "This address takes \(words).",
            headers: [.allow: words]
        )
    }
}
