import PMSSimulator
import Testing

@Suite("The simulator's control paths")
struct ControlTests {
    @Test("break the PMS and mend it")
    func fault() async throws {
        let portfolio = try samplePortfolio()
        let id = portfolio.propertyID(at: 0)
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            let client = SimulatorClient(running)
            let path = "/_simulator/fault"
            let set = try await client.post(
                path,
                #"{"fault":"500","services":["leases"],"properties":[\#(id)],"requests":9}"#
            )
            #expect(set.status == 200)
            #expect(
                running.simulator.fault
                    == FaultPlan(.serverError, services: ["leases"], properties: [id], requests: 9)
            )
            try await #expect(client.leases(id).status == 500)
            try await #expect(client.post(path, #"{"fault":null}"#).status == 200)
            try await #expect(client.leases(id).status == 200)
        }
    }

    @Test("move the portfolio on in time and back")
    func churn() async throws {
        let portfolio = try samplePortfolio()
        let id = portfolio.propertyID(at: 0)
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            let client = SimulatorClient(running)
            let before = try await client.leases(id).body
            try await #expect(client.post("/_simulator/churn", #"{"percent":20}"#).status == 200)
            #expect(running.simulator.portfolio.shape.churnPercent == 20)
            try await #expect(client.leases(id).body != before)
            try await #expect(client.post("/_simulator/churn", #"{"percent":0}"#).status == 200)
            try await #expect(client.leases(id).body == before)
        }
    }

    struct Refusal: CustomTestStringConvertible {
        let path: String
        let body: String
        let status: Int
        let words: String

        var testDescription: String { "\(path) \(body)" }
    }

    @Test(
        "refuse what they do not understand, saying what was expected, and change nothing",
        arguments: [
            Refusal(path: "fault", body: #"{"fault":"fire"}"#, status: 400, words: "short-page"),
            Refusal(
                path: "fault",
                body: #"{"fault":"500","services":["x"]}"#,
                status: 400,
                words: "propertyunits"
            ),
            Refusal(
                path: "fault",
                body: #"{"fault":"500","requests":0}"#,
                status: 400,
                words: "1 or more"
            ),
            Refusal(path: "fault", body: "500", status: 400, words: "expected JSON"),
            Refusal(path: "churn", body: "{}", status: 400, words: "percent"),
            Refusal(path: "churn", body: #"{"percent":101}"#, status: 400, words: "0…100"),
            Refusal(path: "other", body: "{}", status: 404, words: "/_simulator/fault"),
        ]
    )
    func refusals(refusal: Refusal) async throws {
        let portfolio = try samplePortfolio()
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            let answer = try await SimulatorClient(running)
                .post("/_simulator/\(refusal.path)", refusal.body)
            #expect(answer.status == refusal.status)
            #expect(String(decoding: answer.body, as: UTF8.self).contains(refusal.words))
            #expect(running.simulator.fault == nil)
            #expect(running.simulator.portfolio == portfolio)
        }
    }
}
