import LintelModel
import Operations
import Storage

/// Properties, units, people and assignments as programs see them.

extension Property: Resource {
    static let resourceName = "Property"
    static let members: [Field<Property>] = [
        Field("id", "Its id.") { $0.id },
        Field("name", "Its name.") { $0.name },
        Field("time_zone", "The IANA time zone whose civil days its days are.") { $0.timeZone },
        Field("user_sync", "Whether syncing creates and updates people.") { $0.settings.userSync },
        Field("unit_sync", "Whether syncing puts people into mapped units.") {
            $0.settings.unitSync
        },
    ]
}

extension Unit: Resource {
    static let resourceName = "Unit"
    static let members: [Field<Unit>] = [
        Field("id", "Its id.") { $0.id },
        Field("property_id", "The id of its property.") { $0.property },
        Field("building", "The building; empty in a property of one building.") { $0.building },
        Field("name", "The unit's name, unique in its building.") { $0.name },
        Field("floor", "The floor; may be empty.") { $0.floor },
        Field("label", "The unit as a person reads it: building and name.") { $0.label },
        Field("external_id", "What another system calls it.") { $0.externalID },
    ]
}

extension PropertyView.UnitRow: Resource {
    static let resourceName = "UnitInList"
    static let members: [Field<PropertyView.UnitRow>] = [
        Field("unit", "The unit.") { $0.unit },
        Field("current", "How many people stand in it.") { $0.current },
        Field("upcoming", "How many people will.") { $0.upcoming },
        Field("pms_units", "The PMS's own ids of what is mapped to it.") { $0.pmsUnits.map(\.id) },
    ]
}

extension Person: Resource {
    static let resourceName = "Person"
    static let members: [Field<Person>] = [
        Field("id", "Their id.") { $0.id },
        Field("first_name", "The first name.") { $0.firstName },
        Field("last_name", "The last name.") { $0.lastName },
        Field("email", "The e-mail address of their account.") { $0.email },
        Field("phone", "The telephone number.") { $0.phone },
        Field("is_archived", "Whether they are archived.") { $0.isArchived },
    ]
}

extension Assignment.State: Word {}
extension Assignment.Source: Word {}
extension PeopleIndex.Standing: Word {}

extension Assignment: Resource {
    static let resourceName = "Assignment"
    static let members: [Field<Assignment>] = [
        Field("id", "Its id.") { $0.id },
        Field("person_id", "Who stands in the unit.") { $0.person },
        Field("unit_id", "The unit.") { $0.unit },
        Field("state", "Whether it is still to begin, goes on, or is over.") { $0.state },
        Field("source", "Who put the person there.") { $0.source },
        Field("from", "The first day.") { $0.from },
        Field("until", "The day it ended; null while it is open.") { $0.until },
        Field("ended_at", "The instant it ended; null while it is open.") { $0.endedAt },
        Field("expected_until", "The move-out day the PMS states; it ends nothing by itself.") {
            $0.expectedUntil
        },
    ]
}

extension Operations.UnitRecord.Stay: Resource {
    static let resourceName = "UnitResident"
    static let members: [Field<Operations.UnitRecord.Stay>] = [
        Field("person", "Who.") { $0.person },
        Field("assignment", "Since when and until when.") { $0.assignment },
    ]
}

extension Operations.PersonStay: Resource {
    static let resourceName = "PersonUnit"
    static let members: [Field<Operations.PersonStay>] = [
        Field("unit", "The unit.") { $0.unit },
        Field("assignment", "Since when and until when.") { $0.assignment },
    ]
}

extension Operations.PersonRow: Resource {
    static let resourceName = "PersonInList"
    static let members: [Field<Operations.PersonRow>] = [
        Field("person", "Who.") { $0.person },
        Field("standing", "How they stand at the property.") { $0.standing },
        Field("units", "Current ones first, then upcoming, then ended ones from the last.") {
            $0.stays
        },
    ]
}

extension History.Entry: Resource {
    static let resourceName = "HistoryEntry"
    static let members: [Field<History.Entry>] = [
        Field("at", "When it was made.") { $0.at },
        Field("run_id", "The run, or the act of a person, that made it.") { $0.batch },
        Field("kind", "What changed: `person`, `link` or `assignment`.") { $0.kind },
        Field("person_id", "Whose change it is.") { $0.person },
        Field("unit_id", "The unit of an assignment.") { $0.unit },
        Field("rule", "The code of the rule that made it, which never changes.") { $0.code },
        Field("reason", "Why, as a sentence.") { $0.sentence },
        Field("pms_resident_id", "The PMS resident it came from.") { $0.resident },
        Field("undone_by", "The run that undid it.") { $0.undoneBy },
    ]
}

extension Operations.Because: Resource {
    static let resourceName = "Because"
    static let members: [Field<Operations.Because>] = [
        Field("what", "What is so.") { $0.what },
        Field("reason", "Why, as a sentence.") { $0.reason },
        Field("rule", "The code of the rule.") { $0.rule },
        Field("run_id", "The run or act that did it.") { $0.run },
        Field("at", "When.") { $0.instant },
        Field("pms", "What the PMS says now of the record it came from.") { $0.pms },
    ]
}
