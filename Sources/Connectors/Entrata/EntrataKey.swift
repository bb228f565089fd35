/// The members of Entrata's answers that are read; everything else is left where it is.
enum EntrataKey: String, CodingKey {
    case response
    case result
    case attributes = "@attributes"
    case id
    case name

    case physicalProperty = "PhysicalProperty"
    case property = "Property"
    case propertyID = "PropertyID"
    case marketingName = "MarketingName"

    case unitProperties = "properties"
    case unitProperty = "property"
    case propertyId
    case units
    case unit
    case unitNumber
    case buildingName

    case leases
    case lease
    case leaseStatusTypeId
    case leaseIntervalStatus
    case leaseIntervalId
    case moveInDate
    case moveOutDate
    case unitId
    case unitSpaces
    case unitSpace
    case unitSpaceId
    case customers
    case customer
    case leaseIntervals
    case leaseInterval
    case startDate
    case endDate
    case leaseIntervalStatusTypeId
    case leaseIntervalStatusTypeName

    case customerType
    case firstName
    case lastName
    case nameFull
    case companyName
    case emailAddress
    case leaseCustomerStatus
    case relationshipName
    case phones
    case phone
    case phoneType
    case phoneNumber

    case leaseStatusTypes
    case leaseStatusType
}
