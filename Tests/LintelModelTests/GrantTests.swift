import LintelModel
import Testing

@Suite("What roles allow")
struct GrantTests {
    private static let own = PropertyID("own")
    private static let other = PropertyID("other")

    @Test("a portfolio manager may everything everywhere, whatever is named")
    func portfolioManager() {
        let grant = Grant(.portfolioManager, .properties([Self.own]))
        for permission in Permission.allCases {
            for property in [Self.own, Self.other, nil] {
                #expect(grant.allows(permission, at: property))
            }
        }
    }

    @Test("a property manager works at the properties named, and sets nothing up")
    func propertyManager() {
        let grant = Grant(.propertyManager, .properties([Self.own]))
        #expect(grant.allows(.read, at: Self.own))
        #expect(grant.allows(.operate, at: Self.own))
        #expect(!grant.allows(.manage, at: Self.own))
        for permission in Permission.allCases {
            #expect(!grant.allows(permission, at: Self.other))
            #expect(!grant.allows(permission, at: nil))
        }
    }

    @Test("a viewer sees, and changes nothing")
    func viewer() {
        let some = Grant(.viewer, .properties([Self.own]))
        #expect(some.allows(.read, at: Self.own))
        #expect(!some.allows(.read, at: Self.other))
        let all = Grant(.viewer, .everything)
        #expect(all.allows(.read, at: Self.other))
        #expect(all.allows(.read, at: nil))
        for grant in [some, all] {
            for property in [Self.own, Self.other, nil] {
                #expect(!grant.allows(.operate, at: property))
                #expect(!grant.allows(.manage, at: property))
            }
        }
    }
}

@Suite("The order of names with numbers")
struct NaturalOrderTests {
    @Test("2 stands before 10, and padding does not matter")
    func order() {
        let names = ["10", "2", "1A", "1", "B2", "a10", "A2", "002B", "PH1", "1-10", "1-2", ""]
        let sorted = names.sorted { NaturalOrder.key($0) < NaturalOrder.key($1) }
        #expect(
            sorted == ["", "1", "1-2", "1-10", "1A", "2", "002B", "10", "A2", "a10", "B2", "PH1"]
        )
    }
}
