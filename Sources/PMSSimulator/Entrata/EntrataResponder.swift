import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// Turns HTTP requests into the vendor's operations, and faults into what goes over the wire.
struct EntrataResponder: HTTPResponder {
    typealias Context = SimulatorContext

    /// Ends a connection in the middle of an answer.
    private struct ConnectionDropped: Error {}

    private static let largestBody = 1 << 16

    let simulator: EntrataSimulator

    func respond(to request: Request, context: Context) async throws -> Response {
        let path = request.uri.path.split(separator: "/")
        if path.first == "_simulator" {
            return try await SimulatorControl(simulator: simulator)
                .respond(to: request, path: path.dropFirst().joined(separator: "/"), context)
        }
        guard let service = Self.service(of: path) else {
            return Self.plain(EntrataAnswer(status: .notFound, html: "<h1>Not Found</h1>"))
        }
        guard request.method == .post else {
            return Self.plain(
                EntrataAnswer(status: .methodNotAllowed, html: "<h1>Method Not Allowed</h1>")
            )
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.largestBody)
        } catch is NIOTooManyBytesError {
            return Self.plain(
                EntrataAnswer(status: .contentTooLarge, html: "<h1>Content Too Large</h1>")
            )
        }
        return respond(to: request, service: service, body: body, channel: context.channel)
    }

    private func respond(
        to request: Request,
        service: String,
        body: ByteBuffer,
        channel: any Channel
    ) -> Response {
        let credential = Self.credential(of: request)
        let verdict = simulator.admit(service: service, credential: credential ?? "")
        if let wait = verdict?.retryAfter {
            return Self.plain(limited(Self.tooManyRequests(wait: wait), verdict))
        }
        do throws(EntrataError) {
            let entrata = try EntrataRequest(body)
            guard credential != nil else {
                throw EntrataError.unauthorized(requestID: entrata.id)
            }
            let operation = EntrataService(
                simulator: simulator,
                portfolio: simulator.portfolio,
                service: service,
                request: entrata,
                paging: try Self.paging(of: request, requestID: entrata.id),
                linkPath: Self.linkPath(of: request)
            )
            let fault = simulator.strike(
                service: service,
                properties: try operation.propertiesAsked()
            )
            switch fault {
            case .tooManyRequests:
                return Self.plain(Self.tooManyRequests(wait: simulator.options.retryAfterSeconds))
            case .serverError:
                return Self.plain(
                    EntrataAnswer(
                        status: .internalServerError,
                        html: "<html><body><h1>Internal Server Error</h1></body></html>"
                    )
                )
            case .inBandError:
                throw EntrataError(
                    code: 500,
                    message: "An unexpected error occurred in \(entrata.method). Try again later.",
                    requestID: entrata.id
                )
            default:
                let answer = limited(try operation.answer(fault: fault), verdict)
                return response(answer, fault: fault, channel: channel)
            }
        } catch {
            return Self.plain(limited(EntrataAnswer(error), verdict))
        }
    }

    // MARK: Over the wire

    private static func plain(_ answer: EntrataAnswer) -> Response {
        Response(
            status: answer.status,
            headers: answer.headers,
            body: ResponseBody(contentsOf: answer.pieces)
        )
    }

    private func response(
        _ answer: EntrataAnswer,
        fault: Fault?,
        channel: any Channel
    ) -> Response {
        let body: ResponseBody
        switch fault {
        case .truncatedJSON:
            body = ResponseBody(byteBuffer: answer.firstHalf)
        case .drop:
            let half = answer.firstHalf
            body = ResponseBody(contentLength: answer.byteCount) { writer in
                try await writer.write(half)
                throw ConnectionDropped()
            }
        case .stall:
            body = ResponseBody(contentLength: answer.byteCount) { _ in
                try await cancelWhenGracefulShutdown {
                    try await PeerCloseHandler.wait(on: channel)
                }
                throw ConnectionDropped()
            }
        default:
            return Self.plain(answer)
        }
        return Response(status: answer.status, headers: answer.headers, body: body)
    }

    private static func tooManyRequests(wait: Int) -> EntrataAnswer {
        var answer = EntrataAnswer(
            EntrataError(code: 429, message: "Too many requests. Try again later."),
            status: .tooManyRequests
        )
        answer.set("Retry-After", "\(wait)")
        return answer
    }

    private func limited(
        _ answer: EntrataAnswer,
        _ verdict: RateLimiter.Verdict?
    ) -> EntrataAnswer {
        guard let verdict else { return answer }
        func joined(_ numbers: [Int]) -> String {
            zip(numbers, RateLimiter.windows).map { "\($0)/\($1.name)" }.joined(separator: ";")
        }
        var answer = answer
        answer.set("X-RateLimit-Limit", joined(RateLimiter.windows.map(\.limit)))
        answer.set("X-RateLimit-Remaining", joined(verdict.remaining))
        answer.set("X-RateLimit-Reset", verdict.reset.map(String.init).joined(separator: ";"))
        return answer
    }

    // MARK: Reading requests

    private static func service(of path: [Substring]) -> String? {
        switch path.count {
        case 5 where path[0] == "ext" && path[1] == "orgs" && path[3] == "v1": String(path[4])
        case 3 where path[0] == "api" && path[1] == "v1": String(path[2])
        default: nil
        }
    }

    /// What the client proves itself by; nil where it sends nothing of the kind.
    private static func credential(of request: Request) -> String? {
        if let key = header("X-Api-Key", of: request), !key.isEmpty { return key }
        guard let basic = request.headers[.authorization], basic.count > 6,
            basic.prefix(6).lowercased() == "basic "
        else { return nil }
        return basic
    }

    private static func header(_ name: String, of request: Request) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }

    private static func linkPath(of request: Request) -> String? {
        guard header("X-Send-Pagination-Links", of: request) == "1" else { return nil }
        return "http://\(request.head.authority ?? "localhost")\(request.uri.path)"
    }

    private static func paging(
        of request: Request,
        requestID: String
    ) throws(EntrataError) -> Paging {
        let query = request.uri.queryParameters
        func number(_ name: String) throws(EntrataError) -> Int? {
            guard let text = query[Substring(name)] else { return nil }
            guard let number = Int(text), number > 0 else {
                throw EntrataError(
                    code: 303,
                    message: "Invalid value for \(name): expected a whole number from 1.",
                    requestID: requestID
                )
            }
            return number
        }
        return Paging(page: try number("page_no") ?? 1, perPage: try number("per_page"))
    }
}
