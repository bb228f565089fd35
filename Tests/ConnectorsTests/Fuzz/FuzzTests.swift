import ConnectorKit
import ConnectorTesting
import Foundation
import LintelModel
import Testing

@testable import Connectors

/// Damaged answers and exports: each ends in a typed error or in records, and in no record that the
/// undamaged ones do not explain.
@Suite("Damaged input")
struct FuzzTests {
    private func decode(
        _ pages: [SnapshotPage],
        with connector: any Connector,
        of property: PMSPropertyID
    ) throws(ConnectorError) -> [PMSResidency] {
        var decoder = connector.decoder(for: property)
        var residencies: [PMSResidency] = []
        for page in pages { residencies += try decoder.decode(page).residencies }
        return try residencies + decoder.finish().residencies
    }

    @Test("a damaged page of Entrata is refused or read, never half a record")
    func entrata() throws {
        let connector = try EntrataConnector.vendor.makeConnector(
            EntrataFixtures.settings,
            ConnectorEnvironment(transport: ScriptedTransport([]), sleeper: ManualSleeper())
        )
        let leases = Array(
            EntrataFixtures.leaseList([
                EntrataFixtures.household, EntrataFixtures.twoSpaces, EntrataFixtures.company,
            ]).utf8
        )
        let units = SnapshotPage(
            kind: .units,
            bytes: Data(
                EntrataFixtures.unitList(
                    "[\(EntrataFixtures.unitOne),\(EntrataFixtures.unitTwo),"
                        + "\(EntrataFixtures.unitThree)]"
                ).utf8
            )
        )
        var mutation = Mutation(seed: 20_260_301)
        let end = ContinuousClock.now + .seconds(Mutation.seconds)
        var (read, refused) = (0, 0)
        while ContinuousClock.now < end || read + refused < 500 {
            // One answer in eight is whole.
            let bytes = mutation.number(below: 8) == 0 ? leases : mutation.damage(leases)
            let page = SnapshotPage(kind: .residents, bytes: Data(bytes))
            do throws(ConnectorError) {
                let found = try decode(
                    [units, page],
                    with: connector,
                    of: EntrataFixtures.property
                )
                for residency in found {
                    #expect(!residency.key.resident.text.isEmpty)
                    #expect(!residency.statusWord.utf8.contains(0))
                }
                read += 1
            } catch {
                #expect(!error.message.isEmpty)
                #expect(!error.description.contains("ada.quill"), "an error shows an address")
                refused += 1
            }
        }
        #expect(read > 0 && refused > 0)
    }

    @Test("a damaged export is refused or read, and what cannot be read is never an absence")
    func csv() async throws {
        let rows = (1...12).map { number in
            "P1,R\(number),L\(number),U1,Ann\(number),Oak,ann\(number)@example.com,555-0100,Current,"
                + "2026-01-01,2026-12-31,2026-01-02,,"
        }
        let whole = ([ExportFolder.residentsHeader] + rows).joined(separator: "\n") + "\n"
        let folder = try ExportFolder()
        var mutation = Mutation(seed: 20_260_302)
        let end = ContinuousClock.now + .seconds(Mutation.seconds)
        var (read, refused) = (0, 0)
        while ContinuousClock.now < end || read + refused < 200 {
            let bytes = mutation.damage(Array(whole.utf8))
            try Data(bytes).write(to: URL(fileURLWithPath: folder.file("residents.csv")))
            do {
                let connector = CSVConnector(directory: folder.path)
                var decoder = connector.decoder(for: PMSPropertyID("P1"))
                var part = SnapshotPart()
                for page in try await connector.pages(of: "P1") {
                    let more = try decoder.decode(page)
                    part.residencies += more.residencies
                    part.problems += more.problems
                }
                part.problems += try decoder.finish().problems
                for residency in part.residencies {
                    #expect(!residency.key.resident.text.isEmpty)
                }
                for problem in part.problems {
                    #expect(!problem.message.contains("@example.com"), "a problem shows an address")
                }
                read += 1
            } catch let error as ConnectorError {
                #expect(!error.description.contains("@example.com"), "an error shows an address")
                refused += 1
            }
        }
        #expect(read > 0)
    }
}
