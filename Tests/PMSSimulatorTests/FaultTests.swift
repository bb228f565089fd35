import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import PMSSimulator
import Testing

@Suite("A fault of the simulated PMS")
struct FaultTests {
    /// A property of some thirty leases, broken like that, and how many leases it truly has.
    private func broken(
        _ fault: Fault,
        _ body: (SimulatorClient, _ property: Int, _ total: Int, RunningSimulator) async throws
            -> Void
    ) async throws {
        let portfolio = try samplePortfolio()
        let options = SimulatedPMS.Options(fault: FaultPlan(fault))
        try await withSimulatedPMS(.entrata, portfolio: portfolio, options: options) { running in
            let property = portfolio.property(at: 0)
            try await body(SimulatorClient(running), property.id, property.leases.count, running)
        }
    }

    @Test("drop closes the connection before the announced end")
    func drop() async throws {
        try await broken(.drop) { client, property, _, _ in
            await #expect(throws: (any Error).self) { try await client.leases(property) }
            try await #expect(client.call("status", "getStatus").status == 200)
        }
    }

    @Test("stall sends a head and no body until the client gives up")
    func stall() async throws {
        try await broken(.stall) { client, property, _, running in
            // Long enough for the head on a busy machine; the body never comes.
            var configuration = HTTPClient.Configuration()
            configuration.timeout.read = .seconds(15)
            let http = HTTPClient(
                eventLoopGroupProvider: .singleton,
                configuration: configuration
            )
            var impatient = client
            impatient.http = http
            do {
                let answer = try await impatient.open(
                    "/ext/orgs/demo/v1/leases",
                    #"{"method":{"name":"getLeases","params":{"propertyId":\#(property)}}}"#
                )
                #expect(answer.status == .ok)
                #expect(answer.headers.first(name: "Content-Length") != "0")
                await #expect(throws: HTTPClientError.readTimeout) {
                    for try await _ in answer.body {
                        Issue.record("a stalled answer has no body")
                    }
                }
            } catch {
                try await http.shutdown()
                throw error
            }
            try await http.shutdown()
            running.simulator.setFault(nil)
            try await #expect(client.leases(property).status == 200)
        }
    }

    @Test("403 refuses what it strikes, and nothing else")
    func forbidden() async throws {
        try await broken(.forbidden) { client, property, _, _ in
            try await #expect(client.leases(property).status == 403)
            try await #expect(client.call("status", "getStatus").status == 200)
        }
    }

    @Test("429 says when to come again")
    func tooManyRequests() async throws {
        try await broken(.tooManyRequests) { client, property, _, _ in
            let answer = try await client.leases(property)
            #expect(answer.status == 429)
            #expect(answer.headers.first(name: "Retry-After") == "1")
        }
    }

    @Test("500 answers with a page for people")
    func serverError() async throws {
        try await broken(.serverError) { client, property, _, _ in
            let answer = try await client.leases(property)
            #expect(answer.status == 500)
            #expect(answer.headers.first(name: "Content-Type")?.hasPrefix("text/html") == true)
        }
    }

    @Test("in-band-error is an error under HTTP 200")
    func inBandError() async throws {
        try await broken(.inBandError) { client, property, _, _ in
            let answer = try await client.leases(property)
            #expect(answer.status == 200)
            try #expect(answer.errorMessage()?.contains("getLeases") == true)
        }
    }

    @Test("truncated-body ends in the middle of a whole HTTP answer")
    func truncatedJSON() async throws {
        try await broken(.truncatedBody) { client, property, _, running in
            let answer = try await client.leases(property)
            #expect(answer.status == 200)
            #expect(throws: (any Error).self) { try answer.result() }
            running.simulator.setFault(nil)
            let whole = try await client.leases(property)
            #expect(whole.body.starts(with: answer.body))
            #expect(whole.body.count / 2 == answer.body.count)
        }
    }

    @Test("short-page holds fewer rows than it should, under the true total")
    func shortPage() async throws {
        try await broken(.shortPage) { client, property, total, _ in
            let answer = try await client.leases(property, query: "?page_no=1&per_page=10")
            try #expect(answer.leases().count == 5)
            #expect(answer.headers.first(name: "X-Total-Count") == "\(total)")
        }
    }

    @Test("empty-list is well formed and says that there is nothing")
    func emptyList() async throws {
        try await broken(.emptyList) { client, property, _, _ in
            let answer = try await client.leases(property)
            try #expect(answer.response("code") as? Int == 200)
            #expect((try answer.result()["leases"] as? [String: Any])?["lease"] is [Any])
            try #expect(answer.leases().isEmpty)
            #expect(answer.headers.first(name: "X-Total-Count") == "0")
        }
    }

    @Test("duplicate-rows repeats rows in place of others")
    func duplicateRows() async throws {
        try await broken(.duplicateRows) { client, property, total, _ in
            let answer = try await client.leases(property)
            let ids = try answer.leases().compactMap { $0["id"] as? String }
            #expect(ids.count == total)
            #expect(Set(ids).count == (total + 1) / 2)
        }
    }

    @Test("wrong-total promises more than there is")
    func wrongTotal() async throws {
        try await broken(.wrongTotal) { client, property, total, _ in
            let answer = try await client.leases(property)
            try #expect(answer.leases().count == total)
            let stated = try #require(
                answer.headers.first(name: "X-Total-Count").flatMap { Int($0) }
            )
            #expect(stated > total)
        }
    }

    @Test("strikes the units too where it is told to", arguments: [Fault.emptyList, .shortPage])
    func units(fault: Fault) async throws {
        let portfolio = try samplePortfolio()
        let plan = FaultPlan(fault, services: ["propertyunits"])
        let options = SimulatedPMS.Options(fault: plan)
        try await withSimulatedPMS(.entrata, portfolio: portfolio, options: options) { running in
            let client = SimulatorClient(running)
            let answer = try await client.call(
                "propertyunits",
                "getPropertyUnits",
                ["propertyIds": "\(portfolio.propertyID(at: 0))"]
            )
            let properties = try answer.result()["properties"] as? [String: Any]
            let units = (properties?["property"] as? [String: Any])?["units"] as? [String: Any]
            #expect((units?["unit"] as? [Any])?.count == (fault == .emptyList ? 0 : 15))
            let leases = try await client.leases(portfolio.propertyID(at: 0))
            try #expect(!leases.leases().isEmpty)
        }
    }

    @Test("strikes only the properties and as many requests as it is told to")
    func bounds() async throws {
        let portfolio = try samplePortfolio()
        let plan = FaultPlan(
            .serverError,
            properties: [portfolio.propertyID(at: 1)],
            requests: 2
        )
        let options = SimulatedPMS.Options(fault: plan)
        try await withSimulatedPMS(.entrata, portfolio: portfolio, options: options) { running in
            let client = SimulatorClient(running)
            var statuses: [Int] = []
            for index in [0, 1, 2, 1, 1] {
                statuses.append(try await client.leases(portfolio.propertyID(at: index)).status)
            }
            #expect(statuses == [200, 500, 200, 500, 200])
            #expect(running.simulator.requestCount(service: "leases") == 5)
        }
    }
}
