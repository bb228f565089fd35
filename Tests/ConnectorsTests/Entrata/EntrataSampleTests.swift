import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

/// The vendor's own examples, where the machine has them: `LINTEL_REFERENCE`, else `../shared`.
@Suite struct EntrataSampleTests {
    /// Where an example stands; nil, saying so, where it is missing.
    private static func sample(_ name: String) -> URL? {
        let root = ProcessInfo.processInfo.environment["LINTEL_REFERENCE"] ?? "../shared"
        let file = URL(fileURLWithPath: root).appendingPathComponent("pms-samples/\(name)")
        guard FileManager.default.isReadableFile(atPath: file.path) else {
            print("skipped, no \(file.path): set LINTEL_REFERENCE to the folder of references")
            return nil
        }
        return file
    }

    /// The texts and numbers of an example under a name, wherever it stands, in no order.
    private static func values(_ name: String, in sample: String) throws -> Set<String> {
        let file = try #require(Self.sample(sample))
        var found: Set<String> = []
        func walk(_ node: Any) {
            if let members = node as? [String: Any] {
                if let value = members[name], !(value is [String: Any]), !(value is [Any]) {
                    found.insert("\(value)")
                }
                for value in members.values { walk(value) }
            } else if let elements = node as? [Any] {
                for element in elements { walk(element) }
            }
        }
        walk(try JSONSerialization.jsonObject(with: Data(contentsOf: file)))
        return found
    }

    private static func exchange(_ address: String, _ name: String) throws -> ScriptedExchange {
        let file = try #require(sample(name))
        return ScriptedExchange(
            address,
            json: String(decoding: try Data(contentsOf: file), as: UTF8.self)
        )
    }

    private static let units = "entrata-get-property-units-response.json"
    private static let leases = "entrata-get-leases-r2-response.json"
    private static let olderLeases = "entrata-get-leases-r1-response.json"
    private static let properties = "entrata-get-properties-response.json"
    private static let pickList = "entrata-getLeasePickList-r1-real.json"

    private static func connector(_ script: [ScriptedExchange]) throws -> any Connector {
        try EntrataFixtures.connector(
            ConnectorEnvironment(
                transport: ScriptedTransport(script),
                sleeper: ManualSleeper()
            )
        )
    }

    private static func fetch(_ property: String, leases: String) async throws -> SnapshotPart {
        let property = PMSPropertyID(property)
        let connector = try connector([
            exchange("propertyunits?page_no=1&per_page=500", units),
            exchange("leases?page_no=1&per_page=500", leases),
        ])
        var pages: [SnapshotPage] = []
        try await connector.fetch(property) { pages.append($0) }
        var decoder = connector.decoder(for: property)
        var part = try decoder.decode(pages[0])
        let second = try decoder.decode(pages[1])
        part.residencies = second.residencies
        part.problems = second.problems
        _ = try decoder.finish()
        return part
    }

    @Test(
        "The vendor's getLeases r2 example decodes",
        .enabled(if: sample(leases) != nil && sample(units) != nil, "the samples are missing")
    )
    func leasesDecode() async throws {
        let property = try #require(Self.values("propertyId", in: Self.leases).first)
        let part = try await Self.fetch(property, leases: Self.leases)
        #expect(part.problems.isEmpty)
        let residency = try #require(part.residencies.first)
        #expect(part.residencies.count == 1)
        #expect(try Self.values("id", in: Self.leases).contains(residency.key.lease))
        let unit = try #require(residency.key.unit)
        #expect(try Self.values("unitId", in: Self.leases) == [unit.text])
        #expect(residency.role == .primary)
        #expect(residency.status == .future)
        #expect(residency.leaseStart != nil && residency.leaseEnd != nil)
        #expect(residency.moveIn == residency.leaseStart)
        #expect(residency.moveOut == residency.leaseEnd)
        #expect(residency.email != nil && residency.phone != nil)
    }

    @Test(
        "The vendor's getLeases r1 example decodes, without people and with placeholders for dates",
        .enabled(if: sample(olderLeases) != nil && sample(units) != nil, "the samples are missing")
    )
    func olderLeasesDecode() async throws {
        let part = try await Self.fetch("1", leases: Self.olderLeases)
        #expect(part.problems.isEmpty)
        #expect(part.residencies.isEmpty)
    }

    @Test(
        "The vendor's getPropertyUnits example decodes, singletons for lists",
        .enabled(if: sample(leases) != nil && sample(units) != nil, "the samples are missing")
    )
    func unitsDecode() async throws {
        let property = try #require(Self.values("propertyId", in: Self.units).first)
        let part = try await Self.fetch(property, leases: Self.leases)
        #expect(part.units.count == 1)
        let unit = try #require(part.units.first)
        #expect(try Self.values("id", in: Self.units).contains(unit.id.text))
        #expect(try Self.values("unitNumber", in: Self.units).contains(unit.name))
        #expect(try Self.values("buildingName", in: Self.units) == [unit.building])
        // The leases of the other example are of another property.
        #expect(part.residencies.isEmpty)
        #expect(part.problems.map(\.effect) == [.incomplete])
    }

    @Test(
        "The vendor's getProperties example decodes",
        .enabled(if: sample(properties) != nil, "the sample is missing")
    )
    func propertiesDecode() async throws {
        let connector = try Self.connector([
            Self.exchange("properties?page_no=1&per_page=500", Self.properties)
        ])
        let properties = try await connector.properties()
        #expect(
            try Self.values("PropertyID", in: Self.properties) == Set(properties.map(\.id.text))
        )
        #expect(
            try Self.values("MarketingName", in: Self.properties) == Set(properties.map(\.name))
        )
    }

    @Test(
        "Every lease status of the captured pick list has a meaning",
        .enabled(
            if: sample(pickList) != nil && sample(properties) != nil && sample(units) != nil,
            "the samples are missing"
        )
    )
    func pickListDecodes() async throws {
        let connector = try Self.connector([
            Self.exchange("properties?page_no=1&per_page=500", Self.properties),
            Self.exchange("propertyunits?page_no=1&per_page=500", Self.units),
            Self.exchange("/v1/leases", Self.pickList),
        ])
        let checks = try await connector.check()
        #expect(checks.map(\.isAllowed) == [true, true, true])
        #expect(checks.last?.detail.contains("without meaning") == false)
    }
}
