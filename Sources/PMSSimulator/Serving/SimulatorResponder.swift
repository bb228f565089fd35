import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// Turns HTTP requests into the vendor's operations, and faults into what goes over the wire.
struct SimulatorResponder: HTTPResponder {
    typealias Context = SimulatorContext

    /// Ends a connection in the middle of an answer.
    private struct ConnectionDropped: Error {}

    private static let largestBody = 1 << 16

    let simulator: SimulatedPMS

    func respond(to request: Request, context: Context) async throws -> Response {
        let path = request.uri.path.split(separator: "/")
        if path.first == "_simulator" {
            return try await SimulatorControl(simulator: simulator)
                .respond(to: request, path: path.dropFirst().joined(separator: "/"), context)
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.largestBody)
        } catch is NIOTooManyBytesError {
            return Self.plain(
                SimulatedAnswer(status: .contentTooLarge, html: "<h1>Content Too Large</h1>")
            )
        }
        let whole = SimulatedRequest(
            method: request.method,
            path: path.map { $0.removingPercentEncoding ?? String($0) },
            rawPath: request.uri.path,
            query: SimulatedRequest.pairs(in: request.uri.query ?? ""),
            headers: request.headers,
            authority: request.head.authority ?? "localhost",
            body: body
        )
        return respond(to: whole, channel: context.channel)
    }

    private func respond(to request: SimulatedRequest, channel: any Channel) -> Response {
        let format = simulator.vendor.format
        let service: String
        do throws(SimulatedAnswer) {
            service = try format.service(of: request)
        } catch {
            return Self.plain(error)
        }
        let verdict = simulator.admit(
            service: service,
            credential: format.credential(of: request) ?? ""
        )
        func told(_ answer: SimulatedAnswer) -> SimulatedAnswer {
            var answer = answer
            if let verdict { format.tell(verdict, in: &answer) }
            return answer
        }
        func tooManyRequests(wait: Int) -> SimulatedAnswer {
            var answer = format.tooManyRequests()
            answer.set("Retry-After", "\(wait)")
            return answer
        }
        if let wait = verdict?.retryAfter { return Self.plain(told(tooManyRequests(wait: wait))) }
        do throws(SimulatedAnswer) {
            let call = try format.call(of: request, service: service, on: simulator)
            let fault = simulator.strike(service: service, properties: call.properties)
            switch fault {
            case .forbidden:
                return Self.plain(
                    SimulatedAnswer(
                        status: .forbidden,
                        html: "<html><body><h1>Forbidden</h1></body></html>"
                    )
                )
            case .tooManyRequests:
                return Self.plain(tooManyRequests(wait: simulator.options.retryAfterSeconds))
            case .serverError:
                return Self.plain(
                    SimulatedAnswer(
                        status: .internalServerError,
                        html: "<html><body><h1>Internal Server Error</h1></body></html>"
                    )
                )
            case .inBandError:
                return Self.plain(told(call.inBandError))
            default:
                let answer = told(try call.answer(fault))
                return response(answer, fault: fault, channel: channel)
            }
        } catch {
            return Self.plain(told(error))
        }
    }

    // MARK: Over the wire

    private static func plain(_ answer: SimulatedAnswer) -> Response {
        Response(
            status: answer.status,
            headers: answer.headers,
            body: ResponseBody(contentsOf: answer.pieces)
        )
    }

    private func response(
        _ answer: SimulatedAnswer,
        fault: Fault?,
        channel: any Channel
    ) -> Response {
        let body: ResponseBody
        switch fault {
        case .truncatedBody:
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
}
