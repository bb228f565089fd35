/// The shape of a payload, by which an empty list is told from one that is not understood.
struct YardiPayload {
    let root: StaticString
    /// The element that holds the records, and stands there without any of them, too.
    let list: StaticString
    let record: StaticString
    /// What the list may hold beside records.
    var companions: [StaticString] = []
}

extension YardiOperation {
    /// The payloads one of which an answer must hold.
    func payloads(in interface: YardiInterface) -> [YardiPayload] {
        // The other members that MITS gives a property.
        let companions: [StaticString] = ["PropertyID", "PropertyContacts"]
        switch (self, interface) {
        case (.properties, _):
            return [YardiPayload(root: "Properties", list: "Properties", record: "Property")]
        case (.units, _):
            return [
                YardiPayload(root: "UnitInformation", list: "Units", record: "UnitInfo"),
                YardiPayload(
                    root: "PhysicalProperty",
                    list: "Property",
                    record: "RT_Unit",
                    companions: companions
                ),
            ]
        case (.residents, .residentData):
            return [YardiPayload(root: "MITS-ResidentData", list: "Residents", record: "Resident")]
        case (.residents, .residentTransactions):
            return [
                YardiPayload(
                    root: "ResidentTransactions",
                    list: "Property",
                    record: "RT_Customer",
                    companions: companions
                )
            ]
        }
    }
}
