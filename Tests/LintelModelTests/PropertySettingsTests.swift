import LintelModel
import Testing

@Suite("Settings by key")
struct PropertySettingsTests {
    @Test("Every setting can be read, written by its own text, and has a name of its own")
    func keys() {
        let defaults = PropertySettings()
        for key in PropertySettings.keys {
            var settings = defaults
            #expect(key.set(&settings, key.get(defaults)) == nil, "\(key.name)")
            #expect(settings == defaults, "\(key.name)")
            #expect(!key.summary.isEmpty)
        }
        #expect(Set(PropertySettings.keys.map(\.name)).count == PropertySettings.keys.count)
    }

    static let values: [(key: String, text: String, shown: String)] = [
        ("user-sync", "on", "on"), ("user-sync", "TRUE", "on"), ("unit-sync", "off", "off"),
        ("unit-sync", "no", "off"), ("absence-minutes", "0", "0"), ("absence-minutes", "90", "90"),
        ("brake-removals", "7", "7"), ("brake-removals-percent", "100", "100"),
        ("brake-units", "0", "0"), ("brake-units-percent", "35", "35"), ("join-days", "14", "14"),
    ]

    @Test("A value is written and shown", arguments: values)
    func writing(name: String, text: String, shown: String) throws {
        let key = try #require(PropertySettings.keys.first { $0.name == name })
        var settings = PropertySettings()
        #expect(key.set(&settings, text) == nil)
        #expect(key.get(settings) == shown)
        for other in PropertySettings.keys where other.name != name {
            #expect(other.get(settings) == other.get(PropertySettings()))
        }
    }

    static let refusals: [(key: String, text: String, expected: String)] = [
        ("user-sync", "maybe", "on or off"), ("unit-sync", "", "on or off"),
        ("absence-minutes", "-1", "a whole number from 0 to 10080"),
        ("absence-minutes", "1.5", "a whole number from 0 to 10080"),
        ("brake-removals-percent", "101", "a whole number from 0 to 100"),
        ("brake-units-percent", "20%", "a whole number from 0 to 100"),
        ("join-days", "ten", "a whole number from 0 to 365"),
    ]

    @Test("A value that is none is refused with what was expected", arguments: refusals)
    func refusing(name: String, text: String, expected: String) throws {
        let key = try #require(PropertySettings.keys.first { $0.name == name })
        var settings = PropertySettings()
        #expect(key.set(&settings, text) == expected)
        #expect(settings == PropertySettings())
    }
}
