// Made from openapi.json by `npm run gen`. Do not edit.

export interface Access {
  access_token: string
  token_type: "Bearer"
  expires_in: number
}

export interface Action {
  name: string
  label: string
  opinion: Opinion
  signature: boolean
  blocked?: string | null
}

export interface AddressPublic {
  created_at: string | null
  read_at: string | null
}

export interface AddressWithSecret {
  created_at: string | null
  read_at: string | null
  /** Goes behind the product's own address. */
  path: string
}

export interface AgreementPublic {
  things: number
  pairs: number
  exact: string | null
  gap: string | null
  alpha: string | null
}

export interface AlikeFindings {
  text: string
  units: DashboardsUnitRef[]
}

export interface AllocatedItem {
  criterion_id: string
  code: string
  title: string
  person_ids: string[]
}

export interface AllocationBody {
  items: AllocationRow[]
}

export interface AllocationPublic {
  group_id: string
  scorers: number
  items: AllocatedItem[]
  version: number
}

export interface AllocationRow {
  criterion_id: string
  person_ids?: string[]
}

export interface AnswerCount {
  chosen: number[]
  unfilled: number
  score: string | null
}

export interface ArchiveCreate {
  campaign_id: string
  unit_id?: string | null
}

export interface AssessmentPatch {
  code: string
  score: number | string | null
  source: string
}

export interface AssignBody {
  dry_run?: boolean
  confirms?: string | null
}

export interface Assigned {
  unit_id: string
  unit_name: string
  group_id: string
  group_name: string
  aside: string[]
  why: string
}

export interface AssignmentPublic {
  dry_run: boolean
  already: number
  assigned: Assigned[]
  not_assigned: NotAssigned[]
  loads?: GroupLoad[]
  digest: string
}

export interface AttachmentPart {
  title: string
  blocks: (HeadingPart | ParagraphPart | TablePart | PageBreakPart)[]
}

export interface Attendance {
  member_id: string
  name: string
  duty: string
  came: boolean
  reason: string
}

export interface AttendanceWritten {
  member_id: string
  came: boolean
  reason?: string
}

export type Audience = "unit" | "committee" | "restricted" | "admin"

export interface AuditRow {
  id: string
  seq: number
  name: string
  subject_id: string
  unit_id: string | null
  unit_name: string | null
  audience: Audience
  actor_id: string | null
  actor: string
  at: string
  data: Record<string, unknown>
}

export interface BallotCodeBody {
  code: string
}

export interface BallotCountBody {
  opinion?: string
  key: string
}

export interface BallotCreate {
  campaign_id: string
  unit_id: string
  title: string
  opens_at: string
  closes_at: string
  questions?: BallotQuestionInput[] | null
  groups?: BallotGroupInput[] | null
}

export interface BallotForm {
  unit_name: string
  year: number
  title: string
  group_name: string
  closes_at: string
  questions: BallotQuestionOutput[]
}

export interface BallotGradeInput {
  label: string
  points?: number | string | null
}

export interface BallotGradeOutput {
  label: string
  points?: string | null
}

export interface BallotGroupInput {
  code: string
  name: string
  weight: number | string
  codes: number
}

export interface BallotGroupOutput {
  code: string
  name: string
  weight: string
  codes: number
}

export interface BallotIssued {
  ballot: BallotPublic
  key: string
  groups: IssuedCodes[]
}

export interface BallotPaperCreate {
  code: string
  answers: (number | null)[]
}

export interface BallotPublic {
  id: string
  campaign_id: string
  unit_id: string
  unit_name: string
  title: string
  opens_at: string
  closes_at: string
  state: BallotState
  version: number
  actions: Action[]
  questions: BallotQuestionOutput[]
  groups: BallotGroupOutput[]
  turnout: Turnout[]
  hand_counts: HandCountPublic[]
  result: BallotResult | null
  record_hash: string
}

export interface BallotQuestionInput {
  text: string
  grades: BallotGradeInput[]
}

export interface BallotQuestionOutput {
  text: string
  grades: BallotGradeOutput[]
}

export interface BallotReceipt {
  tag: string
}

export interface BallotResult {
  groups: GroupResult[]
  issued: number
  returned: number
  valid: number
  answers: AnswerCount[]
  score: string | null
}

export interface BallotRow {
  id: string
  campaign_id: string
  unit_id: string
  unit_name: string
  title: string
  opens_at: string
  closes_at: string
  state: BallotState
  version: number
  actions: Action[]
}

export type BallotState = "drafted" | "issued" | "open" | "closed" | "counted" | "locked"

export interface BallotTagBody {
  tag: string
}

export interface BallotTagFound {
  unit_name: string
  year: number
  title: string
  record_hash: string
}

export interface BallotTags {
  tags: string[]
  record_hash: string
}

export interface BallotTemplate {
  questions: BallotQuestionOutput[]
  groups: BallotGroupOutput[]
}

export interface BallotUpdate {
  title?: string | null
  opens_at?: string | null
  closes_at?: string | null
  questions?: BallotQuestionInput[] | null
  groups?: BallotGroupInput[] | null
}

export interface Body_token_issue {
  grant_type: "password" | "refresh_token" | "client_credentials"
  username?: string
  password?: string
  refresh_token?: string
  client_id?: string
  client_secret?: string
  totp?: string
}

export interface Bootstrap {
  name: string
  display_name: string
  code: string
  password: string
}

export type BurdenKind = "plan" | "ledgers" | "evidence" | "self_report" | "co_assessments" | "material"

export interface BurdenPublic {
  collections: CollectionBurden[]
  units: UnitBurden[]
}

export interface CalendarEntry {
  id: string
  kind: EntryKind
  day: string
  starts_at: string | null
  ends_at: string | null
  title: string
  place: string
  subject_id: string | null
  unit_id: string | null
}

export interface CampaignCreate {
  year: number
  name: string
  nature?: Nature
  basis_authority?: string
  basis_number?: string
  basis_title?: string
  basis_valid_from?: string | null
  basis_valid_until?: string | null
  plan_filing?: boolean
  evidence_grace_hours?: number
  standard_id?: string | null
}

export interface CampaignPublic {
  year: number
  name: string
  nature: Nature
  basis_authority: string
  basis_number: string
  basis_title: string
  basis_valid_from?: string | null
  basis_valid_until?: string | null
  plan_filing: boolean
  evidence_grace_hours: number
  id: string
  standard_id: string | null
  standard_name: string | null
  state: CampaignState
  windows: WindowPublic[]
  version: number
  actions: Action[]
}

export interface CampaignRef {
  id: string
  year: number
  name: string
  state: string
}

export type CampaignState = "drafted" | "open" | "inspecting" | "settling" | "closed"

export interface CampaignUpdate {
  year?: number | null
  name?: string | null
  nature?: Nature | null
  basis_authority?: string | null
  basis_number?: string | null
  basis_title?: string | null
  basis_valid_from?: string | null
  basis_valid_until?: string | null
  plan_filing?: boolean | null
  evidence_grace_hours?: number | null
  standard_id?: string | null
}

export interface CasReturn {
  ticket: string
}

export interface Cause {
  column: string
  code: string
  hint: string
  count: number
  first: RowError[]
}

export interface Change {
  code: string
  code_before: string | null
  label: string
  before: string | null
  now: string | null
  change: string | null
  reasons: string[]
}

export interface Changes {
  year_before: number | null
  total_before: string | null
  total: string
  parts: Change[]
  dimensions: Change[]
  items: Change[]
}

export interface Check {
  label: string
  met: boolean
  note: string
}

export type CheckLevel = "error" | "warning" | "ok"

export interface ClauseInput {
  number: number
  text: string
  points: number | string
}

export interface ClauseOutput {
  number: number
  text: string
  points: string
}

export interface CoAssessmentCreate {
  campaign_id: string
  code: string
  title: string
  owner_department?: string
  owner_id?: string | null
}

export interface CoAssessmentPublic {
  id: string
  campaign_id: string
  code: string
  title: string
  owner_department: string
  owner_id: string | null
  owner_name: string | null
  results: number
  released: number
  units: number
  version: number
}

export interface CoAssessmentUpdate {
  title?: string | null
  owner_department?: string | null
  owner_id?: string | null
}

export interface CoResultBatch {
  rows: CoResultRow[]
}

export interface CoResultBody {
  score: number | string
  grade?: string
  note?: string
  source?: string
}

export interface CoResultChangePublic {
  score: string
  grade: string
  note: string
  source: string
  way: ResultWay
  changed_by: string
  changed_at: string
}

export interface CoResultPublic {
  unit_id: string
  unit_name: string
  id: string | null
  score: string | null
  grade: string | null
  note: string | null
  source: string | null
  updated_at: string | null
  updated_by: string | null
  released_at: string | null
  version: number
}

export interface CoResultRow {
  score: number | string
  grade?: string
  note?: string
  source?: string
  unit_id: string
  version?: number | null
}

export interface CoassessorPublic {
  id: string
  name: string
}

export interface CodeBody {
  code: string
}

export interface CollectionBurden {
  kind: BurdenKind
  id: string | null
  title: string
  asked: number
  given: number
}

export type CollectionState = "drafted" | "sent" | "closed"

export interface CommendationPublic {
  id: string
  comparison_id: string
  comparison_name: string
  unit_id: string
  unit_name: string
  place: number | null
  merits: string
  withdrawn_reason: string
  withdrawn_by: string
  withdrawn_at: string | null
  version: number
}

export interface CommendationUpdate {
  merits: string
}

export interface CommitteeDashboard {
  as_of: string
  campaign: CampaignRef | null
  units: Figure
  complaints: Figure
  stages?: StageStatus[]
  plans?: Record<string, Figure>
  self_reports?: Record<string, Figure>
  inspections?: Record<string, Figure>
  results?: Record<string, Figure>
  rectifications?: Record<string, Figure>
  late_plans?: Figure | null
  late_reports?: Figure | null
  overdue_measures?: Figure | null
  open_objections?: Figure | null
}

export interface ComparisonCreate {
  name: string
  first_campaign_id: string
  second_campaign_id: string
  places?: number
  quotas?: Record<string, number>
  notice_days?: number
  formula?: FormulaInput
}

export interface ComparisonOutcome {
  first_year: number
  second_year: number
  formula: FormulaOutput
  places: number
  quotas?: Record<string, number>
  rows: Place[]
  scenarios?: Scenario[]
  missing: string[]
  differences: string[]
}

export interface ComparisonPublic {
  leadership_opinion: string
  leadership_by: string
  leadership_at: string | null
  name: string
  first_campaign_id: string
  second_campaign_id: string
  places: number
  quotas?: Record<string, number>
  notice_days: number
  id: string
  state: ComparisonState
  first_year: number
  second_year: number
  formula: FormulaOutput
  inputs_hash: string | null
  outcome_hash: string | null
  deliberation: string
  departure: string
  notice_until: string | null
  version: number
  updated_at: string
  actions: Action[]
}

export type ComparisonState = "drafted" | "frozen" | "deliberated" | "noticed" | "announced"

export interface ComplaintCreate {
  kind: ComplaintKind
  text: string
  named?: boolean
}

export type ComplaintKind = "complaint" | "suggestion"

export interface ComplaintPublic {
  kind: ComplaintKind
  text: string
  named: boolean
  id: string
  author: string | null
  mine: boolean
  state: ComplaintState
  answer: string
  answered_by: string
  answered_at: string | null
  created_at: string
  version: number
  actions: Action[]
}

export type ComplaintState = "received" | "answered"

export interface Computed {
  computed: number
  kept: number
  missing: string[]
}

export interface Conclusion {
  opinion?: string
  outcome: ReferralOutcome
}

export type ConflictKind = "group" | "inspector" | "meeting" | "holiday"

export interface ConsolidationItem {
  criterion_id: string
  code: string
  title: string
  dimension: string
  points: string
  opinions: OpinionPublic[]
  gap: string
  agreed: boolean
  decision: DecisionPublic | null
  outdated: boolean
}

export interface ConsolidationPublic {
  inspection_id: string
  waiting: string[]
  can_decide: boolean
  items: ConsolidationItem[]
}

export interface CopiedFile {
  evidence_id: string
  file_name: string
  last_year: boolean
  others: boolean
  units: string[]
}

export interface CopiedPassage {
  place: string
  text: string
  others_percent: number
  last_year: OtherText[]
  others: OtherText[]
}

export interface CopyCheck {
  kind: CopyKind
  subject_id: string
  passages: number
  like_last_year: number
  like_others: number
  percent_last_year: number
  percent_others: number
  items: CopiedPassage[]
  files: CopiedFile[]
  numbers: UnseenNumber[]
}

export type CopyKind = "plan" | "self_report"

export interface CorrectionCreate {
  items?: ItemPatch[]
  assessments?: AssessmentPatch[]
  reason: string
}

export interface CorrectionLines {
  items?: ItemPatch[]
  assessments?: AssessmentPatch[]
}

export interface CorrectionPreview {
  total: string
  grade: string
  before_total: string
  before_grade: string
  changes: Changes
}

export interface CorrectionPublic {
  id: string
  result_id: string
  unit_id: string
  revision: number
  state: CorrectionState
  reason: string
  total: string
  grade: string
  before_total: string
  before_grade: string
  outcome_hash: string
  before_outcome_hash: string
  drafted_by: string
  published_by: string
  published_at: string | null
  created_at: string
  version: number
  changes: Changes
  actions: Action[]
}

export type CorrectionState = "drafted" | "published" | "dismissed"

export interface CriterionCreate {
  code: string
  title: string
  text?: string
  kind: CriterionKind
  source_ref?: string
  source_rule?: string
  suggested_indicator?: string
  suggested_evidence?: string
  ledgers?: string[]
}

export type CriterionKind = "qualitative" | "yes_no" | "quantitative"

export interface CriterionName {
  id: string
  code: string
  title: string
}

export interface CriterionPublic {
  code: string
  title: string
  text: string
  kind: CriterionKind
  source_ref: string
  source_rule: string
  suggested_indicator: string
  suggested_evidence: string
  id: string
  standard_id: string
  dimension_id: string
  ledgers: string[]
}

export interface CriterionUpdate {
  code?: string | null
  title?: string | null
  text?: string | null
  kind?: CriterionKind | null
  source_ref?: string | null
  source_rule?: string | null
  suggested_indicator?: string | null
  suggested_evidence?: string | null
  ledgers?: string[] | null
}

export interface Crossing {
  unit_name: string
  place: number | null
  then: number | null
  comes_in: boolean
}

export interface DayBody {
  working: boolean
  name: string
}

export interface DayPublic {
  day: string
  working: boolean
  name: string
  shipped: boolean
  version: number
}

export interface DecidedDeduction {
  clause: string
  clause_number?: number | null
  times: number
  fact: string
  evidence_id?: string | null
  evidence_title: string
  absence: string
  points: string
  inspector: string
}

export type Decision = "accepted" | "returned"

export interface DecisionBody {
  deduction_ids?: string[]
  own?: DeductionBody[]
  reason?: string
}

export interface DecisionPublic {
  id: string
  criterion_id: string
  lost: string
  restored: string
  score: string
  deductions: DecidedDeduction[]
  reason: string
  decided_by: string
  version: number
}

export interface DeductionBody {
  clause: string
  clause_number?: number | null
  times?: number
  fact: string
  absence?: string
  evidence_id?: string | null
  points: number | string
}

export interface DeductionPublic {
  clause: string
  clause_number?: number | null
  times: number
  fact: string
  absence: string
  evidence_id?: string | null
  points: string
  id: string
  evidence_title: string
  inspector: string
}

export interface Defect {
  pointer: string
  code: string
  detail: string
}

export interface Deliberation {
  opinion?: string
  unit_ids: string[]
  departure?: string
}

export type DeliveryOutcome = "waiting" | "delivered" | "failed"

export interface DeliveryPublic {
  id: string
  webhook_id: string
  event_id: string
  name: string
  subject_id: string
  outcome: DeliveryOutcome
  attempts: number
  next_at: string
  created_at: string
  ended_at: string | null
  body: string
  tries: DeliveryTry[]
}

export interface DeliveryTry {
  at: string
  status: number | null
  seconds: number
  answer: string
}

export interface DimensionEntry {
  code: string
  title: string
}

export interface DimensionPublic {
  id: string
  code: string
  title: string
}

export interface DimensionsBody {
  dimensions: DimensionEntry[]
}

export interface DisagreementPublic {
  unit_id: string
  unit_name: string
  best: string
  worst: string
  results: PlacedResult[]
}

export interface DocumentCreate {
  kind: DocumentKind
  subject_id: string
}

export type DocumentKind = "annual_plan" | "self_report" | "inspection_notice" | "feedback_letter" | "result_circular" | "commendation" | "interview_notice" | "interview_record" | "rectification_notice" | "referral_letter" | "receipt" | "meeting_material"

export interface DocumentPublic {
  title: string
  addressee: string
  series: string
  receipt_days: number
  id: string
  campaign_id: string
  unit_id: string
  kind: DocumentKind
  subject_id: string
  state: DocumentState
  year: number | null
  ordinal: number | null
  number: string | null
  issued_on: string | null
  recipients: number
  received: number
  updated_at: string
  version: number
  actions: Action[]
  copies_to: string[]
  opening: string
  closing: string
  opening_changed: boolean
  closing_changed: boolean
  drafted_by: string
  issued_by: string
  withdrawn_reason: string
  withdrawn_at: string | null
  frozen_hash: string | null
  waits: string | null
  paper: Paper
  violations: ViolationPublic[]
  units: RecipientPublic[]
  may_edit: boolean
  may_receive: boolean
}

export interface DocumentRow {
  title: string
  addressee: string
  series: string
  receipt_days: number
  id: string
  campaign_id: string
  unit_id: string
  kind: DocumentKind
  subject_id: string
  state: DocumentState
  year: number | null
  ordinal: number | null
  number: string | null
  issued_on: string | null
  recipients: number
  received: number
  updated_at: string
  version: number
  actions: Action[]
}

export type DocumentState = "draft" | "issued" | "withdrawn"

export interface DocumentTicketPublic {
  url: string
  expires_at: string
}

export interface DocumentUpdate {
  title?: string | null
  addressee?: string | null
  series?: string | null
  receipt_days?: number | null
  copies_to?: string[] | null
  opening?: string | null
  closing?: string | null
}

export interface EntryBatch {
  campaign_id: string
  kind: LedgerKind
  unit_id?: string | null
  rows: EntryRow[]
}

export interface EntryCreate {
  title?: string
  happened_on: string
  ended_on?: string | null
  external_code?: string | null
  member_ids?: string[]
  details?: Record<string, unknown>
  campaign_id: string
  kind: LedgerKind
  unit_id?: string | null
}

export type EntryKind = "window" | "visit" | "meeting" | "measure" | "rectification" | "objection" | "todo"

export interface EntryMember {
  id: string
  name: string
}

export interface EntryPublic {
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  kind: LedgerKind
  title: string
  happened_on: string
  ended_on: string | null
  external_code: string | null
  members: EntryMember[]
  details: Record<string, unknown>
  version: number
  updated_at: string
  updated_by: string
}

export interface EntryRow {
  title?: string
  happened_on: string
  ended_on?: string | null
  external_code?: string | null
  member_ids?: string[]
  details?: Record<string, unknown>
}

export interface EntryUpdate {
  title?: string | null
  happened_on?: string | null
  ended_on?: string | null
  external_code?: string | null
  member_ids?: string[] | null
  details?: Record<string, unknown> | null
}

export interface Escalation {
  opinion?: string
  department: string
  request: ReferralOutcome
  receiver_id: string
}

export interface EventFeed {
  items: EventPublic[]
  next_cursor: string
}

export interface EventPublic {
  id: string
  name: string
  subject_id: string
  unit_id: string | null
  actor: string
  at: string
  data: Record<string, unknown>
}

export interface EvidenceCell {
  criterion_id: string
  code: string
  title: string
  dimension: string
  status: string
  links: number
}

export interface EvidenceCreate {
  title: string
  kind?: EvidenceKind
  covers_from?: string | null
  covers_until?: string | null
  note?: string
  campaign_id: string
  not_secret: true
  file_name?: string | null
  files?: FileCreate[]
  links?: LinkTarget[]
}

export type EvidenceKind = "meeting" | "document" | "report" | "study" | "record" | "picture" | "press" | "award" | "figures" | "other"

export interface EvidencePublic {
  title: string
  kind: EvidenceKind
  covers_from?: string | null
  covers_until?: string | null
  note: string
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  state: EvidenceState
  file_name: string
  sha256: string | null
  size: number | null
  media_type: string
  files: FilePublic[]
  late: boolean
  received_at: string | null
  reused_from_id: string | null
  uploaded_by: string
  created_at: string
  updated_at: string
  version: number
  uses: EvidenceUse[]
  saved: number
  actions: Action[]
  same: SameFile[]
  revisions: FilePublic[]
}

export interface EvidenceReuse {
  campaign_id: string
  not_secret: true
  links?: LinkTarget[]
}

export interface EvidenceRow {
  title: string
  kind: EvidenceKind
  covers_from?: string | null
  covers_until?: string | null
  note: string
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  state: EvidenceState
  file_name: string
  sha256: string | null
  size: number | null
  media_type: string
  files: FilePublic[]
  late: boolean
  received_at: string | null
  reused_from_id: string | null
  uploaded_by: string
  created_at: string
  updated_at: string
  version: number
  uses: EvidenceUse[]
  saved: number
  actions: Action[]
}

export type EvidenceState = "promised" | "available" | "withdrawn"

export interface EvidenceSuggestion {
  id: string
  year: number
  code: string
  title: string
  kind: EvidenceKind
  covers_from: string | null
  covers_until: string | null
  files: number
  size: number
  verdict: Verdict
  reused: boolean
}

export interface EvidenceSummary {
  available: number
  promised: number
  bytes: number
  criteria: number
  measures: number
  rejected: number
  saved: number
}

export interface EvidenceUpdate {
  title?: string | null
  kind?: EvidenceKind | null
  covers_from?: string | null
  covers_until?: string | null
  note?: string | null
}

export interface EvidenceUse {
  id: string
  kind: LinkKind
  target_id: string
  label: string
  title: string
  verdict: Verdict
  reason: string
  locked: boolean
}

export type Example = "default" | "deduction" | "parts" | "levels"

export interface ExportCreate {
  kind: "ledger-entries" | "measures" | "units" | "members" | "people" | "problems" | "plans" | "evidence" | "self-reports" | "inspections" | "findings" | "objections" | "extras" | "co-assessment-results" | "results" | "interviews" | "rectifications" | "progress" | "team-meetings" | "evidence-manifests" | "manifest-lines" | "inspection-groups" | "recusals" | "co-assessments" | "ballots" | "comparisons" | "commendations" | "notice-objections" | "referrals" | "complaints" | "evidence-pack"
  format?: ExportFormat
  filters?: Record<string, unknown>
}

export type ExportFormat = "xlsx" | "csv" | "zip"

export interface ExportPublic {
  id: string
  unit_id: string
  asked_by: string
  kind: string
  format: ExportFormat
  state: ExportState
  rows: number
  file_name: string
  size: number | null
  sha256: string | null
  created_at: string
  expires_at: string | null
  version: number
  filters: Record<string, unknown>
  left_out: string[]
  progress: Progress | null
}

export type ExportState = "waiting" | "running" | "done" | "failed" | "expired"

export interface ExportSummary {
  id: string
  unit_id: string
  asked_by: string
  kind: string
  format: ExportFormat
  state: ExportState
  rows: number
  file_name: string
  size: number | null
  sha256: string | null
  created_at: string
  expires_at: string | null
  version: number
}

export interface ExportTicketPublic {
  url: string
  expires_at: string
}

export interface ExtraCreate {
  code: string
  times?: number
  fact: string
  evidence_id?: string | null
  absence?: string
  document?: string
  campaign_id: string
  unit_id: string
}

export type ExtraKind = "bonus" | "penalty"

export type ExtraOrigin = "unit" | "committee" | "department"

export interface ExtraPublic {
  code: string
  times: number
  fact: string
  evidence_id?: string | null
  absence: string
  document: string
  id: string
  campaign_id: string
  year: number
  unit_id: string
  unit_name: string
  kind: MatterKind
  clause: string
  points: string
  grade: string
  evidence_title: string | null
  department: string | null
  state: ExtraState
  origin: ExtraOrigin
  raised_by: string
  created_at: string
  noticed_by: string
  noticed_at: string | null
  notice_until: string | null
  view: string
  viewed_by: string
  viewed_at: string | null
  answer: string
  answered_by: string
  answered_at: string | null
  decision: string
  decided_by: string
  decided_at: string | null
  version: number
  actions: Action[]
}

export interface ExtraRuleInput {
  code: string
  kind: ExtraKind
  text: string
  points: number | string
  times_most?: number
  notice_days?: number
}

export interface ExtraRuleOutput {
  code: string
  kind: ExtraKind
  text: string
  points: string
  times_most: number
  notice_days: number
}

export interface ExtraRulePublic {
  code: string
  kind: MatterKind
  text: string
  points: string
  times_most: number
  notice_days: number
  grade: string
  assessment: string
  department: string
  refused: string | null
}

export interface ExtraRules {
  items: ExtraRulePublic[]
}

export type ExtraState = "raised" | "noticed" | "effective" | "dismissed" | "lifted" | "withdrawn"

export interface FeedbackPublic {
  inspection: InspectionPublic
  points: string
  score: string
  items: ItemScore[]
  findings: FindingPublic[]
  may_object: boolean
}

export interface FieldChange {
  field: string
  before: string
  after: string
}

export interface Figure {
  value: number
  list: string | null
}

export interface FileBody {
  format: "word" | "pdf"
}

export interface FileCreate {
  file_name: string
  sha256?: string | null
  size?: number | null
  replaces_id?: string | null
}

export interface FilePublic {
  id: string
  position: number
  file_name: string
  path: string | null
  declared_sha256: string | null
  declared_size: number | null
  sha256: string | null
  size: number | null
  media_type: string
  pages: number | null
  promised_at: string
  received_at: string | null
  late: boolean
  uploaded_by: string
  replaces_id: string | null
  replaced_at: string | null
}

export interface Find {
  kind: SearchKind
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string | null
  title: string
  snippet: string
  marks: unknown[][]
  parent_id: string | null
  place: string
  on: string
}

export interface FindingCreate {
  criterion_id: string
  text: string
  root_cause?: string
  inspection_id: string
}

export interface FindingLine {
  id: string
  code: string
  text: string
  rectification_id: string | null
}

export interface FindingPublic {
  criterion_id: string
  text: string
  root_cause: string
  id: string
  inspection_id: string
  unit_id: string
  unit_name: string
  criterion_code: string
  criterion_title: string
  found_by: string
  version: number
}

export interface FormulaInput {
  kind?: FormulaKind
  first_percent?: number
  threshold?: number | string
}

export interface FormulaOutput {
  kind: FormulaKind
  first_percent: number
  threshold: string
}

export type FormulaKind = "mean" | "weighted" | "both"

export interface FrozenDeduction {
  clause: string
  times: number
  fact: string
  evidence_id?: string | null
  evidence_title: string
  absence: string
  points: string
  inspector: string
}

export interface GradeInput {
  name: string
  at_least: number | string
  no_zero_item?: boolean
  dimension_percent?: number
}

export interface GradeOutput {
  name: string
  at_least: string
  no_zero_item: boolean
  dimension_percent: number
}

export interface GrantBody {
  role: Role
  unit_id?: string | null
}

export interface GrantPublic {
  id: string
  role: Role
  unit_id: string | null
  unit_name: string | null
}

export interface Grounds {
  total: string
  below: string
  grade: string
  findings: number
  many: number
  items: string[]
}

export interface GroupCreate {
  campaign_id: string
  name: string
  leader_id?: string | null
  member_ids?: string[]
}

export interface GroupLoad {
  group_id: string
  group_name: string
  before: number
  after: number
}

export interface GroupPublic {
  id: string
  campaign_id: string
  name: string
  leader_id: string | null
  members: InspectorName[]
  inspections: number
  version: number
}

export interface GroupResult {
  code: string
  name: string
  weight: string
  issued: number
  returned?: number | null
  valid?: number | null
  kept_sealed: boolean
  left_out?: LeftOut | null
  answers: AnswerCount[]
  score?: string | null
}

export interface GroupUpdate {
  name?: string | null
  leader_id?: string | null
  member_ids?: string[] | null
}

export interface HTTPValidationError {
  detail?: ValidationError[]
}

export type HalfDay = "morning" | "afternoon"

export interface HandCountCreate {
  issued: number
  returned: number
  valid: number
  chosen: number[][]
  group: string
}

export interface HandCountEntry {
  issued: number
  returned: number
  valid: number
  chosen: number[][]
  entered_by: string
}

export type HandCountProgress = "none" | "half" | "different" | "agreed"

export interface HandCountPublic {
  group: string
  round: number
  state: HandCountProgress
  mine: boolean
  entries: HandCountEntry[]
}

export interface Handler {
  id: string
  name: string
}

export interface HeadingPart {
  type: "heading"
  level: number
  text: string
}

export interface HealthPublic {
  product_version: string
  schema_version: string
  database_version: string
  database_now: string
  database_bytes: number
  disk_total_bytes: number
  disk_free_bytes: number
}

export interface HeatColumn {
  code: string
  title: string
  of: string
}

export interface HeatItem {
  code: string
  title: string
  of: string
  criterion_id: string
  dimension: string
  got: string
  evidence: number
}

export interface HeatRow {
  unit_id: string
  unit_name: string
  unit_class: string
  result_id: string
  total: string
  grade: string
  findings: number
  change: string | null
  gap: string | null
  scores: Record<string, string>
}

export interface HeatTable {
  campaign: CampaignRef
  columns: HeatColumn[]
  rows: HeatRow[]
}

export interface HeatUnit {
  campaign: CampaignRef
  unit_id: string
  unit_name: string
  result_id: string
  total: string
  grade: string
  items: HeatItem[]
}

export interface Held {
  opinion?: string
  attendees: string
  attendance?: AttendanceWritten[]
  text?: string
  held_on: string
  place: string
}

export interface HeldPaper {
  evidence_id: string
  title: string
  code: string
}

export interface HistoryLine {
  id: string
  name: string
  label: string
  at: string
  actor: string
  opinion: string
}

export interface Holding {
  unit_id: string
  unit_name: string
  count: number
  first_id: string
  first_title: string
}

export type ImportFormat = "xlsx" | "csv" | "ndjson" | "json"

export type ImportMode = "atomic" | "partial"

export interface ImportPublic {
  id: string
  unit_id: string
  asked_by: string
  kind: string
  campaign_id: string | null
  mode: ImportMode
  dry_run: boolean
  format: ImportFormat
  file_name: string
  size: number
  state: ImportState
  total: number
  created: number
  updated: number
  unchanged: number
  refused: number
  made_id: string | null
  made_name: string | null
  created_at: string
  finished_at: string | null
  version: number
  causes: Cause[]
  progress: Progress | null
  actions: Action[]
}

export type ImportState = "received" | "checking" | "checked" | "writing" | "done" | "refused" | "failed"

export interface ImportSummary {
  id: string
  unit_id: string
  asked_by: string
  kind: string
  campaign_id: string | null
  mode: ImportMode
  dry_run: boolean
  format: ImportFormat
  file_name: string
  size: number
  state: ImportState
  total: number
  created: number
  updated: number
  unchanged: number
  refused: number
  made_id: string | null
  made_name: string | null
  created_at: string
  finished_at: string | null
  version: number
}

export interface InOffice {
  member_id: string
  name: string
  duty: string
}

export interface Indicator {
  criterion: IndicatorCode
  title: string
  value: string | null
  target: string
  measure: "人" | "项" | "%" | "次"
  status: Status
  summary: string
  forecast?: string | null
  missing?: number | null
  part?: number | null
  whole?: number | null
  as_of: string
  members: MemberFigure[]
  checks: Check[]
}

export type IndicatorCode = "A13" | "A14" | "A15" | "A16" | "B8" | "B12" | "C6"

export interface IndicatorOpened {
  indicator: Indicator
  rows: IndicatorRow[]
}

export interface IndicatorRow {
  entry_id: string
  kind: LedgerKind
  title: string
  happened_on: string
  ended_on: string | null
  member_id?: string | null
  member_name: string
  counted: string
  reason: string
}

export interface InspectionPublic {
  id: string
  campaign_id: string
  unit_id: string
  unit_name: string
  group_id: string
  group_name: string
  state: InspectionState
  visit_on: string | null
  visit_half: HalfDay | null
  visit_place: string
  feedback_at: string | null
  objections_until: string | null
  confirmed_at: string | null
  my_sheet_id: string | null
  my_judged: number
  version: number
  updated_at: string
  actions: Action[]
  leader_id: string | null
  inspectors: string[]
  aside: string[]
}

export interface InspectionRow {
  id: string
  campaign_id: string
  unit_id: string
  unit_name: string
  group_id: string
  group_name: string
  state: InspectionState
  visit_on: string | null
  visit_half: HalfDay | null
  visit_place: string
  feedback_at: string | null
  objections_until: string | null
  confirmed_at: string | null
  my_sheet_id: string | null
  my_judged: number
  version: number
  updated_at: string
  actions: Action[]
}

export type InspectionState = "planned" | "in_progress" | "scored" | "feedback" | "finalized"

export interface InspectionUpdate {
  visit_on?: string | null
  visit_half?: HalfDay | null
  visit_place?: string | null
  group_id?: string | null
  reason?: string
}

export interface InspectorName {
  id: string
  name: string
}

export interface InspectorPublic {
  id: string
  name: string
  unit_name: string | null
  group_ids: string[]
}

export interface InterviewCreate {
  result_id: string
  reason: string
}

export interface InterviewPublic {
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  year: number
  state: InterviewState
  grounds: Grounds
  meeting_at: string | null
  place: string
  notified_at: string | null
  received_at: string | null
  held_on: string | null
  rectifications: number
  verified: number
  created_at: string
  version: number
  actions: Action[]
  result_id: string
  reason: string
  proposed_by: string
  approved_by: string
  approved_at: string | null
  topics: string
  received_by: string
  unit_confirmed_at: string | null
  unit_confirmed_by: string
  unit_remark: string
  committee_confirmed_at: string | null
  committee_confirmed_by: string
  verification: string
  recheck_on: string | null
  recheck: string
  rechecked_at: string | null
  rechecked_by: string
  readers: Reader[]
  may_read: boolean
  may_name_readers: boolean
  findings: FindingLine[]
  history: HistoryLine[]
  referral_id: string | null
}

export interface InterviewRow {
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  year: number
  state: InterviewState
  grounds: Grounds
  meeting_at: string | null
  place: string
  notified_at: string | null
  received_at: string | null
  held_on: string | null
  rectifications: number
  verified: number
  created_at: string
  version: number
  actions: Action[]
}

export interface InterviewRulesInput {
  below?: number | string
  findings?: number
}

export interface InterviewRulesOutput {
  below: string
  findings: number
}

export type InterviewState = "proposed" | "approved" | "notified" | "held" | "recorded" | "rectifying" | "verified" | "closed" | "escalated"

export interface IssuedCodes {
  group: string
  codes: string[]
}

export interface ItemAgreement {
  things: number
  pairs: number
  exact: string | null
  gap: string | null
  alpha: string | null
  code: string
  title: string
}

export interface ItemChange {
  code: string
  title: string
  before: string
  now: string
  change: string
}

export interface ItemEvidence {
  link_id: string
  link_version: number
  evidence_id: string
  title: string
  file_name: string
  media_type: string
  size: number | null
  state: EvidenceState
  verdict: Verdict
  reason: string
}

export interface ItemFacts {
  criterion_id: string
  code: string
  title: string
  text: string
  kind: CriterionKind
  dimension: string
  dimension_title: string
  source_ref: string
  source_rule: string
  points: string
  clauses: ClauseOutput[]
  levels: LevelOutput[]
  own_words: OwnWords | null
  measures: OwnMeasure[]
  indicator: Indicator | null
  ledger_rows: Record<string, number>
  evidence: ItemEvidence[]
  last_year: LastYear | null
}

export interface ItemHistory {
  criterion_id: string
  code: string
  title: string
  points: string
  score: string | null
  events: ScoreEvent[]
}

export interface ItemOverYears {
  code: string
  title: string
  years: ItemYear[]
  flat: boolean
}

export interface ItemPatch {
  code: string
  lost: number | string
  reason: string
}

export interface ItemRulesInput {
  points: number | string
  floor?: number | string
  clauses?: ClauseInput[]
  levels?: LevelInput[]
}

export interface ItemRulesOutput {
  points: string
  floor: string
  clauses?: ClauseOutput[]
  levels?: LevelOutput[]
}

export interface ItemScore {
  criterion_id: string
  code: string
  title: string
  dimension: string
  points: string
  lost: string
  restored: string
  score: string
  deductions: DecidedDeduction[]
  reason: string
  objection: ObjectionPublic | null
}

export interface ItemYear {
  year: number
  code: string
  share: string
  same: string
  units: number
}

export interface JudgementBody {
  doubt?: boolean
  note?: string
  deductions?: DeductionBody[]
}

export interface JudgementPublic {
  id: string
  sheet_id: string
  criterion_id: string
  doubt: boolean
  note: string
  deductions: DeductionPublic[]
  lost: string
  score: string
  version: number
  updated_at: string
}

export interface KindQuery {
  kind: DocumentKind
}

export type Lamp = "green" | "yellow" | "red"

export interface LastObjection {
  state: ObjectionState
  decision: string
  restored: string
}

export interface LastYear {
  year: number
  code: string
  title: string
  points: string
  score: string
  deductions: DecidedDeduction[]
  reason: string
  objection: LastObjection | null
}

export interface LeadershipDashboard {
  as_of: string
  campaign: CampaignRef | null
  settled: CampaignRef | null
  sentences?: Part[][]
  watch?: Watched[]
  changes?: ItemChange[]
  trend?: YearAverage[]
}

export type LedgerKind = "T3" | "T4" | "T5" | "T6" | "T7" | "T8" | "T9" | "T10" | "T11" | "T12" | "T13" | "T14" | "T15" | "T16" | "T17" | "T18" | "T19" | "T20"

export interface LedgerPublic {
  kind: string
  name: string
  hint: string
  criteria: string[]
  derived: boolean
  writable: boolean
  count: number
  last_on: string | null
  title_label: string | null
  happened_label: string
  ended_label: string | null
  members: MembersPublic | null
  details_schema: Record<string, unknown> | null
}

export type LeftOut = "none" | "few"

export interface LeniencyPublic {
  id: string
  name: string
  items: number
  raw: string | null
  shrunk: string | null
  outlying: string | null
}

export interface LevelInput {
  name: string
  text?: string
  points: number | string
}

export interface LevelOutput {
  name: string
  text: string
  points: string
}

export type LineState = "waiting" | "received" | "replaced" | "withdrawn"

export type LinkKind = "criterion" | "measure" | "entry" | "finding" | "self_report" | "co_assessment" | "rectification"

export interface LinkOutcome {
  status: LinkStatus
  link_id?: string | null
  code?: string | null
  detail?: string | null
}

export interface LinkPublic {
  id: string
  kind: LinkKind
  target_id: string
  label: string
  title: string
  verdict: Verdict
  reason: string
  locked: boolean
  evidence_id: string
  version: number
  actions: Action[]
}

export type LinkStatus = "created" | "exists" | "refused"

export interface LinkTarget {
  criterion_id?: string | null
  measure_id?: string | null
  entry_id?: string | null
  finding_id?: string | null
  self_report_id?: string | null
  co_assessment_id?: string | null
  rectification_id?: string | null
}

export interface LinkWanted {
  criterion_id?: string | null
  measure_id?: string | null
  entry_id?: string | null
  finding_id?: string | null
  self_report_id?: string | null
  co_assessment_id?: string | null
  rectification_id?: string | null
  evidence_id: string
}

export interface Linkage {
  kind: LinkageKind
  reference: string
}

export type LinkageKind = "democratic_meeting" | "discipline_inspection" | "study" | "performance"

export interface LinksBody {
  links: LinkWanted[]
}

export interface Login {
  name: string
  password: string
  totp?: string
}

export interface LookBack {
  opinion?: string
  result: RecheckResult
  due_on?: string | null
}

export interface ManifestCreate {
  campaign_id: string
  not_secret: true
  lines: ManifestLine[]
}

export interface ManifestLine {
  path: string
  size: number
  sha256: string
  codes?: string[]
  title?: string | null
  kind?: EvidenceKind
  covers_from?: string | null
  covers_until?: string | null
}

export interface ManifestLineRow {
  id: string
  position: number
  path: string
  size: number
  sha256: string
  codes: string[]
  title: string
  state: LineState
  evidence_id: string
  file_id: string
  received_at: string | null
  late: boolean
}

export interface ManifestPublic {
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  number: string
  received_at: string
  content_hash: string
  lines: number
  total_size: number
  late: boolean
  made_by: string
  waiting: number
  unchanged: number
  as_of: string
  closes_at: string | null
  grace_until: string | null
  received: number
  late_files: number
}

export interface ManifestRow {
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  number: string
  received_at: string
  content_hash: string
  lines: number
  total_size: number
  late: boolean
  made_by: string
  waiting: number
  unchanged: number
}

export interface MappingPair {
  old_code: string
  new_code: string
  note?: string
}

export interface MappingPublic {
  old_standard_id: string
  old_criterion_id: string
  old_code: string
  old_title: string
  new_criterion_id: string
  new_code: string
  new_title: string
  note: string
}

export interface MappingsBody {
  old_standard_id: string
  pairs: MappingPair[]
}

export interface MaterialCollectionCreate {
  title: string
  basis: string
  note?: string
  codes?: string[]
  ledgers?: LedgerKind[]
  covers_from: string
  covers_until: string
  due_on: string
  campaign_id: string
  unit_ids: string[]
}

export interface MaterialCollectionPublic {
  id: string
  campaign_id: string
  title: string
  basis: string
  codes: string[]
  ledgers: LedgerKind[]
  due_on: string
  state: CollectionState
  sent_at: string | null
  version: number
  actions: Action[]
  note: string
  covers_from: string
  covers_until: string
  needs: Need[]
}

export interface MaterialCollectionRow {
  id: string
  campaign_id: string
  title: string
  basis: string
  codes: string[]
  ledgers: LedgerKind[]
  due_on: string
  state: CollectionState
  sent_at: string | null
  version: number
  actions: Action[]
}

export interface MaterialCollectionUpdate {
  title?: string | null
  basis?: string | null
  note?: string | null
  codes?: string[] | null
  ledgers?: LedgerKind[] | null
  covers_from?: string | null
  covers_until?: string | null
  due_on?: string | null
  reasons?: Record<string, string> | null
}

export interface MaterialLine {
  kind: "paper" | "ledger"
  name: string
  asked_by: string[]
  held: HeldPaper[]
  rows: number
  open: string[]
}

export interface MaterialList {
  inspection_id: string
  unit_id: string
  unit_name: string
  asked: number
  lines: MaterialLine[]
}

export interface MatrixCell {
  criterion_id: string
  code: string
  title: string
  dimension: string
  shown: Shown
  accepted: number
  unreviewed: number
  rejected: number
  promised: number
}

export interface MatterFileBody {
  format: "word" | "pdf"
  kind: DocumentKind
  subject_id: string
}

export type MatterKind = "bonus" | "penalty" | "veto"

export interface Me {
  id: string
  name: string
  display_name: string
  unit: AccountsUnitRef | null
  member_id: string | null
  roles: Role[]
  views: View[]
  scopes: string[]
}

export interface MeasureBatch {
  rows: MeasureCreate[]
}

export interface MeasureContent {
  id: string
  number: number
  problem_id: string | null
  problem: number | null
  text: string
  owner: string
  co_owners: string[]
  due_on: string | null
  expected_output: string
  linkages: Linkage[]
}

export interface MeasureCreate {
  text?: string
  owner_id?: string | null
  due_on?: string | null
  expected_output?: string
  problem_id?: string | null
  co_owners?: string[]
  linkages?: Linkage[]
}

export interface MeasurePublic {
  text: string
  owner_id?: string | null
  due_on?: string | null
  expected_output: string
  id: string
  unit_id: string
  unit_name: string
  plan_id: string
  year: number
  number: number
  problem_id: string | null
  problem_number: number | null
  owner_name: string | null
  co_owners: string[]
  linkages: Linkage[]
  overdue: boolean
  percent: number
  reported_at: string | null
  completed_on: string | null
  state: MeasureState
  updated_at: string
  version: number
  actions: Action[]
}

export type MeasureState = "planned" | "in_progress" | "completion_requested" | "completed"

export interface MeasureUpdate {
  text?: string | null
  problem_id?: string | null
  owner_id?: string | null
  due_on?: string | null
  expected_output?: string | null
  co_owners?: string[] | null
  linkages?: Linkage[] | null
}

export interface MeetingCreate {
  held_on: string
  subject: string
  summary?: string
  campaign_id: string
}

export interface MeetingPublic {
  held_on: string
  subject: string
  summary: string
  id: string
  unit_id: string
  campaign_id: string
  version: number
}

export interface MeetingUpdate {
  held_on?: string | null
  subject?: string | null
  summary?: string | null
}

export interface MemberCreate {
  name: string
  duty: string
  rank_order?: number
  terms: TermBody[]
}

export interface MemberFigure {
  member_id: string
  name: string
  value: string
  target: string
  status: Status
  forecast: string | null
  days_in_office: number
}

export interface MemberPublic {
  name: string
  duty: string
  rank_order: number
  id: string
  unit_id: string
  person_id: string | null
  version: number
  terms: TermBody[]
}

export interface MemberUpdate {
  name?: string | null
  duty?: string | null
  rank_order?: number | null
  terms?: TermBody[] | null
}

export interface MembersPublic {
  label: string
  required: boolean
}

export interface Moved {
  moved: number
}

export interface Nameable {
  id: string
  name: string
}

export type Nature = "activity" | "appraisal"

export interface Need {
  code: string
  is_ledger: boolean
  units_asked: number
  units_holding: number
  reason: string
  held: Holding[]
}

export interface Node {
  kind: "total" | "part" | "dimension" | "item" | "assessment" | "group" | "extra"
  missing: boolean
  code: string
  label: string
  of: string
  got: string
  lost: string
  formula: string
  note: string
  deductions?: FrozenDeduction[]
  children?: Node[]
}

export type NodeKind = "entry" | "problem" | "measure" | "evidence" | "finding" | "interview" | "rectification" | "referral"

export interface NotAssigned {
  unit_id: string
  unit_name: string
  reason: string
}

export interface Notice {
  opinion?: string
  meeting_at: string
  place: string
  topics?: string
}

export interface NoticeObjectionCreate {
  comparison_id: string
  about_id?: string | null
  text: string
  evidence_id?: string | null
  sender?: string
}

export interface NoticeObjectionPublic {
  comparison_id: string
  about_id?: string | null
  text: string
  evidence_id?: string | null
  id: string
  comparison_name: string
  unit_id: string | null
  unit_name: string | null
  about_name: string
  evidence_title: string | null
  sender: string
  state: NoticeObjectionState
  filed_by: string
  created_at: string
  answer: string
  answered_by: string
  answered_at: string | null
  version: number
  actions: Action[]
}

export type NoticeObjectionState = "filed" | "upheld" | "dismissed"

export interface NoticePublic {
  id: string
  name: string
  first_year: number
  second_year: number
  state: ComparisonState
  notice_days: number
  notice_until: string | null
  teams: NoticedTeam[]
  may_object: boolean
}

export interface NoticedTeam {
  unit_id: string
  unit_name: string
  merits: string
  withdrawn: boolean
}

export interface ObjectionCreate {
  criterion_id: string
  grounds: string
  evidence_id?: string | null
  inspection_id: string
}

export interface ObjectionPublic {
  criterion_id: string
  grounds: string
  evidence_id?: string | null
  id: string
  inspection_id: string
  unit_id: string
  unit_name: string
  group_name: string
  criterion_code: string
  criterion_title: string
  evidence_title: string | null
  lost: string
  state: ObjectionState
  filed_by: string
  created_at: string
  decision: string
  restored: string
  decided_by: string
  decided_at: string | null
  version: number
  actions: Action[]
}

export type ObjectionState = "filed" | "under_review" | "upheld" | "partly_upheld" | "dismissed"

export interface OidcReturn {
  state: string
  code?: string
  iss?: string | null
  error?: string
}

export type Opinion = "none" | "optional" | "required"

export interface OpinionPublic {
  sheet_id: string
  inspector: string
  lost: string
  doubt: boolean
  note: string
  deductions: DeductionPublic[]
}

export interface Order {
  ids: string[]
}

export type Origin = "finding" | "interview" | "problem" | "democratic_meeting" | "discipline_inspection"

export interface OtherText {
  unit_id: string
  unit_name: string
  year: number
  place: string
  text: string
  percent: number
}

export interface Outcome {
  total: string
  grade: string
  grade_reason: string
  findings: number
  tree: Node
}

export interface OwnMeasure {
  id: string
  problem: string
  text: string
  state: MeasureState
  due_on: string | null
  completed_on: string | null
}

export interface OwnWords {
  state: string
  text: string
  passages: string[]
}

export interface PageBreakPart {
  type: "page_break"
}

export interface PageOfAuditRow {
  items: AuditRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfBallotRow {
  items: BallotRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfCampaignPublic {
  items: CampaignPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfCoAssessmentPublic {
  items: CoAssessmentPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfCoResultPublic {
  items: CoResultPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfCommendationPublic {
  items: CommendationPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfComparisonPublic {
  items: ComparisonPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfComplaintPublic {
  items: ComplaintPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfDeliveryPublic {
  items: DeliveryPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfDocumentRow {
  items: DocumentRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfEntryPublic {
  items: EntryPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfEvidenceRow {
  items: EvidenceRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfExportSummary {
  items: ExportSummary[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfExtraPublic {
  items: ExtraPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfFindingPublic {
  items: FindingPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfGroupPublic {
  items: GroupPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfImportSummary {
  items: ImportSummary[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfInspectionRow {
  items: InspectionRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfInterviewRow {
  items: InterviewRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfManifestLineRow {
  items: ManifestLineRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfManifestRow {
  items: ManifestRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfMaterialCollectionRow {
  items: MaterialCollectionRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfMeasurePublic {
  items: MeasurePublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfMeetingPublic {
  items: MeetingPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfNoticeObjectionPublic {
  items: NoticeObjectionPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfObjectionPublic {
  items: ObjectionPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfPersonPublic {
  items: PersonPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfPlanRow {
  items: PlanRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfProblemPublic {
  items: ProblemPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfProgressPublic {
  items: ProgressPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfRectificationRow {
  items: RectificationRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfRecusalPublic {
  items: RecusalPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfReferralRow {
  items: ReferralRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfResultRow {
  items: ResultRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfRowError {
  items: RowError[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfSelfReportRow {
  items: SelfReportRow[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfServiceAccountPublic {
  items: ServiceAccountPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfStandardSummary {
  items: StandardSummary[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfUnitPublic {
  items: UnitPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PageOfWebhookPublic {
  items: WebhookPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface Paper {
  organ: string
  title: string
  blocks: (HeadingPart | ParagraphPart | TablePart | PageBreakPart)[]
  number?: string | null
  addressee?: string | null
  signature: string
  dated?: string | null
  attachments: AttachmentPart[]
  copies_to: string[]
  printed_by: string
  printed_on?: string | null
  red_heading: boolean
  mark?: string | null
  contact?: string | null
}

export interface ParagraphPart {
  type: "paragraph"
  text: string
  align: "justify" | "left" | "center" | "right"
  indent: boolean
}

export interface Part {
  text: string
  list?: string | null
}

export interface PasswordChange {
  current: string
  new: string
}

export interface PersonCreate {
  name: string
  display_name: string
  grants?: GrantBody[]
}

export interface PersonPublic {
  name: string
  display_name: string
  id: string
  disabled_at: string | null
  version: number
  grants: GrantPublic[]
}

export interface PersonUpdate {
  display_name?: string | null
}

export interface PersonWithPassword {
  name: string
  display_name: string
  id: string
  disabled_at: string | null
  version: number
  grants: GrantPublic[]
  initial_password: string
}

export interface Place {
  unit_id: string
  unit_name: string
  unit_class: string
  first: string
  second: string
  mean: string
  change: string
  place: number | null
  tied: boolean
  within: boolean
  at_line: boolean
  best_place: number | null
  worst_place: number | null
}

export interface PlacedResult {
  code: string
  title: string
  score: string
}

export interface PlanChange {
  section: "plan" | "problem" | "measure"
  kind: "added" | "removed" | "changed"
  id?: string | null
  number?: number | null
  fields: FieldChange[]
}

export interface PlanContent {
  unit: string
  year: number
  basis: string
  goals: string
  content: string
  problems: ProblemContent[]
  measures: MeasureContent[]
}

export interface PlanCreate {
  basis?: string
  goals?: string
  content?: string
  campaign_id: string
}

export interface PlanDiff {
  before: number
  after: number | null
  changes: PlanChange[]
}

export interface PlanPublic {
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  year: number
  state: PlanState
  draft_number: number
  in_force_number: number | null
  signed_at: string | null
  late: boolean
  problem_count: number | null
  measure_count: number | null
  updated_at: string
  updated_by: string
  version: number
  actions: Action[]
  basis: string | null
  goals: string | null
  content: string | null
  last_return: PlanReturn | null
}

export interface PlanReturn {
  number: number
  opinion: string
  by: string
  at: string
}

export interface PlanRow {
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  year: number
  state: PlanState
  draft_number: number
  in_force_number: number | null
  signed_at: string | null
  late: boolean
  problem_count: number | null
  measure_count: number | null
  updated_at: string
  updated_by: string
  version: number
  actions: Action[]
}

export type PlanState = "draft" | "team_review" | "filed" | "returned" | "in_force" | "closed"

export interface PlanUpdate {
  basis?: string | null
  goals?: string | null
  content?: string | null
}

export interface PlannedVisit {
  inspection_id: string
  version: number
  visit_on: string | null
  visit_half?: HalfDay | null
  visit_place?: string
}

export interface Prefill {
  as_of: string
  sections: PrefillSection[]
}

export interface PrefillSection {
  dimension: string
  title: string
  text: string
  facts: ReportFigure[]
}

export interface PreviewPublic {
  kind: DocumentKind
  subject_id: string
  final: boolean
  waits: string | null
  document_id: string | null
  paper: Paper
  violations: ViolationPublic[]
}

export type ProblemCategory = "thought" | "work" | "prominent" | "weak"

export interface ProblemContent {
  id: string
  number: number
  text: string
  category: ProblemCategory
  member: string
  source: ProblemSource
  source_note: string
  criteria: string[]
  linkages: Linkage[]
}

export interface ProblemCreate {
  text: string
  category: ProblemCategory
  member_id?: string | null
  source?: ProblemSource
  source_note?: string
  criteria?: string[]
  linkages?: Linkage[]
  source_id?: string | null
}

export interface ProblemPublic {
  text: string
  category: ProblemCategory
  member_id?: string | null
  source: ProblemSource
  source_note: string
  id: string
  unit_id: string
  unit_name: string
  plan_id: string
  year: number
  number: number
  member_name: string | null
  criteria: CriterionName[]
  linkages: Linkage[]
  carried_from_id: string | null
  source_id: string | null
  measure_count: number
  completed_count: number
  overdue_count: number
  state: ProblemState
  updated_at: string
  version: number
  actions: Action[]
}

export type ProblemSource = "self" | "democratic_meeting" | "discipline_inspection" | "study" | "performance" | "finding" | "rectification" | "carried_over"

export type ProblemState = "open" | "closing_requested" | "closed" | "carried_over"

export interface ProblemUpdate {
  text?: string | null
  category?: ProblemCategory | null
  member_id?: string | null
  source?: ProblemSource | null
  source_note?: string | null
  criteria?: string[] | null
  linkages?: Linkage[] | null
}

export interface Progress {
  done: number
  phase: string
  at: string
}

export interface ProgressCreate {
  text: string
  percent: number
}

export interface ProgressPublic {
  id: string
  measure_id: string
  text: string
  percent: number
  reported_at: string
  reported_by: string
}

export interface Questions {
  settled: CampaignRef | null
  at_least: number
  flat_percent: number
  units: number
  recurring?: RecurringItem[]
  items?: ItemOverYears[]
  moved?: UnitChange[]
  disagreeing?: DisagreementPublic[]
}

export interface Quota {
  grade: string
  unit_class?: string
  percent: number
}

export interface Reader {
  id: string
  name: string
  role: string
}

export interface Readers {
  person_ids: string[]
  opinion: string
}

export type ReceiptBody = Record<string, never>

export interface ReceiptPublic {
  number: string
  unit_name: string
  campaign_name: string
  state: SelfReportState
  signed_by: string
  submitted_at: string
  late: boolean
  content_hash: string
  files: number
}

export interface Receiver {
  id: string
  name: string
}

export type RecheckResult = "holds" | "relapsed"

export interface RecipientPublic {
  id: string | null
  unit_id: string
  unit_name: string
  received_at: string | null
  received_by: string
  late: boolean
}

export interface RecordPublic {
  id: string
  interview_id: string
  held_on: string | null
  place: string
  attendees: string
  attendance: Attendance[]
  text: string
  taken_by: string
  content_hash: string
  version: number
  updated_at: string
  updated_by: string
  may_edit: boolean
}

export interface RecordUpdate {
  held_on?: string | null
  place?: string | null
  attendees?: string | null
  attendance?: AttendanceWritten[] | null
  text?: string | null
}

export interface Recount {
  same: boolean
  stored_hash: string
  recounted_hash: string
}

export interface RecoveryCodes {
  codes: string[]
}

export interface RectificationCreate {
  text: string
  cause?: string
  action?: string
  owner_id?: string | null
  handler_id?: string | null
  due_on: string
  finding_id?: string | null
  interview_id?: string | null
  problem_id?: string | null
  entry_id?: string | null
}

export interface RectificationPublic {
  text: string
  cause: string
  action: string
  owner_id?: string | null
  handler_id?: string | null
  due_on: string
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  year: number
  finding_id: string | null
  interview_id: string | null
  problem_id: string | null
  entry_id: string | null
  origin: Origin | null
  code: string | null
  owner_name: string | null
  handler_name: string | null
  carried_from_id: string | null
  state: RectificationState
  lamp: Lamp | null
  days_left: number | null
  reported_at: string | null
  verified_at: string | null
  recheck_on: string | null
  recheck_result: RecheckResult | null
  version: number
  actions: Action[]
  report: string
  reported_by: string
  verified_by: string
  recheck: string
  rechecked_at: string | null
  rechecked_by: string
  assigned_by: string
  origin_text: string | null
  carried_to_id: string | null
  may_edit: string[]
  history: HistoryLine[]
}

export interface RectificationRow {
  text: string
  cause: string
  action: string
  owner_id?: string | null
  handler_id?: string | null
  due_on: string
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  year: number
  finding_id: string | null
  interview_id: string | null
  problem_id: string | null
  entry_id: string | null
  origin: Origin | null
  code: string | null
  owner_name: string | null
  handler_name: string | null
  carried_from_id: string | null
  state: RectificationState
  lamp: Lamp | null
  days_left: number | null
  reported_at: string | null
  verified_at: string | null
  recheck_on: string | null
  recheck_result: RecheckResult | null
  version: number
  actions: Action[]
}

export type RectificationState = "assigned" | "reported" | "returned" | "verified" | "carried_over"

export interface RectificationUpdate {
  text?: string | null
  due_on?: string | null
  cause?: string | null
  action?: string | null
  owner_id?: string | null
  handler_id?: string | null
  report?: string | null
}

export interface Recurrence {
  unit_id: string
  unit_name: string
  kind: NodeKind
  id: string
  year: number
  code: string
  text: string
  earlier_kind: NodeKind
  earlier_id: string
  earlier_year: number
  earlier_text: string
  linked: boolean
  likeness: number
}

export interface Recurrences {
  alike: number
  items: Recurrence[]
}

export interface RecurringItem {
  code: string
  title: string
  units: number
  findings: number
  alike: AlikeFindings[]
}

export interface RecusalCreate {
  person_id: string
  unit_id: string
  kind?: RecusalKind
  reason: string
  left_on?: string | null
}

export type RecusalKind = "relative" | "worked_there" | "other"

export interface RecusalPublic {
  id: string
  person_id: string
  person_name: string
  unit_id: string
  unit_name: string
  kind: RecusalKind
  reason: string
  left_on: string | null
  declared_by: string
  declared_at: string | null
  withdrawn_at: string | null
  withdrawn_by: string
  withdrawal: string
  may_withdraw: boolean
}

export interface ReferralCreate {
  department: string
  request: ReferralOutcome
  reason: string
  unit_id: string
  campaign_id: string
  interview_id?: string | null
  receiver_id: string
}

export interface ReferralFilePublic {
  id: string
  file_name: string
  size: number
  media_type: string
  added_by: string
  added_at: string
}

export type ReferralOutcome = "help" | "adjustment"

export interface ReferralPublic {
  leadership_opinion: string
  leadership_by: string
  leadership_at: string | null
  department: string
  request: ReferralOutcome
  reason: string
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  year: number
  state: ReferralState
  sent_at: string | null
  acknowledged_at: string | null
  concluded_at: string | null
  outcome: ReferralOutcome | null
  version: number
  actions: Action[]
  receiver_id: string
  receiver_name: string
  grounds: Grounds | null
  drafted_by: string
  approved_by: string
  approved_at: string | null
  concluded_by: string
  outcome_text: string
  interview_id: string | null
  files: ReferralFilePublic[]
  may_edit: boolean
  history: HistoryLine[]
}

export interface ReferralRow {
  department: string
  request: ReferralOutcome
  reason: string
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  year: number
  state: ReferralState
  sent_at: string | null
  acknowledged_at: string | null
  concluded_at: string | null
  outcome: ReferralOutcome | null
  version: number
  actions: Action[]
}

export type ReferralState = "drafted" | "approved" | "sent" | "acknowledged" | "concluded"

export interface ReferralTicketPublic {
  url: string
  expires_at: string
}

export interface ReferralUpdate {
  department?: string | null
  request?: ReferralOutcome | null
  reason?: string | null
  receiver_id?: string | null
}

export interface ReplayRequest {
  since: string
}

export interface Replayed {
  count: number
}

export interface ReportCheck {
  code: string
  level: CheckLevel
  text: string
  dimension?: string | null
  href?: string | null
}

export interface ReportFigure {
  key: string
  label: string
  value: string
  href: string
}

export interface ReportReturn {
  opinion: string
  by: string
  at: string
}

export interface RestoreBody {
  opinion?: string
  restored: number | string
}

export interface ResultPublic {
  id: string
  unit_id: string
  unit_name: string
  unit_class: string
  campaign_id: string
  year: number
  state: ResultState
  total: string
  grade: string
  findings: number
  published_at: string | null
  revision: number
  version: number
  actions: Action[]
  inputs_hash: string
  outcome_hash: string
  computed_by: string
  approved_by: string
  updated_at: string
}

export interface ResultRow {
  id: string
  unit_id: string
  unit_name: string
  unit_class: string
  campaign_id: string
  year: number
  state: ResultState
  total: string
  grade: string
  findings: number
  published_at: string | null
  revision: number
  version: number
  actions: Action[]
}

export type ResultState = "computed" | "approved" | "published"

export type ResultWay = "form" | "bulk" | "system"

export type Role = "unit.lead" | "unit.deputy" | "unit.office" | "unit.member" | "committee.officer" | "committee.inspector" | "committee.leader" | "coassessor" | "leadership" | "dept.receiver" | "admin.system" | "admin.security" | "admin.audit" | "system"

export interface Rotation {
  overlap_hours?: number
}

export type Rounding = "half_up" | "half_even" | "down"

export interface RowError {
  row: number | null
  sheet: string
  column: string
  code: string
  value: string
  hint: string
}

export interface RulesInput {
  dimensions: Record<string, number | string>
  items: Record<string, ItemRulesInput>
  not_for?: Record<string, string[]>
  scorers?: number
  co_share?: number | string
  co_weights?: Record<string, number | string>
  ballot_share?: number | string
  rater_groups?: Record<string, number | string>
  extras?: ExtraRuleInput[]
  bonus_most?: number | string
  penalty_most?: number | string
  ceiling?: number | string
  vetoes?: VetoRule[]
  grades: GradeInput[]
  quotas?: Quota[]
  places?: number
  rounding?: Rounding
  objection_days?: number
  interview?: InterviewRulesInput
  days_not_counted?: string[]
}

export interface RulesOutput {
  dimensions: Record<string, string>
  items: Record<string, ItemRulesOutput>
  not_for?: Record<string, string[]>
  scorers: number
  co_share: string
  co_weights?: Record<string, string>
  ballot_share: string
  rater_groups?: Record<string, string>
  extras?: ExtraRuleOutput[]
  bonus_most: string
  penalty_most: string
  ceiling: string
  vetoes?: VetoRule[]
  grades: GradeOutput[]
  quotas?: Quota[]
  places: number
  rounding: Rounding
  objection_days: number
  interview: InterviewRulesOutput
  days_not_counted: string[]
}

export interface SameFile {
  id: string
  title: string
  received_at: string
}

export interface Scenario {
  label: string
  moved: number
  crossings: Crossing[]
}

export interface SchemeBody {
  rules: RulesInput
}

export interface SchemePublic {
  campaign_id: string
  rules: RulesOutput
  frozen: boolean
  number: number
  rules_hash: string
  saved_by: string
  version: number
}

export interface SchemeTrial {
  rules: RulesInput
  unit_class?: string
  lost?: Record<string, number | string>
  assessments?: Record<string, number | string | null>
  ballots?: Record<string, number | string | null>
}

export interface SchemeVersionPublic {
  number: number
  rules_hash: string
  origin: string
  changes: string[]
  saved_at: string
  saved_by: string
  rules: RulesOutput
}

export interface SchemeVersionRow {
  number: number
  rules_hash: string
  origin: string
  changes: string[]
  saved_at: string
  saved_by: string
}

export type Scope = "ledger:write" | "evidence:write" | "plan:read" | "result:read" | "coassessment:write" | "import" | "event:read" | "todo:sync" | "scim" | "scim:appoint"

export interface ScoreEvent {
  name: string
  at: string
  by: string
  lost: string | null
  before: string | null
  restored: string | null
  reason: string
}

export interface SearchAnswer {
  items: Find[]
  more: SearchKind[]
}

export type SearchKind = "unit" | "plan" | "problem" | "measure" | "entry" | "evidence" | "file" | "self_report" | "finding" | "rectification"

export interface SecretRotation {
  previous_until?: string | null
}

export interface SectionPublic {
  id: string
  self_report_id: string
  dimension: string
  title: string
  text: string
  version: number
}

export interface SectionUpdate {
  text: string
}

export interface SelfReportCreate {
  campaign_id: string
}

export interface SelfReportPublic {
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  state: SelfReportState
  late: boolean
  receipt_number: string | null
  signed_by: string | null
  submitted_at: string | null
  updated_at: string
  version: number
  actions: Action[]
  campaign_name: string
  year: number
  closes_at: string | null
  last_return: ReportReturn | null
  content_hash: string | null
  sections: SectionPublic[]
  figures: ReportFigure[]
  evidence: UsedEvidence[]
}

export interface SelfReportRow {
  id: string
  unit_id: string
  unit_name: string
  campaign_id: string
  state: SelfReportState
  late: boolean
  receipt_number: string | null
  signed_by: string | null
  submitted_at: string | null
  updated_at: string
  version: number
  actions: Action[]
}

export type SelfReportState = "draft" | "team_review" | "submitted" | "accepted" | "returned"

export interface SeriesPublic {
  name: string
  year: number
  last: number
}

export interface ServiceAccountCreate {
  name: string
  scopes: Scope[]
  unit_id?: string | null
  expires_at?: string | null
  addresses?: string[]
}

export interface ServiceAccountPublic {
  id: string
  name: string
  client_id: string
  scopes: string[]
  unit_id: string | null
  unit_name: string | null
  created_at: string
  expires_at: string | null
  disabled_at: string | null
  addresses: string[]
  previous_until: string | null
  used_at: string | null
  used_from: string | null
  version: number
}

export interface ServiceAccountUpdate {
  name?: string | null
  scopes?: Scope[] | null
  expires_at?: string | null
  addresses?: string[] | null
}

export interface ServiceAccountWithSecret {
  id: string
  name: string
  client_id: string
  scopes: string[]
  unit_id: string | null
  unit_name: string | null
  created_at: string
  expires_at: string | null
  disabled_at: string | null
  addresses: string[]
  previous_until: string | null
  used_at: string | null
  used_from: string | null
  version: number
  client_secret: string
}

export interface SessionPublic {
  id: string
  created_at: string
  used_at: string
  expires_at: string
  address: string
  user_agent: string
  way: Way
  current: boolean
}

export interface SettingPublic {
  name: string
  value: string | null
  is_given: boolean
}

export interface SettingsPublic {
  settings: SettingPublic[]
  health: HealthPublic
}

export interface SheetItem {
  criterion_id: string
  code: string
  title: string
  dimension: string
  points: string
}

export interface SheetPublic {
  id: string
  inspection_id: string
  unit_id: string
  inspector_id: string
  inspector_name: string
  state: SheetState
  submitted_at: string | null
  judged: number
  version: number
  unit_name: string
  group_name: string
  year: number
  items: SheetItem[]
  judgements: JudgementPublic[]
  actions: Action[]
}

export interface SheetRow {
  id: string
  inspection_id: string
  unit_id: string
  inspector_id: string
  inspector_name: string
  state: SheetState
  submitted_at: string | null
  judged: number
  version: number
}

export type SheetState = "open" | "submitted"

export type Shown = "accepted" | "available" | "promised" | "none"

export interface SignInBegin {
  next?: string
}

export interface SignInBegun {
  address: string
}

export interface SignInWays {
  oidc: string | null
  cas: string | null
}

export type Signature = "hmac" | "ed25519"

export interface SignedIn {
  access_token: string
  token_type: "Bearer"
  expires_in: number
  next: string
}

export type Stage = "planning" | "self_report" | "inspection" | "feedback" | "rectification"

export interface StageCounts {
  by_state: Record<string, number>
  late: number
  missing: PlansUnitName[]
}

export interface StageStatus {
  stage: string
  opens_at: string | null
  closes_at: string | null
  done: boolean
  current: boolean
}

export interface StandardCreate {
  name: string
  year: number
  source?: string
  copy_of?: string | null
}

export interface StandardPublic {
  name: string
  year: number
  source: string
  id: string
  state: StandardState
  criteria_count: number
  updated_at: string
  updated_by: string
  version: number
  actions: Action[]
  dimensions: DimensionPublic[]
}

export type StandardState = "draft" | "published"

export interface StandardSummary {
  name: string
  year: number
  source: string
  id: string
  state: StandardState
  criteria_count: number
  updated_at: string
  updated_by: string
  version: number
  actions: Action[]
}

export interface StandardUpdate {
  name?: string | null
  year?: number | null
  source?: string | null
}

export interface StandingAside {
  person_id: string
  person_name: string
  unit_id: string
  unit_name: string
  why: "own" | "former" | "relative" | "worked_there" | "other"
  until: string | null
}

export type Status = "met" | "on_track" | "at_risk" | "missed" | "not_applicable"

export interface StepUp {
  password?: string
  code?: string
}

export interface Suggestion {
  total: string
  below: string
  grade: string
  findings: number
  many: number
  items: string[]
  result_id: string
  unit_id: string
  unit_name: string
  interview_id: string | null
}

export interface Suggestions {
  year: number
  below: string
  many: number
  items: Suggestion[]
}

export interface TablePart {
  type: "table"
  headings: string[]
  widths_mm: number[]
  rows: string[][]
  aligns: string[]
}

export interface TemplateField {
  name: string
  meaning: string
  required: boolean
}

export interface TemplateFinding {
  level: "error" | "warning"
  code: string
  field: string
  place: string
  sentence: string
}

export interface TemplatePublic {
  id: string
  kind: DocumentKind
  number: number
  file_name: string
  sha256: string
  in_use: boolean
  uploaded_by: string
  created_at: string
  version: number
}

export interface TemplateUploaded {
  template: TemplatePublic
  findings: TemplateFinding[]
}

export interface TermBody {
  started_on: string
  ended_on?: string | null
}

export interface ThreadEdge {
  source_id: string
  target_id: string
  why: Why
}

export interface ThreadNode {
  kind: NodeKind
  id: string
  year: number
  title: string
  state: string
  code: string | null
  on: string | null
  parent_id: string | null
  found_again: number | null
}

export interface ThreadPublic {
  unit_id: string
  unit_name: string
  nodes: ThreadNode[]
  edges: ThreadEdge[]
}

export interface TicketPublic {
  url: string
  expires_at: string
}

export interface Todo {
  kind: TodoKind
  state: string | null
  verb: string
  object: string
  reason: string
  subject_id: string | null
  unit_id: string | null
  campaign_id: string | null
  count: number
  due_at: string | null
  since: string | null
  when: When
  late: boolean
}

export type TodoKind = "plan" | "measure" | "problem" | "self_report" | "sheet" | "inspection" | "objection" | "extra" | "comparison" | "notice_objection" | "result" | "interview" | "rectification" | "referral" | "complaint"

export interface TokenAnswer {
  access_token: string
  token_type: "Bearer"
  expires_in: number
  refresh_token?: string | null
  scope: string
}

export interface TotpBegun {
  secret: string
  address: string
  picture: string
}

export interface TotpState {
  is_on: boolean
  confirmed_at: string | null
  recovery_left: number
  has_password: boolean
}

export interface TransitionBody {
  opinion?: string
}

export interface Turnout {
  group: string
  returned: number | null
}

export interface UnitBurden {
  unit_id: string
  unit_name: string
  rows: number
  pieces: number
  files: number
  size: number
  uses: number
  saved: number
}

export interface UnitChange {
  unit_id: string
  unit_name: string
  result_id: string
  before: string
  now: string
  change: string
}

export interface UnitCreate {
  code: string
  name: string
  short_name: string
  unit_class: string
  sort_order?: number
}

export interface UnitDashboard {
  as_of: string
  campaign: CampaignRef | null
  stages?: StageStatus[]
  plan_id?: string | null
  plan_state?: string | null
  report_id?: string | null
  report_state?: string | null
  inspection_id?: string | null
  inspection_state?: string | null
  measures?: Record<string, Figure>
  problems?: Record<string, Figure>
  evidence?: EvidenceCell[]
  ledger_entries: Figure
  rectifications?: Record<string, Figure>
}

export type UnitKind = "committee" | "unit"

export interface UnitPublic {
  code: string
  name: string
  short_name: string
  unit_class: string
  sort_order: number
  id: string
  kind: UnitKind
  parent_id: string | null
  active: boolean
  version: number
}

export interface UnitUpdate {
  name?: string | null
  short_name?: string | null
  unit_class?: string | null
  sort_order?: number | null
  active?: boolean | null
}

export interface UnseenNumber {
  place: string
  text: string
  said: number
  recorded: number
  ledger: string
  ledger_name: string
}

export interface UsedEvidence {
  evidence_id: string
  title: string
  sha256: string
  label: string
  target_id: string
  files?: UsedFile[]
}

export interface UsedFile {
  id: string
  file_name: string
  sha256: string
}

export interface ValidationError {
  loc: (string | number)[]
  msg: string
  type: string
  input?: unknown
  ctx?: Record<string, unknown>
}

export type Verdict = "unreviewed" | "accepted" | "rejected"

export interface VerdictBody {
  reason?: string
}

export interface VerdictGiven {
  link_id: string
  verdict: Verdict
  reason: string
  version: number
}

export interface VerdictWanted {
  reason?: string
  link_id: string
  version: number
  verdict: Verdict
}

export interface VerdictsBody {
  verdicts: VerdictWanted[]
}

export interface Verification {
  opinion?: string
  recheck_on?: string | null
}

export interface VersionPublic {
  number: number
  content_hash: string
  signed_by: string
  signed_at: string
  opinion: string
  decision: Decision | null
  decided_by: string
  decided_at: string | null
  decision_opinion: string
  content: PlanContent
}

export interface VersionRow {
  number: number
  content_hash: string
  signed_by: string
  signed_at: string
  opinion: string
  decision: Decision | null
  decided_by: string
  decided_at: string | null
  decision_opinion: string
}

export interface VetoRule {
  code: string
  text: string
  grade: string
  assessment?: string
  notice_days?: number
}

export type View = "unit" | "committee" | "leadership" | "admin" | "receiver"

export interface ViolationPublic {
  code: string
  place: string
  sentence: string
}

export interface VisitCalendar {
  visits: VisitRow[]
  conflicts: VisitConflict[]
}

export interface VisitConflict {
  kind: ConflictKind
  day: string
  inspection_ids: string[]
  units: string[]
  people: string[]
}

export interface VisitProposal {
  first: string
  last: string
}

export interface VisitRow {
  inspection_id: string
  unit_id: string
  unit_name: string
  group_id: string
  group_name: string
  state: InspectionState
  visit_on: string | null
  visit_half: HalfDay | null
  visit_place: string
  version: number
}

export interface VisitTicketBody {
  group_id?: string | null
  unit_id?: string | null
}

export interface VisitTicketPublic {
  url: string
  expires_at: string
}

export interface VisitsBody {
  visits: PlannedVisit[]
}

export interface Watched {
  unit_id: string
  unit_name: string
  severity: string
  reasons: string[]
  result_id: string | null
}

export type Way = "password" | "oidc" | "cas"

export interface WebhookCreate {
  name: string
  url: string
  events: string[]
  signature?: Signature
  unit_id?: string | null
}

export interface WebhookPublic {
  name: string
  url: string
  events: string[]
  id: string
  unit_id: string | null
  unit_name: string | null
  signature: Signature
  public_key: string | null
  previous_until: string | null
  state: WebhookState
  reason: string
  created_at: string
  updated_at: string
  updated_by: string
  version: number
  waiting: number
  failed: number
  last_delivered_at: string | null
  actions: Action[]
}

export type WebhookState = "active" | "paused"

export interface WebhookUpdate {
  name?: string | null
  url?: string | null
  events?: string[] | null
}

export interface WebhookWithSecret {
  name: string
  url: string
  events: string[]
  id: string
  unit_id: string | null
  unit_name: string | null
  signature: Signature
  public_key: string | null
  previous_until: string | null
  state: WebhookState
  reason: string
  created_at: string
  updated_at: string
  updated_by: string
  version: number
  waiting: number
  failed: number
  last_delivered_at: string | null
  actions: Action[]
  secret: string | null
}

export type When = "today" | "week" | "later" | "waiting"

export type Why = "answers" | "shows" | "grounds" | "put_right" | "taken_up" | "carried_over" | "referred" | "found_again"

export interface WindowBody {
  stage: Stage
  opens_at: string
  closes_at: string
}

export interface WindowPublic {
  stage: Stage
  opens_at: string
  closes_at: string
}

export interface WindowsBody {
  windows: WindowBody[]
}

export interface Withdrawal {
  objection_id: string
  reason: string
}

export interface WithdrawalBody {
  reason: string
}

export interface WordPublic {
  judgement_id: string
  inspection_id: string
  unit_name: string
  code: string
  inspector_id: string
  inspector: string
  group_id: string
  score: string
  mean: string
  compared: boolean
  same: boolean
  z: string | null
}

export interface YearAgreement {
  enough: number
  agreement: AgreementPublic
  items: ItemAgreement[]
  inspectors: LeniencyPublic[]
  groups: LeniencyPublic[]
  outliers: WordPublic[]
}

export interface YearAverage {
  year: number
  total: string
  dimensions: Record<string, string>
}

export interface AccountsUnitRef {
  id: string
  name: string
}

export interface DashboardsUnitRef {
  unit_id: string
  unit_name: string
}

export interface FollowupsCarryOver {
  opinion?: string
  campaign_id: string
  due_on: string
}

export interface InspectionsUnitName {
  id: string
  name: string
}

export interface PlansCarryOver {
  problem_ids: string[]
  with_measures?: boolean
}

export interface PlansUnitName {
  id: string
  name: string
}

export interface Operations {
  audit_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; name?: string | null; subject_id?: string | null; actor_id?: string | null; unit_id?: string | null; actor?: string | null; since?: string | null; until?: string | null; sort?: "-seq" | "seq" }; body: undefined; answer: PageOfAuditRow }
  installation_claim: { path: undefined; query: undefined; body: Bootstrap; answer: undefined }
  cas_begin: { path: undefined; query: undefined; body: SignInBegin; answer: SignInBegun }
  cas_finish: { path: undefined; query: undefined; body: CasReturn; answer: SignedIn }
  session_open: { path: undefined; query: undefined; body: Login; answer: Access }
  session_close: { path: undefined; query: undefined; body: undefined; answer: undefined }
  oidc_begin: { path: undefined; query: undefined; body: SignInBegin; answer: SignInBegun }
  oidc_finish: { path: undefined; query: undefined; body: OidcReturn; answer: SignedIn }
  password_change: { path: undefined; query: undefined; body: PasswordChange; answer: undefined }
  session_refresh: { path: undefined; query: undefined; body: undefined; answer: Access }
  session_list: { path: undefined; query: undefined; body: undefined; answer: SessionPublic[] }
  session_revoke_others: { path: undefined; query: undefined; body: undefined; answer: undefined }
  session_revoke: { path: { id: string }; query: undefined; body: undefined; answer: undefined }
  session_prove: { path: undefined; query: undefined; body: StepUp; answer: Access }
  session_prove_cas: { path: undefined; query: undefined; body: undefined; answer: SignInBegun }
  session_prove_oidc: { path: undefined; query: undefined; body: undefined; answer: SignInBegun }
  token_issue: { path: undefined; query: undefined; body: URLSearchParams; answer: TokenAnswer }
  totp_get: { path: undefined; query: undefined; body: undefined; answer: TotpState }
  totp_begin: { path: undefined; query: undefined; body: undefined; answer: TotpBegun }
  totp_confirm: { path: undefined; query: undefined; body: CodeBody; answer: RecoveryCodes }
  totp_renew: { path: undefined; query: undefined; body: CodeBody; answer: RecoveryCodes }
  totp_remove: { path: undefined; query: undefined; body: CodeBody; answer: undefined }
  sign_in_get: { path: undefined; query: undefined; body: undefined; answer: SignInWays }
  ballot_form_read: { path: undefined; query: undefined; body: BallotCodeBody; answer: BallotForm }
  ballot_paper_cast: { path: undefined; query: undefined; body: BallotPaperCreate; answer: BallotReceipt }
  ballot_tag_find: { path: undefined; query: undefined; body: BallotTagBody; answer: BallotTagFound }
  ballot_template_get: { path: undefined; query: undefined; body: undefined; answer: BallotTemplate }
  ballot_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; state?: BallotState | null; sort?: "opens_at" | "-opens_at" }; body: undefined; answer: PageOfBallotRow }
  ballot_create: { path: undefined; query: undefined; body: BallotCreate; answer: BallotPublic }
  ballot_get: { path: { id: string }; query: undefined; body: undefined; answer: BallotPublic }
  ballot_update: { path: { id: string }; query: undefined; body: BallotUpdate; answer: BallotPublic }
  ballot_close: { path: { id: string }; query: undefined; body: TransitionBody; answer: BallotPublic }
  ballot_count: { path: { id: string }; query: undefined; body: BallotCountBody; answer: BallotPublic }
  ballot_hand_count: { path: { id: string }; query: undefined; body: HandCountCreate; answer: BallotPublic }
  ballot_issue: { path: { id: string }; query: undefined; body: TransitionBody; answer: BallotIssued }
  ballot_lock: { path: { id: string }; query: undefined; body: TransitionBody; answer: BallotPublic }
  ballot_open: { path: { id: string }; query: undefined; body: TransitionBody; answer: BallotPublic }
  ballot_record_read: { path: { id: string }; query: undefined; body: undefined; answer: Blob }
  ballot_tag_list: { path: { id: string }; query: undefined; body: undefined; answer: BallotTags }
  burden_get: { path: undefined; query: { campaign_id: string }; body: undefined; answer: BurdenPublic }
  calendar_list: { path: undefined; query: { since?: string | null; until?: string | null }; body: undefined; answer: CalendarEntry[] }
  calendar_download: { path: undefined; query: undefined; body: undefined; answer: Blob }
  calendar_address_get: { path: undefined; query: undefined; body: undefined; answer: AddressPublic }
  calendar_address_draw: { path: undefined; query: undefined; body: undefined; answer: AddressWithSecret }
  calendar_address_revoke: { path: undefined; query: undefined; body: undefined; answer: undefined }
  calendar_read: { path: { secret: string }; query: undefined; body: undefined; answer: Blob }
  campaign_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; year?: number | null; state?: CampaignState | null; sort?: "-year" | "year" }; body: undefined; answer: PageOfCampaignPublic }
  campaign_create: { path: undefined; query: undefined; body: CampaignCreate; answer: CampaignPublic }
  campaign_get: { path: { id: string }; query: undefined; body: undefined; answer: CampaignPublic }
  campaign_update: { path: { id: string }; query: undefined; body: CampaignUpdate; answer: CampaignPublic }
  agreement_get: { path: { id: string }; query: undefined; body: undefined; answer: YearAgreement }
  agreement_words: { path: { id: string }; query: { inspector_id?: string | null; group_id?: string | null; inspection_id?: string | null; code?: string | null; compared?: boolean | null; same?: boolean | null }; body: undefined; answer: WordPublic[] }
  campaign_close: { path: { id: string }; query: undefined; body: TransitionBody; answer: CampaignPublic }
  disagreement_list: { path: { id: string }; query: undefined; body: undefined; answer: DisagreementPublic[] }
  inspection_assign: { path: { id: string }; query: undefined; body: AssignBody; answer: AssignmentPublic }
  campaign_open: { path: { id: string }; query: undefined; body: TransitionBody; answer: CampaignPublic }
  results_frozen: { path: { id: string }; query: undefined; body: undefined; answer: Blob }
  results_approve: { path: { id: string }; query: undefined; body: TransitionBody; answer: Moved }
  results_compute: { path: { id: string }; query: undefined; body: undefined; answer: Computed }
  results_publish: { path: { id: string }; query: undefined; body: TransitionBody; answer: Moved }
  scheme_get: { path: { id: string }; query: undefined; body: undefined; answer: SchemePublic }
  scheme_set: { path: { id: string }; query: undefined; body: SchemeBody; answer: SchemePublic }
  scheme_continue: { path: { id: string }; query: undefined; body: undefined; answer: SchemePublic }
  scheme_export: { path: { id: string }; query: { format?: "xlsx" | "yaml" }; body: undefined; answer: Blob }
  scheme_import: { path: { id: string }; query: undefined; body: Blob; answer: SchemePublic }
  scheme_reset: { path: { id: string }; query: { example?: Example }; body: undefined; answer: SchemePublic }
  scheme_try: { path: { id: string }; query: undefined; body: SchemeTrial; answer: Outcome }
  scheme_version_list: { path: { id: string }; query: undefined; body: undefined; answer: SchemeVersionRow[] }
  scheme_version_get: { path: { id: string; number: number }; query: undefined; body: undefined; answer: SchemeVersionPublic }
  campaign_settle: { path: { id: string }; query: undefined; body: TransitionBody; answer: CampaignPublic }
  campaign_start_inspection: { path: { id: string }; query: undefined; body: TransitionBody; answer: CampaignPublic }
  visit_list: { path: { id: string }; query: { group_id?: string | null; unit_id?: string | null }; body: undefined; answer: VisitCalendar }
  visit_set: { path: { id: string }; query: undefined; body: VisitsBody; answer: VisitCalendar }
  visit_propose: { path: { id: string }; query: undefined; body: VisitProposal; answer: VisitCalendar }
  visit_ticket: { path: { id: string }; query: undefined; body: VisitTicketBody; answer: VisitTicketPublic }
  window_list: { path: { id: string }; query: undefined; body: undefined; answer: WindowPublic[] }
  window_set: { path: { id: string }; query: undefined; body: WindowsBody; answer: CampaignPublic }
  co_assessment_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; sort?: "code" | "-code" }; body: undefined; answer: PageOfCoAssessmentPublic }
  co_assessment_create: { path: undefined; query: undefined; body: CoAssessmentCreate; answer: CoAssessmentPublic }
  co_assessment_get: { path: { id: string }; query: undefined; body: undefined; answer: CoAssessmentPublic }
  co_assessment_update: { path: { id: string }; query: undefined; body: CoAssessmentUpdate; answer: CoAssessmentPublic }
  co_assessment_release: { path: { id: string }; query: undefined; body: undefined; answer: CoAssessmentPublic }
  co_assessment_result_list: { path: { id: string }; query: { limit?: number; cursor?: string | null; count?: "exact" | null; missing?: boolean | null; q?: string | null; sort?: "sort_order" | "unit_name" }; body: undefined; answer: PageOfCoResultPublic }
  co_assessment_result_batch: { path: { id: string }; query: undefined; body: CoResultBatch; answer: CoAssessmentPublic }
  co_assessment_result_put: { path: { id: string; unit_id: string }; query: undefined; body: CoResultBody; answer: CoResultPublic }
  co_assessment_result_history: { path: { id: string; unit_id: string }; query: undefined; body: undefined; answer: CoResultChangePublic[] }
  coassessor_list: { path: undefined; query: undefined; body: undefined; answer: CoassessorPublic[] }
  commendation_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; comparison_id?: string | null; sort?: "place" }; body: undefined; answer: PageOfCommendationPublic }
  commendation_update: { path: { id: string }; query: undefined; body: CommendationUpdate; answer: CommendationPublic }
  commendation_withdraw: { path: { id: string }; query: undefined; body: Withdrawal; answer: CommendationPublic }
  comparison_notice_list: { path: undefined; query: undefined; body: undefined; answer: NoticePublic[] }
  comparison_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; state?: ComparisonState | null; sort?: "-created_at" | "created_at" }; body: undefined; answer: PageOfComparisonPublic }
  comparison_create: { path: undefined; query: undefined; body: ComparisonCreate; answer: ComparisonPublic }
  comparison_get: { path: { id: string }; query: undefined; body: undefined; answer: ComparisonPublic }
  comparison_advise: { path: { id: string }; query: undefined; body: TransitionBody; answer: ComparisonPublic }
  comparison_announce: { path: { id: string }; query: undefined; body: TransitionBody; answer: ComparisonPublic }
  comparison_deliberate: { path: { id: string }; query: undefined; body: Deliberation; answer: ComparisonPublic }
  comparison_freeze: { path: { id: string }; query: undefined; body: TransitionBody; answer: ComparisonPublic }
  comparison_frozen: { path: { id: string }; query: undefined; body: undefined; answer: unknown }
  comparison_notice: { path: { id: string }; query: undefined; body: TransitionBody; answer: ComparisonPublic }
  comparison_outcome: { path: { id: string }; query: undefined; body: undefined; answer: ComparisonOutcome }
  complaint_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; state?: ComplaintState | null; kind?: ComplaintKind | null; mine?: boolean | null; q?: string | null; sort?: "created_at" | "-created_at" }; body: undefined; answer: PageOfComplaintPublic }
  complaint_create: { path: undefined; query: undefined; body: ComplaintCreate; answer: ComplaintPublic }
  complaint_get: { path: { id: string }; query: undefined; body: undefined; answer: ComplaintPublic }
  complaint_answer: { path: { id: string }; query: undefined; body: TransitionBody; answer: ComplaintPublic }
  correction_get: { path: { id: string }; query: undefined; body: undefined; answer: CorrectionPublic }
  correction_dismiss: { path: { id: string }; query: undefined; body: TransitionBody; answer: CorrectionPublic }
  correction_publish: { path: { id: string }; query: undefined; body: TransitionBody; answer: CorrectionPublic }
  dashboard_committee: { path: undefined; query: { campaign_id?: string | null }; body: undefined; answer: CommitteeDashboard }
  heat_list: { path: undefined; query: { campaign_id?: string | null }; body: undefined; answer: HeatTable }
  heat_get: { path: { id: string }; query: { campaign_id?: string | null }; body: undefined; answer: HeatUnit }
  dashboard_leadership: { path: undefined; query: { campaign_id?: string | null }; body: undefined; answer: LeadershipDashboard }
  dashboard_questions: { path: undefined; query: { campaign_id?: string | null; at_least?: number }; body: undefined; answer: Questions }
  dashboard_unit: { path: undefined; query: { campaign_id?: string | null }; body: undefined; answer: UnitDashboard }
  document_archive_create: { path: undefined; query: undefined; body: ArchiveCreate; answer: ExportPublic }
  document_preview_ticket: { path: undefined; query: undefined; body: MatterFileBody; answer: DocumentTicketPublic }
  document_file_get: { path: { ticket: string }; query: undefined; body: undefined; answer: unknown }
  document_series_list: { path: undefined; query: undefined; body: undefined; answer: SeriesPublic[] }
  document_template_list: { path: undefined; query: undefined; body: undefined; answer: TemplatePublic[] }
  document_template_add: { path: undefined; query: { kind: DocumentKind; file_name: string }; body: Blob; answer: TemplateUploaded }
  document_template_fields: { path: undefined; query: undefined; body: undefined; answer: TemplateField[] }
  document_template_starting: { path: undefined; query: undefined; body: KindQuery; answer: DocumentTicketPublic }
  document_template_retire: { path: { id: string }; query: undefined; body: undefined; answer: TemplatePublic }
  document_template_ticket: { path: { id: string }; query: undefined; body: undefined; answer: DocumentTicketPublic }
  document_template_try: { path: { id: string }; query: undefined; body: undefined; answer: DocumentTicketPublic }
  document_template_use: { path: { id: string }; query: undefined; body: undefined; answer: TemplatePublic }
  document_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; subject_id?: string | null; kind?: DocumentKind | null; state?: DocumentState | null; q?: string | null; sort?: "-updated_at" | "updated_at" }; body: undefined; answer: PageOfDocumentRow }
  document_create: { path: undefined; query: undefined; body: DocumentCreate; answer: DocumentPublic }
  document_preview: { path: undefined; query: { kind: DocumentKind; subject_id: string }; body: undefined; answer: PreviewPublic }
  document_register: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; series?: string | null; year?: number | null; kind?: DocumentKind | null; sort?: "number" | "-number" }; body: undefined; answer: PageOfDocumentRow }
  document_get: { path: { id: string }; query: undefined; body: undefined; answer: DocumentPublic }
  document_update: { path: { id: string }; query: undefined; body: DocumentUpdate; answer: DocumentPublic }
  document_issue: { path: { id: string }; query: undefined; body: TransitionBody; answer: DocumentPublic }
  document_receipt: { path: { id: string }; query: undefined; body: ReceiptBody; answer: DocumentPublic }
  document_ticket: { path: { id: string }; query: undefined; body: FileBody; answer: DocumentTicketPublic }
  document_withdraw: { path: { id: string }; query: undefined; body: TransitionBody; answer: DocumentPublic }
  event_list: { path: undefined; query: { cursor?: string | null; limit?: number; name?: string | null; subject_id?: string | null; unit_id?: string | null; newest?: boolean }; body: undefined; answer: EventFeed }
  event_stream: { path: undefined; query: { cursor?: string | null }; body: undefined; answer: Blob }
  evidence_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; state?: EvidenceState | null; verdict?: Verdict | null; criterion?: string | null; measure_id?: string | null; entry_id?: string | null; finding_id?: string | null; self_report_id?: string | null; co_assessment_id?: string | null; rectification_id?: string | null; kind?: EvidenceKind | null; late?: boolean | null; q?: string | null; sort?: "-updated_at" | "updated_at" | "title" | "-created_at" }; body: undefined; answer: PageOfEvidenceRow }
  evidence_create: { path: undefined; query: undefined; body: EvidenceCreate; answer: EvidencePublic }
  evidence_link_create_many: { path: undefined; query: undefined; body: LinksBody; answer: LinkOutcome[] }
  evidence_link_judge_many: { path: undefined; query: undefined; body: VerdictsBody; answer: VerdictGiven[] }
  evidence_link_delete: { path: { id: string }; query: undefined; body: undefined; answer: undefined }
  evidence_link_accept: { path: { id: string }; query: undefined; body: VerdictBody; answer: LinkPublic }
  evidence_link_reject: { path: { id: string }; query: undefined; body: VerdictBody; answer: LinkPublic }
  evidence_link_reset: { path: { id: string }; query: undefined; body: undefined; answer: LinkPublic }
  evidence_manifest_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; sort?: "-received_at" | "received_at" }; body: undefined; answer: PageOfManifestRow }
  evidence_manifest_create: { path: undefined; query: undefined; body: ManifestCreate; answer: ManifestPublic }
  evidence_manifest_get: { path: { id: string }; query: undefined; body: undefined; answer: ManifestPublic }
  evidence_manifest_line_list: { path: { id: string }; query: { limit?: number; cursor?: string | null; count?: "exact" | null; state?: LineState | null; late?: boolean | null; q?: string | null; sort?: "position" | "-size" | "path" }; body: undefined; answer: PageOfManifestLineRow }
  evidence_matrix: { path: undefined; query: { campaign_id: string; unit_id?: string | null }; body: undefined; answer: MatrixCell[] }
  evidence_summary: { path: undefined; query: { campaign_id: string; unit_id?: string | null }; body: undefined; answer: EvidenceSummary }
  evidence_suggest: { path: undefined; query: { campaign_id: string; criterion_id: string }; body: undefined; answer: EvidenceSuggestion[] }
  evidence_get: { path: { id: string }; query: undefined; body: undefined; answer: EvidencePublic }
  evidence_update: { path: { id: string }; query: undefined; body: EvidenceUpdate; answer: EvidencePublic }
  evidence_receive: { path: { id: string }; query: { file_id?: string | null }; body: Blob; answer: EvidencePublic }
  evidence_file_create: { path: { id: string }; query: undefined; body: FileCreate; answer: EvidencePublic }
  evidence_file_delete: { path: { id: string; file_id: string }; query: undefined; body: undefined; answer: EvidencePublic }
  evidence_link_list: { path: { id: string }; query: undefined; body: undefined; answer: LinkPublic[] }
  evidence_link_create: { path: { id: string }; query: undefined; body: LinkTarget; answer: LinkPublic }
  evidence_preview: { path: { id: string }; query: { page?: number; file_id?: string | null }; body: undefined; answer: TicketPublic }
  evidence_reuse: { path: { id: string }; query: undefined; body: EvidenceReuse; answer: EvidencePublic }
  evidence_ticket: { path: { id: string }; query: { file_id?: string | null }; body: undefined; answer: TicketPublic }
  evidence_withdraw: { path: { id: string }; query: undefined; body: TransitionBody; answer: EvidencePublic }
  export_file_get: { path: { ticket: string }; query: undefined; body: undefined; answer: unknown }
  export_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; kind?: "ledger-entries" | "measures" | "units" | "members" | "people" | "problems" | "plans" | "evidence" | "self-reports" | "inspections" | "findings" | "objections" | "extras" | "co-assessment-results" | "results" | "interviews" | "rectifications" | "progress" | "team-meetings" | "evidence-manifests" | "manifest-lines" | "inspection-groups" | "recusals" | "co-assessments" | "ballots" | "comparisons" | "commendations" | "notice-objections" | "referrals" | "complaints" | "evidence-pack" | null; state?: ExportState | null; sort?: "created_at" | "-created_at" }; body: undefined; answer: PageOfExportSummary }
  export_create: { path: undefined; query: undefined; body: ExportCreate; answer: ExportPublic }
  export_get: { path: { id: string }; query: undefined; body: undefined; answer: ExportPublic }
  export_ticket: { path: { id: string }; query: undefined; body: undefined; answer: ExportTicketPublic }
  extra_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; state?: ExtraState | null; kind?: MatterKind | null; open?: boolean | null; q?: string | null; sort?: "created_at" | "-created_at" | "unit" | "-unit" }; body: undefined; answer: PageOfExtraPublic }
  extra_create: { path: undefined; query: undefined; body: ExtraCreate; answer: ExtraPublic }
  extra_rule_list: { path: undefined; query: { campaign_id: string }; body: undefined; answer: ExtraRules }
  extra_get: { path: { id: string }; query: undefined; body: undefined; answer: ExtraPublic }
  extra_answer_view: { path: { id: string }; query: undefined; body: TransitionBody; answer: ExtraPublic }
  extra_confirm: { path: { id: string }; query: undefined; body: TransitionBody; answer: ExtraPublic }
  extra_dismiss: { path: { id: string }; query: undefined; body: TransitionBody; answer: ExtraPublic }
  extra_lift: { path: { id: string }; query: undefined; body: TransitionBody; answer: ExtraPublic }
  extra_publish_notice: { path: { id: string }; query: undefined; body: TransitionBody; answer: ExtraPublic }
  extra_state_view: { path: { id: string }; query: undefined; body: TransitionBody; answer: ExtraPublic }
  extra_withdraw: { path: { id: string }; query: undefined; body: TransitionBody; answer: ExtraPublic }
  file_get: { path: { ticket: string }; query: undefined; body: undefined; answer: unknown }
  finding_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; inspection_id?: string | null; unit_id?: string | null; criterion_id?: string | null; sort?: "created_at" | "-created_at" }; body: undefined; answer: PageOfFindingPublic }
  finding_create: { path: undefined; query: undefined; body: FindingCreate; answer: FindingPublic }
  finding_get: { path: { id: string }; query: undefined; body: undefined; answer: FindingPublic }
  import_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; kind?: "ledger-entries" | "measures" | "units" | "members" | "people" | "co-assessment-results" | "evidence-manifest" | "standard" | null; campaign_id?: string | null; state?: ImportState | null; sort?: "created_at" | "-created_at" }; body: undefined; answer: PageOfImportSummary }
  import_create: { path: undefined; query: { kind: "ledger-entries" | "measures" | "units" | "members" | "people" | "co-assessment-results" | "evidence-manifest" | "standard"; campaign_id?: string | null; dry_run?: boolean; mode?: ImportMode; not_secret?: boolean; file_name?: string | null }; body: {
    rows: Record<string, unknown>[]
  }; answer: ImportPublic }
  import_template: { path: { kind: "ledger-entries" | "measures" | "units" | "members" | "people" | "co-assessment-results" | "evidence-manifest" | "standard" }; query: { ledger?: LedgerKind | null }; body: undefined; answer: Blob }
  import_get: { path: { id: string }; query: undefined; body: undefined; answer: ImportPublic }
  import_commit: { path: { id: string }; query: undefined; body: TransitionBody; answer: ImportPublic }
  import_error_list: { path: { id: string }; query: { limit?: number; cursor?: string | null; count?: "exact" | null; code?: string | null; sort?: "n" }; body: undefined; answer: PageOfRowError }
  import_workbook: { path: { id: string }; query: undefined; body: undefined; answer: Blob }
  indicator_list: { path: undefined; query: { unit_id?: string | null; campaign_id?: string | null }; body: undefined; answer: Indicator[] }
  indicator_open: { path: { criterion: IndicatorCode }; query: { unit_id?: string | null; campaign_id?: string | null }; body: undefined; answer: IndicatorOpened }
  group_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; sort?: "name" | "-name" }; body: undefined; answer: PageOfGroupPublic }
  group_create: { path: undefined; query: undefined; body: GroupCreate; answer: GroupPublic }
  group_get: { path: { id: string }; query: undefined; body: undefined; answer: GroupPublic }
  group_update: { path: { id: string }; query: undefined; body: GroupUpdate; answer: GroupPublic }
  allocation_get: { path: { id: string }; query: undefined; body: undefined; answer: AllocationPublic }
  allocation_put: { path: { id: string }; query: undefined; body: AllocationBody; answer: AllocationPublic }
  inspection_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; group_id?: string | null; unit_id?: string | null; state?: InspectionState | null; q?: string | null; sort?: "sort_order" | "updated_at" | "-updated_at" }; body: undefined; answer: PageOfInspectionRow }
  inspection_get: { path: { id: string }; query: undefined; body: undefined; answer: InspectionPublic }
  inspection_update: { path: { id: string }; query: undefined; body: InspectionUpdate; answer: InspectionPublic }
  inspection_confirm: { path: { id: string }; query: undefined; body: TransitionBody; answer: InspectionPublic }
  inspection_consolidate: { path: { id: string }; query: undefined; body: TransitionBody; answer: InspectionPublic }
  consolidation_get: { path: { id: string }; query: undefined; body: undefined; answer: ConsolidationPublic }
  decision_agree: { path: { id: string }; query: undefined; body: undefined; answer: ConsolidationPublic }
  decision_put: { path: { id: string; criterion_id: string }; query: undefined; body: DecisionBody; answer: DecisionPublic }
  inspection_feedback: { path: { id: string }; query: undefined; body: undefined; answer: FeedbackPublic }
  inspection_finalize: { path: { id: string }; query: undefined; body: TransitionBody; answer: InspectionPublic }
  inspection_give_feedback: { path: { id: string }; query: undefined; body: TransitionBody; answer: InspectionPublic }
  inspection_item_history: { path: { id: string; code: string }; query: undefined; body: undefined; answer: ItemHistory }
  inspection_item: { path: { id: string; criterion_id: string }; query: undefined; body: undefined; answer: ItemFacts }
  inspection_materials: { path: { id: string }; query: undefined; body: undefined; answer: MaterialList }
  sheet_list: { path: { id: string }; query: undefined; body: undefined; answer: SheetRow[] }
  inspection_start: { path: { id: string }; query: undefined; body: TransitionBody; answer: InspectionPublic }
  inspector_list: { path: undefined; query: { campaign_id: string }; body: undefined; answer: InspectorPublic[] }
  interview_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; state?: InterviewState | null; meeting_from?: string | null; meeting_until?: string | null; q?: string | null; sort?: "unit" | "created_at" | "-created_at" | "meeting_at" }; body: undefined; answer: PageOfInterviewRow }
  interview_create: { path: undefined; query: undefined; body: InterviewCreate; answer: InterviewPublic }
  interview_calendar: { path: undefined; query: { campaign_id?: string | null; interview_id?: string | null }; body: undefined; answer: Blob }
  interview_suggestions: { path: undefined; query: { campaign_id: string }; body: undefined; answer: Suggestions }
  interview_get: { path: { id: string }; query: undefined; body: undefined; answer: InterviewPublic }
  interview_acknowledge: { path: { id: string }; query: undefined; body: TransitionBody; answer: InterviewPublic }
  interview_approve: { path: { id: string }; query: undefined; body: TransitionBody; answer: InterviewPublic }
  interview_close: { path: { id: string }; query: undefined; body: TransitionBody; answer: InterviewPublic }
  interview_confirm_record: { path: { id: string }; query: undefined; body: TransitionBody; answer: InterviewPublic }
  interview_escalate: { path: { id: string }; query: undefined; body: Escalation; answer: InterviewPublic }
  interview_hold: { path: { id: string }; query: undefined; body: Held; answer: InterviewPublic }
  interview_look_back: { path: { id: string }; query: undefined; body: TransitionBody; answer: InterviewPublic }
  interview_notify: { path: { id: string }; query: undefined; body: Notice; answer: InterviewPublic }
  interview_nameable: { path: { id: string }; query: undefined; body: undefined; answer: Nameable[] }
  interview_readers: { path: { id: string }; query: undefined; body: Readers; answer: InterviewPublic }
  interview_record_get: { path: { id: string }; query: undefined; body: undefined; answer: RecordPublic }
  interview_record_update: { path: { id: string }; query: undefined; body: RecordUpdate; answer: RecordPublic }
  interview_reopen_record: { path: { id: string }; query: undefined; body: TransitionBody; answer: InterviewPublic }
  interview_start_rectifying: { path: { id: string }; query: undefined; body: TransitionBody; answer: InterviewPublic }
  interview_team: { path: { id: string }; query: { on: string }; body: undefined; answer: InOffice[] }
  interview_verify: { path: { id: string }; query: undefined; body: Verification; answer: InterviewPublic }
  ledger_entry_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; kind?: LedgerKind | null; unit_id?: string | null; member_id?: string | null; criterion?: string | null; happened_from?: string | null; happened_until?: string | null; q?: string | null; sort?: "happened_on" | "-happened_on" | "updated_at" | "-updated_at" }; body: undefined; answer: PageOfEntryPublic }
  ledger_entry_create: { path: undefined; query: undefined; body: EntryCreate; answer: EntryPublic }
  ledger_entry_create_batch: { path: undefined; query: undefined; body: EntryBatch; answer: EntryPublic[] }
  ledger_entry_get: { path: { id: string }; query: undefined; body: undefined; answer: EntryPublic }
  ledger_entry_update: { path: { id: string }; query: undefined; body: EntryUpdate; answer: EntryPublic }
  ledger_entry_delete: { path: { id: string }; query: undefined; body: undefined; answer: undefined }
  ledger_list: { path: undefined; query: { campaign_id?: string | null; unit_id?: string | null }; body: undefined; answer: LedgerPublic[] }
  material_collection_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; state?: CollectionState | null; sort?: "due_on" | "-due_on" }; body: undefined; answer: PageOfMaterialCollectionRow }
  material_collection_create: { path: undefined; query: undefined; body: MaterialCollectionCreate; answer: MaterialCollectionPublic }
  material_collection_get: { path: { id: string }; query: undefined; body: undefined; answer: MaterialCollectionPublic }
  material_collection_update: { path: { id: string }; query: undefined; body: MaterialCollectionUpdate; answer: MaterialCollectionPublic }
  material_collection_close: { path: { id: string }; query: undefined; body: TransitionBody; answer: MaterialCollectionPublic }
  material_collection_send: { path: { id: string }; query: undefined; body: TransitionBody; answer: MaterialCollectionPublic }
  me_get: { path: undefined; query: undefined; body: undefined; answer: Me }
  measure_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; plan_id?: string | null; problem_id?: string | null; unit_id?: string | null; owner_id?: string | null; state?: MeasureState | null; overdue?: boolean | null; q?: string | null; sort?: "number" | "-number" | "due_on" | "-due_on" | "updated_at" | "-updated_at" }; body: undefined; answer: PageOfMeasurePublic }
  measure_get: { path: { id: string }; query: undefined; body: undefined; answer: MeasurePublic }
  measure_update: { path: { id: string }; query: undefined; body: MeasureUpdate; answer: MeasurePublic }
  measure_delete: { path: { id: string }; query: undefined; body: undefined; answer: undefined }
  measure_confirm: { path: { id: string }; query: undefined; body: TransitionBody; answer: MeasurePublic }
  progress_list: { path: { id: string }; query: { limit?: number; cursor?: string | null; count?: "exact" | null; sort?: "reported_at" | "-reported_at" }; body: undefined; answer: PageOfProgressPublic }
  progress_create: { path: { id: string }; query: undefined; body: ProgressCreate; answer: ProgressPublic }
  measure_reject: { path: { id: string }; query: undefined; body: TransitionBody; answer: MeasurePublic }
  measure_request_completion: { path: { id: string }; query: undefined; body: TransitionBody; answer: MeasurePublic }
  measure_start: { path: { id: string }; query: undefined; body: TransitionBody; answer: MeasurePublic }
  member_get: { path: { id: string }; query: undefined; body: undefined; answer: MemberPublic }
  member_update: { path: { id: string }; query: undefined; body: MemberUpdate; answer: MemberPublic }
  notice_objection_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; comparison_id?: string | null; state?: NoticeObjectionState | null; sort?: "created_at" | "-created_at" }; body: undefined; answer: PageOfNoticeObjectionPublic }
  notice_objection_create: { path: undefined; query: undefined; body: NoticeObjectionCreate; answer: NoticeObjectionPublic }
  notice_objection_get: { path: { id: string }; query: undefined; body: undefined; answer: NoticeObjectionPublic }
  notice_objection_dismiss: { path: { id: string }; query: undefined; body: TransitionBody; answer: NoticeObjectionPublic }
  notice_objection_uphold: { path: { id: string }; query: undefined; body: TransitionBody; answer: NoticeObjectionPublic }
  objection_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; inspection_id?: string | null; unit_id?: string | null; state?: ObjectionState | null; open?: boolean | null; sort?: "created_at" | "-created_at" }; body: undefined; answer: PageOfObjectionPublic }
  objection_create: { path: undefined; query: undefined; body: ObjectionCreate; answer: ObjectionPublic }
  objection_get: { path: { id: string }; query: undefined; body: undefined; answer: ObjectionPublic }
  objection_dismiss: { path: { id: string }; query: undefined; body: TransitionBody; answer: ObjectionPublic }
  objection_take_up: { path: { id: string }; query: undefined; body: TransitionBody; answer: ObjectionPublic }
  objection_uphold: { path: { id: string }; query: undefined; body: TransitionBody; answer: ObjectionPublic }
  objection_uphold_partly: { path: { id: string }; query: undefined; body: RestoreBody; answer: ObjectionPublic }
  person_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; role?: Role | null; unit_id?: string | null; disabled?: boolean | null; q?: string | null; sort?: "name" | "display_name" }; body: undefined; answer: PageOfPersonPublic }
  person_create: { path: undefined; query: undefined; body: PersonCreate; answer: PersonWithPassword }
  person_get: { path: { id: string }; query: undefined; body: undefined; answer: PersonPublic }
  person_update: { path: { id: string }; query: undefined; body: PersonUpdate; answer: PersonPublic }
  person_disable: { path: { id: string }; query: undefined; body: undefined; answer: PersonPublic }
  person_enable: { path: { id: string }; query: undefined; body: undefined; answer: PersonPublic }
  grant_add: { path: { id: string }; query: undefined; body: GrantBody; answer: PersonPublic }
  grant_remove: { path: { id: string; grant_id: string }; query: undefined; body: undefined; answer: PersonPublic }
  person_reset_password: { path: { id: string }; query: undefined; body: undefined; answer: PersonWithPassword }
  person_reset_totp: { path: { id: string }; query: undefined; body: undefined; answer: PersonPublic }
  plan_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; state?: PlanState | null; late?: boolean | null; q?: string | null; sort?: "unit" | "-unit" | "updated_at" | "-updated_at" }; body: undefined; answer: PageOfPlanRow }
  plan_create: { path: undefined; query: undefined; body: PlanCreate; answer: PlanPublic }
  plan_stages: { path: undefined; query: { campaign_id: string }; body: undefined; answer: StageCounts }
  plan_get: { path: { id: string }; query: undefined; body: undefined; answer: PlanPublic }
  plan_update: { path: { id: string }; query: undefined; body: PlanUpdate; answer: PlanPublic }
  plan_accept: { path: { id: string }; query: undefined; body: TransitionBody; answer: PlanPublic }
  plan_amend: { path: { id: string }; query: undefined; body: TransitionBody; answer: PlanPublic }
  plan_carry_over: { path: { id: string }; query: undefined; body: PlansCarryOver; answer: ProblemPublic[] }
  plan_carry_over_candidates: { path: { id: string }; query: undefined; body: undefined; answer: ProblemPublic[] }
  plan_checks: { path: { id: string }; query: undefined; body: undefined; answer: Defect[] }
  plan_close: { path: { id: string }; query: undefined; body: TransitionBody; answer: PlanPublic }
  plan_copies: { path: { id: string }; query: undefined; body: undefined; answer: CopyCheck }
  plan_measure_list: { path: { id: string }; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; plan_id?: string | null; problem_id?: string | null; unit_id?: string | null; owner_id?: string | null; state?: MeasureState | null; overdue?: boolean | null; q?: string | null; sort?: "number" | "-number" | "due_on" | "-due_on" | "updated_at" | "-updated_at" }; body: undefined; answer: PageOfMeasurePublic }
  measure_create: { path: { id: string }; query: undefined; body: MeasureCreate; answer: MeasurePublic }
  measure_create_batch: { path: { id: string }; query: undefined; body: MeasureBatch; answer: MeasurePublic[] }
  measure_order: { path: { id: string }; query: undefined; body: Order; answer: PlanPublic }
  plan_present: { path: { id: string }; query: undefined; body: TransitionBody; answer: PlanPublic }
  plan_problem_list: { path: { id: string }; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; plan_id?: string | null; unit_id?: string | null; member_id?: string | null; state?: ProblemState | null; category?: ProblemCategory | null; source?: ProblemSource | null; criterion?: string | null; q?: string | null; sort?: "number" | "-number" | "updated_at" | "-updated_at" }; body: undefined; answer: PageOfProblemPublic }
  problem_create: { path: { id: string }; query: undefined; body: ProblemCreate; answer: ProblemPublic }
  problem_order: { path: { id: string }; query: undefined; body: Order; answer: PlanPublic }
  plan_return: { path: { id: string }; query: undefined; body: TransitionBody; answer: PlanPublic }
  plan_revise: { path: { id: string }; query: undefined; body: TransitionBody; answer: PlanPublic }
  plan_sign: { path: { id: string }; query: undefined; body: TransitionBody; answer: PlanPublic }
  plan_version_list: { path: { id: string }; query: undefined; body: undefined; answer: VersionRow[] }
  plan_version_get: { path: { id: string; number: number }; query: undefined; body: undefined; answer: VersionPublic }
  plan_version_diff: { path: { id: string; number: number }; query: { against: number | "draft" }; body: undefined; answer: PlanDiff }
  plan_withdraw: { path: { id: string }; query: undefined; body: TransitionBody; answer: PlanPublic }
  preview_get: { path: { ticket: string }; query: undefined; body: undefined; answer: unknown }
  problem_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; plan_id?: string | null; unit_id?: string | null; member_id?: string | null; state?: ProblemState | null; category?: ProblemCategory | null; source?: ProblemSource | null; criterion?: string | null; q?: string | null; sort?: "number" | "-number" | "updated_at" | "-updated_at" }; body: undefined; answer: PageOfProblemPublic }
  problem_get: { path: { id: string }; query: undefined; body: undefined; answer: ProblemPublic }
  problem_update: { path: { id: string }; query: undefined; body: ProblemUpdate; answer: ProblemPublic }
  problem_delete: { path: { id: string }; query: undefined; body: undefined; answer: undefined }
  problem_confirm: { path: { id: string }; query: undefined; body: TransitionBody; answer: ProblemPublic }
  problem_history: { path: { id: string }; query: undefined; body: undefined; answer: ProblemPublic[] }
  problem_reject: { path: { id: string }; query: undefined; body: TransitionBody; answer: ProblemPublic }
  problem_request_closing: { path: { id: string }; query: undefined; body: TransitionBody; answer: ProblemPublic }
  rectification_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; finding_id?: string | null; interview_id?: string | null; problem_id?: string | null; entry_id?: string | null; origin?: Origin | null; mine?: boolean | null; state?: RectificationState | null; overdue?: boolean | null; lamp?: Lamp | null; q?: string | null; sort?: "due_on" | "-due_on" | "unit" }; body: undefined; answer: PageOfRectificationRow }
  rectification_create: { path: undefined; query: undefined; body: RectificationCreate; answer: RectificationPublic }
  rectification_handlers: { path: undefined; query: { unit_id: string }; body: undefined; answer: Handler[] }
  rectification_get: { path: { id: string }; query: undefined; body: undefined; answer: RectificationPublic }
  rectification_update: { path: { id: string }; query: undefined; body: RectificationUpdate; answer: RectificationPublic }
  rectification_carry_over: { path: { id: string }; query: undefined; body: FollowupsCarryOver; answer: RectificationPublic }
  rectification_look_back: { path: { id: string }; query: undefined; body: LookBack; answer: RectificationPublic }
  rectification_report: { path: { id: string }; query: undefined; body: TransitionBody; answer: RectificationPublic }
  rectification_return: { path: { id: string }; query: undefined; body: TransitionBody; answer: RectificationPublic }
  rectification_verify: { path: { id: string }; query: undefined; body: Verification; answer: RectificationPublic }
  recusal_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; person_id?: string | null; unit_id?: string | null; withdrawn?: boolean; sort?: "unit_name" | "person_name" }; body: undefined; answer: PageOfRecusalPublic }
  recusal_create: { path: undefined; query: undefined; body: RecusalCreate; answer: RecusalPublic }
  recusal_standing: { path: undefined; query: undefined; body: undefined; answer: StandingAside[] }
  recusal_units: { path: undefined; query: undefined; body: undefined; answer: InspectionsUnitName[] }
  recusal_withdraw: { path: { id: string }; query: undefined; body: WithdrawalBody; answer: RecusalPublic }
  referral_file_get: { path: { ticket: string }; query: undefined; body: undefined; answer: unknown }
  referral_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; state?: ReferralState | null; q?: string | null; sort?: "created_at" | "-created_at" }; body: undefined; answer: PageOfReferralRow }
  referral_create: { path: undefined; query: undefined; body: ReferralCreate; answer: ReferralPublic }
  referral_receivers: { path: undefined; query: undefined; body: undefined; answer: Receiver[] }
  referral_get: { path: { id: string }; query: undefined; body: undefined; answer: ReferralPublic }
  referral_update: { path: { id: string }; query: undefined; body: ReferralUpdate; answer: ReferralPublic }
  referral_acknowledge: { path: { id: string }; query: undefined; body: TransitionBody; answer: ReferralPublic }
  referral_advise: { path: { id: string }; query: undefined; body: TransitionBody; answer: ReferralPublic }
  referral_approve: { path: { id: string }; query: undefined; body: TransitionBody; answer: ReferralPublic }
  referral_conclude: { path: { id: string }; query: undefined; body: Conclusion; answer: ReferralPublic }
  referral_file_add: { path: { id: string }; query: { file_name: string }; body: Blob; answer: ReferralPublic }
  referral_file_remove: { path: { id: string; file_id: string }; query: undefined; body: undefined; answer: ReferralPublic }
  referral_file_ticket: { path: { id: string; file_id: string }; query: undefined; body: undefined; answer: ReferralTicketPublic }
  referral_send: { path: { id: string }; query: undefined; body: TransitionBody; answer: ReferralPublic }
  result_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; state?: ResultState | null; grade?: string | null; unit_class?: string | null; q?: string | null; sort?: "unit" | "total" | "-total" | "-year" }; body: undefined; answer: PageOfResultRow }
  result_get: { path: { id: string }; query: undefined; body: undefined; answer: ResultPublic }
  result_approve: { path: { id: string }; query: undefined; body: TransitionBody; answer: ResultPublic }
  result_changes: { path: { id: string }; query: undefined; body: undefined; answer: Changes }
  correction_list: { path: { id: string }; query: undefined; body: undefined; answer: CorrectionPublic[] }
  correction_draft: { path: { id: string }; query: undefined; body: CorrectionCreate; answer: CorrectionPublic }
  correction_preview: { path: { id: string }; query: undefined; body: CorrectionLines; answer: CorrectionPreview }
  result_explanation: { path: { id: string }; query: undefined; body: undefined; answer: Outcome }
  result_publish: { path: { id: string }; query: undefined; body: TransitionBody; answer: ResultPublic }
  result_recount: { path: { id: string }; query: undefined; body: undefined; answer: Recount }
  search_find: { path: undefined; query: { q: string; kind?: SearchKind | null; campaign_id?: string | null; limit?: number; offset?: number }; body: undefined; answer: SearchAnswer }
  self_report_section_update: { path: { id: string }; query: undefined; body: SectionUpdate; answer: SectionPublic }
  self_report_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; state?: SelfReportState | null; late?: boolean | null; q?: string | null; sort?: "-updated_at" | "updated_at" | "unit_name" }; body: undefined; answer: PageOfSelfReportRow }
  self_report_create: { path: undefined; query: undefined; body: SelfReportCreate; answer: SelfReportPublic }
  self_report_get: { path: { id: string }; query: undefined; body: undefined; answer: SelfReportPublic }
  self_report_accept: { path: { id: string }; query: undefined; body: TransitionBody; answer: SelfReportPublic }
  self_report_checks: { path: { id: string }; query: undefined; body: undefined; answer: ReportCheck[] }
  self_report_copies: { path: { id: string }; query: undefined; body: undefined; answer: CopyCheck }
  self_report_prefill: { path: { id: string }; query: undefined; body: undefined; answer: Prefill }
  self_report_present: { path: { id: string }; query: undefined; body: TransitionBody; answer: SelfReportPublic }
  self_report_receipt: { path: { id: string }; query: undefined; body: undefined; answer: ReceiptPublic }
  self_report_return: { path: { id: string }; query: undefined; body: TransitionBody; answer: SelfReportPublic }
  self_report_revise: { path: { id: string }; query: undefined; body: TransitionBody; answer: SelfReportPublic }
  self_report_sign: { path: { id: string }; query: undefined; body: TransitionBody; answer: SelfReportPublic }
  self_report_withdraw: { path: { id: string }; query: undefined; body: TransitionBody; answer: SelfReportPublic }
  service_account_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; q?: string | null; sort?: "name" | "-created_at" }; body: undefined; answer: PageOfServiceAccountPublic }
  service_account_create: { path: undefined; query: undefined; body: ServiceAccountCreate; answer: ServiceAccountWithSecret }
  service_account_update: { path: { id: string }; query: undefined; body: ServiceAccountUpdate; answer: ServiceAccountPublic }
  service_account_disable: { path: { id: string }; query: undefined; body: undefined; answer: ServiceAccountPublic }
  service_account_revoke_previous: { path: { id: string }; query: undefined; body: undefined; answer: ServiceAccountPublic }
  service_account_rotate: { path: { id: string }; query: undefined; body: SecretRotation | null; answer: ServiceAccountWithSecret }
  settings_get: { path: undefined; query: undefined; body: undefined; answer: SettingsPublic }
  sheet_get: { path: { id: string }; query: undefined; body: undefined; answer: SheetPublic }
  judgement_put: { path: { id: string; criterion_id: string }; query: undefined; body: JudgementBody; answer: JudgementPublic }
  sheet_submit: { path: { id: string }; query: undefined; body: TransitionBody; answer: SheetPublic }
  sheet_withdraw: { path: { id: string }; query: undefined; body: TransitionBody; answer: SheetPublic }
  standard_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; state?: StandardState | null; year?: number | null; q?: string | null; sort?: "-year" | "year" | "name" }; body: undefined; answer: PageOfStandardSummary }
  standard_create: { path: undefined; query: undefined; body: StandardCreate; answer: StandardPublic }
  standard_import: { path: undefined; query: undefined; body: Blob; answer: StandardPublic }
  standard_get: { path: { id: string }; query: undefined; body: undefined; answer: StandardPublic }
  standard_update: { path: { id: string }; query: undefined; body: StandardUpdate; answer: StandardPublic }
  standard_delete: { path: { id: string }; query: undefined; body: undefined; answer: undefined }
  criterion_list: { path: { id: string }; query: undefined; body: undefined; answer: CriterionPublic[] }
  criterion_create: { path: { id: string }; query: undefined; body: CriterionCreate; answer: CriterionPublic }
  criterion_update: { path: { id: string; code: string }; query: undefined; body: CriterionUpdate; answer: CriterionPublic }
  criterion_delete: { path: { id: string; code: string }; query: undefined; body: undefined; answer: undefined }
  dimension_set: { path: { id: string }; query: undefined; body: DimensionsBody; answer: StandardPublic }
  standard_export: { path: { id: string }; query: { format?: "xlsx" | "yaml" }; body: undefined; answer: Blob }
  mapping_list: { path: { id: string }; query: undefined; body: undefined; answer: MappingPublic[] }
  mapping_set: { path: { id: string }; query: undefined; body: MappingsBody; answer: MappingPublic[] }
  standard_publish: { path: { id: string }; query: undefined; body: TransitionBody; answer: StandardPublic }
  team_meeting_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; campaign_id?: string | null; unit_id?: string | null; sort?: "held_on" | "-held_on" }; body: undefined; answer: PageOfMeetingPublic }
  team_meeting_create: { path: undefined; query: undefined; body: MeetingCreate; answer: MeetingPublic }
  team_meeting_get: { path: { id: string }; query: undefined; body: undefined; answer: MeetingPublic }
  team_meeting_update: { path: { id: string }; query: undefined; body: MeetingUpdate; answer: MeetingPublic }
  team_meeting_delete: { path: { id: string }; query: undefined; body: undefined; answer: undefined }
  thread_get: { path: undefined; query: { kind: NodeKind; id: string }; body: undefined; answer: ThreadPublic }
  recurrence_list: { path: undefined; query: { campaign_id?: string | null; unit_id?: string | null; limit?: number }; body: undefined; answer: Recurrences }
  todo_list: { path: undefined; query: { person?: string | null }; body: undefined; answer: Todo[] }
  unit_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; kind?: UnitKind | null; unit_class?: string | null; q?: string | null; sort?: "sort_order" | "name" | "code" }; body: undefined; answer: PageOfUnitPublic }
  unit_create: { path: undefined; query: undefined; body: UnitCreate; answer: UnitPublic }
  unit_get: { path: { id: string }; query: undefined; body: undefined; answer: UnitPublic }
  unit_update: { path: { id: string }; query: undefined; body: UnitUpdate; answer: UnitPublic }
  member_list: { path: { id: string }; query: undefined; body: undefined; answer: MemberPublic[] }
  member_create: { path: { id: string }; query: undefined; body: MemberCreate; answer: MemberPublic }
  upload_create: { path: undefined; query: undefined; body: Blob; answer: unknown }
  upload_continue: { path: { id: string }; query: undefined; body: Blob; answer: undefined }
  upload_delete: { path: { id: string }; query: undefined; body: undefined; answer: undefined }
  visit_file_get: { path: { ticket: string }; query: undefined; body: undefined; answer: unknown }
  webhook_delivery_replay: { path: { id: string }; query: undefined; body: undefined; answer: DeliveryPublic }
  webhook_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; state?: WebhookState | null; sort?: "name" | "-name" | "created_at" | "-created_at" }; body: undefined; answer: PageOfWebhookPublic }
  webhook_create: { path: undefined; query: undefined; body: WebhookCreate; answer: WebhookWithSecret }
  webhook_get: { path: { id: string }; query: undefined; body: undefined; answer: WebhookPublic }
  webhook_update: { path: { id: string }; query: undefined; body: WebhookUpdate; answer: WebhookPublic }
  webhook_delete: { path: { id: string }; query: undefined; body: undefined; answer: undefined }
  webhook_delivery_list: { path: { id: string }; query: { limit?: number; cursor?: string | null; count?: "exact" | null; outcome?: DeliveryOutcome | null; sort?: "created_at" | "-created_at" }; body: undefined; answer: PageOfDeliveryPublic }
  webhook_pause: { path: { id: string }; query: undefined; body: TransitionBody; answer: WebhookPublic }
  webhook_replay: { path: { id: string }; query: undefined; body: ReplayRequest; answer: Replayed }
  webhook_resume: { path: { id: string }; query: undefined; body: TransitionBody; answer: WebhookPublic }
  webhook_rotate: { path: { id: string }; query: undefined; body: Rotation; answer: WebhookWithSecret }
  webhook_test: { path: { id: string }; query: undefined; body: undefined; answer: DeliveryPublic }
  workday_list: { path: undefined; query: { year?: number | null }; body: undefined; answer: DayPublic[] }
  workday_get: { path: { day: string }; query: undefined; body: undefined; answer: DayPublic }
  workday_put: { path: { day: string }; query: undefined; body: DayBody; answer: DayPublic }
  workday_delete: { path: { day: string }; query: undefined; body: undefined; answer: undefined }
  health_live: { path: undefined; query: undefined; body: undefined; answer: Record<string, string> }
  health_ready: { path: undefined; query: undefined; body: undefined; answer: Record<string, string> }
}

export const routes = {
  audit_list: ['GET', '/api/v1/audit'],
  installation_claim: ['POST', '/api/v1/auth/bootstrap'],
  cas_begin: ['POST', '/api/v1/auth/cas/begin'],
  cas_finish: ['POST', '/api/v1/auth/cas/finish'],
  session_open: ['POST', '/api/v1/auth/login'],
  session_close: ['POST', '/api/v1/auth/logout'],
  oidc_begin: ['POST', '/api/v1/auth/oidc/begin'],
  oidc_finish: ['POST', '/api/v1/auth/oidc/finish'],
  password_change: ['POST', '/api/v1/auth/password'],
  session_refresh: ['POST', '/api/v1/auth/refresh'],
  session_list: ['GET', '/api/v1/auth/sessions'],
  session_revoke_others: ['POST', '/api/v1/auth/sessions/revoke_others'],
  session_revoke: ['DELETE', '/api/v1/auth/sessions/{id}'],
  session_prove: ['POST', '/api/v1/auth/step-up'],
  session_prove_cas: ['POST', '/api/v1/auth/step-up/cas'],
  session_prove_oidc: ['POST', '/api/v1/auth/step-up/oidc'],
  token_issue: ['POST', '/api/v1/auth/token'],
  totp_get: ['GET', '/api/v1/auth/totp'],
  totp_begin: ['POST', '/api/v1/auth/totp'],
  totp_confirm: ['POST', '/api/v1/auth/totp/confirm'],
  totp_renew: ['POST', '/api/v1/auth/totp/recovery-codes'],
  totp_remove: ['POST', '/api/v1/auth/totp/remove'],
  sign_in_get: ['GET', '/api/v1/auth/ways'],
  ballot_form_read: ['POST', '/api/v1/ballot-forms'],
  ballot_paper_cast: ['POST', '/api/v1/ballot-papers'],
  ballot_tag_find: ['POST', '/api/v1/ballot-tags'],
  ballot_template_get: ['GET', '/api/v1/ballot-template'],
  ballot_list: ['GET', '/api/v1/ballots'],
  ballot_create: ['POST', '/api/v1/ballots'],
  ballot_get: ['GET', '/api/v1/ballots/{id}'],
  ballot_update: ['PATCH', '/api/v1/ballots/{id}'],
  ballot_close: ['POST', '/api/v1/ballots/{id}/close'],
  ballot_count: ['POST', '/api/v1/ballots/{id}/count'],
  ballot_hand_count: ['POST', '/api/v1/ballots/{id}/hand-counts'],
  ballot_issue: ['POST', '/api/v1/ballots/{id}/issue'],
  ballot_lock: ['POST', '/api/v1/ballots/{id}/lock'],
  ballot_open: ['POST', '/api/v1/ballots/{id}/open'],
  ballot_record_read: ['POST', '/api/v1/ballots/{id}/record'],
  ballot_tag_list: ['GET', '/api/v1/ballots/{id}/tags'],
  burden_get: ['GET', '/api/v1/burden'],
  calendar_list: ['GET', '/api/v1/calendar'],
  calendar_download: ['GET', '/api/v1/calendar.ics'],
  calendar_address_get: ['GET', '/api/v1/calendar/address'],
  calendar_address_draw: ['POST', '/api/v1/calendar/address'],
  calendar_address_revoke: ['DELETE', '/api/v1/calendar/address'],
  calendar_read: ['GET', '/api/v1/calendars/{secret}.ics'],
  campaign_list: ['GET', '/api/v1/campaigns'],
  campaign_create: ['POST', '/api/v1/campaigns'],
  campaign_get: ['GET', '/api/v1/campaigns/{id}'],
  campaign_update: ['PATCH', '/api/v1/campaigns/{id}'],
  agreement_get: ['GET', '/api/v1/campaigns/{id}/agreement'],
  agreement_words: ['GET', '/api/v1/campaigns/{id}/agreement/words'],
  campaign_close: ['POST', '/api/v1/campaigns/{id}/close'],
  disagreement_list: ['GET', '/api/v1/campaigns/{id}/disagreements'],
  inspection_assign: ['POST', '/api/v1/campaigns/{id}/inspections/assign'],
  campaign_open: ['POST', '/api/v1/campaigns/{id}/open'],
  results_frozen: ['GET', '/api/v1/campaigns/{id}/results/frozen'],
  results_approve: ['POST', '/api/v1/campaigns/{id}/results:approve'],
  results_compute: ['POST', '/api/v1/campaigns/{id}/results:compute'],
  results_publish: ['POST', '/api/v1/campaigns/{id}/results:publish'],
  scheme_get: ['GET', '/api/v1/campaigns/{id}/scheme'],
  scheme_set: ['PUT', '/api/v1/campaigns/{id}/scheme'],
  scheme_continue: ['POST', '/api/v1/campaigns/{id}/scheme/continue'],
  scheme_export: ['GET', '/api/v1/campaigns/{id}/scheme/export'],
  scheme_import: ['POST', '/api/v1/campaigns/{id}/scheme/import'],
  scheme_reset: ['POST', '/api/v1/campaigns/{id}/scheme/reset'],
  scheme_try: ['POST', '/api/v1/campaigns/{id}/scheme/try'],
  scheme_version_list: ['GET', '/api/v1/campaigns/{id}/scheme/versions'],
  scheme_version_get: ['GET', '/api/v1/campaigns/{id}/scheme/versions/{number}'],
  campaign_settle: ['POST', '/api/v1/campaigns/{id}/settle'],
  campaign_start_inspection: ['POST', '/api/v1/campaigns/{id}/start_inspection'],
  visit_list: ['GET', '/api/v1/campaigns/{id}/visits'],
  visit_set: ['POST', '/api/v1/campaigns/{id}/visits'],
  visit_propose: ['POST', '/api/v1/campaigns/{id}/visits/propose'],
  visit_ticket: ['POST', '/api/v1/campaigns/{id}/visits/ticket'],
  window_list: ['GET', '/api/v1/campaigns/{id}/windows'],
  window_set: ['PUT', '/api/v1/campaigns/{id}/windows'],
  co_assessment_list: ['GET', '/api/v1/co-assessments'],
  co_assessment_create: ['POST', '/api/v1/co-assessments'],
  co_assessment_get: ['GET', '/api/v1/co-assessments/{id}'],
  co_assessment_update: ['PATCH', '/api/v1/co-assessments/{id}'],
  co_assessment_release: ['POST', '/api/v1/co-assessments/{id}/release'],
  co_assessment_result_list: ['GET', '/api/v1/co-assessments/{id}/results'],
  co_assessment_result_batch: ['PUT', '/api/v1/co-assessments/{id}/results'],
  co_assessment_result_put: ['PUT', '/api/v1/co-assessments/{id}/results/{unit_id}'],
  co_assessment_result_history: ['GET', '/api/v1/co-assessments/{id}/results/{unit_id}/history'],
  coassessor_list: ['GET', '/api/v1/coassessors'],
  commendation_list: ['GET', '/api/v1/commendations'],
  commendation_update: ['PATCH', '/api/v1/commendations/{id}'],
  commendation_withdraw: ['POST', '/api/v1/commendations/{id}/withdraw'],
  comparison_notice_list: ['GET', '/api/v1/comparison-notices'],
  comparison_list: ['GET', '/api/v1/comparisons'],
  comparison_create: ['POST', '/api/v1/comparisons'],
  comparison_get: ['GET', '/api/v1/comparisons/{id}'],
  comparison_advise: ['POST', '/api/v1/comparisons/{id}/advise'],
  comparison_announce: ['POST', '/api/v1/comparisons/{id}/announce'],
  comparison_deliberate: ['POST', '/api/v1/comparisons/{id}/deliberate'],
  comparison_freeze: ['POST', '/api/v1/comparisons/{id}/freeze'],
  comparison_frozen: ['GET', '/api/v1/comparisons/{id}/frozen'],
  comparison_notice: ['POST', '/api/v1/comparisons/{id}/notice'],
  comparison_outcome: ['GET', '/api/v1/comparisons/{id}/outcome'],
  complaint_list: ['GET', '/api/v1/complaints'],
  complaint_create: ['POST', '/api/v1/complaints'],
  complaint_get: ['GET', '/api/v1/complaints/{id}'],
  complaint_answer: ['POST', '/api/v1/complaints/{id}/answer'],
  correction_get: ['GET', '/api/v1/corrections/{id}'],
  correction_dismiss: ['POST', '/api/v1/corrections/{id}/dismiss'],
  correction_publish: ['POST', '/api/v1/corrections/{id}/publish'],
  dashboard_committee: ['GET', '/api/v1/dashboards/committee'],
  heat_list: ['GET', '/api/v1/dashboards/heat'],
  heat_get: ['GET', '/api/v1/dashboards/heat/{id}'],
  dashboard_leadership: ['GET', '/api/v1/dashboards/leadership'],
  dashboard_questions: ['GET', '/api/v1/dashboards/questions'],
  dashboard_unit: ['GET', '/api/v1/dashboards/unit'],
  document_archive_create: ['POST', '/api/v1/document-archives'],
  document_preview_ticket: ['POST', '/api/v1/document-files'],
  document_file_get: ['GET', '/api/v1/document-files/{ticket}'],
  document_series_list: ['GET', '/api/v1/document-series'],
  document_template_list: ['GET', '/api/v1/document-templates'],
  document_template_add: ['POST', '/api/v1/document-templates'],
  document_template_fields: ['GET', '/api/v1/document-templates/fields'],
  document_template_starting: ['POST', '/api/v1/document-templates/starting'],
  document_template_retire: ['POST', '/api/v1/document-templates/{id}/retire'],
  document_template_ticket: ['POST', '/api/v1/document-templates/{id}/ticket'],
  document_template_try: ['POST', '/api/v1/document-templates/{id}/try'],
  document_template_use: ['POST', '/api/v1/document-templates/{id}/use'],
  document_list: ['GET', '/api/v1/documents'],
  document_create: ['POST', '/api/v1/documents'],
  document_preview: ['GET', '/api/v1/documents/preview'],
  document_register: ['GET', '/api/v1/documents/register'],
  document_get: ['GET', '/api/v1/documents/{id}'],
  document_update: ['PATCH', '/api/v1/documents/{id}'],
  document_issue: ['POST', '/api/v1/documents/{id}/issue'],
  document_receipt: ['POST', '/api/v1/documents/{id}/receipts'],
  document_ticket: ['POST', '/api/v1/documents/{id}/ticket'],
  document_withdraw: ['POST', '/api/v1/documents/{id}/withdraw'],
  event_list: ['GET', '/api/v1/events'],
  event_stream: ['GET', '/api/v1/events/stream'],
  evidence_list: ['GET', '/api/v1/evidence'],
  evidence_create: ['POST', '/api/v1/evidence'],
  evidence_link_create_many: ['POST', '/api/v1/evidence-links/batch'],
  evidence_link_judge_many: ['POST', '/api/v1/evidence-links/verdicts'],
  evidence_link_delete: ['DELETE', '/api/v1/evidence-links/{id}'],
  evidence_link_accept: ['POST', '/api/v1/evidence-links/{id}/accept'],
  evidence_link_reject: ['POST', '/api/v1/evidence-links/{id}/reject'],
  evidence_link_reset: ['POST', '/api/v1/evidence-links/{id}/reset'],
  evidence_manifest_list: ['GET', '/api/v1/evidence-manifests'],
  evidence_manifest_create: ['POST', '/api/v1/evidence-manifests'],
  evidence_manifest_get: ['GET', '/api/v1/evidence-manifests/{id}'],
  evidence_manifest_line_list: ['GET', '/api/v1/evidence-manifests/{id}/lines'],
  evidence_matrix: ['GET', '/api/v1/evidence-matrix'],
  evidence_summary: ['GET', '/api/v1/evidence-summary'],
  evidence_suggest: ['GET', '/api/v1/evidence/suggestions'],
  evidence_get: ['GET', '/api/v1/evidence/{id}'],
  evidence_update: ['PATCH', '/api/v1/evidence/{id}'],
  evidence_receive: ['PUT', '/api/v1/evidence/{id}/content'],
  evidence_file_create: ['POST', '/api/v1/evidence/{id}/files'],
  evidence_file_delete: ['DELETE', '/api/v1/evidence/{id}/files/{file_id}'],
  evidence_link_list: ['GET', '/api/v1/evidence/{id}/links'],
  evidence_link_create: ['POST', '/api/v1/evidence/{id}/links'],
  evidence_preview: ['POST', '/api/v1/evidence/{id}/preview'],
  evidence_reuse: ['POST', '/api/v1/evidence/{id}/reuse'],
  evidence_ticket: ['POST', '/api/v1/evidence/{id}/ticket'],
  evidence_withdraw: ['POST', '/api/v1/evidence/{id}/withdraw'],
  export_file_get: ['GET', '/api/v1/export-files/{ticket}'],
  export_list: ['GET', '/api/v1/exports'],
  export_create: ['POST', '/api/v1/exports'],
  export_get: ['GET', '/api/v1/exports/{id}'],
  export_ticket: ['POST', '/api/v1/exports/{id}/ticket'],
  extra_list: ['GET', '/api/v1/extras'],
  extra_create: ['POST', '/api/v1/extras'],
  extra_rule_list: ['GET', '/api/v1/extras/rules'],
  extra_get: ['GET', '/api/v1/extras/{id}'],
  extra_answer_view: ['POST', '/api/v1/extras/{id}/answer_view'],
  extra_confirm: ['POST', '/api/v1/extras/{id}/confirm'],
  extra_dismiss: ['POST', '/api/v1/extras/{id}/dismiss'],
  extra_lift: ['POST', '/api/v1/extras/{id}/lift'],
  extra_publish_notice: ['POST', '/api/v1/extras/{id}/publish_notice'],
  extra_state_view: ['POST', '/api/v1/extras/{id}/state_view'],
  extra_withdraw: ['POST', '/api/v1/extras/{id}/withdraw'],
  file_get: ['GET', '/api/v1/files/{ticket}'],
  finding_list: ['GET', '/api/v1/findings'],
  finding_create: ['POST', '/api/v1/findings'],
  finding_get: ['GET', '/api/v1/findings/{id}'],
  import_list: ['GET', '/api/v1/imports'],
  import_create: ['POST', '/api/v1/imports'],
  import_template: ['GET', '/api/v1/imports/templates/{kind}'],
  import_get: ['GET', '/api/v1/imports/{id}'],
  import_commit: ['POST', '/api/v1/imports/{id}/commit'],
  import_error_list: ['GET', '/api/v1/imports/{id}/errors'],
  import_workbook: ['GET', '/api/v1/imports/{id}/workbook'],
  indicator_list: ['GET', '/api/v1/indicators'],
  indicator_open: ['GET', '/api/v1/indicators/{criterion}/rows'],
  group_list: ['GET', '/api/v1/inspection-groups'],
  group_create: ['POST', '/api/v1/inspection-groups'],
  group_get: ['GET', '/api/v1/inspection-groups/{id}'],
  group_update: ['PATCH', '/api/v1/inspection-groups/{id}'],
  allocation_get: ['GET', '/api/v1/inspection-groups/{id}/allocation'],
  allocation_put: ['PUT', '/api/v1/inspection-groups/{id}/allocation'],
  inspection_list: ['GET', '/api/v1/inspections'],
  inspection_get: ['GET', '/api/v1/inspections/{id}'],
  inspection_update: ['PATCH', '/api/v1/inspections/{id}'],
  inspection_confirm: ['POST', '/api/v1/inspections/{id}/confirm'],
  inspection_consolidate: ['POST', '/api/v1/inspections/{id}/consolidate'],
  consolidation_get: ['GET', '/api/v1/inspections/{id}/consolidation'],
  decision_agree: ['POST', '/api/v1/inspections/{id}/decisions/agree'],
  decision_put: ['PUT', '/api/v1/inspections/{id}/decisions/{criterion_id}'],
  inspection_feedback: ['GET', '/api/v1/inspections/{id}/feedback'],
  inspection_finalize: ['POST', '/api/v1/inspections/{id}/finalize'],
  inspection_give_feedback: ['POST', '/api/v1/inspections/{id}/give_feedback'],
  inspection_item_history: ['GET', '/api/v1/inspections/{id}/items/{code}/history'],
  inspection_item: ['GET', '/api/v1/inspections/{id}/items/{criterion_id}'],
  inspection_materials: ['GET', '/api/v1/inspections/{id}/materials'],
  sheet_list: ['GET', '/api/v1/inspections/{id}/sheets'],
  inspection_start: ['POST', '/api/v1/inspections/{id}/start'],
  inspector_list: ['GET', '/api/v1/inspectors'],
  interview_list: ['GET', '/api/v1/interviews'],
  interview_create: ['POST', '/api/v1/interviews'],
  interview_calendar: ['GET', '/api/v1/interviews/calendar'],
  interview_suggestions: ['GET', '/api/v1/interviews/suggestions'],
  interview_get: ['GET', '/api/v1/interviews/{id}'],
  interview_acknowledge: ['POST', '/api/v1/interviews/{id}/acknowledge'],
  interview_approve: ['POST', '/api/v1/interviews/{id}/approve'],
  interview_close: ['POST', '/api/v1/interviews/{id}/close'],
  interview_confirm_record: ['POST', '/api/v1/interviews/{id}/confirm_record'],
  interview_escalate: ['POST', '/api/v1/interviews/{id}/escalate'],
  interview_hold: ['POST', '/api/v1/interviews/{id}/hold'],
  interview_look_back: ['POST', '/api/v1/interviews/{id}/look_back'],
  interview_notify: ['POST', '/api/v1/interviews/{id}/notify'],
  interview_nameable: ['GET', '/api/v1/interviews/{id}/readers'],
  interview_readers: ['PUT', '/api/v1/interviews/{id}/readers'],
  interview_record_get: ['GET', '/api/v1/interviews/{id}/record'],
  interview_record_update: ['PATCH', '/api/v1/interviews/{id}/record'],
  interview_reopen_record: ['POST', '/api/v1/interviews/{id}/reopen_record'],
  interview_start_rectifying: ['POST', '/api/v1/interviews/{id}/start_rectifying'],
  interview_team: ['GET', '/api/v1/interviews/{id}/team'],
  interview_verify: ['POST', '/api/v1/interviews/{id}/verify'],
  ledger_entry_list: ['GET', '/api/v1/ledger-entries'],
  ledger_entry_create: ['POST', '/api/v1/ledger-entries'],
  ledger_entry_create_batch: ['POST', '/api/v1/ledger-entries/batch'],
  ledger_entry_get: ['GET', '/api/v1/ledger-entries/{id}'],
  ledger_entry_update: ['PATCH', '/api/v1/ledger-entries/{id}'],
  ledger_entry_delete: ['DELETE', '/api/v1/ledger-entries/{id}'],
  ledger_list: ['GET', '/api/v1/ledgers'],
  material_collection_list: ['GET', '/api/v1/material-collections'],
  material_collection_create: ['POST', '/api/v1/material-collections'],
  material_collection_get: ['GET', '/api/v1/material-collections/{id}'],
  material_collection_update: ['PATCH', '/api/v1/material-collections/{id}'],
  material_collection_close: ['POST', '/api/v1/material-collections/{id}/close'],
  material_collection_send: ['POST', '/api/v1/material-collections/{id}/send'],
  me_get: ['GET', '/api/v1/me'],
  measure_list: ['GET', '/api/v1/measures'],
  measure_get: ['GET', '/api/v1/measures/{id}'],
  measure_update: ['PATCH', '/api/v1/measures/{id}'],
  measure_delete: ['DELETE', '/api/v1/measures/{id}'],
  measure_confirm: ['POST', '/api/v1/measures/{id}/confirm'],
  progress_list: ['GET', '/api/v1/measures/{id}/progress'],
  progress_create: ['POST', '/api/v1/measures/{id}/progress'],
  measure_reject: ['POST', '/api/v1/measures/{id}/reject'],
  measure_request_completion: ['POST', '/api/v1/measures/{id}/request_completion'],
  measure_start: ['POST', '/api/v1/measures/{id}/start'],
  member_get: ['GET', '/api/v1/members/{id}'],
  member_update: ['PATCH', '/api/v1/members/{id}'],
  notice_objection_list: ['GET', '/api/v1/notice-objections'],
  notice_objection_create: ['POST', '/api/v1/notice-objections'],
  notice_objection_get: ['GET', '/api/v1/notice-objections/{id}'],
  notice_objection_dismiss: ['POST', '/api/v1/notice-objections/{id}/dismiss'],
  notice_objection_uphold: ['POST', '/api/v1/notice-objections/{id}/uphold'],
  objection_list: ['GET', '/api/v1/objections'],
  objection_create: ['POST', '/api/v1/objections'],
  objection_get: ['GET', '/api/v1/objections/{id}'],
  objection_dismiss: ['POST', '/api/v1/objections/{id}/dismiss'],
  objection_take_up: ['POST', '/api/v1/objections/{id}/take_up'],
  objection_uphold: ['POST', '/api/v1/objections/{id}/uphold'],
  objection_uphold_partly: ['POST', '/api/v1/objections/{id}/uphold_partly'],
  person_list: ['GET', '/api/v1/people'],
  person_create: ['POST', '/api/v1/people'],
  person_get: ['GET', '/api/v1/people/{id}'],
  person_update: ['PATCH', '/api/v1/people/{id}'],
  person_disable: ['POST', '/api/v1/people/{id}/disable'],
  person_enable: ['POST', '/api/v1/people/{id}/enable'],
  grant_add: ['POST', '/api/v1/people/{id}/grants'],
  grant_remove: ['DELETE', '/api/v1/people/{id}/grants/{grant_id}'],
  person_reset_password: ['POST', '/api/v1/people/{id}/reset_password'],
  person_reset_totp: ['POST', '/api/v1/people/{id}/reset_totp'],
  plan_list: ['GET', '/api/v1/plans'],
  plan_create: ['POST', '/api/v1/plans'],
  plan_stages: ['GET', '/api/v1/plans/stages'],
  plan_get: ['GET', '/api/v1/plans/{id}'],
  plan_update: ['PATCH', '/api/v1/plans/{id}'],
  plan_accept: ['POST', '/api/v1/plans/{id}/accept'],
  plan_amend: ['POST', '/api/v1/plans/{id}/amend'],
  plan_carry_over: ['POST', '/api/v1/plans/{id}/carry_over'],
  plan_carry_over_candidates: ['GET', '/api/v1/plans/{id}/carry_over/candidates'],
  plan_checks: ['GET', '/api/v1/plans/{id}/checks'],
  plan_close: ['POST', '/api/v1/plans/{id}/close'],
  plan_copies: ['GET', '/api/v1/plans/{id}/copies'],
  plan_measure_list: ['GET', '/api/v1/plans/{id}/measures'],
  measure_create: ['POST', '/api/v1/plans/{id}/measures'],
  measure_create_batch: ['POST', '/api/v1/plans/{id}/measures/batch'],
  measure_order: ['POST', '/api/v1/plans/{id}/measures/order'],
  plan_present: ['POST', '/api/v1/plans/{id}/present'],
  plan_problem_list: ['GET', '/api/v1/plans/{id}/problems'],
  problem_create: ['POST', '/api/v1/plans/{id}/problems'],
  problem_order: ['POST', '/api/v1/plans/{id}/problems/order'],
  plan_return: ['POST', '/api/v1/plans/{id}/return'],
  plan_revise: ['POST', '/api/v1/plans/{id}/revise'],
  plan_sign: ['POST', '/api/v1/plans/{id}/sign'],
  plan_version_list: ['GET', '/api/v1/plans/{id}/versions'],
  plan_version_get: ['GET', '/api/v1/plans/{id}/versions/{number}'],
  plan_version_diff: ['GET', '/api/v1/plans/{id}/versions/{number}/diff'],
  plan_withdraw: ['POST', '/api/v1/plans/{id}/withdraw'],
  preview_get: ['GET', '/api/v1/previews/{ticket}'],
  problem_list: ['GET', '/api/v1/problems'],
  problem_get: ['GET', '/api/v1/problems/{id}'],
  problem_update: ['PATCH', '/api/v1/problems/{id}'],
  problem_delete: ['DELETE', '/api/v1/problems/{id}'],
  problem_confirm: ['POST', '/api/v1/problems/{id}/confirm'],
  problem_history: ['GET', '/api/v1/problems/{id}/history'],
  problem_reject: ['POST', '/api/v1/problems/{id}/reject'],
  problem_request_closing: ['POST', '/api/v1/problems/{id}/request_closing'],
  rectification_list: ['GET', '/api/v1/rectifications'],
  rectification_create: ['POST', '/api/v1/rectifications'],
  rectification_handlers: ['GET', '/api/v1/rectifications/handlers'],
  rectification_get: ['GET', '/api/v1/rectifications/{id}'],
  rectification_update: ['PATCH', '/api/v1/rectifications/{id}'],
  rectification_carry_over: ['POST', '/api/v1/rectifications/{id}/carry_over'],
  rectification_look_back: ['POST', '/api/v1/rectifications/{id}/look_back'],
  rectification_report: ['POST', '/api/v1/rectifications/{id}/report'],
  rectification_return: ['POST', '/api/v1/rectifications/{id}/return'],
  rectification_verify: ['POST', '/api/v1/rectifications/{id}/verify'],
  recusal_list: ['GET', '/api/v1/recusals'],
  recusal_create: ['POST', '/api/v1/recusals'],
  recusal_standing: ['GET', '/api/v1/recusals/standing'],
  recusal_units: ['GET', '/api/v1/recusals/units'],
  recusal_withdraw: ['POST', '/api/v1/recusals/{id}/withdraw'],
  referral_file_get: ['GET', '/api/v1/referral-files/{ticket}'],
  referral_list: ['GET', '/api/v1/referrals'],
  referral_create: ['POST', '/api/v1/referrals'],
  referral_receivers: ['GET', '/api/v1/referrals/receivers'],
  referral_get: ['GET', '/api/v1/referrals/{id}'],
  referral_update: ['PATCH', '/api/v1/referrals/{id}'],
  referral_acknowledge: ['POST', '/api/v1/referrals/{id}/acknowledge'],
  referral_advise: ['POST', '/api/v1/referrals/{id}/advise'],
  referral_approve: ['POST', '/api/v1/referrals/{id}/approve'],
  referral_conclude: ['POST', '/api/v1/referrals/{id}/conclude'],
  referral_file_add: ['PUT', '/api/v1/referrals/{id}/files'],
  referral_file_remove: ['DELETE', '/api/v1/referrals/{id}/files/{file_id}'],
  referral_file_ticket: ['POST', '/api/v1/referrals/{id}/files/{file_id}/ticket'],
  referral_send: ['POST', '/api/v1/referrals/{id}/send'],
  result_list: ['GET', '/api/v1/results'],
  result_get: ['GET', '/api/v1/results/{id}'],
  result_approve: ['POST', '/api/v1/results/{id}/approve'],
  result_changes: ['GET', '/api/v1/results/{id}/changes'],
  correction_list: ['GET', '/api/v1/results/{id}/corrections'],
  correction_draft: ['POST', '/api/v1/results/{id}/corrections'],
  correction_preview: ['POST', '/api/v1/results/{id}/corrections/preview'],
  result_explanation: ['GET', '/api/v1/results/{id}/explanation'],
  result_publish: ['POST', '/api/v1/results/{id}/publish'],
  result_recount: ['GET', '/api/v1/results/{id}/recount'],
  search_find: ['GET', '/api/v1/search'],
  self_report_section_update: ['PATCH', '/api/v1/self-report-sections/{id}'],
  self_report_list: ['GET', '/api/v1/self-reports'],
  self_report_create: ['POST', '/api/v1/self-reports'],
  self_report_get: ['GET', '/api/v1/self-reports/{id}'],
  self_report_accept: ['POST', '/api/v1/self-reports/{id}/accept'],
  self_report_checks: ['GET', '/api/v1/self-reports/{id}/checks'],
  self_report_copies: ['GET', '/api/v1/self-reports/{id}/copies'],
  self_report_prefill: ['GET', '/api/v1/self-reports/{id}/prefill'],
  self_report_present: ['POST', '/api/v1/self-reports/{id}/present'],
  self_report_receipt: ['GET', '/api/v1/self-reports/{id}/receipt'],
  self_report_return: ['POST', '/api/v1/self-reports/{id}/return'],
  self_report_revise: ['POST', '/api/v1/self-reports/{id}/revise'],
  self_report_sign: ['POST', '/api/v1/self-reports/{id}/sign'],
  self_report_withdraw: ['POST', '/api/v1/self-reports/{id}/withdraw'],
  service_account_list: ['GET', '/api/v1/service-accounts'],
  service_account_create: ['POST', '/api/v1/service-accounts'],
  service_account_update: ['PATCH', '/api/v1/service-accounts/{id}'],
  service_account_disable: ['POST', '/api/v1/service-accounts/{id}/disable'],
  service_account_revoke_previous: ['POST', '/api/v1/service-accounts/{id}/revoke_previous'],
  service_account_rotate: ['POST', '/api/v1/service-accounts/{id}/rotate'],
  settings_get: ['GET', '/api/v1/settings'],
  sheet_get: ['GET', '/api/v1/sheets/{id}'],
  judgement_put: ['PUT', '/api/v1/sheets/{id}/judgements/{criterion_id}'],
  sheet_submit: ['POST', '/api/v1/sheets/{id}/submit'],
  sheet_withdraw: ['POST', '/api/v1/sheets/{id}/withdraw'],
  standard_list: ['GET', '/api/v1/standards'],
  standard_create: ['POST', '/api/v1/standards'],
  standard_import: ['POST', '/api/v1/standards/import'],
  standard_get: ['GET', '/api/v1/standards/{id}'],
  standard_update: ['PATCH', '/api/v1/standards/{id}'],
  standard_delete: ['DELETE', '/api/v1/standards/{id}'],
  criterion_list: ['GET', '/api/v1/standards/{id}/criteria'],
  criterion_create: ['POST', '/api/v1/standards/{id}/criteria'],
  criterion_update: ['PATCH', '/api/v1/standards/{id}/criteria/{code}'],
  criterion_delete: ['DELETE', '/api/v1/standards/{id}/criteria/{code}'],
  dimension_set: ['PUT', '/api/v1/standards/{id}/dimensions'],
  standard_export: ['GET', '/api/v1/standards/{id}/export'],
  mapping_list: ['GET', '/api/v1/standards/{id}/mappings'],
  mapping_set: ['PUT', '/api/v1/standards/{id}/mappings'],
  standard_publish: ['POST', '/api/v1/standards/{id}/publish'],
  team_meeting_list: ['GET', '/api/v1/team-meetings'],
  team_meeting_create: ['POST', '/api/v1/team-meetings'],
  team_meeting_get: ['GET', '/api/v1/team-meetings/{id}'],
  team_meeting_update: ['PATCH', '/api/v1/team-meetings/{id}'],
  team_meeting_delete: ['DELETE', '/api/v1/team-meetings/{id}'],
  thread_get: ['GET', '/api/v1/threads'],
  recurrence_list: ['GET', '/api/v1/threads/recurrences'],
  todo_list: ['GET', '/api/v1/todos'],
  unit_list: ['GET', '/api/v1/units'],
  unit_create: ['POST', '/api/v1/units'],
  unit_get: ['GET', '/api/v1/units/{id}'],
  unit_update: ['PATCH', '/api/v1/units/{id}'],
  member_list: ['GET', '/api/v1/units/{id}/members'],
  member_create: ['POST', '/api/v1/units/{id}/members'],
  upload_create: ['POST', '/api/v1/uploads'],
  upload_continue: ['PATCH', '/api/v1/uploads/{id}'],
  upload_delete: ['DELETE', '/api/v1/uploads/{id}'],
  visit_file_get: ['GET', '/api/v1/visit-files/{ticket}'],
  webhook_delivery_replay: ['POST', '/api/v1/webhook-deliveries/{id}/replay'],
  webhook_list: ['GET', '/api/v1/webhooks'],
  webhook_create: ['POST', '/api/v1/webhooks'],
  webhook_get: ['GET', '/api/v1/webhooks/{id}'],
  webhook_update: ['PATCH', '/api/v1/webhooks/{id}'],
  webhook_delete: ['DELETE', '/api/v1/webhooks/{id}'],
  webhook_delivery_list: ['GET', '/api/v1/webhooks/{id}/deliveries'],
  webhook_pause: ['POST', '/api/v1/webhooks/{id}/pause'],
  webhook_replay: ['POST', '/api/v1/webhooks/{id}/replay'],
  webhook_resume: ['POST', '/api/v1/webhooks/{id}/resume'],
  webhook_rotate: ['POST', '/api/v1/webhooks/{id}/rotate'],
  webhook_test: ['POST', '/api/v1/webhooks/{id}/test'],
  workday_list: ['GET', '/api/v1/workdays'],
  workday_get: ['GET', '/api/v1/workdays/{day}'],
  workday_put: ['PUT', '/api/v1/workdays/{day}'],
  workday_delete: ['DELETE', '/api/v1/workdays/{day}'],
  health_live: ['GET', '/health/live'],
  health_ready: ['GET', '/health/ready'],
} as const satisfies Record<keyof Operations, readonly [string, string]>
