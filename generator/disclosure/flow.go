package disclosure

// A Flow is the path of data through one feature.
type Flow struct {
	ID             string          `json:"id"`
	Former         []string        `json:"former_ids,omitempty" words:"earlier ids"`                   // ids that it had before
	Address        string          `json:"address"`                                                    // its page
	Title          string          `json:"title" words:"title"`                                        // what the feature is called
	Summary        string          `json:"summary,omitempty" words:"summary"`                          // what happens to the data
	Feature        string          `json:"feature" words:"feature"`                                    // ai or product
	Status         string          `json:"status" words:"status"`                                      // live, planned or retired
	Exposure       string          `json:"exposure,omitempty" words:"audience"`                        // customer-facing or internal
	Tenants        string          `json:"tenants" words:"tenancy"`                                    // multi or single
	UntrustedInput *UntrustedInput `json:"untrusted_input,omitempty" words:"input by others"`          // how far a prompt that somebody else wrote can reach
	Owner          string          `json:"owner,omitempty" words:"owner"`                              // the title of a role
	VerifiedOn     Day             `json:"verified_on,omitempty" words:"last verification" as:"day"`   // the day on which the flow was last held against what runs
	Controls       []string        `json:"controls,omitempty" words:"controls" ref:"control"`          // ids of the controls that it rests on
	Policies       []string        `json:"policies,omitempty" words:"policies" ref:"policy"`           // ids of the policies that it follows
	Evaluation     *Evidence       `json:"evaluation,omitempty" words:"evaluation"`                    // the proof that the feature was tested
	OffSwitch      string          `json:"off_switch,omitempty" words:"off switch"`                    // how, and how fast
	Disclosure     string          `json:"disclosure,omitempty" words:"disclosure of the AI"`          // (EU AI Act, article 50)
	Markets        []string        `json:"markets,omitempty" words:"markets" as:"country"`             // where the feature is offered
	Steps          []Step          `json:"steps,omitempty" words:"steps" each:"step"`                  // what happens to the data, in order
	Absent         []Absence       `json:"absent,omitempty" words:"absent stages" each:"absent stage"` // stages that the feature does not have
	Links          []Link          `json:"links,omitempty" words:"links" each:"link"`                  // which step hands data to which
}

// UntrustedInput says how far a prompt that somebody else wrote can reach.
type UntrustedInput struct {
	Sources []string `json:"sources,omitempty" words:"sources"`                      // where texts come from that somebody else wrote
	Scope   string   `json:"scope,omitempty" words:"reach"`                          // what data such a text can reach at most
	Tools   []Tool   `json:"tools,omitempty" words:"tools of the model" each:"tool"` // what the model can call
	Egress  string   `json:"egress,omitempty" words:"way out"`                       // where the output goes
}

// A Tool is something that a model can call.
type Tool struct {
	Name     string `json:"name" words:"name" key:""`
	Approval string `json:"approval,omitempty" words:"approval" as:"approval"` // none, human or allow-list
}

// A Step is one thing that happens to the data, in one place.
type Step struct {
	ID        string     `json:"id" key:""`
	Title     string     `json:"title" words:"title"`
	Stage     string     `json:"stage,omitempty" words:"stage"`                            // input, preprocessing, model, output or storage
	Kind      string     `json:"kind,omitempty" words:"kind"`                              // external, process, store or model
	In        string     `json:"in" words:"place" ref:"cited"`                             // customer, internal, or a record: boundary:production, subprocessor:openai
	Region    string     `json:"region,omitempty" words:"region" as:"country"`             // where the data is worked on
	Model     string     `json:"model,omitempty" words:"model" ref:"model"`                // the id of the model that is called
	Endpoint  string     `json:"endpoint,omitempty" words:"endpoint"`                      // the vendor's interface that is called
	Isolation *Isolation `json:"isolation,omitempty" words:"isolation"`                    // what keeps one customer's vectors from another's
	Retention string     `json:"retention,omitempty" words:"retention period" as:"period"` // how long a store keeps the data
	Deletion  string     `json:"deletion,omitempty" words:"deletion"`                      // what makes a store forget
	Encrypted bool       `json:"encrypted,omitempty" words:"encrypted at rest"`            // whether the data is said to be encrypted at rest
	PromptLog *PromptLog `json:"prompt_log,omitempty" words:"prompt log"`                  // what is kept of a model call
	Approval  string     `json:"approval,omitempty" words:"approval" as:"approval"`        // none, human or allow-list
	Policy    string     `json:"policy,omitempty" words:"policy" ref:"policy"`             // the id of the policy that it follows
	Controls  []string   `json:"controls,omitempty" words:"controls" ref:"control"`        // ids of the controls that it rests on
}

// An Absence says why a flow lacks a stage.
type Absence struct {
	Stage  string `json:"stage" key:""`
	Reason string `json:"reason" words:"reason"`
}

// Isolation says how one tenant's vectors are kept from another's.
type Isolation struct {
	By       string    `json:"by,omitempty" words:"by"`   // namespace, index, database, collection, project, query-filter, row-level or none
	Per      string    `json:"per,omitempty" words:"per"` // tenant, user or workspace
	Evidence *Evidence `json:"evidence,omitempty" words:"proof"`
}

// A PromptLog says what is kept of a model call.
type PromptLog struct {
	Content string   `json:"content,omitempty" words:"content"`         // full, redacted, metadata or none
	Store   string   `json:"store,omitempty" words:"place" ref:"cited"` // a step of the same flow, step:logs, or subprocessor:aws
	Keep    string   `json:"keep,omitempty" words:"retention period" as:"period"`
	Readers []string `json:"readers,omitempty" words:"readers"` // titles of roles
}

// A Link carries data from one step to another.
type Link struct {
	From  string   `json:"from" words:"from" key:""`                     // the id of a step
	To    string   `json:"to" words:"to" key:""`                         // the id of a step
	Title string   `json:"title,omitempty" words:"title"`                // the author's words for it
	Data  []string `json:"data,omitempty" words:"data" ref:"data class"` // ids of the classes of data that are handed on
	Over  string   `json:"over,omitempty" words:"transport" as:"over"`   // tls, mtls, vpn, private-link, in-process or plaintext
}
