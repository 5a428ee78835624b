// Package catalog holds what Candor knows of well-known vendors: who they are, where their terms stand, and by which packages, environment
// variables and hosts source code shows that it uses them.
//
// The facts are vendors.yaml, whose head explains its keys; they are part of the program and are read when they are first asked for. In
// comes something that was seen in source code, out comes the vendor that it is a sign of. Nothing here says what a company has agreed with
// a vendor, and nothing here reads a file or the network.
package catalog

import (
	_ "embed"
	"fmt"
	"sync"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

//go:embed vendors.yaml
var vendors []byte

// A Vendor is what is known of one vendor.
type Vendor struct {
	ID                model.Text   `yaml:"id" need:""`
	Name              model.Text   `yaml:"name" need:""`
	Aliases           []model.Text `yaml:"aliases"`
	LegalEntity       model.Text   `yaml:"legal_entity"`
	LegalEntitySource model.Text   `yaml:"legal_entity_source"`
	Website           model.Text   `yaml:"website" need:"" form:"url"`
	Category          model.Text   `yaml:"category" need:"" one:"llm-api|ai-hosting|ai-tools|fine-tuning|generative-media|speech|data-labeling|vector-db|llm-observability|search|database|cloud|observability|analytics|feature-flags|payments|email|messaging|support|crm|productivity|auth|background-jobs|maps|cms|dev-tools|compliance"`
	Country           model.Text   `yaml:"country" form:"country"`
	Parent            model.Text   `yaml:"parent"`
	Status            model.Text   `yaml:"status" one:"acquired|discontinued"`
	DPAURL            model.Text   `yaml:"dpa_url" form:"url"`
	SubprocessorsURL  model.Text   `yaml:"subprocessors_url" form:"url"`
	SecurityURL       model.Text   `yaml:"security_url" form:"url"`
	TrustURL          model.Text   `yaml:"trust_url" form:"url"`
	Source            Sources      `yaml:"source"`
	AI                *AITerms     `yaml:"ai"`
	SelfHostable      model.Flag   `yaml:"self_hostable"`
	Compatible        []model.Text `yaml:"compatible"`
	Redirects         []model.Text `yaml:"redirects"`
	Signatures        Signatures   `yaml:"signatures"`
	Weak              Signatures   `yaml:"weak_signatures"`
	Note              model.Text   `yaml:"note"`

	// Known is the same vendor as rules see it.
	Known *model.KnownVendor `yaml:"-"`
}

// Sources say how each address was seen.
type Sources struct {
	DPAURL           []model.Text `yaml:"dpa_url" one:"page|otc|ae|repos|repo1"`
	SubprocessorsURL []model.Text `yaml:"subprocessors_url" one:"page|otc|ae|repos|repo1"`
	SecurityURL      []model.Text `yaml:"security_url" one:"page|otc|ae|repos|repo1"`
	TrustURL         []model.Text `yaml:"trust_url" one:"page|otc|ae|repos|repo1"`
}

// AITerms are what a vendor publishes on training and retention; what holds is the agreement that a company has.
type AITerms struct {
	Trains        model.Text `yaml:"trains_on_api_data_by_default" one:"no|opt-out|unknown"`
	ZeroRetention model.Text `yaml:"zero_retention_available" one:"yes|unknown"`
	Retention     model.Text `yaml:"default_retention"`
	Note          model.Text `yaml:"note"`
	Source        model.Text `yaml:"source" need:""`
}

// Signatures are what shows a vendor in source code.
type Signatures struct {
	NPM       []model.Text `yaml:"npm"`
	PyPI      []model.Text `yaml:"pypi"`
	Go        []model.Text `yaml:"go"`
	Gem       []model.Text `yaml:"gem"`
	Cargo     []model.Text `yaml:"cargo"`
	Maven     []model.Text `yaml:"maven"`
	Composer  []model.Text `yaml:"composer"`
	Env       []model.Text `yaml:"env"`
	Hosts     []model.Text `yaml:"hosts"`
	Terraform []model.Text `yaml:"terraform"`
	Files     []model.Text `yaml:"files"`
}

// A Catalog is a list of vendors that can be asked by their signs. It does not change, so any number of goroutines may ask it.
type Catalog struct {
	Compiled model.Text // the month of the facts: "2026-11"
	Vendors  []*Vendor  // in the order of the file

	byID      map[string]*Vendor
	packages  map[Ecosystem]*patterns
	variables patterns
	hosts     patterns
	redirects map[string]*Vendor
}

// Load gives the catalog that is part of the program. It is read once, when it is first asked for.
var Load = sync.OnceValue(func() *Catalog {
	diags := &diag.List{}
	c := Read(source.NewFile("vendors.yaml", vendors), diags)
	for _, f := range diags.Findings() {
		panic(fmt.Sprintf("the catalog is broken: %s: %s", diag.Place(f.At), f.Message)) // found by its test
	}
	return c
})

// Read reads a catalog from a file. What is wrong with it is added to diags.
func Read(file *source.File, diags *diag.List) *Catalog {
	var content struct {
		Version  model.Number `yaml:"version" need:""`
		Compiled model.Text   `yaml:"compiled" need:""`
		Vendors  []*Vendor    `yaml:"vendors" need:""`
	}
	parse.YAML(file, &content, diags)
	c := &Catalog{Compiled: content.Compiled, Vendors: content.Vendors, byID: map[string]*Vendor{}, packages: map[Ecosystem]*patterns{}, redirects: map[string]*Vendor{}}
	for _, v := range c.Vendors {
		c.byID[v.ID.Value] = v
	}
	c.introduce()
	c.index()
	return c
}

// Find gives the vendor of an id, or nil.
func (c *Catalog) Find(id string) *Vendor { return c.byID[id] }
