import Foundation
import LintelModel
import LintelTesting
import Operations
import PMSSimulator
import SQLEngineTesting
import Testing

@Suite("An exchange that is recorded")
struct RecordingTests {
    @Test(
        "shows what was asked and how it was answered, and nothing about anybody",
        arguments: SimulatedSource.all.filter { $0.id != "csv" }
    )
    func recording(source: SimulatedSource) async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        try await source.with(portfolio) { running in
            try await LintelInProcess.with(.sqlite) { lintel in
                let operations = lintel.operations
                _ = try await operations.addConnection(name: "pms", settings: try running.settings)
                let property = try #require(
                    try await operations.pmsProperties(through: "pms").first
                ).property.id
                let recording = try await operations.record("pms", pmsProperty: property.text)
                #expect(recording.failure == nil)
                #expect(recording.exchanges.count >= 3)
                let text = recording.exchanges.joined(separator: "\n")
                #expect(text.contains("HTTP 200"))
                #expect(text.lowercased().contains("status"))
                for person in portfolio.expectedAssignments(ofProperty: 0) {
                    #expect(!text.contains(person.email))
                    #expect(!text.contains("\(person.firstName) "))
                    #expect(!text.contains(">\(person.lastName)<"))
                    #expect(!text.contains("\"\(person.lastName)\""))
                    #expect(!text.contains(person.phone))
                }
                #expect(!text.contains(PlantedFacts.taxID))
                #expect(!text.contains("\(PlantedFacts.birthDate)"))
                #expect(!text.contains("\(PlantedFacts.rent)"))
            }
        }
    }

    @Test("A folder has no exchange, and one that fails is kept with the reason")
    func refusals() async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        try await SimulatedSource.folder.with(portfolio) { running in
            try await LintelInProcess.with(.sqlite) { lintel in
                _ = try await lintel.operations.addConnection(
                    name: "pms",
                    settings: try running.settings
                )
                await #expect(throws: OperationError.self) {
                    try await lintel.operations.record("pms", pmsProperty: "100001")
                }
            }
        }
        try await SimulatedSource.service(.yardi).with(portfolio) { running in
            try await LintelInProcess.with(.sqlite) { lintel in
                _ = try await lintel.operations.addConnection(
                    name: "pms",
                    settings: try running.settings
                )
                let recording = try await lintel.operations.record("pms", pmsProperty: "nowhere")
                #expect(recording.failure?.contains("no access") == true)
                #expect(recording.exchanges.count == 2)
            }
        }
    }
}
