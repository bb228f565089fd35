import Testing
import UnitMatching

/// What must never be certain.
@Suite("Never certain")
struct NeverCertainTests {
    @Test("what the lists do not prove is not certain", arguments: TrapCase.all)
    func traps(_ trap: TrapCase) throws {
        let last = try #require(Lists(pms: trap.pms, units: trap.units).proposals().last)
        #expect(last.verdict != .certain, "\(last.candidates)")
    }

    /// Each of these hands a key to a stranger as long as it stands here; one that no longer does fails
    /// this test, and belongs into ``TrapCase/all``.
    @Test("what is known to be certain without proof", arguments: TrapCase.open)
    func open(_ trap: TrapCase) throws {
        let last = try #require(Lists(pms: trap.pms, units: trap.units).proposals().last)
        withKnownIssue("\(trap.why)") {
            #expect(last.verdict != .certain, "\(last.candidates)")
        }
    }
}
