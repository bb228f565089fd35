import ConnectorKit
import ConnectorTesting
import Foundation
import LintelModel
import Testing

/// Residents name units by codes, and units are known by numbers: which unit a resident is in.
@Suite struct YardiUnitCodesTests {
    private typealias Given = YardiFixtures

    /// Residents by the codes of their units.
    private func fetch(
        units: [String],
        residents: KeyValuePairs<String, String>
    ) async -> ConnectorConformance.Outcome {
        await ConnectorConformance(Given.subject).fetch([
            Given.units(units),
            Given.residents(
                residents.map { Given.resident($0.key, "Ada", "Quill", unit: $0.value) }
            ),
        ])
    }

    @Test(
        "A resident whose unit is not listed is not in the unit that has its code for a number",
        arguments: [
            [String](), [Given.unitInfo("506", uniqueID: "999", extra: "<Excluded>1</Excluded>")],
            [Given.unitInfo("506", extra: "<Excluded>1</Excluded>")],
        ]
    )
    func unlistedCode(others: [String]) async {
        let outcome = await fetch(
            units: others + [Given.unitInfo("101", uniqueID: "506")],
            residents: ["t1": "506", "t2": "101"]
        )
        #expect(outcome.part.units.map(\.name) == ["101"])
        #expect(outcome.part.residencies.map(\.key.unit?.text) == ["code 506", "506"])
        #expect(outcome.part.unreadable.isEmpty)
        #expect(outcome.part.problems.isEmpty)
    }

    @Test("Where units have no numbers, a resident of one that is not listed waits under its code")
    func unlistedWithoutNumbers() async {
        let outcome = await fetch(units: [Given.unitInfo("101")], residents: ["t1": "506"])
        #expect(outcome.part.residencies.map(\.key.unit?.text) == ["506"])
    }

    @Test("A code that is the number of another unit puts nobody in either of them")
    func codeThatIsANumber() async {
        let outcome = await fetch(
            units: [
                Given.unitInfo("101", uniqueID: "506"), Given.unitInfo("506"),
                Given.unitInfo("102", uniqueID: "507"),
            ],
            residents: ["t1": "506", "t2": "101", "t3": "102"]
        )
        #expect(outcome.part.units.map(\.id.text) == ["506", "507"])
        #expect(outcome.part.residencies.map(\.key.resident.text) == ["t3"])
        #expect(outcome.part.unreadable.map(\.text) == ["t1", "t2"])
        #expect(outcome.part.problems.count == 3)
        #expect(outcome.part.problems.allSatisfy { $0.effect == .recordSkipped })
    }

    @Test(
        "A code of units in two buildings puts nobody in either of them",
        arguments: [
            [nil, nil, "101"], ["1", "1", "1"], ["1", "2", "1 2"], ["1", nil, "1 101"],
        ] as [[String?]]
    )
    func sharedCode(numbers: [String?]) async {
        let alone = Given.unitInfo("102", building: "North")
        let outcome = await fetch(
            units: [
                Given.unitInfo("101", uniqueID: numbers[0], building: "North"), alone,
                Given.unitInfo("101", uniqueID: numbers[1], building: "South"), alone,
            ],
            residents: ["t1": "101", "t2": "102"]
        )
        let listed = outcome.part.units.map(\.id.text).filter { $0 != "102" }
        #expect(listed.joined(separator: " ") == numbers[2])
        #expect(outcome.part.residencies.map(\.key.resident.text) == ["t2"])
        #expect(outcome.part.unreadable.map(\.text) == ["t1"])
        #expect(outcome.part.problems.last?.message.contains("101") == true)
        #expect(outcome.part.problems.allSatisfy { $0.effect == .recordSkipped })
    }

    @Test("A code that a unit shares with an excluded one in another building puts nobody there")
    func sharedWithExcluded() async {
        let outcome = await fetch(
            units: [
                Given.unitInfo("101", building: "North"),
                Given.unitInfo("101", building: "South", extra: "<Excluded>1</Excluded>"),
            ],
            residents: ["t1": "101"]
        )
        #expect(outcome.part.residencies.isEmpty)
        #expect(outcome.part.unreadable.map(\.text) == ["t1"])
    }

    @Test("A resident without a unit is not in the unit without a code")
    func noCode() async {
        let outcome = await fetch(
            units: [Given.unitInfo("", uniqueID: "85223")],
            residents: ["t1": ""]
        )
        #expect(outcome.part.residencies.map(\.key.unit) == [nil])
    }
}
