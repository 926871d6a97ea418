"""The words of a made-up company: domains, the things they keep, what befalls those things.

A noun belongs to one domain, and no qualifier begins a noun, so a name made of
qualifier, noun and verb can be made in one way only.
"""

import re
from dataclasses import dataclass

_DOMAINS = """
shipping: Shipment Parcel Consignment Carrier Waybill Container Pallet Manifest Pickup DeliverySlot | Dispatched Delivered Delayed Rerouted
orders: Order OrderLine Basket Checkout Quotation Backorder Preorder Wishlist GiftMessage Fulfilment | Placed Amended Allocated Fulfilled
payments: Payment Authorisation Capture Refund Chargeback Mandate PaymentMethod Payout Settlement Wallet | Authorised Captured Declined Settled
billing: Invoice CreditNote DunningNotice BillingAccount BillingCycle Instalment Statement Surcharge Receivable WriteOff | Issued Paid Overdrawn Reminded
inventory: StockItem StockLevel Reservation Replenishment StockCount Allocation SafetyStock StockTransfer Lot SerialNumber | Reserved Depleted Replenished Counted
products: Product ProductVariant Category Attribute Brand ProductImage Bundle Assortment ProductReview Barcode | Listed Delisted Enriched Translated
pricing: Price PriceList Discount Promotion Coupon Markdown Tariff MarginRule PriceAlert ExchangeRate | Raised Lowered Simulated Redeemed
customers: Customer CustomerProfile Consent Preference Household Segment AddressBook CustomerNote Relationship Persona | Registered Merged Anonymised Verified
loyalty: LoyaltyAccount PointsBalance Reward Tier Voucher Badge Challenge Referral Stamp MembershipCard | Earned Granted Upgraded Forfeited
marketing: Campaign Audience Newsletter Banner LandingPage Lead Survey Advert Impression Attribution | Launched Paused Clicked Unsubscribed
returns: Return ReturnLabel Inspection Refurbishment Complaint Exchange RestockDecision Disposal RepairJob ReturnReason | Received Inspected Restocked Repaired
fraud: FraudCase RiskScore Watchlist Screening Alert DeviceFingerprint Dispute VelocityRule Blocklist Investigation | Flagged Cleared Escalated Blocked
ledger: JournalEntry LedgerAccount Posting Accrual Reconciliation ClosingPeriod CostCentre Budget Ledger TrialBalance | Posted Reversed Reconciled Locked
tax: TaxReturn TaxRate Exemption TaxJurisdiction CustomsDuty TaxCertificate VatNumber Withholding TaxAudit Levy | Filed Assessed Remitted Exempted
procurement: PurchaseOrder Requisition Tender Bid Contract Supplier GoodsReceipt SupplierInvoice Framework SourcingEvent | Awarded Negotiated Signed Onboarded
manufacturing: WorkOrder ProductionRun BillOfMaterials Routing Machine Tool Shift Batch Downtime Scrap | Started Halted Released Calibrated
quality: QualityCheck Defect Nonconformance Sample LabTest CorrectiveAction Recall Specification Calibration Deviation | Detected Contained Passed Failed
warehouse: PickList PutawayTask Bin Dock Wave PackingStation Slotting Robot Aisle LoadingBay | Picked Packed Loaded Unloaded
fleet: Vehicle Trip Driver Maintenance FuelCard Telematics Geofence Tachograph Trailer Depot | Departed Arrived Refuelled Serviced
support: Ticket Conversation SupportAgent Queue KnowledgeArticle Escalation Callback Satisfaction Macro Incident | Opened Assigned Resolved Reopened
identity: UserAccount Session Credential Role Permission AccessToken Group LoginAttempt Passkey Device | Activated Revoked Suspended Rotated
notifications: Notification EmailMessage SmsMessage PushMessage MessageTemplate DeliveryReport Subscription Digest Bounce Webhook | Sent Bounced Opened Throttled
insurance: Policy Claim Premium Coverage Underwriting Broker Endorsement Loss Beneficiary Reinsurance | Underwritten Lodged Renewed Lapsed
lending: Loan LoanApplication Repayment Collateral CreditLimit Guarantor CreditCheck InterestRate Arrears Amortisation | Disbursed Repaid Defaulted Restructured
people: Employee Position Absence Payslip Timesheet Candidate Appraisal Training Benefit Expense | Hired Promoted Relocated Reimbursed
facilities: Building Room Booking Visitor Lease Meter MaintenanceRequest Sensor AccessBadge ParkingSpace | Occupied Vacated Inspected Evacuated
compliance: Audit Control Attestation Breach RetentionRule DataRequest Sanction Regulation Evidence Disclosure | Reported Remediated Attested Waived
travel: Itinerary Flight HotelStay SeatAssignment Ticketing Luggage Boarding Transfer Excursion Visa | Boarded Upgraded Diverted Issued
"""  # noqa: E501  a table reads best with one row a line


def _several(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_SHARED_VERBS = _several(
    "Created Updated Cancelled Approved Rejected Completed Requested Scheduled Expired Archived "
    "Corrected Confirmed"
)

QUALIFIERS = _several(
    "Express Bulk Partner Draft Recurring Regional Internal External Digital Retail Wholesale "
    "Seasonal Priority Standard Select Corporate Domestic Overseas Temporary Legacy Mobile Store "
    "Outlet Franchise Pilot Emergency Consolidated Provisional Secondary Shared"
)

TEAM_WORDS = _several(
    "core platform flow integration insights operations experience foundations automation partners "
    "growth reliability"
)

SERVICE_WORDS = _several("Service Service Service Api Worker Gateway Engine Manager")

MODIFIERS = _several(
    "original expected actual previous requested confirmed estimated minimum maximum total net "
    "declared average remaining"
)

_MEASURES = """
quantity integer Number of units the {noun} covers
weight number Weight in kilograms, packaging included
volume number Volume in cubic metres
duration integer Time the {noun} takes, in minutes
distance number Distance in kilometres along the planned way
score number Between 0 and 1, higher is surer
priority integer Lower is more urgent
count integer How often this happened to the {noun} so far
temperature number Degrees Celsius at the last reading
ratio number Share of the whole, between 0 and 1
date date Calendar day in the time zone of the site
at date-time Moment in UTC
amount money Amount in the currency of the contract
reference code Reference the {noun} has in the system it came from
label text Short text shown to people
reason text Why the {noun} was changed, in the words of whoever did it
"""

_PARTICULARS = """
customerId id Customer on whose behalf this happened
accountId id Account that is charged
correlationId id Ties together everything that one request set off
causationId id Event that caused this one
tenantId code Company within the group
siteCode code Site, as the location register knows it
warehouseCode code Warehouse that holds the goods
channelCode code Sales channel through which it came
languageTag code Language for texts, as BCP 47 has it
countryCode code Country, two letters of ISO 3166
regionCode code Sales region
externalNumber code Number printed on the papers of the {noun}
batchNumber code Batch from which it was made
trackingNumber code Number by which partners can follow the {noun}
costCentreCode code Cost centre that bears the expense
createdBy text Person or program that created the {noun}
approvedBy text Person who approved the {noun}
contactEmail email Where questions about the {noun} go
documentUrl uri Where the signed document lies
trackingUrl uri Page on which the recipient can follow the {noun}
remarks text Free text for colleagues, never shown to customers
instructions text What to heed when handling the {noun}
validFrom date First day on which it applies
validUntil date Last day on which it applies
dueDate date Day by which it has to be done
recordedAt date-time When the fact was written down
effectiveAt date-time From when on it counts
expiresAt date-time When it stops being valid
revision integer Grows by one with each change of the {noun}
sequenceNumber integer Position among the events of this {noun}
attempt integer How many times it was tried
isUrgent flag Whether someone waits for it
isTest flag True for data that only tests use
requiresSignature flag Whether a signature is needed
requiresApproval flag Whether a second person has to agree
isTaxable flag Whether tax is due
"""

CHOICES: dict[str, tuple[str, ...]] = {
    "status": ("OPEN", "IN_PROGRESS", "ON_HOLD", "DONE", "CANCELLED"),
    "origin": ("WEB", "MOBILE_APP", "CALL_CENTRE", "PARTNER", "BATCH_IMPORT"),
    "severity": ("LOW", "MEDIUM", "HIGH", "CRITICAL"),
    "serviceLevel": ("ECONOMY", "STANDARD", "EXPRESS", "SAME_DAY"),
    "customerType": ("PRIVATE", "BUSINESS", "PUBLIC_SECTOR"),
    "reviewOutcome": ("ACCEPTED", "ACCEPTED_WITH_REMARKS", "REFUSED"),
    "environmentClass": ("AMBIENT", "CHILLED", "FROZEN", "HAZARDOUS"),
    "changeKind": ("ADDED", "REPLACED", "REMOVED"),
}

NESTED = _several("handler source destination decision schedule packaging limits provenance sender")

LISTED = _several(
    "items attachments adjustments checkpoints allocations notes participants segments"
)

CAUSES = (
    "Sent when someone at the counter settles the {noun}.",
    "Sent by the nightly run for each {noun} that fell due.",
    "Follows a decision taken by hand in the back office.",
    "Set off by a message from a partner abroad.",
    "Comes a few seconds after the customer pressed the button.",
    "Sent once all earlier checks of the {noun} have gone through.",
    "Follows a change of the master data behind the {noun}.",
    "Sent again, with the same id, if the first delivery failed.",
    "Sent as soon as the scanner at the gate has seen the {noun}.",
    "Follows an appeal, an audit or a complaint about the {noun}.",
)

CONSEQUENCES = (
    "Planning for the next day takes it into account.",
    "Readers may forget whatever they had kept about it before.",
    "Reports for the authorities are drawn from it.",
    "The customer gets an email about it.",
    "Stock and capacity are set aside until midnight.",
    "Money moves only after this.",
    "Dashboards in the control room turn amber.",
    "Late arrivals are expected: sort by the time it happened.",
    "Personal data inside must be gone after ninety days.",
    "Duplicates happen: compare identifiers.",
    "Forecasts learn from it.",
    "Partners see it through their portal within a minute.",
)


@dataclass(frozen=True, slots=True)
class Domain:
    name: str
    nouns: tuple[str, ...]
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name a field may have, the kind of its values, and its description with `{noun}`."""

    name: str
    kind: str
    description: str


def _domain(row: str) -> Domain:
    name, _, words = row.partition(":")
    nouns, _, verbs = words.partition("|")
    return Domain(name, _several(nouns), _SHARED_VERBS + _several(verbs))


def _attributes(table: str) -> tuple[Attribute, ...]:
    return tuple(Attribute(*row.split(maxsplit=2)) for row in table.strip().splitlines())


DOMAINS = tuple(_domain(row) for row in _DOMAINS.strip().splitlines())
MEASURES = _attributes(_MEASURES)
PARTICULARS = _attributes(_PARTICULARS)


def words(name: str) -> str:
    """Lower-case words of a name in camel case.

    >>> words("BillOfMaterials")
    'bill of materials'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
