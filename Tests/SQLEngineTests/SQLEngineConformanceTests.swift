import SQLEngineTesting
import Testing

@Suite struct SQLEngineConformanceTests {
    @Test(
        "Every engine keeps the rule",
        arguments: TestEngine.allCases,
        SQLEngineConformance.all
    )
    func rule(_ engine: TestEngine, _ rule: SQLEngineConformance) async throws {
        try await engine.withDatabase { try await rule.check($0) }
    }
}
