/// Both lists read under one pair of forms: which buildings correspond, and which keys are equal.
struct Scheme: Sendable {
    let pmsForm: ListForm
    let unitForm: ListForm
    let pmsKeys: [UnitKey]
    let unitKeys: [UnitKey]
    let correspondence: BuildingCorrespondence
    /// Places of PMS units by the key of the other side that they claim.
    let claims: [UnitKey: [Int]]
    /// Places of units by their key.
    let places: [UnitKey: [Int]]

    init(pmsForm: ListForm, unitForm: ListForm, pmsKeys: [UnitKey], unitKeys: [UnitKey]) {
        self.pmsForm = pmsForm
        self.unitForm = unitForm
        self.pmsKeys = pmsKeys
        self.unitKeys = unitKeys
        let correspondence = BuildingCorrespondence(
            pmsKeys,
            unitKeys,
            isPrefixed: (!pmsForm.prefix.isEmpty, !unitForm.prefix.isEmpty)
        )
        self.correspondence = correspondence
        var claims: [UnitKey: [Int]] = Dictionary(minimumCapacity: pmsKeys.count)
        for (place, key) in pmsKeys.enumerated() {
            claims[correspondence.common(pms: key), default: []].append(place)
        }
        var places: [UnitKey: [Int]] = Dictionary(minimumCapacity: unitKeys.count)
        for (place, key) in unitKeys.enumerated() {
            places[correspondence.common(unit: key), default: []].append(place)
        }
        self.claims = claims
        self.places = places
        matches = claims.compactMap { key, claimants in
            claimants.count == 1 && places[key]?.count == 1 ? key : nil
        }
    }

    /// Keys that one PMS unit and one unit have alone.
    let matches: [UnitKey]
}
