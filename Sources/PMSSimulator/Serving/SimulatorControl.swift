import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import LintelModel
import NIOCore

/// The paths under `/_simulator`, by which a person on the same machine breaks and mends the PMS.
struct SimulatorControl {
    private struct FaultBody: Decodable {
        var fault: String?
        var services: [String]?
        var properties: [Int]?
        var requests: Int?
    }

    private struct ChurnBody: Decodable {
        var percent: Double
    }

    private struct Refusal: Error {
        let message: String
    }

    private struct Report: Encodable {
        struct Fault: Encodable {
            var fault: String
            var services: [String]
            var properties: [Int]?
            var requests: Int?
        }

        var vendor: String
        var properties: Int
        var units: Int
        var residents: Int
        var seed: UInt64
        var today: String
        var churnPercent: Double
        var fault: Fault?
    }

    private struct ErrorReport: Encodable {
        var error: String
    }

    let simulator: SimulatedPMS

    func respond(
        to request: Request,
        path: String,
        _ context: SimulatorContext
    ) async throws -> Response {
        guard context.isLocal else {
            return try refuse("the control paths answer on this machine alone", .forbidden)
        }
        do {
            switch (request.method, path) {
            case (.get, ""):
                break
            case (.post, "fault"):
                let body = try await read(
                    FaultBody.self,
                    of: request,
                    expected: #"{"fault": "500"} or {"fault": null}"#
                )
                simulator.setFault(try plan(body))
            case (.post, "churn"):
                let body = try await read(
                    ChurnBody.self,
                    of: request,
                    expected: #"{"percent": 1}"#
                )
                try simulator.setChurn(percent: body.percent)
            default:
                return try refuse(
                    "expected GET /_simulator, POST /_simulator/fault or POST /_simulator/churn",
                    .notFound
                )
            }
        } catch let refusal as Refusal {
            return try refuse(refusal.message, .badRequest)
        } catch let error as PortfolioShapeError {
            return try refuse(error.description, .badRequest)
        }
        return try json(report, .ok)
    }

    private func plan(_ body: FaultBody) throws -> FaultPlan? {
        guard let name = body.fault else { return nil }
        let vendor = simulator.vendor
        guard let fault = vendor.faults.first(where: { $0.rawValue == name }) else {
            let known = vendor.faults.map(\.rawValue).joined(separator: ", ")
            throw Refusal(message: "unknown fault '\(name)'; expected one of \(known)")
        }
        var plan = FaultPlan(fault)
        if let services = body.services {
            for service in services where !vendor.services.contains(service) {
                let known = vendor.services.joined(separator: ", ")
                throw Refusal(message: "unknown service '\(service)'; expected some of \(known)")
            }
            plan.services = Set(services)
        }
        plan.properties = body.properties.map(Set.init)
        if let requests = body.requests {
            guard requests > 0 else {
                throw Refusal(message: "requests is \(requests); expected 1 or more")
            }
            plan.requests = requests
        }
        return plan
    }

    private func read<Body: Decodable>(
        _ type: Body.Type,
        of request: Request,
        expected: String
    ) async throws -> Body {
        let bytes = try await request.body.collect(upTo: 1 << 16)
        do {
            return try JSONDecoder().decode(type, from: Data(bytes.readableBytesView))
        } catch {
            throw Refusal(message: "the body is not understood; expected JSON such as \(expected)")
        }
    }

    private var report: Report {
        let portfolio = simulator.portfolio
        return Report(
            vendor: simulator.vendor.id,
            properties: portfolio.shape.properties,
            units: portfolio.shape.units,
            residents: portfolio.shape.residents,
            seed: portfolio.shape.seed,
            today: portfolio.shape.today.description,
            churnPercent: portfolio.shape.churnPercent,
            fault: simulator.fault.map { plan in
                Report.Fault(
                    fault: plan.fault.rawValue,
                    services: plan.services?.sorted() ?? [simulator.vendor.format.residentService],
                    properties: plan.properties?.sorted(),
                    requests: plan.requests
                )
            }
        )
    }

    private func refuse(_ message: String, _ status: HTTPResponse.Status) throws -> Response {
        try json(ErrorReport(error: message), status)
    }

    private func json(_ value: some Encodable, _ status: HTTPResponse.Status) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes = ByteBuffer(bytes: try encoder.encode(value))
        bytes.writeString("\n")
        return Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: bytes)
        )
    }
}
