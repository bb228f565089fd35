import Testing
import UnitMatching

/// What must never be certain.
@Suite("Never certain")
struct NeverCertainTests {
    @Test("what the lists do not prove is not certain", arguments: TrapCase.all + TrapCase.subtle)
    func traps(_ trap: TrapCase) throws {
        let last = try #require(Lists(pms: trap.pms, units: trap.units).proposals().last)
        #expect(last.verdict != .certain, "\(last.candidates)")
    }
}
